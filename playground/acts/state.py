"""The values that the inputs of a message or view hold, as Slack reports them."""

from __future__ import annotations

import re
from typing import Any

from playground.blockkit import STATEFUL, elements_of
from playground.workspace import Json

VALUE_FIELDS = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", ""),
}
"""For each stateful element the field of its value, and the field of the element that it starts from."""

_LISTS = ("selected_options", "selected_users", "selected_channels", "selected_conversations", "files")
_PATTERNS = {
    "email_text_input": (re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"), "Must be a valid email address"),
    "url_text_input": (re.compile(r"https?://\S+"), "Must be a valid URL"),
    "number_input": (re.compile(r"-?\d+(\.\d+)?"), "Must be a valid number"),
}


def values_of(blocks: list[Json], reported: Any) -> Json:
    """Return block_id to action_id to value of each stateful element: as reported, else its initial one."""
    given = reported.get("values", reported) if isinstance(reported, dict) else {}
    values: Json = {}
    for block in blocks:
        for _, element in elements_of(block):
            if element["type"] in STATEFUL:
                held = (given.get(block["block_id"]) or {}).get(element["action_id"])
                values.setdefault(block["block_id"], {})[element["action_id"]] = _value(element, held)
    return values


def _value(element: Json, held: Any) -> Json:
    field, initial = VALUE_FIELDS[element["type"]]
    empty: Any = [] if field in _LISTS else None
    value = held.get(field, empty) if isinstance(held, dict) else element.get(initial, empty)
    return {"type": element["type"], field: value if value != "" else None}


def complaints(blocks: list[Json], values: Json) -> dict[str, str]:
    """Return what Slack's own form says before it lets a submission go: block_id to message."""
    found: dict[str, str] = {}
    for block in blocks:
        if block["type"] == "input":
            element = block["element"]
            held = values[block["block_id"]][element["action_id"]]
            problem = _complaint(block, element, held[VALUE_FIELDS[element["type"]][0]])
            if problem:
                found[block["block_id"]] = problem
    return found


def _complaint(block: Json, element: Json, value: Any) -> str | None:
    if value in (None, [], ""):
        return None if block.get("optional") else "Please complete this required field."
    kind = element["type"]
    if kind in _PATTERNS and not _PATTERNS[kind][0].fullmatch(str(value)):
        return _PATTERNS[kind][1]
    if kind == "plain_text_input" and not element.get("min_length", 0) <= len(value) <= element.get(
        "max_length", 3000
    ):
        return f"Must be {element.get('min_length', 0)} to {element.get('max_length', 3000)} characters"
    if kind == "number_input":
        return _out_of_range(element, float(value))
    return None


def _out_of_range(element: Json, value: float) -> str | None:
    if not element["is_decimal_allowed"] and value != int(value):
        return "Must be a whole number"
    low, high = element.get("min_value"), element.get("max_value")
    if low is not None and value < float(low):
        return f"Must be at least {low}"
    if high is not None and value > float(high):
        return f"Must be at most {high}"
    return None
