"""What people read of documentation: the passage, where it stands, how old that is, whom to ask; for any pen.

Decides the words; the layout is `passage_cards`' and `passages_plain`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from blocks import limits, wording
from blocks.pens import Pen
from blocks.sentences import OWNERS
from domain.clock import age_in_words
from domain.passages import FENCE, OLD, Page, Passage, PassageHit, Passages, Shelf
from domain.things import Thing

SHOWN_MORE = 3
"""Further passages, a line each."""
SHOWN_PAGES = 12
_NAMED_PAGES = 5
_QUOTED, _QUOTED_LINES = 800, 14
"""How much of a passage is quoted, in characters and lines: with the rest of the answer, a phone's screen."""
_ROOM = 1_800
"""The longest quotation once it is made safe, where every sign may take five characters."""
_STEM = 4
_CODE = re.compile(r"`([^`\n]+)`")


def headline(answer: Passages, pen: Pen) -> str:
    """Answer in one line: what the passage is on, and whose; or that there is none."""
    if answer.answered:
        hit = answer.hits[0]
        return f"{pen.strong(hit.passage.heading)}: {pen.text(hit.thing.title)} {_sort(hit.passage.page)}"
    where = (
        "any documentation that is known"
        if answer.subject is None
        else f"the docs of {pen.strong(answer.subject.title)}"
    )
    return f"Nothing on “{pen.text(answer.words, 160)}” in {where}"


def _sort(page: Page) -> str:
    return "runbook" if page.runbook else "README" if page.readme else "docs"


def place(passage: Passage, pen: Pen) -> str:
    """Say where a passage stands, with a link where there is one: `Runbook > Rotate keys`."""
    path = " > ".join((passage.page.title, *passage.headings))
    return pen.link(passage.url, path) or pen.text(path, 2 * limits.NAME)


def warnings(answer: Passages, pen: Pen, now: datetime) -> Iterator[str]:
    """Say what is to be known before the passage is relied on."""
    if not answer.answered:
        return
    if answer.loosely:
        words = pen.text(answer.words, 160)
        yield f"{wording.GONE_MARK} No passage has all of “{words}”; these have some of the words."
    page = answer.hits[0].passage.page
    if now - page.seen_at > OLD:
        age = age_in_words(now - page.seen_at)
        yield f"{wording.GONE_MARK} Last read {age}; it may have changed since."


def small_print(answer: Passages, pen: Pen, now: datetime) -> Iterator[str]:
    """Say from which file the passage is and how old the look, and whom to ask."""
    if answer.hits and not answer.elsewhere:
        page = answer.hits[0].passage.page
        source = pen.text(wording.source_word(page.source))
        yield f"From {pen.code(page.path)}, {source}, read {age_in_words(now - page.seen_at)}"
    yield from ask(answer, pen)


def ask(answer: Passages | Shelf, pen: Pen) -> Iterator[str]:
    """Say whom to ask; nothing where nobody is known to."""
    owner = answer.owner
    if owner is None:
        if answer.subject is not None and answer.subject.ref.kind not in OWNERS:
            yield "Nobody owns it, so there is nobody to ask."
        return
    channel = pen.channel(owner)
    yield f"Ask {pen.text(owner.title)} in {channel}" if channel else f"Ask {pen.text(owner.title)}"


def quotation(passage: Passage, terms: Sequence[str], pen: Pen) -> list[str]:
    """Return the part of a passage that has the most of the words, in lines; code as code."""
    parts = list(_parts(passage.text))
    start = _best(parts, terms)
    if start and sum(len(text) for _, text in parts[: start + 1]) <= _QUOTED:
        start = 0
    lines: list[str] = ["…"] if start else []
    room, left = _QUOTED, _ROOM
    for at, (code, text) in enumerate(parts[start:], start):
        new = _code(text, room, pen) if code else _prose(text, room, pen)
        size = sum(map(len, new)) + len(new)
        if size > left or len(lines) + len(new) > _QUOTED_LINES + 2:
            lines.append("…")
            break
        lines += new
        room -= len(text)
        left -= size
        if room <= 0:
            if at + 1 < len(parts):
                lines.append("…")
            break
    return lines


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the paragraphs and blocks of code of a passage; True: code."""
    held: list[str] = []
    code = False
    for line in text.split("\n"):
        if line == FENCE or (not code and not line.strip()):
            if any(each.strip() for each in held):
                yield code, "\n".join(held)
            held = []
            code = code != (line == FENCE)
        else:
            held.append(line)
    if any(each.strip() for each in held):
        yield code, "\n".join(held)


def _best(parts: Sequence[tuple[bool, str]], terms: Sequence[str]) -> int:
    """Return the first part that has the most of the words, or of what they begin with."""
    stems = [term[: max(_STEM, len(term) - 3)] for term in terms]
    found = [sum(stem in text.lower() for stem in stems) for _, text in parts]
    return found.index(max(found)) if found else 0


def _code(text: str, room: int, pen: Pen) -> list[str]:
    lines = text.split("\n")
    count = min(limits.fit(lines, max(room, limits.NAME)) or 1, _QUOTED_LINES - 2)
    shown = pen.block(lines[:count])
    while len(shown) > 3 and sum(map(len, shown)) > _ROOM // 2:
        count -= 1
        shown = pen.block(lines[:count])
    return [*shown, "…"] if count < len(lines) else shown


def _prose(text: str, room: int, pen: Pen) -> list[str]:
    """Return a paragraph line by line, names in code as code."""
    lines = limits.cut(text, max(room, limits.NAME)).split("\n")[: _QUOTED_LINES - 2]
    return [shown for line in lines if (shown := _line(line, pen))]


def _line(line: str, pen: Pen) -> str:
    parts = _CODE.split(line)
    written = [
        pen.code(part) if at % 2 else _spaced(part, pen.text(part, _QUOTED))
        for at, part in enumerate(parts)
        if part
    ]
    return limits.cut_mrkdwn("".join(written).rstrip(), _ROOM // 2)


def _spaced(part: str, shown: str) -> str:
    """Return text with the blanks around it, which keep it apart from code."""
    before = " " if part[:1].isspace() else ""
    after = " " if part[-1:].isspace() and shown else ""
    return f"{before}{shown}{after}"


def more_lines(hits: Sequence[PassageHit], pen: Pen) -> list[str]:
    """Return a line for each further passage: where it stands, and whose it is."""
    return [
        limits.cut_mrkdwn(f"{place(hit.passage, pen)} · {pen.text(hit.thing.title)}", limits.LINE)
        for hit in hits[:SHOWN_MORE]
    ]


def page_names(pages: Sequence[Page], pen: Pen) -> str:
    """Name the first pages that there are, in part of a line."""
    names = [pen.link(page.url, page.title) or pen.text(page.title) for page in pages[:_NAMED_PAGES]]
    more = len(pages) - len(names)
    return f"{', '.join(names)}{f' and {more} more' if more > 0 else ''}"


def empty_lines(answer: Passages, pen: Pen) -> Iterator[str]:
    """Say, where nothing was found, what was searched, and that there is something elsewhere."""
    if answer.answered:
        return
    if answer.subject is not None and answer.pages:
        yield f"Its pages: {page_names(answer.pages, pen)}"
    elif answer.subject is not None:
        yield f"No documentation of it is known. {_advice('a README.md or docs/')}"
    else:
        yield "READMEs, docs/ folders and runbooks of repositories are read."
    if answer.elsewhere:
        yield "Elsewhere:"


def shelf_headline(answer: Shelf, pen: Pen, now: datetime) -> str:
    """Answer in one line: how many pages there are, or which one."""
    name = pen.strong(answer.subject.title)
    if not answer.pages:
        what = {"runbook": "runbook", "readme": "README"}.get(answer.wanted, "documentation")
        return f"No {what} of {name} is known"
    if len(answer.pages) == 1:
        page = answer.pages[0]
        return f"{name}: {page_line(page, answer.subject, pen, now)}"
    what = wording.plural(len(answer.pages), answer.wanted or "page", f"{answer.wanted or 'page'}s")
    return f"{name} has {what}{'' if answer.wanted else ' of documentation'}"


def page_line(page: Page, whose: Thing, pen: Pen, now: datetime) -> str:
    """Say what a page is called and where it is, and when it was read where that is long ago.

    Of pages that are but those of something that `whose` owns, say of what.
    """
    name = pen.link(page.url, page.title) or pen.strong(page.title)
    old = now - page.seen_at > OLD
    age = f" · {wording.GONE_MARK} last read {age_in_words(now - page.seen_at)}" if old else ""
    of = "" if page.ref == whose.ref else f" · {pen.text(page.ref.name)}"
    return limits.cut_mrkdwn(f"{name}{of} · {pen.code(page.path)}{age}", limits.LINE)


def shelf_advice(answer: Shelf, pen: Pen) -> Iterator[str]:
    """Say, where there is no such page, which there are, what to add and whom to ask."""
    if answer.pages:
        return
    if answer.others:
        yield f"Its pages: {page_names(answer.others, pen)}"
    name = "a runbook.md" if answer.wanted == "runbook" else "a README.md or docs/"
    yield _advice(name)


def _advice(name: str) -> str:
    return f"Add {name} to its repository, and it is found after the next look."
