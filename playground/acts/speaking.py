"""What a person types into the composer: a message, or a command."""

from __future__ import annotations

import re
import uuid
from urllib.parse import urlsplit

from playground.emulator import Emulator
from playground.events import raise_event
from playground.payloads import escape, link_names
from playground.posting import post
from playground.workspace import SLACKBOT, Channel, Json, Member, Message

TEXT_LIMIT = 12_000


class Refused(Exception):
    """What cannot be done here; the text tells the person why."""


def acting_person(emulator: Emulator, given: str | None) -> Member:
    """Return who acts, by id or name; raises Refused for bots, the deactivated and strangers."""
    member = emulator.workspace.member_named(given or "")
    if member is None or member.is_bot or member.deleted or member.id == SLACKBOT:
        raise Refused("user_not_found")
    return member


def first_person(emulator: Emulator) -> str | None:
    """Return the id of the first person of the seed who can act: a page that names nobody acts as them."""
    everybody = emulator.workspace.members.values()
    return next((one.id for one in everybody if not (one.deleted or one.is_bot or one.id == SLACKBOT)), None)


def place_to_speak(emulator: Emulator, member: Member, channel_id: str) -> Channel:
    """Return the channel when `member` may write there; raises Refused."""
    channel = emulator.workspace.channels.get(channel_id)
    if channel is None or ((channel.is_private or channel.is_im) and member.id not in channel.members):
        raise Refused("channel_not_found")
    if channel.is_archived:
        raise Refused("is_archived")
    if member.id not in channel.members:
        raise Refused("not_in_channel")
    return channel


def say(
    emulator: Emulator, member: Member, channel: Channel, text: str, thread_ts: str | None = None
) -> Message:
    """Post what `member` typed: names become mentions, addresses links, the rest is escaped."""
    if not text.strip():
        raise Refused("no_text")
    if len(text) > TEXT_LIMIT:
        raise Refused("msg_too_long")
    if thread_ts is not None and thread_ts not in channel.messages:
        raise Refused("thread_not_found")
    urls = _URL.findall(text)
    marked = link_names(emulator.workspace, _URL.sub(r"<\g<0>>", escape(text)), with_labels=False)
    body: Json = {
        "type": "message",
        "user": member.id,
        "team": emulator.workspace.team.id,
        "client_msg_id": str(uuid.uuid4()),
        "text": marked,
        "blocks": [_rich_text(marked)],
    }
    if thread_ts is not None:
        body["thread_ts"] = channel.messages[thread_ts].body.get("thread_ts", thread_ts)
    message = post(emulator, channel, body)
    if urls:
        _links_shared(emulator, member, channel, message, urls)
    return message


_URL = re.compile(r"https?://[^\s<>|]+[^\s<>|.,;:!?)\]}'\"]")
_MARKUP = re.compile(r"<([^<>]+)>")


def _rich_text(marked: str) -> Json:
    elements: list[Json] = []
    end = 0
    for found in _MARKUP.finditer(marked):
        _add_text(elements, marked[end : found.start()])
        elements.append(_element(found.group(1)))
        end = found.end()
    _add_text(elements, marked[end:])
    return {
        "type": "rich_text",
        "block_id": "typed",
        "elements": [{"type": "rich_text_section", "elements": elements}],
    }


def _add_text(elements: list[Json], text: str) -> None:
    if text:
        plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        elements.append({"type": "text", "text": plain})


def _element(inside: str) -> Json:
    target = inside.partition("|")[0]
    if target.startswith("@"):
        return {"type": "user", "user_id": target[1:]}
    if target.startswith("#"):
        return {"type": "channel", "channel_id": target[1:]}
    if target.startswith("!subteam^"):
        return {"type": "usergroup", "usergroup_id": target.removeprefix("!subteam^")}
    return {"type": "link", "url": target.replace("&amp;", "&")}


def _links_shared(
    emulator: Emulator, member: Member, channel: Channel, message: Message, urls: list[str]
) -> None:
    links = [{"url": url, "domain": urlsplit(url).hostname or ""} for url in urls]
    unfurled = emulator.app.unfurl_domains
    if unfurled is not None:
        links = [
            one for one in links if any(f".{one['domain']}".endswith(f".{domain}") for domain in unfurled)
        ]
    if links and emulator.workspace.bot.user_id in channel.members:
        event = {
            "type": "link_shared",
            "user": member.id,
            "channel": channel.id,
            "message_ts": message.ts,
            "links": links,
            "source": "conversations_history",
            "unfurl_id": f"{channel.id}-{message.ts}",
            "is_bot_user_member": True,
        }
        raise_event(emulator, "link_shared", event, channel=channel)
