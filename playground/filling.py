"""Turns what a person would pick or type into the value that a form holds of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from playground.seen import Json

Named = Callable[[str, str], str]
"""Turns the name of a person or channel into its id: kind (user or channel), name."""


class NoSuchOption(LookupError):
    """Nothing of that name is on offer; the text says what is."""


def options_of(element: Json) -> list[Json]:
    """Return what a menu offers by itself."""
    groups: Iterable[Json] = element.get("option_groups") or [{"options": element.get("options") or []}]
    return [option for group in groups for option in group["options"]]


def option_named(options: list[Json], wanted: str) -> Json:
    """Return the option of that text or value; raises NoSuchOption."""
    for option in options:
        if wanted in (option["text"]["text"], option.get("value")):
            return option
    on_offer = ", ".join(option["text"]["text"] for option in options) or "nothing"
    raise NoSuchOption(f"no option {wanted!r}; on offer: {on_offer}")


def fill(element: Json, wanted: Any, suggest: Callable[[str], list[Json]], named: Named) -> Json:
    """Return the value of `element` for what a person wants in it."""
    kind = element["type"]
    if kind in ("static_select", "radio_buttons", "overflow"):
        return {"type": kind, "selected_option": option_named(options_of(element), wanted)}
    if kind == "external_select":
        return {"type": kind, "selected_option": option_named(suggest(wanted), wanted)}
    if kind in ("checkboxes", "multi_static_select"):
        chosen = [option_named(options_of(element), one) for one in _several(wanted)]
        return {"type": kind, "selected_options": chosen}
    if kind == "multi_external_select":
        return {
            "type": kind,
            "selected_options": [option_named(suggest(one), one) for one in _several(wanted)],
        }
    for what in ("user", "channel", "conversation"):
        of = "user" if what == "user" else "channel"
        if kind == f"{what}s_select":
            return {"type": kind, f"selected_{what}": named(of, wanted)}
        if kind == f"multi_{what}s_select":
            return {"type": kind, f"selected_{what}s": [named(of, one) for one in _several(wanted)]}
    if kind in ("datepicker", "timepicker", "datetimepicker"):
        field = {"datepicker": "date", "timepicker": "time", "datetimepicker": "date_time"}[kind]
        return {"type": kind, f"selected_{field}": wanted}
    field = "rich_text_value" if kind == "rich_text_input" else "value"
    return {"type": kind, field: str(wanted) if isinstance(wanted, int | float) else wanted}


def _several(wanted: Any) -> list[str]:
    return [wanted] if isinstance(wanted, str) else list(wanted)
