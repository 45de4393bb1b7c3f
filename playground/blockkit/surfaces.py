"""Judges whole messages and views as Slack would, and fills in the ids that the app left out.

It refuses with Slack's own error codes; the details are in Slack's wording, each with a JSON pointer.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from playground.blockkit.layout import stands_on
from playground.blockkit.parts import OPTION_GROUP, PLAIN_OPTION, plain
from playground.blockkit.rules import Report, exactly_one, flag, many, shape, text

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_TEXT = 13_200
"""Measured: about so many characters in all blocks of a message together before msg_blocks_too_long."""
MARKDOWN_TEXT = 12_000
VIEW_BYTES = 250_000
ONE_A_MESSAGE = {"table": 1, "data_visualization": 2}


class BlockError(Exception):
    """Blocks or a view that Slack refuses; the text is its error code, `messages` say what and where."""

    def __init__(self, code: str, messages: list[str] | None = None) -> None:
        super().__init__(code)
        self.messages = messages or []


_MESSAGE = many(stands_on("message"), MESSAGE_BLOCKS, 0)
_VIEW_PARTS = {"callback_id": text(255), "private_metadata": text(3000), "external_id": text(255)}
_VIEWS = {
    "modal": shape(
        {"type": text(), "title": plain(24), "blocks": many(stands_on("modal"), VIEW_BLOCKS, 0)},
        {
            **_VIEW_PARTS,
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": flag,
            "notify_on_close": flag,
            "submit_disabled": flag,
        },
    ),
    "home": shape({"type": text(), "blocks": many(stands_on("home"), VIEW_BLOCKS, 0)}, _VIEW_PARTS),
}


def check_blocks(blocks: Any, *, refused: Collection[str] = ()) -> list[dict[str, Any]]:
    """Return a message's blocks with all ids filled in; raises BlockError.

    `refused` are block types that this Slack pretends not to know.
    """
    report = Report()
    _MESSAGE(blocks, "/blocks", report)
    if not report.findings:
        _look_across(blocks, "/blocks", report, refused)
        counted = [block["type"] for block in blocks]
        for kind, most in ONE_A_MESSAGE.items():
            if counted.count(kind) > most:
                report.say(f"no more than {most} blocks of type {kind} allowed in a message", "/blocks")
        if sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > MARKDOWN_TEXT:
            report.say(
                f"all markdown blocks together must be less than {MARKDOWN_TEXT + 1} characters", "/blocks"
            )
    if report.findings:
        raise BlockError("invalid_blocks", report.findings)
    if _text_length(blocks) > MESSAGE_TEXT:
        raise BlockError("msg_blocks_too_long")
    return with_ids(blocks)


def check_view(
    view: Any, *, kinds: tuple[str, ...] = ("modal",), refused: Collection[str] = ()
) -> dict[str, Any]:
    """Return a view with all ids filled in; raises BlockError (invalid_arguments, view_too_large)."""
    report = Report()
    kind = view.get("type") if isinstance(view, dict) else None
    if not isinstance(kind, str) or kind not in kinds:
        report.say(f"unsupported type: {kind}", "/view/type")
        raise BlockError("invalid_arguments", report.findings)
    _VIEWS[kind](view, "/view", report)
    if not report.findings:
        _look_across(view["blocks"], "/view/blocks", report, refused)
        if kind == "modal" and "submit" not in view and any(one["type"] == "input" for one in view["blocks"]):
            report.say("missing required field: submit", "/view")
    if report.findings:
        raise BlockError("invalid_arguments", report.findings)
    if len(json.dumps(view, separators=(",", ":"))) > VIEW_BYTES:
        raise BlockError("view_too_large")
    return {**view, "blocks": with_ids(view["blocks"])}


_OPTIONS = shape(
    {},
    {"options": many(PLAIN_OPTION, 100, 0), "option_groups": many(OPTION_GROUP, 100, 0)},
    exactly_one("options", "option_groups"),
)


def option_problems(answer: Any) -> list[str]:
    """Return what is wrong with the options that an app answers to a block_suggestion."""
    report = Report()
    _OPTIONS(answer, "", report)
    return report.findings


def _look_across(blocks: list[Any], at: str, report: Report, refused: Collection[str]) -> None:
    seen: set[str] = set()
    focused = 0
    for index, block in enumerate(blocks):
        if block["type"] in refused:
            report.say(f"unsupported type: {block['type']}", f"{at}/{index}/type")
        block_id = block.get("block_id")
        if block_id and block_id in seen:
            report.say(f"`block_id` {block_id} already exists", f"{at}/{index}/block_id")
        seen.add(str(block_id))
        actions: set[str] = set()
        for path, element in elements_of(block):
            focused += bool(element.get("focus_on_load"))
            action_id = element.get("action_id")
            if action_id and action_id in actions:
                report.say(f"`action_id` {action_id} already exists", f"{at}/{index}{path}/action_id")
            actions.add(str(action_id))
    if focused > 1:
        report.say("only one element may have focus_on_load", at)


def elements_of(block: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each interactive element of a block with its place in it, those of nested blocks included."""
    for key in ("elements", "actions", "child_blocks"):
        for index, one in enumerate(block.get(key) or ()):
            if one.get("type") in ("card", "section", "input", "actions"):
                for path, inner in elements_of(one):
                    yield f"/{key}/{index}{path}", inner
            elif block["type"] in ("actions", "context_actions", "card"):
                yield f"/{key}/{index}", one
    for key in ("accessory", "element"):
        one = block.get(key)
        if one and one.get("type") != "image":
            yield f"/{key}", one


def with_ids(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a copy in which each block has a block_id and each element an action_id, after its place."""
    return [_named(block, str(index)) for index, block in enumerate(blocks)]


def _named(block: dict[str, Any], place: str) -> dict[str, Any]:
    named = {**block, "block_id": block.get("block_id") or f"b{place}"}
    interactive = block["type"] in ("actions", "context_actions", "card")
    for key in ("elements", "actions", "child_blocks"):
        if isinstance(block.get(key), list):
            named[key] = [_part(one, f"{place}-{index}", interactive) for index, one in enumerate(block[key])]
    for key in ("accessory", "element"):
        if isinstance(block.get(key), dict):
            named[key] = _part(block[key], place, block[key].get("type") != "image")
    return named


def _part(one: dict[str, Any], place: str, interactive: bool) -> dict[str, Any]:
    if one.get("type") in ("card", "section", "input", "actions"):
        return _named(one, place)
    return {**one, "action_id": one.get("action_id") or f"a{place}"} if interactive else one


def _text_length(node: Any) -> int:
    if isinstance(node, dict):
        return sum(len(v) if k == "text" and isinstance(v, str) else _text_length(v) for k, v in node.items())
    return sum(_text_length(one) for one in node) if isinstance(node, list) else 0
