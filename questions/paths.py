"""Answers who owns a file: by the CODEOWNERS rules that the catalog keeps, and by the component around it.

Decides no rule: `domain.codeowners` does. Knows the files of no repository, so that any path is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalog_store.search.derived import CODE_RULES, FOLDER
from catalog_store.search.reading import Index
from domain.answers import Ambiguous, Missing
from domain.codeowners.kept import is_role
from domain.codeowners.rules import Rule
from domain.errors import BadRef
from domain.path_rules import PathRules
from domain.paths import DecidingRule, OwnedPath
from domain.refs import parse_ref
from questions.addresses import read_address
from questions.file_paths import FilePlace, read_file_place
from questions.question import Question
from questions.subjects import One, Role, Wanted, resolve

_TRIED = 8
"""How many entities of one repository are asked for its rules."""
_DEEPEST = 40
"""How many folders of a path are looked at."""

_USUAL_BRANCHES = ("main", "master", "trunk", "HEAD")
"""What is read where nobody says which branch is."""


@dataclass(frozen=True, slots=True)
class _Where:
    """A path in a repository that the catalog knows."""

    repository: str
    path: str
    inside: tuple[int, ...]
    """The components of the innermost folder that the path is in."""
    keepers: tuple[int, ...]
    """Who may keep the rules, the likeliest first."""
    branch: str = ""
    rules: PathRules | None = None


def owned_path(question: Question) -> OwnedPath | Ambiguous | None:
    """Answer for a file; None where the words mean none, or one of a repository that nobody knows.

    Of several things that a name may mean it is a pick list.
    """
    for place in read_file_place(question.thing):
        found = _in_thing(place, question) if place.named else _in_repository(place, question)
        if found is not None:
            return found if isinstance(found, Ambiguous) else _answer(found, question)
    return None


def unknown_file(question: Question, missing: Missing) -> Missing:
    """Return what to do where a file was meant and nobody knows its repository; else `missing` itself."""
    text = question.thing
    place = next(iter(read_file_place(text)), None)
    if place is not None and place.sure:
        remedy = (
            f"I know no repository {place.repository}. Connect the host that it is on (help sync), or name "
            "the service that the file belongs to: who owns src/main.py in payments"
        )
        return Missing(missing.words, missing.suggestions, remedy)
    if place is not None and "." in text.rpartition("/")[2] and "://" not in text:
        remedy = f"If it is a file, say where it is: who owns {text} in <service or repository>"
        return Missing(missing.words, missing.suggestions, remedy)
    return missing


def is_file_page(text: str) -> bool:
    """Tell whether words are the address of a file's page."""
    return any(place.branched for place in read_file_place(text))


def _in_repository(place: FilePlace, question: Question) -> _Where | None:
    """Find a path in a repository by the host's names of it."""
    index = question.index
    slug = place.repository.lower()
    nodes = tuple(dict.fromkeys(node for alias in place.aliases for node in index.names.by_alias(alias)))
    keepers = index.names.by_alias(f"{CODE_RULES}{slug}")
    if not nodes and not keepers and not index.names.by_alias(f"{FOLDER}{slug}"):
        return None
    rules = _rules(tuple(dict.fromkeys((*keepers, *nodes))), "", question)
    branch, path = place.cut(rules.default_branch if rules else "")
    usual = (rules.default_branch,) if rules and rules.default_branch else _USUAL_BRANCHES
    branch = "" if branch in usual else branch
    return None if not path else _where(place.repository, path, nodes, question, branch)


def _in_thing(place: FilePlace, question: Question) -> _Where | Ambiguous | None:
    """Find a path in the repository of a service, or of whatever is called so."""
    ask = f"who owns {place.path} in {{}}"
    subject = resolve(place.repository, question.index, Wanted(Role.OWNED, ask))
    if isinstance(subject, Ambiguous) and place.sure and "{}" not in place.path:
        return subject
    if not isinstance(subject, One) or subject.matched not in ("", "alias"):
        return None
    node = subject.node
    rules = question.records.path_rules(question.index.ref(node))
    if rules is not None:
        slug, folder = rules.repository, rules.folder
    else:
        entity = question.record_of(node).entity
        slug, folder = entity.text("repository"), entity.text("repository_path")
    path = place.path
    if folder and not f"{path.lower()}/".startswith(f"{folder.lower()}/"):
        path = f"{folder}/{path}"
    if slug:
        return _where(slug, path, (node,), question)
    return _Where("", path, (node,), (node,), "", rules)


def _where(
    repository: str, path: str, nodes: tuple[int, ...], question: Question, branch: str = ""
) -> _Where:
    index, slug = question.index, repository.lower()
    below = frozenset(index.names.by_alias(f"{FOLDER}{slug}"))
    inside = _innermost(slug, path, index) or tuple(
        node for node in nodes if node not in below and index.ref(node).kind == "component"
    )
    keepers = tuple(dict.fromkeys((*inside, *nodes, *index.names.by_alias(f"{CODE_RULES}{slug}"))))
    return _Where(repository, path, inside, keepers, branch, _rules(keepers, path, question))


def _innermost(slug: str, path: str, index: Index) -> tuple[int, ...]:
    """Return the components of the deepest folder around a path; none where they are at the top alone."""
    parts = path.split("/")
    for length in range(min(len(parts), _DEEPEST), 0, -1):
        if found := index.names.by_alias(f"{FOLDER}{slug}#{'/'.join(parts[:length])}"):
            return found
    return ()


def _rules(keepers: Sequence[int], path: str, question: Question) -> PathRules | None:
    """Return the rules that say all that there is to say of a path; of any path (empty), any rules."""
    for node in keepers[:_TRIED]:
        rules = question.records.path_rules(question.index.ref(node))
        if rules is not None and (not path or rules.speaks_of(path)):
            return rules
    return None


def _answer(where: _Where, question: Question) -> OwnedPath:
    index, rules = question.index, where.rules
    # A folder's owners are those of what lies in it.
    asked = f"{where.path}CODEOWNED" if where.path.endswith("/") else where.path
    deciding = rules.rulebook.deciding(asked) if rules else ()
    node = where.inside[0] if len(where.inside) == 1 else None
    owner = None if node is None else index.owner_of(node)
    return OwnedPath(
        read_address(question.thing).shown,
        where.path,
        where.repository,
        tuple(_deciding(deciding, index)),
        None if node is None else index.thing(node),
        None if owner is None else index.owner(index.ref(owner)),
        rules.file if rules else "",
        rules.source if rules else "",
        rules.seen_at if rules else None,
        where.branch,
    )


def _deciding(rules: Sequence[Rule], index: Index) -> Iterator[DecidingRule]:
    for rule in rules:
        refs = []
        for each in (owner for owner in rule.owners if not is_role(owner)):
            try:
                refs.append(parse_ref(each, "group"))
            except BadRef:  # what the file has is nobody's name
                continue
        yield DecidingRule(
            rule.pattern,
            rule.line,
            tuple(index.owner(ref) for ref in dict.fromkeys(refs)),
            tuple(each for each in rule.owners if is_role(each)),
            rule.section.name,
            rule.section.optional,
        )
