"""Tells the environment from the names of namespaces, clusters and workloads, and a name without it.

Decides by words alone; what a company calls its environments otherwise is in its options.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

WORDS: Mapping[str, str] = {
    "prod": "prod", "production": "prod", "prd": "prod", "live": "prod",
    "staging": "staging", "stage": "staging", "stg": "staging",
    "test": "test", "testing": "test", "qa": "test",
    "dev": "dev", "development": "dev",
    "preview": "preview",
}  # fmt: skip
"""By word, the environment."""

_ANYWHERE = frozenset({"prod", "production", "prd", "staging", "stg"})
"""Words that mean nothing else: these count in the middle of a name (`payments-prod-eu`), too."""

_NUMBERED = re.compile(r"^([a-z]+)\d*$")
_CHANGE = re.compile(r"^(pr|mr)?\d+$|^(pr|mr)$")
"""What a preview's name says beside the service's: the number of its pull request."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name taken apart: `payments-prod` is `payments` in `prod`."""

    base: str
    """The name without the environment; empty when that is all there was."""
    environment: str
    """Empty: it names none."""


def take_apart(name: str) -> Named:
    """Return a name without its environment, and which that is."""
    tokens = name.lower().replace("_", "-").split("-")
    if "preview" in tokens:
        tokens = [each for each in tokens if not _CHANGE.match(each)]
    for at, token in _candidates(tokens):
        word = _NUMBERED.match(token)
        environment = WORDS.get(word[1]) if word else None
        if word is None or environment is None or (0 < at < len(tokens) - 1 and word[1] not in _ANYWHERE):
            continue
        rest = tokens[:at] + tokens[at + 1 :]
        return Named("-".join(rest), environment)
    return Named(name.lower(), "")


def _candidates(tokens: list[str]) -> list[tuple[int, str]]:
    """Return the tokens with their places, the last first: that is where most put the environment."""
    numbered = list(enumerate(tokens))
    return [numbered[-1], *numbered[:-1]]


@dataclass(frozen=True, slots=True)
class Environments:
    """What environment a workload is in."""

    patterns: Mapping[str, str]
    """The company's own, tried first."""
    cluster: str

    def of(self, namespace: str, workload: str) -> str:
        """Return the environment, by the namespace, else the cluster, else the name; or nothing."""
        for name in (namespace, self.cluster):
            found = self._pattern(name) or take_apart(name).environment
            if found:
                return found
        return take_apart(workload).environment

    def _pattern(self, name: str) -> str:
        return next((env for pattern, env in self.patterns.items() if fnmatchcase(name, pattern)), "")


def bare_namespace(namespace: str) -> str:
    """Return a namespace without its environment; `-` when it names nothing else."""
    return take_apart(namespace).base or "-"


def bare_workload(name: str, environment: str) -> str:
    """Return a workload's name without an affix that names the environment that it is in."""
    named = take_apart(name)
    return named.base if named.base and named.environment in ("", environment) else name.lower()
