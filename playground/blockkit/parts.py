"""The composition objects of Block Kit: texts, options, confirmations, images, rich text.

Limits are those of Slack's reference (docs.slack.dev/reference/block-kit). It refuses unknown fields.
"""

from __future__ import annotations

from typing import Any

from playground.blockkit.rules import (
    Report,
    Rule,
    at_least_one,
    choose,
    exactly_one,
    flag,
    many,
    matching,
    number,
    one_of,
    shape,
    text,
    typed,
    whole,
)

TYPE = {"type": text()}
BLOCK_ID = {"block_id": text(255)}
ACTION_ID = {"action_id": text(255)}
URL = matching(r"https?://\S{1,2993}|\S+:\S*", "URL")


def plain(longest: int = 3000, shortest: int = 1) -> Rule:
    """A plain_text object of at most so many characters."""
    return typed({"plain_text": shape({**TYPE, "text": text(longest, shortest)}, {"emoji": flag})})


def mrkdwn(longest: int = 3000) -> Rule:
    """A mrkdwn object of at most so many characters."""
    return typed({"mrkdwn": shape({**TYPE, "text": text(longest, 1)}, {"verbatim": flag})})


def any_text(longest: int = 3000) -> Rule:
    """A plain_text or mrkdwn object of at most so many characters."""
    return typed(
        {
            "plain_text": shape({**TYPE, "text": text(longest, 1)}, {"emoji": flag}),
            "mrkdwn": shape({**TYPE, "text": text(longest, 1)}, {"verbatim": flag}),
        }
    )


CONFIRM = shape(
    {"text": any_text(300)},
    {"title": plain(100), "confirm": plain(30), "deny": plain(30), "style": one_of("primary", "danger")},
)


def option(label: Rule, described: Rule, *, with_url: bool = False) -> Rule:
    """One option of a menu; only an overflow menu's may have a URL."""
    return shape(
        {"text": label, "value": text(150, 1)},
        {"description": described, **({"url": text(3000)} if with_url else {})},
    )


PLAIN_OPTION = option(plain(75), plain(75))
OVERFLOW_OPTION = option(plain(75), plain(75), with_url=True)
RICH_OPTION = option(any_text(75), any_text(75))
OPTION_GROUP = shape({"label": plain(75), "options": many(PLAIN_OPTION, 100)})

SLACK_FILE = shape({}, {"id": text(), "url": text()}, exactly_one("id", "url"))
_IMAGE_SOURCE = {"image_url": text(3000, 1), "slack_file": SLACK_FILE}
IMAGE = shape({**TYPE, "alt_text": text(2000)}, _IMAGE_SOURCE, exactly_one("image_url", "slack_file"))
IMAGE_BLOCK = shape(
    {**TYPE, "alt_text": text(2000)},
    {**BLOCK_ID, **_IMAGE_SOURCE, "title": plain(2000)},
    exactly_one("image_url", "slack_file"),
)
DISPATCH_CONFIG = shape({}, {"trigger_actions_on": many(one_of("on_enter_pressed", "on_character_entered"))})
CONVERSATION_FILTER = shape(
    {},
    {
        "include": many(one_of("im", "mpim", "private", "public")),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
    at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),
)

_STYLE = shape({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), flag))
_STYLED = {"style": _STYLE}
_INLINE: dict[str, Rule] = {
    "text": shape({**TYPE, "text": text(shortest=1)}, _STYLED),
    "link": shape({**TYPE, "url": text(3000, 1)}, {"text": text(), "unsafe": flag, **_STYLED}),
    "user": shape({**TYPE, "user_id": text(shortest=1)}, _STYLED),
    "usergroup": shape({**TYPE, "usergroup_id": text(shortest=1)}, _STYLED),
    "channel": shape({**TYPE, "channel_id": text(shortest=1)}, _STYLED),
    "team": shape({**TYPE, "team_id": text(shortest=1)}, _STYLED),
    "emoji": shape({**TYPE, "name": text(shortest=1)}, {"unicode": text(), "url": text(), **_STYLED}),
    "broadcast": shape({**TYPE, "range": one_of("here", "channel", "everyone")}, _STYLED),
    "color": shape({**TYPE, "value": text(shortest=1)}, _STYLED),
    "date": shape(
        {**TYPE, "timestamp": number, "format": text(shortest=1)},
        {"url": text(), "fallback": text(), **_STYLED},
    ),
}
_BORDER = {"border": one_of(0, 1)}
_LINE = many(typed(_INLINE), least=0)
_SECTION = shape({**TYPE, "elements": _LINE})
_RICH: dict[str, Rule] = {
    "rich_text_section": _SECTION,
    "rich_text_list": shape(
        {
            **TYPE,
            "style": one_of("bullet", "ordered"),
            "elements": many(typed({"rich_text_section": _SECTION})),
        },
        {"indent": whole(0, 8), "offset": whole(0), **_BORDER},
    ),
    "rich_text_preformatted": shape(
        {**TYPE, "elements": many(choose(_INLINE, ("text", "link")), least=0)},
        {"language": text(), **_BORDER},
    ),
    "rich_text_quote": shape({**TYPE, "elements": _LINE}, _BORDER),
}
RICH_TEXT = shape({**TYPE, "elements": many(typed(_RICH))}, BLOCK_ID)


def unique_values(field: str) -> Rule:
    """The options in `field` all have different values."""

    def check(value: Any, at: str, report: Report) -> None:
        rows = value.get(field)
        values = [row.get("value") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        if len(values) != len({str(one) for one in values}):
            report.say("option values must be unique", f"{at}/{field}")

    return check
