"""What an API's description says: its operations, and what is wrong in it.

Reads no text: `workflows.describing` does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.refs import Ref
from domain.things import Owner, Thing

READER = 1
"""Which reading of descriptions this is: one that another made is read again."""

DEFINITION = "definition"
"""The field in which an API entity carries its description itself."""

LONGEST = 3_000_000
"""Characters of a description that is read; a longer one is told to be too long."""

_NAMED = re.compile(
    r"(?:[^/]*[._-])?(?:openapi|swagger|asyncapi)(?:[._-][^/]*)?\.(?:ya?ml|json)"
    r"|[^/]+\.(?:graphqls?|gql|proto)",
    re.IGNORECASE,
)
_ELSEWHERE = frozenset((
    "node_modules", "vendor", "third_party", "third-party", "test", "tests", "testdata", "__tests__",
    "fixtures", "mocks", "__generated__", "generated", "dist", "build", "target",
))  # fmt: skip
"""Folders that hold copies, or what no consumer is to read."""
_SLOT = re.compile(r"\{[^/{}]*\}|:[A-Za-z_][^/]*|<[^/<>]*>")


def is_description(path: str) -> bool:
    """Tell by its path whether a file of a repository describes an API."""
    folders, _, name = path.rpartition("/")
    return _NAMED.fullmatch(name) is not None and _ELSEWHERE.isdisjoint(folders.lower().split("/"))


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that an API can be asked to do, or that it tells."""

    name: str
    """`createRefund`, `refund`, `Ledger.Book`: as the description calls it; never empty."""
    verb: str
    """`GET` … of HTTP; `SEND`, `RECEIVE` (what the described service does); `QUERY`, `MUTATION`,
    `SUBSCRIPTION`; `RPC`."""
    address: str
    """A path (`/v1/refunds/{id}`), a channel, a field, `acme.Ledger/Book`."""
    summary: str = ""
    group: str = ""
    """Its first tag, or its service; empty: none."""
    deprecated: bool = False
    line: int = 0
    """Where it begins in its file; 0 where that is not known."""
    takes: tuple[str, ...] = ()
    """Its parameters, such as `id`, `limit?` (one that may be left out)."""
    request: str = ""
    """The name of the type that it is given."""
    response: str = ""
    """The name of the type that it gives."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong in a description, for its owner."""

    line: int
    """0 where it is not known."""
    problem: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Description:
    """One description, as it was read."""

    format: str
    """`OpenAPI 3.0.3`, `AsyncAPI 2.6.0`, `GraphQL`, `Protobuf`."""
    title: str = ""
    version: str = ""
    servers: tuple[str, ...] = ()
    operations: tuple[Operation, ...] = ()
    flaws: tuple[Flaw, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a description is kept: a file of a repository, or the definition of an API entity."""

    ref: Ref
    """Whose it is."""
    path: str
    """From the repository's top; empty for an entity's own definition."""
    url: str = ""
    """Where a person can read it; empty: at no address."""


@dataclass(frozen=True, slots=True)
class Described:
    """A description without its operations, with how many it has."""

    id: int
    source: Source
    description: Description
    count: int


@dataclass(frozen=True, slots=True)
class Broken:
    """One flaw of one description, for the list of gaps."""

    source: Source
    flaw: Flaw
    more: int = 0
    """How many further flaws the same description has."""


@dataclass(frozen=True, slots=True)
class Served:
    """An operation, and what serves it."""

    operation: Operation
    thing: Thing
    source: Source


@dataclass(frozen=True, slots=True)
class OperationPart:
    """Operations under one heading."""

    heading: str
    operations: tuple[Served, ...]


@dataclass(frozen=True, slots=True)
class Operations:
    """`api …`: the operations of a thing, those that words name, or who serves them. Kind `operations`."""

    words: str
    """The thing, or the path, as it was asked for."""
    searched: str
    """The words by which operations were sought; empty: all were asked for."""
    subject: Thing | None
    """None where all APIs were searched."""
    owner: Owner | None
    """Whom to ask: the owner of the subject, or of what serves the first operation."""
    described: tuple[Described, ...]
    """The descriptions that were looked through, those that are broken included."""
    parts: tuple[OperationPart, ...]
    total: int
    """How many operations there are in all; `parts` hold one page of them."""
    page: int = 1
    pages: int = 1
    ask: str = ""
    """The words that ask this again, without a page."""
    apis: tuple[Thing, ...] = ()
    """The APIs that the subject provides."""
    matched: str = ""
    format: str = ""
    """The format that was asked for (`AsyncAPI`); empty: any."""

    @property
    def answered(self) -> bool:
        """Whether there is any operation to show."""
        return self.total > 0


def anybodys(_ref: Ref) -> bool:
    """Tell that an operation is wanted, whoever has it."""
    return True


def slotted(address: str) -> str:
    """Return a path in the form in which templated ones are alike: `/v1/refunds/{id}` as `/v1/refunds/{}`."""
    path = address.partition("?")[0].strip().lower().rstrip("/")
    return _SLOT.sub("{}", path)
