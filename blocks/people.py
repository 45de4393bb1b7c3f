"""What people read of those who could not be joined across tools; for any pen, and as JSON.

Decides the words; the layout is `discovery_cards`' and `plain`'s.
"""

from __future__ import annotations

from blocks import limits, wording
from blocks.pens import Pen
from domain.persons import Account, KnownPerson, People, Stray, Unjoined

_LINE = 200


def headline(answer: People) -> str:
    """Say how many could not be joined."""
    if not answer.total:
        return "The catalog knows nobody yet."
    everybody = wording.plural(answer.total, "person", "people")
    if not answer.unjoined_total:
        tools = ", ".join(answer.tools) or "no tool"
        return f"Nobody is left alone: {everybody}, in {tools}."
    verb = "is" if answer.unjoined_total == 1 else "are"
    page = f" (page {answer.page} of {answer.pages})" if answer.pages > 1 else ""
    return f"{answer.unjoined_total:,} of {everybody} {verb} known to one tool alone{page}."


def advice(answer: People, pen: Pen) -> str:
    """Say where the lines go; empty where there are none."""
    if not answer.unjoined:
        return ""
    return f"Lines go below {pen.code('people:')} in idp.yaml, and hold from the next look on."


def unjoined_lines(each: Unjoined, pen: Pen) -> list[str]:
    """Say who it is, why they stand alone, and what to write."""
    accounts = ", ".join(map(str, each.person.accounts))
    who = f"{pen.strong(each.person.title)} {pen.text(accounts)}: {pen.text(each.reason, _LINE)}"
    perhaps = f"Perhaps {pen.text(each.near)}: " if each.near else ""
    return [who, f"{perhaps}{pen.code(each.line)}"]


def stray_line(stray: Stray, pen: Pen) -> str:
    """Say what of `people:` leads to nobody, and why."""
    place = "" if stray.written == stray.key else f" of {pen.code(stray.key)}"
    return (
        f"{wording.GONE_MARK} {pen.code(stray.written)}{place} in idp.yaml: {pen.text(stray.problem, _LINE)}"
    )


def person_line(person: KnownPerson, pen: Pen) -> str:
    """Say who somebody is and which accounts are theirs."""
    accounts = " · ".join(_account(each) for each in person.accounts) or "no account"
    return f"{pen.strong(person.title)} ({person.ref.short}): {pen.text(accounts, limits.LINE)}"


def _account(account: Account) -> str:
    usual = account.state in ("", "active")
    return str(account) if usual else f"{account} ({account.state})"


def body(answer: People) -> dict[str, object]:
    """Return the answer as a script reads it, all but `kind` and `text`."""
    return {
        "total": answer.total,
        "tools": list(answer.tools),
        "unjoined_total": answer.unjoined_total,
        "unjoined": [
            {**_person(each.person), "reason": each.reason, "line": each.line, "near": each.near}
            for each in answer.unjoined
        ],
        "strays": [
            {"key": each.key, "written": each.written, "problem": each.problem} for each in answer.strays
        ],
        "page": answer.page,
        "pages": answer.pages,
        "people": [_person(each) for each in answer.people],
    }


def _person(person: KnownPerson) -> dict[str, object]:
    return {
        "ref": str(person.ref),
        "title": person.title,
        "declared": person.declared,
        "emails": list(person.mails),
        "accounts": [
            {"tool": each.tool, "handle": each.handle, "source": each.source, "state": each.state or None}
            for each in person.accounts
        ],
    }
