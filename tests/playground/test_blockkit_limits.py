"""Every limit of Block Kit holds at its edge: the last good size passes, one more is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from playground.blockkit import BlockError, check_blocks

Block = dict[str, Any]


def plain(text: str = "x") -> Block:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "x") -> Block:
    return {"type": "mrkdwn", "text": text}


def section(**fields: Any) -> Block:
    return {"type": "section", **fields}


def button(**fields: Any) -> Block:
    return {"type": "button", "text": plain(), **fields}


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def field(element: Block, **fields: Any) -> Block:
    return {"type": "input", "label": plain(), "element": element, **fields}


def option(number: int = 0, text: str = "x", **fields: Any) -> Block:
    return {"text": plain(text), "value": str(number), **fields}


def options(count: int) -> list[Block]:
    return [option(number) for number in range(count)]


def select(**fields: Any) -> Block:
    return {"type": "static_select", **fields}


def raw(text: str = "x") -> Block:
    return {"type": "raw_text", "text": text}


def table(rows: int, columns: int, text: str = "x") -> Block:
    return {"type": "table", "rows": [[raw(text)] * columns for _ in range(rows)]}


def data_table(rows: int, columns: int = 1) -> Block:
    return {"type": "data_table", "caption": "c", "rows": [[raw()] * columns for _ in range(rows)]}


def bars(series: int, categories: int, label: str = "") -> Block:
    names = [f"{label}{number}" for number in range(categories)]
    data = [{"label": name, "value": 1} for name in names]
    chart = {
        "type": "bar",
        "series": [{"name": f"s{number}", "data": data} for number in range(series)],
        "axis_config": {"categories": names},
    }
    return {"type": "data_visualization", "title": "t", "chart": chart}


def pie(segments: int) -> Block:
    chart = {"type": "pie", "segments": [{"label": str(number), "value": 1} for number in range(segments)]}
    return {"type": "data_visualization", "title": "t", "chart": chart}


Sized = Callable[[int], list[Block]]
LIMITS: dict[str, tuple[int, Sized]] = {
    "blocks of a message": (50, lambda n: [{"type": "divider"}] * n),
    "section text": (3000, lambda n: [section(text=mrkdwn("x" * n))]),
    "section fields": (10, lambda n: [section(fields=[mrkdwn()] * n)]),
    "section field text": (2000, lambda n: [section(fields=[mrkdwn("x" * n)])]),
    "header text": (150, lambda n: [{"type": "header", "text": plain("x" * n)}]),
    "context elements": (10, lambda n: [{"type": "context", "elements": [mrkdwn()] * n}]),
    "actions elements": (25, lambda n: [actions(*[button()] * n)]),
    "button text": (75, lambda n: [actions(button(text=plain("x" * n)))]),
    "button value": (2000, lambda n: [actions(button(value="x" * n))]),
    "button url": (3000, lambda n: [actions(button(url="https://" + "x" * (n - 8)))]),
    "accessibility label": (75, lambda n: [actions(button(accessibility_label="x" * n))]),
    "block_id": (255, lambda n: [{"type": "divider", "block_id": "x" * n}]),
    "action_id": (255, lambda n: [actions(button(action_id="x" * n))]),
    "confirm title": (100, lambda n: [actions(button(confirm={"text": plain(), "title": plain("x" * n)}))]),
    "confirm text": (300, lambda n: [actions(button(confirm={"text": plain("x" * n)}))]),
    "confirm button": (30, lambda n: [actions(button(confirm={"text": plain(), "confirm": plain("x" * n)}))]),
    "overflow options": (5, lambda n: [actions({"type": "overflow", "options": options(n)})]),
    "select options": (100, lambda n: [actions(select(options=options(n)))]),
    "option groups": (
        100,
        lambda n: [actions(select(option_groups=[{"label": plain(), "options": options(1)}] * n))],
    ),
    "group label": (
        75,
        lambda n: [actions(select(option_groups=[{"label": plain("x" * n), "options": options(1)}]))],
    ),
    "option text": (75, lambda n: [actions(select(options=[option(text="x" * n)]))]),
    "option value": (150, lambda n: [actions(select(options=[{"text": plain(), "value": "x" * n}]))]),
    "option description": (75, lambda n: [actions(select(options=[option(description=plain("x" * n))]))]),
    "placeholder": (150, lambda n: [actions(select(options=options(1), placeholder=plain("x" * n)))]),
    "checkboxes": (10, lambda n: [actions({"type": "checkboxes", "options": options(n)})]),
    "radio buttons": (10, lambda n: [actions({"type": "radio_buttons", "options": options(n)})]),
    "input label": (2000, lambda n: [{**field({"type": "plain_text_input"}), "label": plain("x" * n)}]),
    "input hint": (2000, lambda n: [field({"type": "plain_text_input"}, hint=plain("x" * n))]),
    "input max_length": (3000, lambda n: [field({"type": "plain_text_input", "max_length": n})]),
    "image alt text": (
        2000,
        lambda n: [{"type": "image", "image_url": "https://x.example/i", "alt_text": "x" * n}],
    ),
    "image url": (
        3000,
        lambda n: [{"type": "image", "image_url": "https://" + "x" * (n - 8), "alt_text": "x"}],
    ),
    "markdown of a message": (
        12_000,
        lambda n: [{"type": "markdown", "text": "x" * (n - 6000)}, {"type": "markdown", "text": "x" * 6000}],
    ),
    "table rows": (100, lambda n: [table(n, 2)]),
    "table columns": (20, lambda n: [table(2, n)]),
    "tables of a message": (1, lambda n: [table(1, 1)] * n),
    "table characters": (10_000, lambda n: [table(1, 1, "x" * n)]),
    "data_table rows": (101, lambda n: [data_table(n)]),
    "data_table columns": (20, lambda n: [data_table(2, n)]),
    "data_table page": (100, lambda n: [{**data_table(2), "page_size": n}]),
    "charts of a message": (2, lambda n: [bars(1, 1)] * n),
    "chart series": (12, lambda n: [bars(n, 1)]),
    "chart categories": (20, lambda n: [bars(1, n)]),
    "chart label": (20, lambda n: [bars(1, 1, "x" * (n - 1))]),
    "pie segments": (12, lambda n: [pie(n)]),
    "card title": (150, lambda n: [{"type": "card", "title": mrkdwn("x" * n)}]),
    "card body": (200, lambda n: [{"type": "card", "body": mrkdwn("x" * n)}]),
    "carousel cards": (
        10,
        lambda n: [{"type": "carousel", "elements": [{"type": "card", "title": mrkdwn()}] * n}],
    ),
}


@pytest.mark.parametrize("limit", LIMITS)
def test_a_limit_holds_at_its_edge(limit: str) -> None:
    most, sized = LIMITS[limit]
    check_blocks(sized(most))
    with pytest.raises(BlockError, match="invalid_blocks"):
        check_blocks(sized(most + 1))


def test_all_text_of_a_message_together_has_a_limit() -> None:
    full = [section(text=mrkdwn("x" * 3000))] * 4
    check_blocks([*full, section(text=mrkdwn("x" * 1200))])
    with pytest.raises(BlockError, match="msg_blocks_too_long"):
        check_blocks([*full, section(text=mrkdwn("x" * 1201))])


WRONG: dict[str, tuple[Block, str]] = {
    "unknown block": ({"type": "sectoin"}, "unsupported type: sectoin [json-pointer:/blocks/0/type]"),
    "no type": ({"text": plain()}, "missing required field: type [json-pointer:/blocks/0]"),
    "not an object": ("text", "must be an object [json-pointer:/blocks/0]"),  # type: ignore[dict-item] # on purpose
    "unknown field": (
        section(text=mrkdwn(), colour="red"),
        "invalid additional property: colour [json-pointer:/blocks/0]",
    ),
    "unknown field of an element": (
        actions(button(hint="x")),
        "invalid additional property: hint [json-pointer:/blocks/0/elements/0]",
    ),
    "empty text": (
        section(text=mrkdwn("")),
        "must be more than 0 characters [json-pointer:/blocks/0/text/text]",
    ),
    "mrkdwn in a header": (
        {"type": "header", "text": mrkdwn()},
        "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
    ),
    "section of nothing": (section(), "must define at least one of: text, fields [json-pointer:/blocks/0]"),
    "button without text": (
        actions({"type": "button"}),
        "missing required field: text [json-pointer:/blocks/0/elements/0]",
    ),
    "style": (
        actions(button(style="green")),
        "must be a valid enum value [json-pointer:/blocks/0/elements/0/style]",
    ),
    "input in actions": (
        actions({"type": "plain_text_input"}),
        "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]",
    ),
    "options and groups": (
        actions(select(options=options(1), option_groups=[{"label": plain(), "options": options(1)}])),
        "must define exactly one of: options, option_groups [json-pointer:/blocks/0/elements/0]",
    ),
    "no options": (
        actions(select(options=[])),
        "no fewer than 1 items required [json-pointer:/blocks/0/elements/0/options]",
    ),
    "date": (
        actions({"type": "datepicker", "initial_date": "1.2.2026"}),
        "must be a valid date in the format YYYY-MM-DD [json-pointer:/blocks/0/elements/0/initial_date]",
    ),
    "duplicate action_id": (
        actions(button(action_id="a"), button(action_id="a")),
        "`action_id` a already exists [json-pointer:/blocks/0/elements/1/action_id]",
    ),
    "alert in a message": (
        {"type": "alert", "text": plain()},
        "block type alert is not supported in a message [json-pointer:/blocks/0/type]",
    ),
    "uneven rows": (
        {"type": "table", "rows": [[raw()], [raw(), raw()]]},
        "all rows must have the same number of cells [json-pointer:/blocks/0/rows]",
    ),
    "one row": (data_table(1), "no fewer than 2 items required [json-pointer:/blocks/0/rows]"),
    "category without value": (
        {**bars(1, 2), "chart": {**bars(1, 2)["chart"], "axis_config": {"categories": ["0"]}}},
        "labels must match the categories of axis_config [json-pointer:/blocks/0/chart/series/0/data]",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named_with_its_place(case: str) -> None:
    block, finding = WRONG[case]
    with pytest.raises(BlockError, match="invalid_blocks") as error:
        check_blocks([block])
    assert finding in error.value.messages


def test_a_block_id_stands_once_in_a_message() -> None:
    twice = {"type": "divider", "block_id": "b"}
    with pytest.raises(BlockError) as error:
        check_blocks([twice, twice])
    assert error.value.messages == ["`block_id` b already exists [json-pointer:/blocks/1/block_id]"]


def test_ids_that_are_missing_are_filled_in_and_unique() -> None:
    filled = check_blocks(
        [actions(button(), button()), section(text=mrkdwn(), accessory=button()), {"type": "divider"}]
    )
    ids = [one["block_id"] for one in filled]
    assert len(set(ids)) == 3
    names = [*(one["action_id"] for one in filled[0]["elements"]), filled[1]["accessory"]["action_id"]]
    assert len(set(names)) == 3
    assert "action_id" not in filled[1]["text"]


def test_a_block_type_can_be_refused_as_if_it_were_too_new() -> None:
    with pytest.raises(BlockError) as error:
        check_blocks([bars(1, 1)], refused=["data_visualization"])
    assert error.value.messages == ["unsupported type: data_visualization [json-pointer:/blocks/0/type]"]
