"""Maps what all versions of Datadog's descriptors have: contacts, links, on-call services, owners."""

from __future__ import annotations

from domain.entities import Json
from integrations.files.descriptors.draft import Draft
from integrations.files.descriptors.judged import Judged


def contacts(document: Judged, draft: Draft) -> None:
    """Take the first Slack channel; all contacts stay as they are, too."""
    for each in document.mappings(
        "contacts", "{type: slack, contact: 'https://acme.slack.com/archives/pay'}"
    ):
        words = each.text("contact", needed="Write how to reach them.")
        type_ = each.text("type", needed="Write email, slack or microsoft-teams.").lower()
        if type_ == "slack" and words and not draft.slack(words):
            each.doubt(("contact",), f'"{words}" is no Slack channel', "Write its URL.")
    draft.put("custom.contacts", document.raw("contacts"))


def links(document: Judged, draft: Draft, key: str, type_: str = "") -> None:
    """Take links; one to a repository on a host says which it is."""
    for each in document.mappings(key, "{name: Runbook, type: runbook, url: 'https://…'}"):
        url = each.text("url", needed="Write the link's URL.")
        kind = each.text("type").lower() or type_
        name = each.scalar("name")
        if url and not draft.link(url, name, kind):
            each.doubt(("url",), f'the link {name} was left out: "{url}" is no URL', "Write a whole URL.")
        elif kind in ("repo", "code"):
            draft.linked_repository(url)


def languages(document: Judged, draft: Draft) -> None:
    """Take the first language; several are a custom field, too."""
    found = document.texts("languages")
    if found:
        draft.put("language", found[0])
    if len(found) > 1:
        draft.put("custom.languages", list(found))


def pagerduty(document: Judged, draft: Draft, key: str, words: str) -> None:
    """Take PagerDuty's service from its address, which stands at `key`."""
    if words and not draft.pagerduty(words):
        remedy = "Write the service's URL, such as https://acme.pagerduty.com/service-directory/P123ABC."
        document.doubt((key,), f'"{words}" is no PagerDuty service', remedy)


def extensions(document: Judged, draft: Draft) -> None:
    """Take the company's own fields."""
    own: dict[str, Json] = document.mapping("extensions").rest()
    draft.custom(own)
