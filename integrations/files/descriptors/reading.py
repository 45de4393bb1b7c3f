"""Reads files of one format, document by document: each becomes a claim or a finding.

Finds refs only when all files were read, so that the order of files means nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.entities import Claim, Json
from domain.errors import BadRef
from domain.refs import DEFAULT_NAMESPACE, Ref, parse_ref
from integrations.files.backstage.formats import is_name
from integrations.files.backstage.lifted import lift
from integrations.files.backstage.wording import Problem
from integrations.files.collected import Collected, Place
from integrations.files.descriptors.draft import Draft, Wanted
from integrations.files.descriptors.judged import Judged
from integrations.files.descriptors.seeming import seeming
from integrations.files.handles import ref_of
from integrations.files.names import slug
from integrations.files.places import File
from integrations.files.text import Unreadable
from integrations.files.yaml_documents import Document, documents

KINDS = {
    "component": "Component",
    "api": "API",
    "resource": "Resource",
    "system": "System",
    "domain": "Domain",
}


@dataclass(frozen=True, slots=True)
class Format:
    """One portal's descriptors."""

    source: str
    title: str
    """What one is called, with its article: `an OpsLevel descriptor`."""
    shape: str
    """What one looks like, as a remedy."""
    names: tuple[str, ...]
    """The names of its files, lower case."""
    is_one: Callable[[Mapping[str, Json]], bool]
    """Whether a document is meant for this portal, be it right or wrong."""
    drafts: Callable[[Judged, Callable[[], str]], Iterable[Draft]]
    """Judges a document and maps it; the second argument returns the name of the repository around it."""
    kinds: Mapping[str, str]
    """The catalog's kinds, lower case, by what refs of this portal (`service:pay`) call them."""

    def takes(self, path: Path) -> bool:
        """Tell whether a file has the name of such a descriptor."""
        return path.name.lower() in self.names

    def read(self, files: Sequence[File], collected: Collected) -> None:
        """Read these files."""
        waiting = [each for file in files for each in self._file(file, collected)]
        known: dict[tuple[str, str], Ref] = {}
        for each in waiting:
            for words in (each.draft.words, each.draft.name, *each.draft.aliases):
                known.setdefault((each.ref.kind, words.casefold()), each.ref)
                known.setdefault(("", words.casefold()), each.ref)
        for each in waiting:
            claim = each.claim(_Finder(collected, known, self.kinds))
            if each.draft.of_repository and each.file.root.tree.partial:
                collected.remarks.setdefault(self.source, []).append((claim, Place(each.file, each.line)))
            else:
                collected.declare(self.source, claim, each.file, each.line)

    def _file(self, file: File, collected: Collected) -> Iterable[_Waiting]:
        collected.progress(file)
        collected.read += 1
        try:
            text = file.text()
        except Unreadable as trouble:
            collected.unreadable(file, trouble)
            return
        empty = True
        for document in documents(text):
            try:
                value = document.value()
            except Unreadable as trouble:
                empty = False
                collected.unreadable(file, trouble)
                continue
            if value is not None:
                empty = False
                yield from self._document(file, value, document, collected)
        if empty:
            collected.warning(file, 0, "the file holds nothing", self.shape)

    def _document(
        self, file: File, value: Json, document: Document, collected: Collected
    ) -> Iterable[_Waiting]:
        if not isinstance(value, dict) or not self.is_one(value):
            problem = f"this is not {self.title}: it seems to be {seeming(value)}"
            collected.error(file, document.start, problem, self.shape)
            return
        judged = Judged(value)
        drafts = list(self.drafts(judged, lambda: file.root.name))
        for draft in drafts:
            if not draft.name and not judged.notes.problems:
                judged.refuse((), f"{draft.words!a} holds no letter or digit to name it by", "Write a name.")
        for line, each in _lines(document, judged.notes.problems):
            collected.error(file, line, each.problem, each.remedy)
        if judged.notes.problems:
            return
        for line, each in _lines(document, judged.notes.doubts):
            collected.warning(file, line, each.problem, each.remedy)
        yield from (_Waiting(file, document.start, draft) for draft in drafts)


def _lines(document: Document, found: Iterable[Problem]) -> list[tuple[int, Problem]]:
    return sorted(((document.line(each.path), each) for each in found), key=lambda pair: pair[0])


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A draft whose refs are not found yet."""

    file: File
    line: int
    draft: Draft

    @property
    def ref(self) -> Ref:
        draft = self.draft
        return Ref(draft.kind.lower(), draft.namespace.lower(), draft.name.lower())

    def claim(self, finder: _Finder) -> Claim:
        draft = self.draft
        for wanted in draft.wanted:
            ref = finder.find(wanted)
            if ref is not None and ref != self.ref:
                draft.relate(wanted.field, str(ref))
        if draft.words != draft.name:
            draft.put("title", draft.words)
            draft.aliases += [draft.words] if " " not in draft.words else []
        draft.settle_repository(self.file.root.repository)
        if draft.annotations:
            draft.fields["annotations"] = draft.annotations
        aliases = lift(draft.kind.lower(), draft.fields, draft.aliases)
        own = {self.ref.name, draft.name}
        return Claim(
            self.ref, draft.name, draft.kind, draft.fields,
            tuple(alias for alias in aliases if alias not in own),
            self.file.at(self.line),
        )  # fmt: skip


class _Finder:
    """Finds what a descriptor refers to: in its own format first, then in this look, else by its spelling."""

    def __init__(
        self, collected: Collected, known: Mapping[tuple[str, str], Ref], kinds: Mapping[str, str]
    ) -> None:
        self._collected = collected
        self._known = known
        self._kinds = kinds

    def find(self, wanted: Wanted) -> Ref | None:
        """Return the ref; None for a thing that only an id names, and which nobody knows."""
        words, kind = wanted.words, wanted.kind
        if kind in ("group", "user") and "@" in words:
            return ref_of(words, self._collected)
        if wanted.kind == "":
            return self._known.get(("", words.casefold())) or self._collected.by_alias(words)
        prefix, colon, rest = words.partition(":")
        if colon and prefix.lower() in self._kinds:
            kind, words = self._kinds[prefix.lower()], rest
        found = self._known.get((kind, words.casefold())) or self._collected.named(kind, words)
        if found is None and kind == "component":  # what things depend on may be of any kind
            found = self._known.get(("", words.casefold()))
        return found or self._collected.by_alias(words) or _new(kind, words)


def _new(kind: str, words: str) -> Ref | None:
    """Return the ref that a thing of this name would have; None when it can have none."""
    try:
        ref = parse_ref(words, kind)
    except BadRef:
        ref = Ref(kind, DEFAULT_NAMESPACE, "")
    if is_name(ref.name):
        return ref
    name = slug(words)
    return Ref(ref.kind, ref.namespace, name) if name else None
