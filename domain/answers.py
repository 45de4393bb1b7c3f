"""What a question comes to: one value class for each kind of answer, the same on every surface.

Rendering is not here: `blocks` turns an answer into Block Kit, text or JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.apis import Operations
from domain.audit import Audit
from domain.entities import Entity, Fact, Record
from domain.explained import Explained
from domain.finding import Search
from domain.gaps import Gaps
from domain.impact import Dependence, Impact
from domain.oncall import Duties, OnCall
from domain.passages import Passages, Shelf
from domain.paths import OwnedPath
from domain.refs import Ref
from domain.syncs import Discovery
from domain.things import Owner as Owner
from domain.things import Person as Person
from domain.things import Thing as Thing
from domain.visibility import Reader


@dataclass(frozen=True, slots=True)
class Found:
    """`who owns …`: the one thing that was meant, and its owner. Kind `found`."""

    words: str
    """The thing as it was asked for."""
    record: Record
    owner: Owner | None
    """None when no source names an owner."""
    evidence: tuple[Fact, ...]
    """The facts on the owner, the winner first, those who disagree after it."""
    matched: str = ""
    """How the words led here when not by its name: `alias`, `prefix`, `typo`, `words`; else empty."""
    inherited_from: Thing | None = None
    """The system or domain whose owner this is, when the thing itself names none."""
    called: Mapping[str, str] = field(default_factory=dict)
    """What people call those whom fields and facts name: a ref as it is written there, and the title."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """The refs among them that are former ones, and the refs of today."""
    as_of: datetime | None = None
    """The time of which the record and the owner are; None: now."""
    on_call: OnCall | None = None
    """Who is on call for it; None where nobody's plan is known, and of another time than now."""

    @property
    def entity(self) -> Entity:
        """The thing itself."""
        return self.record.entity


@dataclass(frozen=True, slots=True)
class Shown:
    """`show …`: everything on one thing. Kind `shown`."""

    words: str
    record: Record
    owner: Owner | None
    relations: tuple[tuple[str, tuple[Thing, ...]], ...]
    """For each relation (`dependsOn`, `ownerOf`, …) the things at its other end."""
    matched: str = ""
    called: Mapping[str, str] = field(default_factory=dict)
    """As in `Found`."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """What people call custom fields, by the field's name (`custom.cost_center`), where it is defined."""
    as_of: datetime | None = None
    """As in `Found`; then the relations are those that the thing itself states."""
    on_call: OnCall | None = None
    """As in `Found`."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several things that the words may mean; `why` says by what (`name`, `prefix`, `typo` …)."""

    thing: Thing
    why: str
    ask: str
    """The words that ask the same of this one alone."""
    reason: str = ""
    """Why it stands before others: `your team's`, `asked for most`, `most critical`; else empty."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The words may mean several things: pick one. Kind `ambiguous`."""

    words: str
    candidates: tuple[Candidate, ...]
    more: int = 0
    """How many further candidates are not listed."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Nothing of that name. Kind `missing`."""

    words: str
    suggestions: tuple[Candidate, ...]
    """The nearest names, if any is near."""
    remedy: str
    """What to do to have it known."""


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a listing; an empty heading where the listing has one part."""

    heading: str
    rows: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """`list services …`, `what does … own`, `what depends on …`: things in sections. Kind `list`."""

    headline: str
    """The first line, which answers: `team-payments owns 7 services`."""
    sections: tuple[Section, ...]
    total: int
    """How many there are in all; `sections` hold one page of them."""
    page: int = 1
    pages: int = 1
    ask: str = ""
    """The words that ask this again, without a page."""
    subject: Thing | None = None
    edges: Mapping[Ref, tuple[Fact, ...]] = field(default_factory=dict)
    """Where the things depend on the subject, or it on them: by thing, the facts that say so."""
    offers: tuple[tuple[str, str], ...] = ()
    """Next steps: what a button says, and the words that it asks."""
    place: Thing | None = None
    """The team in whose channel it was asked, where that alone says who is meant."""


@dataclass(frozen=True, slots=True)
class HelpTopic:
    """One row of the grammar, for a person."""

    usage: str
    meaning: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Help:
    """What can be said. Kind `help`."""

    topics: tuple[HelpTopic, ...]
    about: str = ""
    """The word that was asked about; empty for all of it."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """The words are no question of ours, or a part of it makes no sense. Kind `unclear`."""

    words: str
    problem: str
    suggestions: tuple[str, ...]
    """Words that would be understood."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One thing that the text leads to, each thing once."""

    what: str
    """What in the text led there: link, repository, label, file, code, pod, host, key or name."""
    text: str
    """The place itself, as it stands in the text."""
    found: Found
    """The thing and its owner."""


@dataclass(frozen=True, slots=True)
class Spotted:
    """`who owns this: …`: everything in a text that the catalog knows. Kind `spotted`."""

    words: str
    """The beginning of the text."""
    spots: tuple[Spot, ...]
    """The surest first."""
    more: int = 0
    """How many further things are not listed."""
    looked_at: tuple[str, ...] = ()
    """What was looked up in vain, where nothing was found: the first few, as they stand in the text."""
    unread: bool = False
    """Whether the text was too long to be read to its end."""


Explored = Impact | Dependence | Search | Audit
"""What walks, searches and histories come to."""

Answer = (
    Found | OwnedPath | Explained | Shown | OnCall | Duties | Ambiguous | Missing | Listing | Help | Unclear
    | Spotted | Explored | Operations | Gaps | Passages | Shelf | Discovery
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and where. `person` is the asker's User entity when the catalog knows one."""

    slack_user_id: str = ""
    slack_channel_id: str = ""
    person: Ref | None = None
    outsider: bool = False
    """Whether the asker is of another organization, as Slack Connect allows."""
    reader: Reader | None = None
    """For whom the answer is, where that is not the asker alone; None: what the asker may see."""
