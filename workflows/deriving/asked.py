"""What conditions may ask of a thing, and what the rules in force do ask, so that no more is handed to them.

Reads the texts of conditions roughly: it may name a field too many, and never one too few.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

VARIABLES: Mapping[str, str] = {
    "entity": "its fields, those with dots as nested maps: `entity.tags`, `entity.repo.archived`",
    "files": "names of the files of interest in its repository or folder, without folders",
    "runs": "the kinds of its workloads: `Deployment`, `CronJob`",
    "environments": "where it runs, lower case",
    "production": "whether one of these is a production environment",
    "left_production": "whether it ran in production once, and does so no more",
    "frameworks": "the frameworks in its package manifests, lower case",
    "frontends": "those of the frameworks that make pages in a browser",
    "servers": "those of the frameworks that answer requests",
    "ecosystems": "of its package manifests: `npm`, `pypi`, `go`",
    "paged": "whether PagerDuty or Opsgenie knows it, so that somebody is called when it fails",
    "now": "the time of judging",
}
"""What a condition may ask, and what it means."""

_ENTITY = re.compile(r"\bentity\b((?:\s*\.\s*\w+|\s*\[\s*(?:'[^']*'|\"[^\"]*\")\s*\])*)")
_WORD = re.compile(r"\w+")
_STEP = re.compile(r"\.\s*(\w+)|\[\s*(?:'([^']*)'|\"([^\"]*)\")\s*\]")


@dataclass(frozen=True, slots=True)
class Asked:
    """The variables, and the paths below `entity` (`repo.release.tag`); the empty one is everything."""

    variables: frozenset[str]
    paths: frozenset[str]
    _known: dict[str, bool] = field(default_factory=dict, compare=False)

    @classmethod
    def by(cls, texts: Iterable[str]) -> Asked:
        """Return what conditions ask for."""
        every = list(texts)
        paths = {
            ".".join("".join(step) for step in _STEP.findall(steps))
            for text in every
            for steps in _ENTITY.findall(text)
        }
        words = {word for text in every for word in _WORD.findall(text)}
        return cls(frozenset(words & VARIABLES.keys()), frozenset(paths))

    def includes(self, name: str) -> bool:
        """Tell whether a field is asked for, or a part of it, or it is a part of what is."""
        if name not in self._known:
            self._known[name] = any(
                not path or path == name or path.startswith(f"{name}.") or name.startswith(f"{path}.")
                for path in self.paths
            )
        return self._known[name]
