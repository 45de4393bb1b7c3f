"""What an expression found, as a field of the catalog holds it: text as text, lists as lists, refs as refs.

Leaves out what a field cannot hold, and says so; nothing found is nothing claimed.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from domain.entities import KINDS, RELATION_FIELDS, Json, RelationField
from domain.errors import BadRef
from domain.refs import Ref, parse_ref
from integrations.files.backstage.formats import is_name, is_tag, is_url
from integrations.files.backstage.lifted import channel, tier
from integrations.files.names import slug

Doubt = Callable[[str, str], None]
"""Takes a problem and its remedy; the item is taken all the same."""

_SEVERAL = re.compile(r"[,;\r\n]")
_HOST = re.compile(r"(?:[a-z+]+://(?:[^/@]*@)?|[^/@\s]+@)[^/:]+(?::[0-9]+/|[/:])", re.IGNORECASE)
_TEXTS = frozenset({
    "title", "description", "type", "lifecycle", "tier", "language", "channel", "slack_channel_id",
    "slack_user_id", "slack_usergroup_id", "email", "picture", "repository", "definition", "repository_url",
    "repository_path",
})  # fmt: skip
_PREFIXES = frozenset(kind.lower() for kind in KINDS)


class Unheld(Exception):
    """A value that the field cannot hold; the text says what would be right."""


def value(field: str, found: Json, doubt: Doubt) -> Json:
    """Return what a field holds of what was found; None: nothing. Raises Unheld."""
    if found is None or found in ("", [], {}):
        return None
    relation = RELATION_FIELDS.get(field)
    if relation is not None:
        return _related(relation, found, doubt)
    if field in _TEXTS:
        return _SPELLED.get(field, str)(text(found)) or None
    if field == "tags":
        return list(
            dict.fromkeys(tag for each in texts(found) if (tag := each if is_tag(each) else slug(each)))
        )
    if field in ("labels", "annotations"):
        if isinstance(found, dict):
            return {str(key): text(each) for key, each in found.items() if each is not None}
        raise Unheld("a mapping of texts")
    if field == "links":
        return _links(found)
    return found


def text(found: Json) -> str:
    """Return a text; of a number, its digits. Raises Unheld."""
    if isinstance(found, str):
        return found.strip()
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    if isinstance(found, list) and len(found) == 1:
        return text(found[0])
    raise Unheld("a text")


def texts(found: Json) -> list[str]:
    """Return a list of texts; one text is split at commas. What is empty or null in it is passed over."""
    several = (
        found if isinstance(found, list) else _SEVERAL.split(found) if isinstance(found, str) else [found]
    )
    return [read for each in several if each is not None and (read := text(each))]


def same(named: str, kind: str) -> str:
    """Return what a thing is said to be as `Claim.same_as` has it: a ref in canonical text, or an alias.

    A name alone is of the item's own kind; a word before a colon that is no kind makes a vendor's alias.
    """
    prefix, colon, _ = named.partition(":")
    if colon and prefix.strip().lower() not in _PREFIXES | {kind.lower()}:
        return named.strip().lower()
    return _ref(named, kind.lower())


def _related(relation: RelationField, found: Json, doubt: Doubt) -> Json:
    refs = []
    for each in texts(found):
        try:
            refs.append(_ref(each, relation.kind or "component"))
        except BadRef as error:
            doubt(f"{relation.field}: {error}", error.hint)
    if relation.many:
        return list(dict.fromkeys(refs)) or None
    if len(refs) > 1:
        doubt(f"{relation.field} names {len(refs)} things, and {refs[0]} was taken", "Let it name one.")
    return refs[0] if refs else None


def _ref(named: str, kind: str) -> str:
    """Return a ref in canonical text; words that are no name are made one, as for the thing itself."""
    ref = parse_ref(named, kind)
    return str(ref if is_name(ref.name) else Ref(ref.kind, ref.namespace, slug(ref.name) or ref.name))


def _links(found: Json) -> Json:
    links: list[Json] = []
    for each in found if isinstance(found, list) else [found]:
        link = each if isinstance(each, dict) else {"url": each}
        address, title = link.get("url"), link.get("title")
        if not isinstance(address, str) or not is_url(address):
            raise Unheld("addresses, or mappings with `url` and `title`")
        links.append({"url": address, **({"title": title} if isinstance(title, str) else {})})
    return links


def _repository(written: str) -> str:
    """Return `owner/name`, lower case, of that or of an address."""
    slug_written = _HOST.sub("", written, count=1).partition("/-/")[0].strip("/").removesuffix(".git")
    if not re.fullmatch(r"[\w.-]+(?:/[\w.-]+)+", slug_written):
        raise Unheld("owner/name, or a repository's address")
    return slug_written.lower()


def _lifecycle(written: str) -> str:
    return written.lower() if written.lower() in ("experimental", "production", "deprecated") else written


_SPELLED: dict[str, Callable[[str], str]] = {
    "tier": tier, "channel": channel, "lifecycle": _lifecycle, "repository": _repository,
}  # fmt: skip
