"""What the catalog knows of a thing: what each source claims, and the entity stitched from the claims.

Holds no rule on who wins (`catalog_store.stitching` does) and none on how a file spells it (readers do).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

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


@dataclass(frozen=True, slots=True)
class Claim:
    """Everything that one source says of one entity in one look.

    `fields` holds Backstage's names flat: `title`, `description`, `type`, `lifecycle`, `tags`, `links`,
    `labels`, `annotations`, `definition`, …; the relation fields of RELATION_FIELDS with refs as canonical
    text; and what the catalog derives for everyone: `tier` (text, "1" is the most critical), `language`,
    `channel` (a Slack channel's name without #), `slack_channel_id`, `slack_user_id`, `slack_usergroup_id`,
    `email`, `repository` (`owner/name`, lower case). Custom fields are `custom.<name>`.
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
class Snapshot:
    """What a source saw in one look; replaces what this source claimed of the same entities, no more."""

    source: str
    observed_at: datetime
    claims: tuple[Claim, ...]


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


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing of the catalog, stitched from the claims of all sources. Fields are as in `Claim`."""

    ref: Ref
    name: str
    kind: str
    fields: Mapping[str, Json] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()

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
        return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


@dataclass(frozen=True, slots=True)
class Record:
    """An entity with the facts that it was stitched from, the winners first."""

    entity: Entity
    facts: tuple[Fact, ...]

    def facts_on(self, name: str) -> tuple[Fact, ...]:
        """Return the facts on one field, the winner first."""
        return tuple(fact for fact in self.facts if fact.field == name)
