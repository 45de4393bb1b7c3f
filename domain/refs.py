"""Entity references, `kind:namespace/name`, as Backstage writes and compares them.

Decides nothing about whether the entity exists.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from domain.errors import BadRef

DEFAULT_NAMESPACE = "default"


class Ref(NamedTuple):
    """The canonical name of an entity: lower case throughout, so that two spellings of one ref are equal.

    What a person wrote, with its case, is `Entity.name`.
    """

    kind: str
    namespace: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.namespace}/{self.name}"

    @property
    def short(self) -> str:
        """The ref without the namespace when that is the default one: `component:payments-api`."""
        return f"{self.kind}:{self.name}" if self.namespace == DEFAULT_NAMESPACE else str(self)


@lru_cache(maxsize=65_536)
def parse_ref(text: str, kind: str | None = None, namespace: str = DEFAULT_NAMESPACE) -> Ref:
    """Read `[kind:][namespace/]name`; what is left out is taken from `kind` and `namespace`.

    Raises BadRef when a part is empty, or when the kind is neither written nor given.
    """
    rest = text.strip()
    before, colon, after = rest.partition(":")
    if colon:
        kind, rest = before, after
    before, slash, after = rest.partition("/")
    if slash:
        namespace, rest = before, after
    if kind is None:
        raise BadRef(text, "it names no kind")
    parts = (kind.strip(), namespace.strip(), rest.strip())
    if not all(parts) or any(mark in part for part in parts for mark in ":/"):
        raise BadRef(text, "a part of it is empty or holds another : or /")
    return Ref(*(part.lower() for part in parts))
