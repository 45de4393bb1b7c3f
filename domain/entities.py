"""What the catalog knows of a thing: what each source claims, and the entity stitched from the claims.

Holds no rule on who wins (`catalog_store.stitching` does) and none on how a file spells it (readers do).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from domain.refs import Ref

Json = object  # what JSON can hold: None, bool, int, float, str, list, dict with text keys

KINDS = ("Component", "API", "Resource", "System", "Domain", "Group", "User")
"""The kinds of Backstage's model; anything else is a custom kind."""


@dataclass(frozen=True, slots=True)
class RelationField:
    """A field whose values are refs, the relation it states and the relation's inverse.

    `kind` is the kind a ref without one means; None where a ref must name its kind.
    `many` says whether the field holds a list. `inverted` says that the field's value is the relation's
    source and not its target (`dependencyOf: [x]` states that x dependsOn this).
    """

    field: str
    relation: str
    inverse: str
    kind: str | None
    many: bool
    inverted: bool = False


RELATION_FIELDS: Mapping[str, RelationField] = {
    each.field: each
    for each in (
        RelationField("owner", "ownedBy", "ownerOf", "group", many=False),
        RelationField("system", "partOf", "hasPart", "system", many=False),
        RelationField("domain", "partOf", "hasPart", "domain", many=False),
        RelationField("subcomponentOf", "partOf", "hasPart", "component", many=False),
        RelationField("subdomainOf", "partOf", "hasPart", "domain", many=False),
        RelationField("dependsOn", "dependsOn", "dependencyOf", None, many=True),
        RelationField("dependencyOf", "dependsOn", "dependencyOf", None, many=True, inverted=True),
        RelationField("providesApis", "providesApi", "apiProvidedBy", "api", many=True),
        RelationField("consumesApis", "consumesApi", "apiConsumedBy", "api", many=True),
        RelationField("memberOf", "memberOf", "hasMember", "group", many=True),
        RelationField("members", "memberOf", "hasMember", "user", many=True, inverted=True),
        RelationField("parent", "childOf", "parentOf", "group", many=False),
        RelationField("children", "childOf", "parentOf", "group", many=True, inverted=True),
    )
}
"""Backstage's well-known relations (its `*EntityV1alpha1` processors), by the field that states them."""


class Standing(StrEnum):
    """What a claim means for the existence and the name of the thing that it is about."""

    DECLARED = "declared"
    """Somebody chose this ref: it is the thing's identity, and creates it."""
    SEEN = "seen"
    """The source came across a thing with an id of its own. It is matched with what is known; else it is a
    new entity, under the claim's ref if that is free."""
    REMARK = "remark"
    """Evidence on a thing that others know. Without such a thing it is dropped; it creates nothing, keeps
    nothing alive, and goes at once when its source no longer makes it."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why a source believes one field, where that differs from the claim as a whole."""

    confidence: float
    """From 0 to 1."""
    reason: str
    """The evidence in words for people: `CODEOWNERS:3 names @acme/pay`, `merged 14 of 20 pull requests`."""
    origin: str = ""
    """Where it was read, as in `Claim.origin`; empty: where the claim was."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Everything that one source says of one thing in one look.

    `fields` holds Backstage's names flat: `title`, `description`, `type`, `lifecycle`, `tags`, `links`,
    `labels`, `annotations`, `definition`, …; the relation fields of RELATION_FIELDS with refs as canonical
    text; and what the catalog derives for everyone: `tier` (text, "1" is the most critical), `language`,
    `channel` (a Slack channel's name without #), `slack_channel_id`, `slack_user_id`, `slack_usergroup_id`,
    `email`, `repository` (`owner/name`, lower case). Custom fields are `custom.<name>`. What sources observe
    (`repo.…`, `workloads`, `hosts`, …) is listed in `domain.vocabulary`.
    A field that is absent is not claimed; None is never a value.
    """

    ref: Ref
    name: str
    """As written, with its case."""
    kind: str
    """As written, `Component`, `API`, …."""
    fields: Mapping[str, Json]
    aliases: tuple[str, ...] = ()
    """Other names that lead here, lower case; a vendor's own id is `vendor:id` (`github:acme/pay`)."""
    origin: str = ""
    """Where it was read: `path:line`, or a URL; empty when unknown."""
    confidence: float = 1.0
    """From 0 to 1: how sure the source is; 1 is a declaration."""
    id: str = ""
    """The source's own id of the thing, which stays when it is renamed or moved (`R_kgDOH1`, a workload's
    `cluster/namespace/kind/name`); unique in its source. Empty: the ref is the id. Parts of a thing have ids
    that begin with its id and `#` (`R_kgDOH1#services/pay`)."""
    standing: Standing = Standing.DECLARED
    same_as: tuple[str, ...] = ()
    """Refs (canonical text) or aliases of the entity that this thing is explicitly said to be, the surest
    first: a workload's annotation that names its component."""
    scope: str = ""
    """The namespace to take when the name is another thing's already (the organization, the cluster's
    namespace); lower case. Empty: a number is put behind the name."""
    grounds: Mapping[str, Grounds] = field(default_factory=dict)
    """By field."""

    @property
    def key(self) -> str:
        """The id under which the source knows the thing."""
        return self.id or str(self.ref)


@dataclass(frozen=True, slots=True)
class FileText:
    """A file of a repository whose text is kept: documentation, an API description, a manifest."""

    claim: str
    """The `key` of the claim whose thing it belongs to."""
    path: str
    """From the repository's top."""
    text: str
    url: str = ""
    """Where a person can read it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in what was read, for the person who can mend it."""

    path: str
    line: int
    """The first line is 1; 0 means the file as a whole."""
    problem: str
    """What is wrong."""
    remedy: str
    """What would be right."""
    severity: str = "error"
    """`error`: the document was left out. `warning`: it was read, with this doubt."""

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: {self.severity}: {self.problem}. {self.remedy}".rstrip()


@dataclass(frozen=True, slots=True)
class Channel:
    """A Slack channel as the directory of its workspace shows it."""

    id: str
    name: str
    """Without #."""
    archived: bool = False
    private: bool = False
    shared: bool = False
    """Whether people of other organizations are in it (Slack Connect)."""
    member: bool = False
    """Whether the bot is in it."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a source saw in one look; replaces what this source claimed of the same things.

    What the source claimed before and does not claim here vanishes as far as the look was complete, no more.
    """

    source: str
    """The claimant: a source's name, or its name and the kind of evidence (`github/codeowners`)."""
    observed_at: datetime
    claims: tuple[Claim, ...]
    within: tuple[str, ...] = ()
    """Where the look was complete: ids of things, each with all its parts (see `Claim.id`); `EVERYTHING`
    for a complete look at the whole source; empty for a look that retires nothing."""
    files: tuple[FileText, ...] = ()
    """Texts to keep; they replace all that were kept for the same claims."""
    channels: tuple[Channel, ...] | None = None
    """All channels that the source sees; they replace all that it saw before. None: it tells nothing."""

    @property
    def complete(self) -> bool:
        """Whether what is not claimed here is gone from the source."""
        return EVERYTHING in self.within


EVERYTHING = "*"
"""In `Snapshot.within`: the whole source."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of one entity as one source claims it: the evidence behind an answer."""

    field: str
    value: Json
    source: str
    observed_at: datetime
    confidence: float
    origin: str
    wins: bool
    """Whether the stitched entity has this value (for a list: whether its items are in it)."""
    reason: str = ""
    """The evidence in words, where the source gives any."""
    vanished_at: datetime | None = None
    """When the source first did not see the thing any more; None while it does."""
    standing: Standing = Standing.DECLARED
    """What the claim that says so means for the thing's existence."""


VANISHED = "vanished"
"""The field that a stitched entity has while it is quarantined: ISO 8601, UTC."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing of the catalog, stitched from the claims of all sources. Fields are as in `Claim`."""

    ref: Ref
    name: str
    kind: str
    fields: Mapping[str, Json] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()

    @property
    def vanished_at(self) -> datetime | None:
        """When the last source that knew it stopped seeing it; None while one does."""
        try:
            at = datetime.fromisoformat(self.text(VANISHED))
        except ValueError:  # absent, or a source's own field of that name
            return None
        return at if at.tzinfo else at.replace(tzinfo=UTC)

    @property
    def title(self) -> str:
        """What people call it: its title, else its name."""
        title = self.fields.get("title")
        return title if isinstance(title, str) and title else self.name

    def text(self, name: str) -> str:
        """Return a field as text, or empty text when it is absent or no text."""
        value = self.fields.get(name)
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list field's texts, in order; empty when it is absent."""
        value = self.fields.get(name)
        return tuple([each for each in value if isinstance(each, str)]) if isinstance(value, list) else ()


@dataclass(frozen=True, slots=True)
class Record:
    """An entity with the facts that it was stitched from, the winners first."""

    entity: Entity
    facts: tuple[Fact, ...]

    def facts_on(self, name: str) -> tuple[Fact, ...]:
        """Return the facts on one field, the winner first."""
        return tuple(fact for fact in self.facts if fact.field == name)
