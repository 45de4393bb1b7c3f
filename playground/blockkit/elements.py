"""The table of Block Kit's elements: what may stand inside actions, inputs, sections and contexts."""

from __future__ import annotations

from playground.blockkit.parts import (
    ACTION_ID,
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_CONFIG,
    IMAGE,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    PLAIN_OPTION,
    RICH_OPTION,
    RICH_TEXT,
    TYPE,
    any_text,
    plain,
    unique_values,
)
from playground.blockkit.rules import (
    Fields,
    Rule,
    exactly_one,
    flag,
    many,
    matching,
    number,
    one_of,
    shape,
    text,
    whole,
)

STYLE = {"style": one_of("primary", "danger")}
_ACTION: Fields = {**ACTION_ID, "confirm": CONFIRM}
_FOCUS: Fields = {"focus_on_load": flag}
_MENU: Fields = {**_ACTION, **_FOCUS, "placeholder": plain(150)}
_TYPED: Fields = {**ACTION_ID, **_FOCUS, "placeholder": plain(150), "dispatch_action_config": DISPATCH_CONFIG}
_STATIC: Fields = {"options": many(PLAIN_OPTION, 100), "option_groups": many(OPTION_GROUP, 100)}
_MANY: Fields = {"max_selected_items": whole(1)}
_IDS = many(text(shortest=1), least=0)
_CHOICES = many(RICH_OPTION, 10)
_ONE_SOURCE = exactly_one("options", "option_groups")
_CONVERSATIONS: Fields = {"default_to_current_conversation": flag, "filter": CONVERSATION_FILTER}
_DATE = matching(r"\d{4}-\d{2}-\d{2}", "date in the format YYYY-MM-DD")
_TIME = matching(r"([01]\d|2[0-3]):[0-5]\d", "time in the format HH:mm")
_DECIMAL = matching(r"-?\d+(\.\d+)?", "number")
_FEEDBACK = shape({"text": plain(75), "value": text(2000, 1)}, {"accessibility_label": text(75)})
_WORKFLOW = shape(
    {
        "trigger": shape(
            {"url": text(3000, 1)},
            {"customizable_input_parameters": many(shape({"name": text(), "value": text()}))},
        )
    }
)

ELEMENTS: dict[str, Rule] = {
    "button": shape(
        {**TYPE, "text": plain(75)},
        {**_ACTION, **STYLE, "url": text(3000), "value": text(2000), "accessibility_label": text(75)},
    ),
    "workflow_button": shape(
        {**TYPE, "text": plain(75), "workflow": _WORKFLOW},
        {**_ACTION, **STYLE, "accessibility_label": text(75)},
    ),
    "icon_button": shape(
        {**TYPE, "text": plain(75), "icon": one_of("trash")},
        {
            **_ACTION,
            "value": text(2000),
            "accessibility_label": text(75),
            "visible_to_user_ids": many(text()),
        },
    ),
    "feedback_buttons": shape(
        {**TYPE, "positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, ACTION_ID
    ),
    "overflow": shape({**TYPE, "options": many(OVERFLOW_OPTION, 5)}, _ACTION),
    "checkboxes": shape(
        {**TYPE, "options": _CHOICES},
        {**_ACTION, **_FOCUS, "initial_options": _CHOICES},
        unique_values("options"),
    ),
    "radio_buttons": shape(
        {**TYPE, "options": _CHOICES},
        {**_ACTION, **_FOCUS, "initial_option": RICH_OPTION},
        unique_values("options"),
    ),
    "datepicker": shape(TYPE, {**_MENU, "initial_date": _DATE}),
    "timepicker": shape(TYPE, {**_MENU, "initial_time": _TIME, "timezone": text(shortest=1)}),
    "datetimepicker": shape(
        TYPE, {**_ACTION, **_FOCUS, "initial_date_time": whole(1_000_000_000, 9_999_999_999)}
    ),
    "static_select": shape(TYPE, {**_MENU, **_STATIC, "initial_option": PLAIN_OPTION}, _ONE_SOURCE),
    "multi_static_select": shape(
        TYPE, {**_MENU, **_MANY, **_STATIC, "initial_options": many(PLAIN_OPTION, 100)}, _ONE_SOURCE
    ),
    "external_select": shape(TYPE, {**_MENU, "initial_option": PLAIN_OPTION, "min_query_length": whole(0)}),
    "multi_external_select": shape(
        TYPE, {**_MENU, **_MANY, "initial_options": many(PLAIN_OPTION, 100), "min_query_length": whole(0)}
    ),
    "users_select": shape(TYPE, {**_MENU, "initial_user": text(shortest=1)}),
    "multi_users_select": shape(TYPE, {**_MENU, **_MANY, "initial_users": _IDS}),
    "channels_select": shape(
        TYPE, {**_MENU, "initial_channel": text(shortest=1), "response_url_enabled": flag}
    ),
    "multi_channels_select": shape(TYPE, {**_MENU, **_MANY, "initial_channels": _IDS}),
    "conversations_select": shape(
        TYPE,
        {**_MENU, **_CONVERSATIONS, "initial_conversation": text(shortest=1), "response_url_enabled": flag},
    ),
    "multi_conversations_select": shape(
        TYPE, {**_MENU, **_MANY, **_CONVERSATIONS, "initial_conversations": _IDS}
    ),
    "plain_text_input": shape(
        TYPE,
        {
            **_TYPED,
            "initial_value": text(3000),
            "multiline": flag,
            "min_length": whole(0, 3000),
            "max_length": whole(1, 3000),
        },
    ),
    "email_text_input": shape(TYPE, {**_TYPED, "initial_value": text()}),
    "url_text_input": shape(TYPE, {**_TYPED, "initial_value": text()}),
    "number_input": shape(
        {**TYPE, "is_decimal_allowed": flag},
        {**_TYPED, "initial_value": _DECIMAL, "min_value": _DECIMAL, "max_value": _DECIMAL},
    ),
    "rich_text_input": shape(
        TYPE, {**_TYPED, "initial_value": RICH_TEXT, "min_lines": number, "max_lines": number}
    ),
    "file_input": shape(TYPE, {**ACTION_ID, "filetypes": many(text(shortest=1)), "max_files": whole(1, 10)}),
    "image": IMAGE,
    "plain_text": any_text(3000),
    "mrkdwn": any_text(3000),
}

_PICKERS = (
    *("static_select", "external_select", "users_select", "channels_select", "conversations_select"),
    *("multi_static_select", "multi_external_select", "multi_users_select"),
    *("multi_channels_select", "multi_conversations_select"),
    *("checkboxes", "radio_buttons", "datepicker", "timepicker"),
)
IN_SECTION = ("button", "workflow_button", "overflow", "image", *_PICKERS)
IN_ACTIONS = ("button", "workflow_button", "overflow", "datetimepicker", "rich_text_input", *_PICKERS)
IN_INPUT = (
    *(
        "plain_text_input",
        "email_text_input",
        "url_text_input",
        "number_input",
        "rich_text_input",
        "file_input",
    ),
    *("datetimepicker", *_PICKERS),
)
IN_CONTEXT = ("image", "plain_text", "mrkdwn")
IN_CONTEXT_ACTIONS = ("feedback_buttons", "icon_button")
STATEFUL = frozenset(IN_INPUT)
"""Elements that hold a value which a view's state reports."""
