"""Answers `why …`: each field, each source's claim, which one counts and by what.

Weighs nothing: the store says how it decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.answers import Ambiguous, Answer, Missing, Unclear
from domain.entities import Json
from domain.explained import Explained, WeighedField, WeighedRecord
from questions.addresses import read_address
from questions.owners import ref_of
from questions.paths import owned_path
from questions.question import Question
from questions.subjects import One, Role, Subject, Wanted, resolve
from questions.wording import Word, join

FIELDS: Mapping[str, str] = {
    "owner": "owner", "owners": "owner", "owns": "owner", "own": "owner", "owned": "owner", "owning": "owner",
    "ownership": "owner", "team": "owner", "maintains": "owner", "responsible": "owner",
    "accountable": "owner", "maintain": "owner",
    "tier": "tier", "criticality": "tier", "critical": "tier", "lifecycle": "lifecycle", "type": "type",
    "kind": "type", "system": "system", "domain": "domain", "channel": "channel", "title": "title",
    "name": "title", "called": "title", "description": "description", "language": "language",
    "repository": "repository", "repo": "repository", "tags": "tags", "tag": "tags", "labels": "labels",
    "dependencies": "dependsOn", "deps": "dependsOn", "dependson": "dependsOn", "depends": "dependsOn",
    "hosts": "hosts", "links": "links", "workloads": "workloads", "framework": "framework",
    "environments": "environments", "members": "members", "email": "email", "parent": "parent",
    "apis": "providesApis", "annotations": "annotations", "codeowners": "codeowners",
}  # fmt: skip
"""The words by which people mean a field."""
FIRST = (
    "owner", "tier", "lifecycle", "type", "system", "domain", "channel", "title", "language", "repository",
    "description", "tags", "dependsOn",
)  # fmt: skip
"""The fields that people ask about, in that order; what sources observe comes after them."""
SHOWN, SHOWN_ALL = 6, 30
"""How many fields are shown, and how many where all were asked for."""
_ALL = frozenset(("all", "everything", "full", "fields"))
_VALUE = 5
"""Words of the longest thing to stand behind a name: `why is payments owned by the payments team`."""
_SMALL = frozenset(("in", "a", "an", "the", "so", "of", "by", "as", "its", "on", "have", "has"))
_BEFORE = frozenset((
    "is", "are", "was", "does", "do", "did", "you", "we", "i", "it", "idp", "the", "catalog", "portal", "say",
    "says", "think", "thinks", "believe", "claim", "claims", "that", "this", "about", "data", "information",
    "info", "facts", "of", "on", "for",
))  # fmt: skip
"""What may stand between the question and the name."""
_OF = ("of", "for")
_OWNS = frozenset(("owns", "own", "maintains", "maintain", "runs", "manages"))
_SURE = ("", "alias")
"""Ways in which words are a thing's name."""


@dataclass(frozen=True, slots=True)
class _Meant:
    """A thing, and what of it is asked about."""

    subject: Subject
    name: str = ""
    """What was resolved, as typed."""
    about: str = ""
    """A field; empty: all of them."""
    whole: bool = False
    rest: tuple[str, ...] = ()
    """Words behind the name that are no field's: the value of one, or another question."""


def why(question: Question) -> Answer:
    """Answer for one thing, or for one field of it."""
    meant = _meant(question)
    if not isinstance(meant.subject, One):
        if isinstance(meant.subject, Ambiguous) and meant.about:
            ask = f"{question.form.ask} {meant.about}"
            return _picked(resolve(meant.name, question.index, Wanted(Role.OWNED, ask)), meant.subject)
        file = owned_path(question) if isinstance(meant.subject, Missing) else None
        return file or meant.subject
    node, index = meant.subject.node, question.index
    weighed = question.records.weighed(index.ref(node))
    if weighed is None:
        weighed = WeighedRecord(question.record_of(node).entity, ())
    about = meant.about or _having(meant.rest, weighed, question)
    if meant.rest and not about:
        ref = index.ref(node)
        problem = f"I can say where the catalog has its facts on {index.title(node)} from, and no other why."
        return Unclear(question.words, problem, (f"why {ref}", f"why {ref} owner", f"show {ref}"))
    return _explained(node, meant, about, weighed, question)


def _picked(again: Subject, before: Ambiguous) -> Ambiguous:
    """Return the pick list whose choices ask of the field, too."""
    return again if isinstance(again, Ambiguous) else before


def _explained(
    node: int, meant: _Meant, about: str, weighed: WeighedRecord, question: Question
) -> Explained | Unclear:
    index, above = question.index, None
    fields = weighed.fields
    if about in ("", "owner") and weighed.on("owner") is None and not index.can_own[node]:
        above = index.inherits_from(node)
        higher = None if above is None else question.records.weighed(index.ref(above))
        inherited = None if higher is None else higher.on("owner")
        above = None if inherited is None else above
        fields = (inherited, *fields) if inherited else fields
    chosen = [each for each in fields if each.name == about] if about else sorted(fields, key=_rank)
    if about and not chosen:
        ref = index.ref(node)
        problem = f"No source says anything of the {about} of {index.title(node)}."
        return Unclear(question.words, problem, (f"why {ref}", f"show {ref}"))
    shown = chosen[: SHOWN_ALL if meant.whole else SHOWN]
    return Explained(
        read_address(meant.name).shown,
        index.thing(node),
        tuple(shown),
        about,
        len(chosen) - len(shown),
        len({each.fact.source for one in fields for each in one.claims}),
        sum(each.disputed for each in fields),
        None if above is None else index.thing(above),
        meant.subject.matched if isinstance(meant.subject, One) else "",
        _called(shown, question),
    )


def _rank(field: WeighedField) -> tuple[bool, bool, int, str]:
    """Place the owner first, then what is disputed, then what people know, then what sources observe."""
    known = FIRST.index(field.name) if field.name in FIRST else len(FIRST)
    return field.name != "owner", not field.disputed, known, field.name


def _called(fields: Sequence[WeighedField], question: Question) -> dict[str, str]:
    titles: dict[str, str] = {}
    texts = {each.fact.value for field in fields for each in field.claims if isinstance(each.fact.value, str)}
    for text in texts:
        ref = ref_of(text, "group") if ":" in text else None
        node = None if ref is None else question.index.node(ref)
        if node is not None:
            titles[text] = question.index.title(node)
    return titles


def _meant(question: Question) -> _Meant:
    """Find the thing in the words, the longest name first, and what stands before and behind it."""
    words = question.slots.get("thing", ())
    whole = resolve(join(words), question.index, Wanted(Role.OWNED, question.form.ask))
    if isinstance(whole, One) and whole.matched in _SURE:
        return _Meant(whole, join(words))
    words, about = _after(words)
    wanted = Wanted(Role.OWNED, question.form.ask + (f" {about}" if about else ""))
    for length in range(len(words), max(0, len(words) - 1 - _VALUE), -1):
        name, rest = _name(words[:length]), words[length:]
        subject = resolve(name, question.index, wanted)
        if isinstance(subject, Ambiguous) or (isinstance(subject, One) and subject.matched in _SURE):
            return _behind(subject, name, rest, about)
    name = _name(words)
    return _Meant(resolve(name, question.index, wanted), name, about)


def _after(words: Sequence[Word]) -> tuple[Sequence[Word], str]:
    """Return the words from the thing's name on, and the field that the words before it mean.

    Such as `is team-pay the owner of`, `you say that team-pay owns`, `the tier of`, `that about`.
    """
    for at in range(len(words) - 2, -1, -1):
        plain = words[at].plain
        if plain in _OWNS:
            return words[at + 1 :], "owner"
        if plain in _OF and at and words[at - 1].plain in FIELDS:
            return words[at + 1 :], FIELDS[words[at - 1].plain]
    while len(words) > 1 and words[0].plain in _BEFORE:
        words = words[1:]
    return words, ""


def _behind(subject: Subject, name: str, rest: Sequence[Word], about: str) -> _Meant:
    """Read what stands behind a name: a field, a field and its value, a value, or a word for all."""
    plain = [word.plain for word in rest if word.plain != "'s"]
    if plain and all(word in _ALL for word in plain):
        return _Meant(subject, name, whole=True)
    field = next((FIELDS[word] for word in plain if word in FIELDS), "")
    exact = rest[0].typed if len(rest) == 1 and any(mark in rest[0].typed for mark in "._") else ""
    values = tuple(word.typed.lower() for word in rest if word.plain not in _SMALL)
    about = about or field or exact
    return _Meant(subject, name, about, rest=() if about else values)


def _name(words: Sequence[Word]) -> str:
    kept = words[:-1] if words and words[-1].plain == "'s" else words
    return join(kept)


def _having(values: Sequence[str], weighed: WeighedRecord, question: Question) -> str:
    """Return the field whose value the words are, as in `why is payments deprecated`; empty: none."""
    said = " ".join(values)
    if not said:
        return ""
    for field in sorted(weighed.fields, key=_rank):
        for each in field.claims:
            if said in _spellings(each.fact.value, question):
                return field.name
    return ""


def _spellings(value: Json, question: Question) -> set[str]:
    if isinstance(value, list):
        return {each.lower() for each in value if isinstance(each, str)}
    if not isinstance(value, str):
        return set()
    ref = ref_of(value, "group") if ":" in value else None
    node = None if ref is None else question.index.node(ref)
    titles = set() if node is None else {question.index.title(node).lower()}
    return {value.lower(), *([ref.name] if ref else []), *titles}
