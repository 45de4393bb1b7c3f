"""Keeps the channels that a chat's directory shows, and finds one by its id or its name.

They are observations of now, like the texts of files: no change set counts them, history has none, undo takes
none back. The next look does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, delete, or_, select

from catalog_store.among import among
from catalog_store.channel_tables import ChannelRow
from catalog_store.incoming import LONGEST
from catalog_store.moves import chunks
from catalog_store.tables import table_of
from catalog_store.writing import insert_many
from domain.entities import Channel, Snapshot
from domain.errors import BadInput

CHANNEL = table_of(ChannelRow)
_SHOWN = (
    CHANNEL.c.id,
    CHANNEL.c.name,
    CHANNEL.c.archived,
    CHANNEL.c.private,
    CHANNEL.c.shared,
    CHANNEL.c.member,
)
"""In the order of `Channel`'s fields."""
_OF_SOURCE = select(*_SHOWN).where(CHANNEL.c.source == bindparam("source"))


def keep(connection: Connection, snapshot: Snapshot) -> int:
    """Replace what a source saw by what it sees; return how many rows that wrote.

    A snapshot that tells nothing of channels leaves all as they are. Raises BadInput for an id or a name
    that no database can keep.
    """
    if snapshot.channels is None:
        return 0
    # Rows as plain tuples in sets: of a hundred thousand channels mostly none has changed.
    seen = {_shown(each): each for each in {each.id: each for each in snapshot.channels}.values()}
    known = set(map(tuple, connection.execute(_OF_SOURCE, {"source": snapshot.source}).all()))
    fresh = [each for shown, each in seen.items() if shown not in known]
    _check(fresh)
    stale = [shown[0] for shown in known - seen.keys()]
    for ids in chunks(stale):
        connection.execute(
            delete(CHANNEL).where(CHANNEL.c.source == snapshot.source, among(connection, CHANNEL.c.id, ids))
        )
    for some in chunks(fresh):
        insert_many(connection, CHANNEL, [_row(snapshot.source, each) for each in some])
    return len({*stale, *(each.id for each in fresh)})


def found(connection: Connection, texts: Iterable[str]) -> dict[str, Channel]:
    """Return the channels that ids and names lead to, by how they were asked for; others are absent.

    An id goes before a name, a live channel before an archived one of the same name, one that the bot is in
    before one that it is not in.
    """
    asked = {text: _plain(text) for text in texts}
    names = {name for name in asked.values() if name}
    if not names:
        return {}
    rows = connection.execute(
        select(*_SHOWN, CHANNEL.c.called)
        .where(
            or_(
                among(connection, CHANNEL.c.id, sorted({each.upper() for each in names})),
                among(connection, CHANNEL.c.called, sorted({each.lower() for each in names})),
            )
        )
        .order_by(CHANNEL.c.archived, CHANNEL.c.member.desc(), CHANNEL.c.source, CHANNEL.c.id)
    ).all()
    by_id: dict[str, Channel] = {}
    by_name: dict[str, Channel] = {}
    for *shown, called in rows:
        channel = Channel(*shown)
        by_id.setdefault(channel.id, channel)
        by_name.setdefault(called, channel)
    leading = {text: by_id.get(name.upper()) or by_name.get(name.lower()) for text, name in asked.items()}
    return {text: channel for text, channel in leading.items() if channel is not None}


def _plain(text: str) -> str:
    return text.strip().removeprefix("#").replace("\0", "")


def _shown(channel: Channel) -> tuple[str, str, bool, bool, bool, bool]:
    """Return a channel as a row of `_SHOWN`; both databases' drivers return such a row as it was written."""
    return (channel.id, channel.name, channel.archived, channel.private, channel.shared, channel.member)


def _row(source: str, channel: Channel) -> dict[str, object]:
    return {
        "source": source,
        "id": channel.id,
        "name": channel.name,
        "called": channel.name.lower(),
        "archived": channel.archived,
        "private": channel.private,
        "shared": channel.shared,
        "member": channel.member,
    }


def _check(channels: Sequence[Channel]) -> None:
    for each in channels:
        written = f"{each.id}{each.name}"
        try:
            size = len(written.encode())
        except UnicodeEncodeError:
            size = LONGEST + 1
        if "\0" in written or size > LONGEST:
            raise BadInput(
                f"the channel {each.name[:80]!r} has a name or id that no database can keep",
                f"It must be text of at most {LONGEST} bytes, without NUL.",
            )
