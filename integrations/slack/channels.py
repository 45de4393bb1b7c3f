"""Channels as the directory shows them. Asks nobody."""

from __future__ import annotations

from collections.abc import Iterator

from domain.entities import Channel
from integrations.slack.reading import Listed, text


def channels_of(listed: Listed) -> Iterator[Channel]:
    """Yield each channel that has a name; direct conversations have none."""
    for id_, each in listed:
        if each.get("is_im") is True or each.get("is_mpim") is True or not text(each, "name"):
            continue
        yield Channel(
            id_,
            text(each, "name"),
            archived=each.get("is_archived") is True,
            private=each.get("is_private") is True,
            # Shared with workspaces of the same company (`is_org_shared`) is not shared with others.
            shared=each.get("is_ext_shared") is True,
            member=each.get("is_member") is True,
        )
