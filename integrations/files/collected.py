"""What one look has come to so far: claims, findings, notes, and the names that things are known by in it.

Readers write into it in the registry's order, so that a later one can look up what an earlier one declared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from domain.entities import RELATION_FIELDS, Claim, Finding, Snapshot
from domain.refs import Ref
from integrations.files.places import File, Outside
from integrations.files.text import Unreadable

LONGEST_NAME = 500
"""Characters of a name, alias or ref; databases bound what they index, and nobody says more."""

BESIDE_CODE = ("backstage", "opslevel", "cortex", "compass", "datadog")
"""The sources whose files stand beside the code of what they declare; a spreadsheet is about other places."""

_UNSPEAKABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
"""Control characters and halves of characters."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entity was declared."""

    file: File
    line: int

    def __str__(self) -> str:
        return f"{self.file.shown}:{self.line}"


@dataclass(slots=True)
class Collected:
    """The state of one look."""

    claims: dict[str, list[Claim]] = field(default_factory=dict)
    """By source, in the order of reading."""
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    read: int = 0
    missing: set[Path] = field(default_factory=set)
    """Files that were named, may exist, and were not fetched."""
    remarks: dict[str, list[tuple[Claim, Place]]] = field(default_factory=dict)
    """By source, what is said of the repository around a file, where somebody else makes the repository."""
    left_out: set[Path] = field(default_factory=set)
    """The roots of the files in which a document could not be read."""
    on_file: Callable[[str, int], None] | None = None
    _begun: int = 0
    _declared: dict[str, dict[Ref, Place]] = field(default_factory=dict)
    _names: dict[str, dict[Ref, str]] = field(default_factory=dict)
    _named: dict[tuple[str, str], Ref] = field(default_factory=dict)
    _known: dict[str, Ref] = field(default_factory=dict)

    def progress(self, file: File) -> None:
        """Tell whoever waits that a file is about to be read, and how many were before it."""
        if self.on_file is not None:
            self.on_file(file.shown, self._begun)
        self._begun += 1

    def error(self, file: File, line: int, problem: str, remedy: str) -> None:
        """Note what kept a document (or a whole file) from being read."""
        self.findings.append(Finding(file.shown, line, problem, remedy))
        self.left_out.add(file.root.path)

    def warning(self, file: File, line: int, problem: str, remedy: str) -> None:
        """Note a doubt about something that was read."""
        self.findings.append(Finding(file.shown, line, problem, remedy, "warning"))

    def outside(self, link: Outside) -> None:
        """Note a link that leads out of the folder that was given."""
        remedy = "Give the folder it leads to on the command line, if that is wanted."
        self.findings.append(
            Finding(link.shown, 0, "a link out of the folder was not followed", remedy, "warning")
        )

    def unreadable(self, file: File, trouble: Unreadable) -> None:
        """Note what kept text from being understood."""
        self.error(file, trouble.line, trouble.problem, trouble.remedy)

    def declare(self, source: str, claim: Claim, file: File, line: int) -> bool:
        """Take a declaration; False, with a finding, when a catalog cannot keep it, or `source` has declared
        the same entity before."""
        if (flaw := _flaw(claim)) is not None:
            self.error(file, line, *flaw)
            return False
        declared = self._declared.setdefault(source, {})
        first = declared.get(claim.ref)
        if first is not None:
            problem = f"{claim.ref.short} is declared for the second time"
            remedy = f"Keep one, or give one another name; the first is at {first}."
            self.findings.append(Finding(file.shown, line, problem, remedy))
            return False
        declared[claim.ref] = Place(file, line)
        self.add(source, claim)
        return True

    def add(self, source: str, claim: Claim) -> None:
        """Take a claim on an entity that need not be declared by this source."""
        self.claims.setdefault(source, []).append(claim)
        for alias in claim.aliases:
            self._known.setdefault(alias, claim.ref)
        for name in (claim.ref.name, claim.fields.get("title")):
            if isinstance(name, str):
                self._named.setdefault((claim.ref.kind, name.casefold()), claim.ref)

    def learn(self, alias: str, ref: Ref) -> None:
        """Take note of an alias that was known before this look."""
        self._known[alias.lower()] = ref

    def declared_by(self, source: str) -> Iterable[tuple[Ref, Place]]:
        """Return what a source declared, and where, in order."""
        return self._declared.get(source, {}).items()

    def declared_beside_code(self) -> Iterable[tuple[Ref, Place, str]]:
        """Return what stands beside its code, each once, where, and its name as written there."""
        seen: set[Ref] = set()
        for source in BESIDE_CODE:
            for ref, place in self.declared_by(source):
                if ref not in seen:
                    seen.add(ref)
                    yield ref, place, self.name_of(source, ref)

    def name_of(self, source: str, ref: Ref) -> str:
        """Return the name of an entity as the source that declared it wrote it."""
        names = self._names.setdefault(source, {})
        if len(names) < len(self._declared.get(source, {})):
            names.update((claim.ref, claim.name) for claim in self.claims[source])
        return names.get(ref, ref.name)

    def by_alias(self, alias: str) -> Ref | None:
        """Return the entity that an alias of this look leads to."""
        return self._known.get(alias.lower())

    def named(self, kind: str, words: str) -> Ref | None:
        """Return the entity of a kind whose name or title these words are; kinds are lower case."""
        return self._named.get((kind, words.strip().casefold()))

    def snapshots(self, observed_at: datetime) -> tuple[Snapshot, ...]:
        """Return one snapshot for each source that claimed anything."""
        return tuple(Snapshot(source, observed_at, tuple(claims)) for source, claims in self.claims.items())


def _flaw(claim: Claim) -> tuple[str, str] | None:
    """Say which of a claim's names, aliases and refs no database can index, and what to do; None: none."""
    texts = [claim.name, claim.kind, *claim.ref, *claim.aliases]
    for name in RELATION_FIELDS.keys() & claim.fields.keys():
        value = claim.fields[name]
        texts += map(str, value) if isinstance(value, list) else (str(value),)
    if _UNSPEAKABLE.search("".join(texts)):
        bad = next(each for each in texts if _UNSPEAKABLE.search(each))
        return f"{bad!a} holds a control character or half a character", "Remove it."
    longest = max(texts, key=len)
    if len(longest) > LONGEST_NAME:
        shown = f'"{longest[:60]}…" is a name, alias or reference of {len(longest):,} characters'
        return shown, f"Shorten it to {LONGEST_NAME} at most."
    return None
