"""Derives fields from facts: what rules and readings say of each thing, as claims of one source.

Pure, and blind for what it said before: the same facts give the same claims, in whatever order they come.
Never decides against a declaration: its claims are remarks, and the store ranks them below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from domain.entities import Claim, Finding, Grounds, Json, Record, Standing
from domain.refs import Ref
from domain.visibility import MARK
from workflows.deriving.built_in import BUILT_IN
from workflows.deriving.conditions import Unfit, context_of
from workflows.deriving.readings import KIND, READERS, Known, readings
from workflows.deriving.rules import Rule, Rules, filled
from workflows.deriving.sight import Sight, see

if TYPE_CHECKING:
    from cel import Context

Tell = Callable[[Finding], None]

_UNITED = ("tags", MARK)
"""The fields to which every rule adds."""


def derive(
    records: Iterable[Record], rules: Rules, *, now: datetime, tell: Tell = lambda _finding: None
) -> list[Claim]:
    """Return what rules say of all things of the catalog, one claim each, by ref; none where nothing holds.

    `records` are all that the catalog knows, with their facts: what the source `rules` said before is not
    looked at, and systems are found among them. `tell` hears once of each rule that could not be asked of
    something.
    """
    every = list(records)
    deriving = _Deriving(rules, Known.of(every), now, tell)
    claims = [claim for record in every if (claim := deriving.claim(record)) is not None]
    return sorted(claims, key=lambda claim: claim.ref)


class _Deriving:
    """One run over the catalog."""

    def __init__(self, rules: Rules, known: Known, now: datetime, tell: Tell) -> None:
        self._rules, self._known, self._now, self._tell = rules, known, now, tell
        self._by_kind: dict[str, tuple[Rule, ...]] = {}
        self._told: set[int] = set()

    def claim(self, record: Record) -> Claim | None:
        """Return what is derived of one thing."""
        ref = record.entity.ref
        if ref.kind not in self._by_kind:
            self._by_kind[ref.kind] = self._rules.for_kind(ref.kind)
        rules = self._by_kind[ref.kind]
        if not rules and ref.kind != KIND:
            return None
        sight = see(record, self._now)
        fields: dict[str, Json] = {}
        grounds: dict[str, Grounds] = {}
        if rules:
            self._ask(sight, rules, fields, grounds)
        if ref.kind == KIND:
            _judge(sight, fields, grounds)
            for name, reading in readings(
                sight, self._known, [name for name in READERS if name not in fields]
            ):
                fields[name] = reading.value
                grounds[name] = Grounds(reading.confidence, reading.reason)
        return _claim(record, fields, grounds) if fields else None

    def _ask(
        self, sight: Sight, rules: Iterable[Rule], fields: dict[str, Json], grounds: dict[str, Grounds]
    ) -> None:
        """Ask the company's rules in their order; one that could set nothing is not asked."""
        try:
            context = context_of(sight.variables(self._rules.asked))
        except Unfit as error:
            self._tell(_unseen(sight, error))
            return
        for rule in rules:
            fresh = [name for name in rule.fields if name not in fields or name in _UNITED]
            if fresh and self._holds(rule, context, sight):
                reason = Grounds(rule.confidence, filled(rule.because, sight))
                for name in fresh:
                    fields[name] = _added(fields.get(name), rule.fields[name])
                    grounds.setdefault(name, reason)

    def _holds(self, rule: Rule, context: Context, sight: Sight) -> bool:
        try:
            return rule.when.holds(context)
        except Unfit as error:
            if rule.number not in self._told:
                self._told.add(rule.number)
                self._tell(_finding(rule, sight.entity.ref, error))
            return False


def _judge(sight: Sight, fields: dict[str, Json], grounds: dict[str, Grounds]) -> None:
    """Fill in what built-in rules say of fields that the company's rules leave open."""
    for row in BUILT_IN:
        if row.field not in fields and row.holds(sight):
            fields[row.field] = row.value
            grounds[row.field] = Grounds(row.confidence, filled(row.because, sight))


def _added(before: Json, value: Json) -> Json:
    if isinstance(before, list) and isinstance(value, list):
        return list(dict.fromkeys([*before, *value]))
    return value


def _claim(record: Record, fields: Mapping[str, Json], grounds: Mapping[str, Grounds]) -> Claim:
    entity = record.entity
    return Claim(
        ref=entity.ref,
        name=entity.name,
        kind=entity.kind,
        fields=fields,
        confidence=min(each.confidence for each in grounds.values()),
        id=str(entity.ref),
        standing=Standing.REMARK,
        grounds=grounds,
    )


def _finding(rule: Rule, ref: Ref, error: Unfit) -> Finding:
    return Finding(
        "idp.yaml",
        0,
        f"rule {rule.number} ({rule.because}) cannot be asked of {ref.short}: {error}",
        f"Ask first whether the value is there and what it is: {rule.when.text}",
        severity="warning",
    )


def _unseen(sight: Sight, error: Unfit) -> Finding:
    return Finding(
        "",
        0,
        f"no rule can be asked of {sight.entity.ref.short}: {error}",
        "Report this, with what the catalog shows of it.",
        severity="warning",
    )
