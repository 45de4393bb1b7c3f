"""The company's own rules, ready to be asked, and what reasons say.

The first rule that sets a field decides it, but for tags, to which each adds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.entities import Json
from domain.errors import BadConfiguration
from workflows.deriving.asked import Asked
from workflows.deriving.blocks import RuleBlock
from workflows.deriving.conditions import BadCondition, Condition
from workflows.deriving.sight import Sight

_GAP = re.compile(r"\{([A-Za-z_][\w.]*)\}")
_SHOWN = 3
"""Items of a list that a reason names."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, ready to be asked."""

    fields: Mapping[str, Json]
    when: Condition
    because: str
    confidence: float
    kinds: frozenset[str]
    """Lower case; empty: all."""
    number: int
    """Its place in `idp.yaml`, from 1."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The company's rules, those that decide first; the built-in ones are behind them always."""

    own: tuple[Rule, ...]
    asked: Asked
    """What they ask of a thing."""

    @classmethod
    def of(cls, company_rules: Iterable[RuleBlock] = ()) -> Rules:
        """Return rules ready to be asked. Raises BadConfiguration, naming the rule, for a bad condition."""
        own = []
        for number, block in enumerate(company_rules, 1):
            try:
                when = Condition(block.when)
            except BadCondition as error:
                raise BadConfiguration(
                    f"rule {number} ({block.because}): its condition can hold of nothing: {error}",
                    "Mend `when`, or take the rule out of idp.yaml.",
                ) from error
            kinds = frozenset(kind.lower() for kind in block.kinds)
            own.append(Rule(block.set, when, block.because, block.confidence, kinds, number))
        return cls(tuple(own), Asked.by(rule.when.text for rule in own))

    def for_kind(self, kind: str) -> tuple[Rule, ...]:
        """Return the company's rules for a kind, lower case."""
        return tuple(rule for rule in self.own if not rule.kinds or kind in rule.kinds)


def filled(words: str, sight: Sight) -> str:
    """Return a reason with what stands in braces filled in: `runs in {environments}`.

    What is not there stays as it is written.
    """
    return _GAP.sub(lambda gap: _shown(sight.shown(gap[1]), gap[0]), words) if "{" in words else words


def _shown(value: object, otherwise: str) -> str:
    if isinstance(value, list):
        more = len(value) - _SHOWN
        shown = ", ".join(map(str, value[:_SHOWN]))
        return (f"{shown} and {more} more" if more > 0 else shown) or otherwise
    return otherwise if value is None or isinstance(value, Mapping) else str(value)
