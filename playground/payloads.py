"""The shapes in which Slack shows its things to an app: users, channels, views, and where an act happened.

It refuses to decide anything: state in, JSON out.
"""

from __future__ import annotations

import re

from playground.emulator import Emulator
from playground.modals import View
from playground.workspace import Channel, Json, Member, Usergroup, Workspace

VERIFICATION_TOKEN = "playground-verification-token"  # noqa: S105 - Slack's deprecated field, no secret


def user(workspace: Workspace, member: Member) -> Json:
    """Return a user object as users.info shows it."""
    profile: Json = {
        "real_name": member.real_name or member.name,
        "real_name_normalized": member.real_name or member.name,
        "display_name": member.name,
        "display_name_normalized": member.name,
        "title": member.title,
        "status_text": "",
        "status_emoji": "",
        "team": workspace.team.id,
    }
    if member.id == workspace.bot.user_id:
        profile |= {"bot_id": workspace.bot.bot_id, "api_app_id": workspace.bot.app_id}
    elif member.is_bot:
        profile |= {"bot_id": f"B{member.id[1:]}", "api_app_id": ""}
    elif member.email:
        profile["email"] = member.email
    shown: Json = {
        "id": member.id,
        "team_id": workspace.team.id,
        "name": member.name,
        "deleted": member.deleted,
        "real_name": member.real_name or member.name,
        "tz": member.tz,
        "profile": profile,
        "is_admin": member.is_admin,
        "is_owner": False,
        "is_restricted": member.is_restricted or member.is_ultra_restricted,
        "is_ultra_restricted": member.is_ultra_restricted,
        "is_bot": member.is_bot,
        "is_app_user": False,
        "is_email_confirmed": bool(member.email) and not member.is_invited,
        "updated": 0,
    }
    return {**shown, "is_invited_user": True} if member.is_invited else shown


def channel(workspace: Workspace, one: Channel, viewer: str) -> Json:
    """Return a conversation object as `viewer` sees it."""
    if one.is_im:
        other = next((member for member in one.members if member != viewer), viewer)
        return {
            "id": one.id,
            "created": one.created,
            "is_im": True,
            "is_archived": one.is_archived,
            "is_org_shared": False,
            "user": other,
            "is_user_deleted": workspace.members[other].deleted,
        }
    note = {"creator": one.creator, "last_set": one.created}
    return {
        "id": one.id,
        "name": one.name,
        "name_normalized": one.name,
        "is_channel": not one.is_private,
        "is_group": one.is_private,
        "is_im": False,
        "is_mpim": one.is_mpim,
        "is_private": one.is_private,
        "is_archived": one.is_archived,
        "is_general": one.name == "general",
        "is_shared": one.is_ext_shared,
        "is_org_shared": False,
        "is_ext_shared": one.is_ext_shared,
        "is_pending_ext_shared": False,
        "is_member": viewer in one.members,
        "created": one.created,
        "creator": one.creator,
        "context_team_id": workspace.team.id,
        "topic": {"value": one.topic, **note},
        "purpose": {"value": one.purpose, **note},
        "previous_names": one.previous_names,
        "num_members": len(one.members),
    }


def usergroup(workspace: Workspace, group: Usergroup, *, with_users: bool = False) -> Json:
    """Return a user group object."""
    shown: Json = {
        "id": group.id,
        "team_id": workspace.team.id,
        "is_usergroup": True,
        "name": group.name,
        "handle": group.handle,
        "description": group.description,
        "is_external": False,
        "date_create": group.created,
        "date_delete": max(1, group.created) if group.deleted else 0,
        "prefs": {"channels": group.channels, "groups": []},
        "user_count": len(group.users),
    }
    return {**shown, "users": group.users} if with_users else shown


def view(workspace: Workspace, one: View) -> Json:
    """Return a view object as views.open answers it and interactions carry it."""
    content = one.content
    shown: Json = {
        "id": one.id,
        "team_id": workspace.team.id,
        "type": content["type"],
        "blocks": content["blocks"],
        "private_metadata": content.get("private_metadata", ""),
        "callback_id": content.get("callback_id", ""),
        "state": {"values": one.values},
        "hash": one.hash,
        "clear_on_close": bool(content.get("clear_on_close")),
        "notify_on_close": bool(content.get("notify_on_close")),
        "close": content.get("close"),
        "submit": content.get("submit"),
        "previous_view_id": one.previous,
        "root_view_id": one.root,
        "app_id": workspace.bot.app_id,
        "external_id": content.get("external_id", ""),
        "app_installed_team_id": workspace.team.id,
        "bot_id": workspace.bot.bot_id,
    }
    if content["type"] == "modal":
        shown["title"] = content["title"]
    return shown


def team(workspace: Workspace) -> Json:
    """Return the team as interactions name it."""
    return {"id": workspace.team.id, "domain": workspace.team.domain}


def person(workspace: Workspace, member: Member) -> Json:
    """Return the acting person as interactions name them."""
    return {"id": member.id, "username": member.name, "name": member.name, "team_id": workspace.team.id}


def place(one: Channel) -> Json:
    """Return the channel as interactions name it."""
    if one.is_im:
        return {"id": one.id, "name": "directmessage"}
    return {"id": one.id, "name": "privategroup" if one.is_private else one.name}


def interaction(emulator: Emulator, kind: str, member: Member, *, from_view: str | None = None) -> Json:
    """Return the part that all interactive payloads share, with a fresh trigger id."""
    workspace = emulator.workspace
    return {
        "type": kind,
        "team": team(workspace),
        "user": person(workspace, member),
        "api_app_id": workspace.bot.app_id,
        "token": VERIFICATION_TOKEN,
        "trigger_id": emulator.triggers.issue(member.id, from_view),
        "enterprise": None,
        "is_enterprise_install": False,
    }


def escape(text: str) -> str:
    """Return typed text with the three characters escaped that Slack's markup gives a meaning."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_NAMED = re.compile(r"(?<![\w@#])([@#])([\w][\w.\-]*)")


def link_names(workspace: Workspace, text: str, *, with_labels: bool) -> str:
    """Return `text` with each @name and #channel that exists turned into Slack's markup.

    `with_labels` gives <@U1|ana> and <#C1|general>, as in escaped commands; else <@U1>, as in messages.
    """

    def link(found: re.Match[str]) -> str:
        sign, name = found.groups()
        trailing = name[len(name.rstrip(".-")) :]
        name = name.rstrip(".-")
        if sign == "@":
            who = workspace.member_named(name)
            if who is not None:
                return (f"<@{who.id}|{who.name}>" if with_labels else f"<@{who.id}>") + trailing
            group = next((one for one in workspace.usergroups.values() if one.handle == name), None)
            return f"<!subteam^{group.id}|@{group.handle}>{trailing}" if group else found.group()
        where = workspace.channel_named(name)
        if where is None or where.is_im:
            return found.group()
        return f"<#{where.id}|{where.name}>{trailing}" if with_labels else f"<#{where.id}>{trailing}"

    return _NAMED.sub(link, text)
