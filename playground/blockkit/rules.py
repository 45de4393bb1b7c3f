"""The few kinds of rule that the tables of Block Kit are written in.

A rule looks at one value at one place and reports what Slack would say of it. It refuses to know any block.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias


class Report:
    """What was found wrong, in Slack's wording, each with the JSON pointer of its place."""

    def __init__(self) -> None:
        self.findings: list[str] = []

    def say(self, what: str, at: str) -> None:
        """Add one finding at the place `at`."""
        self.findings.append(f"{what} [json-pointer:{at}]")


Rule: TypeAlias = Callable[[Any, str, Report], None]
Fields: TypeAlias = Mapping[str, Rule]


def text(longest: int | None = None, shortest: int = 0) -> Rule:
    """A string of so many characters."""

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, str):
            report.say("must be a string", at)
        elif len(value) < shortest:
            report.say(f"must be more than {shortest - 1} characters", at)
        elif longest is not None and len(value) > longest:
            report.say(f"must be less than {longest + 1} characters", at)

    return check


def whole(lowest: int | None = None, highest: int | None = None) -> Rule:
    """A whole number within bounds."""

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            report.say("must be an integer", at)
        elif lowest is not None and value < lowest:
            report.say(f"must be greater than or equal to {lowest}", at)
        elif highest is not None and value > highest:
            report.say(f"must be less than or equal to {highest}", at)

    return check


def number(value: Any, at: str, report: Report) -> None:
    """Any finite number."""
    if (
        not isinstance(value, int | float)
        or isinstance(value, bool)
        or value != value
        or value in (float("inf"), -float("inf"))
    ):
        report.say("must be a number", at)


def flag(value: Any, at: str, report: Report) -> None:
    """True or false."""
    if not isinstance(value, bool):
        report.say("must be a boolean", at)


def one_of(*allowed: Any) -> Rule:
    """One of these values."""

    def check(value: Any, at: str, report: Report) -> None:
        if value not in allowed:
            report.say("must be a valid enum value", at)

    return check


def many(rule: Rule, most: int | None = None, least: int = 1) -> Rule:
    """A list whose items all keep `rule`."""

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, list):
            report.say("must be an array", at)
            return
        if len(value) < least:
            report.say(f"no fewer than {least} items required", at)
        if most is not None and len(value) > most:
            report.say(f"no more than {most} items allowed", at)
        for index, item in enumerate(value):
            rule(item, f"{at}/{index}", report)

    return check


def shape(required: Fields, optional: Fields | None = None, *also: Rule) -> Rule:
    """An object with these fields and no others; the rules in `also` then look at it as a whole."""
    known = {**required, **(optional or {})}

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.say("must be an object", at)
            return
        for name in required:
            if value.get(name) is None:
                report.say(f"missing required field: {name}", at)
        for name, given in value.items():
            rule = known.get(name)
            if rule is None:
                report.say(f"invalid additional property: {name}", at)
            elif given is not None:
                rule(given, f"{at}/{name}", report)
        for rule in also:
            rule(value, at, report)

    return check


def typed(kinds: Mapping[str, Rule]) -> Rule:
    """An object whose `type` says which of these rules it keeps."""

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.say("must be an object", at)
            return
        kind = value.get("type")
        rule = kinds.get(kind) if isinstance(kind, str) else None
        if kind is None:
            report.say("missing required field: type", at)
        elif rule is None:
            report.say(f"unsupported type: {kind}", f"{at}/type")
        else:
            rule(value, at, report)

    return check


def choose(kinds: Mapping[str, Rule], names: Iterable[str]) -> Rule:
    """An object of one of the types `names` out of a table."""
    return typed({name: kinds[name] for name in names})


def exactly_one(*names: str) -> Rule:
    """One of these fields is given, and only one."""

    def check(value: Any, at: str, report: Report) -> None:
        given = [name for name in names if value.get(name) is not None]
        if len(given) != 1:
            report.say(f"must define exactly one of: {', '.join(names)}", at)

    return check


def at_least_one(*names: str) -> Rule:
    """One of these fields is given, or more."""

    def check(value: Any, at: str, report: Report) -> None:
        if all(value.get(name) is None for name in names):
            report.say(f"must define at least one of: {', '.join(names)}", at)

    return check


def matching(pattern: str, what: str) -> Rule:
    """A string that the whole of `pattern` matches; `what` names it."""
    compiled = re.compile(pattern)

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, str) or compiled.fullmatch(value) is None:
            report.say(f"must be a valid {what}", at)

    return check
