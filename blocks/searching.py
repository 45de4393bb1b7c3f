"""The modal in which the catalog is searched: a menu that fills as one types, a line for words, an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from blocks import kit, limits, names, wording
from blocks.escaping import LONE_SURROGATE, cleaned
from blocks.message import Message
from domain.things import Thing

_TITLE, _TRAITS = 44, 26
_NOUNS = {"component": "Services", "group": "Teams", "user": "People", "api": "APIs"}


def search_view(answer: Message | None = None, *, words: str = "") -> kit.Block:
    """Show the modal; with an answer below, where something was asked already."""
    menu = {
        "type": "external_select",
        "action_id": names.SEARCH_PICK,
        "placeholder": kit.plain("Type a name", limits.PLACEHOLDER),
        "min_query_length": 2,
        "focus_on_load": True,
    }
    line: kit.Block = {
        "type": "plain_text_input",
        "action_id": names.SEARCH_WORDS,
        "placeholder": kit.plain("what depends on payments", limits.PLACEHOLDER),
        "max_length": limits.QUESTION,
        **({"initial_value": words} if words else {}),
    }
    below = [kit.divider(), *answer.blocks] if answer else []
    return {
        "type": "modal",
        "callback_id": names.SEARCH_VIEW,
        "title": kit.plain("Search the catalog", limits.VIEW_TITLE),
        "submit": kit.plain("Ask", limits.VIEW_TITLE),
        "close": kit.plain("Close", limits.VIEW_TITLE),
        "blocks": [
            _input(names.SEARCH_PICK, "Service, team, API or anything else", menu, dispatched=True),
            _input(names.SEARCH_WORDS, "Or ask in words", line, dispatched=False),
            *below,
        ][: limits.VIEW_BLOCKS],
    }


def _input(block_id: str, label: str, element: kit.Block, *, dispatched: bool) -> kit.Block:
    return {
        "type": "input",
        "block_id": block_id,
        "label": kit.plain(label, limits.INPUT_LABEL),
        "element": element,
        "optional": True,
        "dispatch_action": dispatched,
    }


def grouped(offers: Sequence[tuple[str, Thing]]) -> list[kit.Block]:
    """Return the groups of options that Slack is answered with, those of one kind together.

    The order is the offers': the likeliest thing comes first, and its kind with it.
    """
    groups: dict[str, list[kit.Block]] = {}
    for handle, thing in offers[: limits.OPTIONS]:
        if cleaned(handle) and not LONE_SURROGATE.search(handle):
            groups.setdefault(_plural(thing), []).append(_option(handle, thing))
    return [{"label": kit.plain(kind, limits.OPTION_TEXT), "options": each} for kind, each in groups.items()]


def _plural(thing: Thing) -> str:
    return _NOUNS.get(thing.ref.kind) or f"{thing.kind}s"


def _option(handle: str, thing: Thing) -> kit.Block:
    """Return one thing: its title, and what it is and whose as far as there is room."""
    traits = " · ".join(_traits(thing))
    title = limits.cut(cleaned(thing.title) or thing.ref.name, _TITLE)
    text = f"{title} · {traits}" if traits else title
    return {"text": kit.plain(text, limits.OPTION_TEXT), "value": handle}


def _traits(thing: Thing) -> Iterable[str]:
    if thing.ref.kind == "component":
        yield wording.kind_word(thing.kind, thing.type)
    if thing.owner_title:
        yield limits.cut(cleaned(thing.owner_title), _TRAITS)
