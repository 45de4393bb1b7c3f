"""Maps what a Cortex descriptor says of people: owners, channels, who is on call, and a team's members."""

from __future__ import annotations

from domain.entities import Json
from integrations.files.descriptors.draft import Draft
from integrations.files.descriptors.judged import Judged

_X = "x-cortex-"
_OWNERS = {"group": "group", "email": "email", "slack": "slack"}


def owners(info: Judged, draft: Draft) -> None:
    """Take the first group as the owner, else the first person; channels are channels."""
    groups, people = [], []
    found = list(info.mappings(f"{_X}owners", "{type: group, name: payments}"))
    for each in found:
        kind = each.choice("type", _OWNERS)
        if kind == "group":
            name = each.scalar("name", needed="Write the group's name.")
            hosted = each.text("provider").lower() in ("", "github") and "/" in name
            groups.append(f"@{name}" if hosted else name)
        elif kind == "email":
            people.append(each.text("email", needed="Write the person's e-mail address."))
        elif kind == "slack":
            draft.slack(each.text("channel", needed="Write the channel's name."))
        elif not each.has("type"):
            each.refuse(("type",), "the owner has no type", "Write type: group, email or slack.")
    for words in groups:
        draft.want("owner", "group", words)
    for words in people:
        draft.want("owner", "user", words)
    if len(groups) + len(people) > 1:
        draft.put("custom.owners", info.raw(f"{_X}owners"))


def slack(info: Judged, draft: Draft) -> None:
    """Take the first channel. A team has its channels at another place than a service."""
    lists = [info.mapping(f"{_X}slack").mappings("channels", "{name: payments}")]
    lists.append(info.mappings(f"{_X}slack-channels", "{name: payments}"))
    for each in (channel for channels in lists for channel in channels):
        name = each.scalar("name", needed="Write the channel's name.")
        if name and not draft.slack(name):
            each.doubt(("name",), f'"{name}" is no channel', "Write its name without spaces.")


def oncall(info: Judged, draft: Draft) -> None:
    """Take PagerDuty's service; schedules and other vendors stay custom."""
    calls = info.mapping(f"{_X}oncall")
    pagerduty = calls.mapping("pagerduty")
    id_, type_ = pagerduty.scalar("id"), pagerduty.text("type").upper()
    kept: dict[str, Json] = dict(calls.rest())
    if id_ and type_ in ("", "SERVICE"):
        draft.annotate("pagerduty.com/service-id", id_)
    elif pagerduty.value:
        kept["pagerduty"] = dict(pagerduty.value)
    draft.custom({"oncall": kept})


def team(info: Judged, draft: Draft) -> None:
    """Take a team's members."""
    it = info.mapping(f"{_X}team")
    for each in it.mappings("members", "{name: Ana Silva, email: ana@acme.example}"):
        draft.want("members", "user", each.text("email", needed="Write the member's e-mail address."))
    draft.custom({"team": it.rest()})
