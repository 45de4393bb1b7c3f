"""Makes the CODEOWNERS file of a repository on a host evidence: on the repository, and on what it declares.

Creates nothing: that the repository exists is the host's own claim. The rules are kept once for each
repository, on what is declared at its top, else on the repository itself and the first of its parts (what
nobody declares at the top is no component of its own); the others only get their owner.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.codeowners.rules import Codeowners
from domain.entities import Claim, Grounds, Json, Standing
from domain.refs import DEFAULT_NAMESPACE, Ref
from integrations.files.backstage.formats import is_name
from integrations.files.checkouts import Checkout, Declared
from integrations.files.codeowners.ownership import CONFIDENCE, Ownership
from integrations.files.collected import Collected
from integrations.files.names import slug
from integrations.files.places import File
from integrations.files.text import Unreadable

_LIMIT = 3_000_000
"""Bytes: GitHub loads no larger CODEOWNERS file."""

_WHERE = {
    "github": (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"),
    "gitlab": ("CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"),
}
"""Where each host looks for the file, in this order; it reads the first that it finds."""


def in_use(checkout: Checkout) -> str | None:
    """Return the path of the CODEOWNERS file that the host goes by; None: it has none."""
    places = _WHERE.get(checkout.host, tuple(dict.fromkeys([*_WHERE["github"], *_WHERE["gitlab"]])))
    return next((path for path in places if path in checkout.files), None)


def remarks(
    checkout: Checkout, file: File, declared: Sequence[tuple[Declared, str, str]], collected: Collected
) -> Iterator[Claim]:
    """Yield what the file says of a repository and of the components that are `declared` in it, each with
    its name and the path of its catalog file."""
    collected.progress(file)
    collected.read += 1
    try:
        parsed = Codeowners.parse(file.text(_LIMIT), checkout.host if checkout.host in _WHERE else None)
    except Unreadable as trouble:
        collected.unreadable(file, trouble)
        return
    for flaw in parsed.complaints:
        collected.warning(file, flaw.line, flaw.problem, flaw.remedy)
    if not any(rule.owners for rule in parsed.rules):
        problem = "no rule of this file names an owner"
        collected.warning(file, 0, problem, "Write lines such as `* @organisation/team`.")
    if not parsed.rules:
        return
    ownership = Ownership(parsed, collected, checkout.host)
    rules: dict[str, Json] = {"codeowners": ownership.rules()}
    at_top = next((each.ref for each, _, _ in declared if not each.folder), None)
    keeper = at_top or next((each.ref for each, _, _ in declared), None)
    if at_top is None:
        name = checkout.name if is_name(checkout.name) else slug(checkout.name) or "repository"
        ref = Ref("component", DEFAULT_NAMESPACE, name.lower())
        owner = _owner(file, ownership, "", "README")
        yield _remark(ref, name, file, rules, owner, checkout.id, checkout.alias)
    for each, name, path in declared:
        owner = _owner(file, ownership, each.folder, path)
        if owner is not None or each.ref == keeper:
            id_ = f"{checkout.id}#{each.ref}"
            fields = rules if each.ref == keeper else {}
            yield _remark(each.ref, name, file, fields, owner, id_, str(each.ref))


def _owner(file: File, ownership: Ownership, folder: str, path: str) -> tuple[str, Grounds] | None:
    """Return the owner that the rules give, and why; None: nobody."""
    rule = ownership.deciding(folder, path)
    owner = None if rule is None else ownership.owner(rule)
    if rule is None or owner is None:
        return None
    reason = f"{file.path.name}:{rule.line} names {owner[1]}"
    return str(owner[0]), Grounds(CONFIDENCE, reason, file.at(rule.line))


def _remark(
    ref: Ref,
    name: str,
    file: File,
    rules: dict[str, Json],
    owner: tuple[str, Grounds] | None,
    id_: str,
    same_as: str,
) -> Claim:
    return Claim(
        ref, name, "Component",
        {**rules, "owner": owner[0]} if owner else rules,
        origin=owner[1].origin if owner else file.origin,
        confidence=CONFIDENCE,
        id=id_,
        standing=Standing.REMARK,
        same_as=(same_as,),
        grounds={"owner": owner[1]} if owner else {},
    )  # fmt: skip
