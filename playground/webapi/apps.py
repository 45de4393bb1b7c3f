"""The methods by which an app learns who and where it is, and opens its socket."""

from __future__ import annotations

from playground.emulator import Emulator
from playground.webapi.calls import ApiError, Call, Method
from playground.workspace import Json


def api_test(_emulator: Emulator, call: Call) -> Json:
    """Answer with the arguments; with `error`, refuse with it."""
    if call.given("error"):
        raise ApiError(call.text("error"), args=call.args)
    return {"args": {key: value for key, value in call.args.items() if key != "token"}}


def auth_test(emulator: Emulator, _call: Call) -> Json:
    """Tell whose token it is."""
    workspace = emulator.workspace
    return {
        "url": f"https://{workspace.team.domain}.slack.com/",
        "team": workspace.team.name,
        "user": workspace.bot.name,
        "team_id": workspace.team.id,
        "user_id": workspace.bot.user_id,
        "bot_id": workspace.bot.bot_id,
        "is_enterprise_install": False,
    }


def team_info(emulator: Emulator, _call: Call) -> Json:
    """Describe the workspace."""
    team = emulator.workspace.team
    return {
        "team": {
            "id": team.id,
            "name": team.name,
            "url": f"https://{team.domain}.slack.com/",
            "domain": team.domain,
            "email_domain": "",
            "icon": {"image_default": True},
        }
    }


def bots_info(emulator: Emulator, call: Call) -> Json:
    """Describe the bot."""
    bot = emulator.workspace.bot
    if call.text("bot", bot.bot_id) != bot.bot_id:
        raise ApiError("bot_not_found")
    return {
        "bot": {
            "id": bot.bot_id,
            "deleted": False,
            "name": bot.name,
            "updated": 0,
            "app_id": bot.app_id,
            "user_id": bot.user_id,
            "icons": {},
        }
    }


def connections_open(emulator: Emulator, _call: Call) -> Json:
    """Give the address of one Socket Mode connection."""
    host = emulator.url.replace("http://", "ws://", 1)
    return {
        "url": f"{host}/link/?ticket={emulator.link.issue_ticket()}&app_id={emulator.workspace.bot.app_id}"
    }


METHODS = {
    "api.test": Method(api_test, (), 4, (), "none"),
    "auth.test": Method(auth_test, (), 4),
    "team.info": Method(team_info, ("team:read",), 3),
    "bots.info": Method(bots_info, ("users:read",), 3),
    "apps.connections.open": Method(connections_open, (), 1, (), "app"),
}
