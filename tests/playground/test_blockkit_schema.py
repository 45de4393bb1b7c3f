"""Block Kit's rules agree on structure with the JSON schema generated from Slack's own types."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from playground.blockkit import BlockError, check_blocks

SPECS = Path(os.environ.get("IDP_SPECS", Path(__file__).parents[3] / "shared" / "specs"))
SCHEMA = SPECS / "slack-blockkit.Message.schema.json"
needs_schema = pytest.mark.skipif(not SCHEMA.exists(), reason="the Block Kit schema is not on this machine")

Block = dict[str, Any]
TEXT = {"type": "plain_text", "text": "x"}
MARK = {"type": "mrkdwn", "text": "x"}
OPTION = {"text": TEXT, "value": "1"}
GROUP = {"label": TEXT, "options": [OPTION]}
IMAGE = {"type": "image", "image_url": "https://x.example/i.png", "alt_text": "x"}
BUTTON = {"type": "button", "text": TEXT, "action_id": "b", "value": "v", "style": "primary"}
RICH = {
    "type": "rich_text",
    "elements": [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": "x", "style": {"bold": True}}]},
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [{"type": "rich_text_section", "elements": []}],
        },
        {"type": "rich_text_quote", "elements": [{"type": "link", "url": "https://x.example"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x"}]},
    ],
}
CELL = {"type": "raw_text", "text": "x"}
CARD = {"type": "card", "title": MARK, "body": MARK, "actions": [BUTTON]}
TASK = {"type": "task_card", "task_id": "t", "title": "x", "status": "pending", "details": RICH}
INPUTS: list[Block] = [
    {"type": "plain_text_input", "multiline": True, "max_length": 10},
    {"type": "email_text_input"},
    {"type": "url_text_input"},
    {"type": "number_input", "is_decimal_allowed": False, "min_value": "1"},
    {"type": "rich_text_input"},
    {"type": "file_input", "max_files": 1},
    {"type": "static_select", "options": [OPTION]},
    {"type": "static_select", "option_groups": [GROUP]},
    {"type": "multi_static_select", "options": [OPTION], "max_selected_items": 1},
    {"type": "external_select", "min_query_length": 2},
    {"type": "multi_external_select"},
    {"type": "users_select"},
    {"type": "multi_users_select"},
    {"type": "conversations_select", "filter": {"include": ["public"]}, "response_url_enabled": True},
    {"type": "multi_conversations_select"},
    {"type": "channels_select"},
    {"type": "multi_channels_select"},
    {"type": "checkboxes", "options": [OPTION]},
    {"type": "radio_buttons", "options": [OPTION]},
    {"type": "datepicker", "initial_date": "2026-01-31"},
    {"type": "timepicker", "initial_time": "09:30"},
    {"type": "datetimepicker", "initial_date_time": 1_800_000_000},
]
GOOD: list[Block] = [
    {"type": "section", "text": MARK, "accessory": BUTTON},
    {"type": "section", "fields": [MARK, TEXT], "accessory": IMAGE},
    {"type": "section", "text": MARK, "accessory": {"type": "overflow", "options": [OPTION]}},
    {"type": "header", "text": TEXT},
    {"type": "divider"},
    {"type": "context", "elements": [MARK, IMAGE]},
    {"type": "actions", "elements": [BUTTON, {"type": "static_select", "options": [OPTION]}]},
    {
        "type": "actions",
        "elements": [{**BUTTON, "confirm": {"text": MARK, "title": TEXT, "confirm": TEXT, "deny": TEXT}}],
    },
    *({"type": "input", "label": TEXT, "element": one, "optional": True} for one in INPUTS),
    {**IMAGE, "title": TEXT},
    RICH,
    {"type": "markdown", "text": "x"},
    {"type": "video", "title": TEXT, "video_url": "https://x", "thumbnail_url": "https://x", "alt_text": "x"},
    {"type": "table", "rows": [[CELL, RICH]], "column_settings": [{"align": "left", "is_wrapped": True}]},
    {
        "type": "data_table",
        "caption": "c",
        "rows": [[CELL], [{"type": "raw_number", "value": 1, "text": "1"}]],
    },
    CARD,
    {"type": "carousel", "elements": [CARD]},
    TASK,
    {"type": "plan", "title": "x", "tasks": [TASK]},
    {"type": "context_actions", "elements": [{"type": "icon_button", "icon": "trash", "text": TEXT}]},
    {"type": "container", "title": TEXT, "child_blocks": [{"type": "divider"}]},
]


@cache
def _validator() -> Draft7Validator:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    # The schema also takes any object with a type as a block; here only Slack's own kinds count.
    schema["definitions"]["AnyBlock"] = {"$ref": "#/definitions/KnownBlock"}
    # Its generator could not express the tasks of a plan, and takes any object there.
    schema["definitions"]["PlanBlock"]["properties"]["tasks"]["items"] = {
        "$ref": "#/definitions/TaskCardBlock"
    }
    return Draft7Validator(schema)


def schema_takes(block: Block) -> bool:
    return bool(_validator().is_valid({"text": "x", "blocks": [block]}))


def rules_take(block: Block) -> bool:
    try:
        check_blocks([block])
    except BlockError:
        return False
    return True


def spoilt(block: Block) -> Iterator[tuple[str, Block]]:
    """Yield the block with one thing wrong at a time, at every depth: a field too many, or a wrong value."""
    for path in _objects(block, ()):
        worse = copy.deepcopy(block)
        _at(worse, path)["colour"] = "red"
        yield f"unknown field at {path}", worse
        for name in _at(block, path):
            worse = copy.deepcopy(block)
            _at(worse, path)[name] = {"nonsense": [1]}
            yield f"nonsense in {name} at {path}", worse


def _objects(node: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    if isinstance(node, dict):
        yield path
    for key, value in (
        node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    ):
        yield from _objects(value, (*path, key))


def _at(node: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        node = node[step]
    return node


@needs_schema
@pytest.mark.parametrize(
    "block", GOOD, ids=lambda one: one["element"]["type"] if "element" in one else one["type"]
)
def test_what_is_good_and_what_is_spoilt_is_so_by_both(block: Block) -> None:
    assert rules_take(block)
    assert schema_takes(block)
    for what, worse in spoilt(block):
        assert rules_take(worse) == schema_takes(worse) is False, what


@needs_schema
def test_every_block_and_element_of_the_schema_is_in_the_tables() -> None:
    definitions = json.loads(SCHEMA.read_text("utf-8"))["definitions"]
    known = {one["$ref"].rsplit("/", 1)[1] for one in definitions["KnownBlock"]["anyOf"]}
    for name in known:
        variants = definitions[name].get("anyOf", [definitions[name]])
        for variant in variants:
            kind = variant["properties"]["type"]["const"]
            with pytest.raises(BlockError) as error:
                check_blocks([{"type": kind, "colour": "red"}])
            assert f"unsupported type: {kind}" not in " ".join(error.value.messages)
