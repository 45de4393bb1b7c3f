"""The table of Block Kit's blocks, and which of them each surface takes."""

from __future__ import annotations

from typing import Any

from playground.blockkit.data_blocks import DATA_BLOCKS
from playground.blockkit.elements import (
    ELEMENTS,
    IN_ACTIONS,
    IN_CONTEXT,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
)
from playground.blockkit.parts import (
    BLOCK_ID,
    IMAGE,
    IMAGE_BLOCK,
    RICH_TEXT,
    TYPE,
    any_text,
    plain,
)
from playground.blockkit.rules import (
    Report,
    Rule,
    at_least_one,
    choose,
    flag,
    many,
    one_of,
    shape,
    text,
    typed,
)

_BUTTON = choose(ELEMENTS, ("button",))
_IMAGE = typed({"image": IMAGE})
_RICH_TEXT = typed({"rich_text": RICH_TEXT})
_CARD = shape(
    TYPE,
    {
        **BLOCK_ID,
        "hero_image": _IMAGE,
        "icon": _IMAGE,
        "title": any_text(150),
        "subtitle": any_text(150),
        "body": any_text(200),
        "actions": many(_BUTTON, 3),
    },
    at_least_one("hero_image", "title", "actions", "body"),
)
_TASK = shape(
    {
        **TYPE,
        "task_id": text(255, 1),
        "title": text(shortest=1),
        "status": one_of("pending", "in_progress", "complete", "error"),
    },
    {
        **BLOCK_ID,
        "details": _RICH_TEXT,
        "output": _RICH_TEXT,
        "sources": many(typed({"url": shape({**TYPE, "url": text(3000, 1), "text": text(shortest=1)})})),
    },
)

BLOCKS: dict[str, Rule] = {
    "section": shape(
        TYPE,
        {
            **BLOCK_ID,
            "text": any_text(3000),
            "fields": many(any_text(2000), 10),
            "accessory": choose(ELEMENTS, IN_SECTION),
            "expand": flag,
        },
        at_least_one("text", "fields"),
    ),
    "header": shape({**TYPE, "text": plain(150)}, BLOCK_ID),
    "divider": shape(TYPE, BLOCK_ID),
    "context": shape({**TYPE, "elements": many(choose(ELEMENTS, IN_CONTEXT), 10)}, BLOCK_ID),
    "actions": shape({**TYPE, "elements": many(choose(ELEMENTS, IN_ACTIONS), 25)}, BLOCK_ID),
    "context_actions": shape({**TYPE, "elements": many(choose(ELEMENTS, IN_CONTEXT_ACTIONS), 5)}, BLOCK_ID),
    "input": shape(
        {**TYPE, "label": plain(2000), "element": choose(ELEMENTS, IN_INPUT)},
        {**BLOCK_ID, "hint": plain(2000), "optional": flag, "dispatch_action": flag},
    ),
    "image": IMAGE_BLOCK,
    "rich_text": RICH_TEXT,
    "markdown": shape({**TYPE, "text": text(12_000, 1)}, BLOCK_ID),
    "video": shape(
        {
            **TYPE,
            "title": plain(199),
            "video_url": text(shortest=1),
            "thumbnail_url": text(shortest=1),
            "alt_text": text(),
        },
        {
            **BLOCK_ID,
            "author_name": text(49),
            "description": plain(199),
            "provider_icon_url": text(),
            "provider_name": text(),
            "title_url": text(),
        },
    ),
    "file": shape({**TYPE, "external_id": text(shortest=1), "source": one_of("remote")}, BLOCK_ID),
    "alert": shape(
        {**TYPE, "text": any_text(200)},
        {**BLOCK_ID, "level": one_of("default", "info", "warning", "error", "success")},
    ),
    "card": _CARD,
    "carousel": shape({**TYPE, "elements": many(typed({"card": _CARD}), 10)}, BLOCK_ID),
    "task_card": _TASK,
    "plan": shape(
        {**TYPE, "title": text(shortest=1)}, {**BLOCK_ID, "tasks": many(typed({"task_card": _TASK}), least=0)}
    ),
    **DATA_BLOCKS,
}

_IN_CONTAINER = (
    *("actions", "context", "divider", "file", "header", "image"),
    *("input", "rich_text", "section", "table", "video"),
)
BLOCKS["container"] = shape(
    {**TYPE, "child_blocks": many(choose(BLOCKS, _IN_CONTAINER))},
    {
        **BLOCK_ID,
        "title": plain(150),
        "rich_text_title": _RICH_TEXT,
        "subtitle": any_text(150),
        "icon": _IMAGE,
        "width": one_of("narrow", "standard", "wide", "full"),
        "is_collapsible": flag,
        "default_collapsed": flag,
        "has_header_divider": flag,
    },
)

_ONLY_MESSAGE = {
    *("markdown", "table", "data_table", "data_visualization", "context_actions", "task_card", "plan"),
    *("card", "carousel", "file", "container"),
}
SURFACES: dict[str, frozenset[str]] = {
    "message": frozenset(BLOCKS) - {"alert"},
    "modal": frozenset(BLOCKS) - _ONLY_MESSAGE,
    "home": frozenset(BLOCKS) - _ONLY_MESSAGE - {"alert"},
}


def stands_on(surface: str) -> Rule:
    """A block of a type that this surface takes, and well formed."""
    allowed = SURFACES[surface]

    def check(value: Any, at: str, report: Report) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if isinstance(kind, str) and kind in BLOCKS and kind not in allowed:
            report.say(f"block type {kind} is not supported in a {surface}", f"{at}/type")
        else:
            _ANY_BLOCK(value, at, report)

    return check


_ANY_BLOCK = typed(BLOCKS)
