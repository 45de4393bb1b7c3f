"""Makes foreign text harmless: no mention, no link, no forged line, no hidden character.

Decides nothing about length; `blocks.limits` does.
"""

from __future__ import annotations

import re

_BLANK = re.compile(r"[\s\u2028\u2029\u0085]+")
_HIDDEN = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # control characters: a terminal obeys them
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional marks: they reorder what is read
    "\u200b\u2060-\u2064\ufeff\ufff9-\ufffb"  # invisible: two names that look the same
    "\ud800-\udfff"  # halves of characters: no UTF-8 has them
    "]"
)
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character, which JSON can spell and UTF-8 cannot."""
_LONGEST = 20_000
_MENTIONABLE = re.compile(r"[UWCGDSB][A-Z0-9]{2,30}")
_WEB = re.compile(r"https?://[^\s/?#]+", re.IGNORECASE)
_URL_ESCAPES = str.maketrans(
    {"<": "%3C", ">": "%3E", "|": "%7C", '"': "%22", "`": "%60", " ": "%20", "&": "&amp;"}
)


def cleaned(text: str) -> str:
    """Return the text on one line without anything that is not seen; what is past 20,000 is dropped."""
    if text.isascii() and text.isprintable():
        return text[:_LONGEST].strip()
    return _HIDDEN.sub("", _BLANK.sub(" ", text[:_LONGEST])).strip()


def escaped(text: str) -> str:
    """Return foreign text for a mrkdwn field: cleaned, with Slack's three special characters escaped.

    Slack's rule: https://docs.slack.dev/messaging/formatting-message-text#escaping
    """
    return entities(cleaned(text))


def entities(text: str) -> str:
    """Return text with `&`, `<` and `>` as entities and all else, line breaks too, as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    """Undo `entities`: what Slack sends of a person's words comes escaped."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def slack_id(text: str) -> str:
    """Return the text when it is an id of Slack's, else empty text; nothing else may stand in `<@…>`."""
    return text if _MENTIONABLE.fullmatch(text) else ""


def web_url(text: str) -> str:
    """Return a web address that may stand in `<…|…>`, or empty text when it is none."""
    url = cleaned(text)
    return url.translate(_URL_ESCAPES) if _WEB.match(url) else ""
