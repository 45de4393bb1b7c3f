"""The methods users.* and usergroups.*: people, and the groups that ping them."""

from __future__ import annotations

from playground import payloads
from playground.emulator import Emulator
from playground.webapi.calls import ApiError, Call, Method
from playground.webapi.conversations import visible_channels
from playground.webapi.places import member_of, paged
from playground.workspace import Json, Member, Usergroup


def _shown(emulator: Emulator, member: Member) -> Json:
    shown = payloads.user(emulator.workspace, member)
    scopes = emulator.app.scopes
    if scopes is not None and "users:read.email" not in scopes:
        shown["profile"].pop("email", None)
    return shown


def info(emulator: Emulator, call: Call) -> Json:
    """Describe one person."""
    return {"user": _shown(emulator, member_of(emulator, call.text("user")))}


def list_users(emulator: Emulator, call: Call) -> Json:
    """List everybody, the deactivated and the bots too."""
    members = list(emulator.workspace.members.values())
    answer = paged(call, "members", members, lambda one: _shown(emulator, one), default=1000)
    return {**answer, "cache_ts": emulator.workspace.seconds()}


def lookup_by_email(emulator: Emulator, call: Call) -> Json:
    """Find one active person by e-mail address."""
    email = call.text("email").lower()
    for member in emulator.workspace.members.values():
        if member.email and member.email.lower() == email and not member.deleted:
            return {"user": _shown(emulator, member)}
    raise ApiError("users_not_found")


def conversations(emulator: Emulator, call: Call) -> Json:
    """List the channels that a person, or the bot, is a member of, as far as the bot sees them."""
    member = member_of(emulator, call.text("user", emulator.workspace.bot.user_id))
    bot = emulator.workspace.bot.user_id
    found = [one for one in visible_channels(emulator, call) if member.id in one.members]
    return paged(call, "channels", found, lambda one: payloads.channel(emulator.workspace, one, bot))


def _group(emulator: Emulator, call: Call) -> Usergroup:
    found = emulator.workspace.usergroups.get(call.text("usergroup"))
    if found is None:
        raise ApiError("no_such_subteam")
    return found


def list_groups(emulator: Emulator, call: Call) -> Json:
    """List the user groups."""
    everything, with_users = call.flag("include_disabled"), call.flag("include_users")
    groups = [one for one in emulator.workspace.usergroups.values() if everything or not one.deleted]
    return {
        "usergroups": [payloads.usergroup(emulator.workspace, one, with_users=with_users) for one in groups]
    }


def group_users(emulator: Emulator, call: Call) -> Json:
    """List the ids of a group's users."""
    return {"users": _group(emulator, call).users}


def create_group(emulator: Emulator, call: Call) -> Json:
    """Make a user group."""
    workspace = emulator.workspace
    name = call.text("name")
    handle = call.text("handle") or "-".join(name.lower().split())
    if any(one.handle == handle for one in workspace.usergroups.values()):
        raise ApiError("handle_already_exists")
    if any(one.name == name for one in workspace.usergroups.values()):
        raise ApiError("name_already_exists")
    group = Usergroup(
        workspace.fresh_id("S"), handle, name, call.text("description"), created=workspace.seconds()
    )
    group.channels = call.names("channels")
    workspace.usergroups[group.id] = group
    return {"usergroup": payloads.usergroup(workspace, group, with_users=True)}


def set_group_users(emulator: Emulator, call: Call) -> Json:
    """Replace a group's users."""
    group = _group(emulator, call)
    users = call.names("users")
    if not users:
        raise ApiError("no_users_provided")
    group.users = [member_of(emulator, user, "invalid_users").id for user in users]
    return {"usergroup": payloads.usergroup(emulator.workspace, group, with_users=True)}


_READ = ("users:read",)
_CONVERSATIONS = ("channels:read", "groups:read", "im:read", "mpim:read")
METHODS = {
    "users.info": Method(info, _READ, 4, ("user",)),
    "users.list": Method(list_users, _READ, 2),
    "users.lookupByEmail": Method(lookup_by_email, ("users:read.email",), 3, ("email",)),
    "users.conversations": Method(conversations, _CONVERSATIONS, 3),
    "usergroups.list": Method(list_groups, ("usergroups:read",), 2),
    "usergroups.users.list": Method(group_users, ("usergroups:read",), 2, ("usergroup",)),
    "usergroups.create": Method(create_group, ("usergroups:write",), 2, ("name",)),
    "usergroups.users.update": Method(set_group_users, ("usergroups:write",), 2, ("usergroup", "users")),
}
