"""One well-formed sample of every Block Kit block and element, each with words to find it by."""

from __future__ import annotations

from typing import Any

from tests.browser.small_app import ANA, BEN, PAYMENTS, Json, actions, button, mrkdwn, options, plain, section

PICTURE = "https://pictures.example.com/cat.png"
WEEKS = ["W1", "W2", "W3"]


def raw(text: str) -> Json:
    return {"type": "raw_text", "text": text}


def count(value: float) -> Json:
    return {"type": "raw_number", "value": value, "text": str(value)}


def inline(text: str, **style: bool) -> Json:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def line(*elements: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(elements)}


def chart(kind: str, *names: str) -> Json:
    data = [{"label": week, "value": value} for week, value in zip(WEEKS, (4, -2, 9), strict=True)]
    series = [{"name": name, "data": data} for name in names]
    return {
        "type": kind,
        "series": series,
        "axis_config": {"categories": WEEKS, "x_label": "Week", "y_label": "Count"},
    }


RICH = rich(
    line(
        inline("plain "),
        inline("strong", bold=True),
        inline("slanted", italic=True),
        inline("gone", strike=True),
        inline("typed", code=True),
        {"type": "link", "url": "https://example.com/runbook", "text": "runbook"},
        {"type": "user", "user_id": BEN},
        {"type": "channel", "channel_id": PAYMENTS},
        {"type": "usergroup", "usergroup_id": "S0PAY"},
        {"type": "broadcast", "range": "here"},
        {"type": "emoji", "name": "tada"},
        {"type": "emoji", "name": "party", "unicode": "1f389"},
        {"type": "team", "team_id": "T0ACME"},
        {"type": "color", "value": "#ff8800"},
        {"type": "date", "timestamp": 1700000000, "format": "{date_num}"},
    ),
    {
        "type": "rich_text_list",
        "style": "ordered",
        "indent": 1,
        "elements": [line(inline("first")), line(inline("second"))],
    },
    {"type": "rich_text_list", "style": "bullet", "elements": [line(inline("dot"))]},
    {"type": "rich_text_quote", "elements": [inline("quoted")]},
    {"type": "rich_text_preformatted", "elements": [inline("kept  as is")]},
)
TASK = {
    "type": "task_card",
    "task_id": "t1",
    "title": "Create the repository",
    "status": "complete",
    "details": rich(line(inline("from the template"))),
    "sources": [{"type": "url", "url": "https://example.com/repo", "text": "the repository"}],
}
CARD = {
    "type": "card",
    "title": plain("payments-api"),
    "subtitle": mrkdwn("tier *one*"),
    "body": mrkdwn("Moves money"),
    "hero_image": {"type": "image", "image_url": PICTURE, "alt_text": "a diagram"},
    "actions": [button("Open card", "card")],
}

BLOCKS: dict[str, tuple[Json, list[str]]] = {
    "section": (
        {**section("Owned by *Payments*"), "fields": [mrkdwn("*Tier*\nOne"), plain("Level gold")]},
        ["Owned by Payments", "Tier", "Level gold"],
    ),
    "header": ({"type": "header", "text": plain("Weekly digest :tada:")}, ["Weekly digest 🎉"]),
    "divider": ({"type": "divider"}, []),
    "context": (
        {
            "type": "context",
            "elements": [{"type": "image", "image_url": PICTURE, "alt_text": "logo"}, mrkdwn("From _files_")],
        },
        ["From files"],
    ),
    "actions": (actions(button("Press me")), ["Press me"]),
    "context_actions": (
        {
            "type": "context_actions",
            "elements": [
                {
                    "type": "feedback_buttons",
                    "action_id": "feedback",
                    "positive_button": {"text": plain("Good"), "value": "up"},
                    "negative_button": {"text": plain("Bad"), "value": "down"},
                },
                {
                    "type": "icon_button",
                    "icon": "trash",
                    "text": plain("Delete"),
                    "action_id": "bin",
                    "value": "b",
                },
            ],
        },
        [],
    ),
    "input": (
        {
            "type": "input",
            "label": plain("Your name"),
            "hint": plain("As in the directory"),
            "optional": True,
            "element": {"type": "plain_text_input", "action_id": "name"},
        },
        ["Your name", "(optional)", "As in the directory"],
    ),
    "image": (
        {"type": "image", "image_url": PICTURE, "alt_text": "a cat", "title": plain("The cat")},
        ["The cat"],
    ),
    "rich_text": (
        RICH,
        [
            "strong",
            "runbook",
            "@Ben Okafor",
            "#payments",
            "@pay-team",
            "@here",
            "🎉",
            "#ff8800",
            "2023-11-14",
            "second",
            "quoted",
            "kept  as is",
        ],
    ),
    "markdown": (
        {
            "type": "markdown",
            "text": "## What moved\n**payments** is *up*\n\n1. first\n   - inner\n\n"
            "| a | b |\n|---|---|\n| c | d |\n\n```\ncode\n```",
        },
        ["What moved", "payments is up", "inner", "d", "code"],
    ),
    "video": (
        {
            "type": "video",
            "title": plain("The talk"),
            "video_url": "https://example.com/talk",
            "thumbnail_url": PICTURE,
            "alt_text": "a stage",
        },
        ["The talk"],
    ),
    "file": ({"type": "file", "external_id": "report-7", "source": "remote"}, ["report-7"]),
    "card": (CARD, ["payments-api", "tier one", "Moves money", "Open card"]),
    "carousel": (
        {"type": "carousel", "elements": [{**CARD, "title": plain("one of many")}]},
        ["one of many"],
    ),
    "task_card": (TASK, ["Create the repository", "from the template", "the repository"]),
    "plan": (
        {"type": "plan", "title": "New service", "tasks": [TASK]},
        ["New service", "Create the repository"],
    ),
    "container": (
        {
            "type": "container",
            "title": plain("Details"),
            "is_collapsible": True,
            "child_blocks": [section("inside")],
        },
        ["Details", "inside"],
    ),
    "table": (
        {
            "type": "table",
            "rows": [
                [raw("Check"), raw("Level")],
                [raw("Has runbook"), rich(line(inline("Gold", bold=True)))],
            ],
        },
        ["Check", "Has runbook", "Gold"],
    ),
    "data_table": (
        {
            "type": "data_table",
            "caption": "Services",
            "page_size": 2,
            "rows": [[raw("Name"), raw("Tier")], *([raw(f"svc-{n}"), count(n)] for n in (3, 1, 2))],
        },
        ["Services", "svc-3", "svc-1", "Page 1 of 2"],
    ),
    "data_visualization": (
        {"type": "data_visualization", "title": "Levels", "chart": chart("bar", "Gold", "Silver")},
        ["Levels", "Gold", "Silver", "W2"],
    ),
}
"""Block type to a sample for a message, and the words that it must show."""

CONVERSATION: Json = {"default_to_current_conversation": False}
OPTIONS = options("Alpha", "Beta")


def pick(kind: str, label: str, **more: Any) -> Json:
    return {"type": kind, "action_id": kind, "placeholder": plain(label), **more}


ELEMENTS: dict[str, Json] = {
    "button": button("A button", "button"),
    "workflow_button": {
        "type": "workflow_button",
        "action_id": "wf",
        "text": plain("A workflow"),
        "workflow": {"trigger": {"url": "https://example.com/t"}},
    },
    "overflow": {"type": "overflow", "action_id": "overflow", "options": OPTIONS},
    "static_select": pick("static_select", "One static", options=OPTIONS),
    "multi_static_select": pick(
        "multi_static_select", "Many static", option_groups=[{"label": plain("Letters"), "options": OPTIONS}]
    ),
    "external_select": pick("external_select", "One external", min_query_length=2),
    "multi_external_select": pick("multi_external_select", "Many external", min_query_length=2),
    "users_select": pick("users_select", "One person"),
    "multi_users_select": pick("multi_users_select", "Many people", initial_users=[ANA]),
    "channels_select": pick("channels_select", "One channel"),
    "multi_channels_select": pick("multi_channels_select", "Many channels"),
    "conversations_select": pick("conversations_select", "One conversation"),
    "multi_conversations_select": pick("multi_conversations_select", "Many conversations"),
    "datepicker": pick("datepicker", "A date", initial_date="2026-11-23"),
    "timepicker": pick("timepicker", "A time", initial_time="09:30"),
    "datetimepicker": {
        "type": "datetimepicker",
        "action_id": "datetimepicker",
        "initial_date_time": 1700000000,
    },
    "radio_buttons": {
        "type": "radio_buttons",
        "action_id": "radio_buttons",
        "options": options("Red", "Blue"),
        "initial_option": options("Red")[0],
    },
    "checkboxes": {"type": "checkboxes", "action_id": "checkboxes", "options": options("Salt", "Pepper")},
}
"""Element type to a sample that may stand in an actions block."""

INPUTS: dict[str, Json] = {
    "plain_text_input": {"type": "plain_text_input", "multiline": True},
    "email_text_input": {"type": "email_text_input"},
    "url_text_input": {"type": "url_text_input"},
    "number_input": {"type": "number_input", "is_decimal_allowed": False, "min_value": "1"},
    "rich_text_input": {"type": "rich_text_input"},
    "file_input": {"type": "file_input"},
}
"""Element type to a sample that stands in an input block alone."""
