"""A claim in the making: what a descriptor says, in the catalog's fields, with refs still to be found.

Other portals name things by tags and aliases of their own; these become refs once all files were read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from domain.entities import RELATION_FIELDS, Json
from integrations.files.backstage.formats import is_name, is_tag, is_url
from integrations.files.backstage.lifted import channel, tier
from integrations.files.backstage.mapping import custom
from integrations.files.names import slug

_PAGERDUTY = re.compile(
    r"(?:https?://)?[\w.-]+\.pagerduty\.com/(?:service-directory|services)/(?P<id>P\w+)", re.I
)
_SLACK = re.compile(
    r"(?:https?://)?[\w.-]+\.slack\.com/(?:archives|messages|channels)/(?P<channel>[\w-]+)/?", re.I
)
_CHANNEL_ID = re.compile(r"[CG][A-Z0-9]{8,}")
_ON_A_HOST = re.compile(
    r"(?:https?://|git@|ssh://git@)?(?P<host>github|gitlab)\.com[/:](?P<slug>[^\s?#]+?)(?:\.git)?/?", re.I
)
_SLUGS = ("github.com/project-slug", "gitlab.com/project-slug")
_TIER = re.compile(r"tier[-_ ]?[0-9]+", re.IGNORECASE)
_NO_TAG = re.compile(r"[^a-z0-9:+#]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A thing that a descriptor refers to, in the words of its portal."""

    field: str
    kind: str
    """The kind to take when nothing of this name is known; lower case."""
    words: str


@dataclass(slots=True)
class Draft:
    """What one descriptor says of one thing."""

    kind: str
    """As written in the catalog: `Component`, …."""
    words: str
    """Its name in the other portal."""
    fields: dict[str, Json] = field(default_factory=dict)
    annotations: dict[str, Json] = field(default_factory=dict)
    aliases: list[str] = field(default_factory=list)
    wanted: list[Wanted] = field(default_factory=list)
    namespace: str = "default"
    linked: list[tuple[str, str]] = field(default_factory=list)
    """Repositories that links lead to, as annotations: key and slug."""
    of_repository: bool = False
    """Whether it is about the repository in which it stands, and not about a thing of this name."""

    @property
    def name(self) -> str:
        """Its name in the catalog; empty when the words hold no letter or digit."""
        return self.words if is_name(self.words) else slug(self.words)

    def put(self, name: str, value: Json) -> None:
        """Set a field, unless the value is empty or something was said already."""
        if value is not None and value not in ("", [], {}):
            self.fields.setdefault(name, value)

    def custom(self, values: dict[str, Json]) -> None:
        """Set fields of the portal's or the company's own."""
        for key, value in values.items():
            self.put(custom(key), value)

    def tier(self, words: str) -> None:
        """Set the tier as the catalog spells it."""
        self.put("tier", tier(words))

    def annotate(self, key: str, value: str) -> None:
        """Set an annotation, from which the catalog takes what it understands."""
        if value:
            self.annotations.setdefault(key, value)

    def want(self, field_: str, kind: str, words: str) -> None:
        """Refer to a thing by the portal's words for it."""
        if words:
            self.wanted.append(Wanted(field_, kind, words))

    def link(self, url: str, title: str, type_: str = "") -> bool:
        """Add a link; False when it is no URL. What the address tells of the thing is understood."""
        if not is_url(url):
            return False
        link: dict[str, Json] = {"url": url, "title": title, "type": type_}
        links = self.fields.setdefault("links", [])
        if isinstance(links, list):
            links.append({key: value for key, value in link.items() if value})
        return True

    def pagerduty(self, url: str) -> bool:
        """Take a PagerDuty service from its address."""
        match = _PAGERDUTY.match(url)
        if match:
            self.annotate("pagerduty.com/service-id", match["id"])
        return match is not None

    def slack(self, words: str) -> bool:
        """Take a Slack channel from its address, name or id."""
        match = _SLACK.fullmatch(words)
        name = match["channel"] if match else channel(words)
        if "/" in name or not name or " " in name:
            return False
        key = "slack.com/channel-id" if _CHANNEL_ID.fullmatch(name) else "slack.com/channel"
        self.annotate(key, name)
        return True

    def repository(self, words: str, host: str = "github") -> bool:
        """Take a repository from its address, or from `owner/name` on a host; False when it is neither."""
        found = _repository(words, host)
        if found is not None:
            self.annotate(*found)
        return found is not None

    def linked_repository(self, url: str) -> None:
        """Take note of a repository that is linked: the component's own, or one that has to do with it."""
        found = _repository(url, "")
        if found is not None and found not in self.linked:
            self.linked.append(found)

    def settle_repository(self, around: str) -> None:
        """Choose among the linked repositories, unless one was said outright: the one around the file (an
        alias such as `github:acme/pay`; empty: unknown) if it is linked, else the only one."""
        if self.kind != "Component" or any(key in self.annotations for key in _SLUGS):
            return
        own = [each for each in self.linked if f"{each[0].partition('.')[0]}:{each[1].lower()}" == around]
        choice = own or (self.linked if len(self.linked) == 1 or not around else [])
        if choice:
            self.annotate(*choice[0])

    def folder(self, path: str) -> None:
        """Set the folder in the repository."""
        self.put("repository_path", path.strip().removeprefix("./").strip("/."))

    def tags(self, words: list[str]) -> None:
        """Set the tags, spelled as tags are; what `tier:` and `language:` say is understood.

        As they were written they are a custom field, where that differs.
        """
        spelled = [
            each if is_tag(each) else _NO_TAG.sub("-", each.lower()).strip("-")[:63].strip("-")
            for each in words
        ]
        tags = list(dict.fromkeys(each for each in spelled if is_tag(each)))
        self.put("tags", tags)
        if tags != words:
            self.put("custom.tags", list(words))
        for each in words:
            if _TIER.fullmatch(each):
                self.tier(each)
            key, colon, value = each.partition(":")
            if colon and key.strip().lower() in ("tier", "criticality"):
                self.tier(value)
            elif colon and key.strip().lower() == "language":
                self.put("language", value.strip())

    def relate(self, field_: str, ref: str) -> None:
        """Set a relation, or add to it where there may be several; one more than there may be is dropped."""
        if not RELATION_FIELDS[field_].many:
            self.fields.setdefault(field_, ref)
            return
        refs = self.fields.setdefault(field_, [])
        if isinstance(refs, list) and ref not in refs:
            refs.append(ref)


def _repository(words: str, host: str) -> tuple[str, str] | None:
    """Return the annotation for a repository: by its address, or by `owner/name` on a host; None: neither."""
    match = _ON_A_HOST.fullmatch(words)
    slug_ = match["slug"] if match else words.strip("/")
    host = match["host"].lower() if match else host
    if "/" not in slug_ or ":" in slug_ or host not in ("github", "gitlab"):
        return None
    parts = slug_.split("/-/")[0].split("/")
    return f"{host}.com/project-slug", "/".join(parts[:2] if host == "github" else parts)
