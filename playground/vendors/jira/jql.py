"""A small part of JQL: conditions on a few fields, joined by AND, OR and NOT; refuses what it does not know.

Values are checked as Jira checks them: a project or a type of issue that does not exist is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from playground.vendors.jira.state import CATEGORIES, Issue, State

Condition = Callable[[Issue], bool]

_TOKEN = re.compile(r'\s*(?:("(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\')|(!=|[=(),])|([^\s=!(),"\']+))')
_SORTABLE = frozenset({"key", "id", "created"})
_NAMES = {
    "project": "project", "issuetype": "issuetype", "type": "issuetype", "status": "status",
    "statuscategory": "statusCategory", "component": "component", "labels": "labels",
    "key": "key", "issuekey": "key", "issue": "key", "id": "key",
}  # fmt: skip


class Malformed(Exception):
    """A query that Jira does not take, in its words."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was understood."""

    holds: Condition
    bounded: bool
    """Whether it restricts what is found at all."""


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    quoted: bool = False

    @property
    def word(self) -> str:
        return "" if self.quoted else self.text.lower()


def parse(text: str, state: State) -> Query:
    """Understand a query; raises Malformed."""
    parser = _Parser(_tokens(text), state)
    bounded = parser.word not in ("", "order")
    holds = parser.either() if bounded else _always
    parser.order()
    return Query(holds, bounded)


def _tokens(text: str) -> list[_Token]:
    found, at = [], 0
    text = text.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise Malformed(
                f"Error in the JQL Query: The character '{text[at]}' is a reserved JQL character."
            )
        quoted, sign, word = match.groups()
        found.append(_Token(re.sub(r"\\(.)", r"\1", quoted[1:-1]), True) if quoted else _Token(sign or word))
        at = match.end()
    return found


def _always(_issue: Issue) -> bool:
    return True


class _Parser:
    def __init__(self, tokens: list[_Token], state: State) -> None:
        self._tokens = tokens
        self._at = 0
        self._state = state

    @property
    def word(self) -> str:
        return self._tokens[self._at].word if self._at < len(self._tokens) else ""

    def either(self) -> Condition:
        parts = [self._both()]
        while self.word == "or":
            self._at += 1
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else lambda issue: any(part(issue) for part in parts)

    def order(self) -> None:
        if self.word == "order":
            self._at += 1
            self._expect("by")
            field = self._next().text.lower()
            if field not in _SORTABLE:
                raise Malformed(f"Not able to sort using field '{field}'.")
            if self.word in ("asc", "desc"):
                self._at += 1
        if self._at < len(self._tokens):
            left = self._tokens[self._at].text
            raise Malformed(f"Error in the JQL Query: Expecting either 'OR' or 'AND' but got '{left}'.")

    def _both(self) -> Condition:
        parts = [self._one()]
        while self.word == "and":
            self._at += 1
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else lambda issue: all(part(issue) for part in parts)

    def _one(self) -> Condition:
        if self.word == "not":
            self._at += 1
            inner = self._one()
            return lambda issue: not inner(issue)
        if self.word == "(":
            self._at += 1
            inner = self.either()
            self._expect(")")
            return inner
        return self._clause()

    def _clause(self) -> Condition:
        name = self._next().text
        field = _NAMES.get(name.lower())
        if field is None:
            raise Malformed(f"Field '{name}' does not exist or you do not have permission to view it.")
        operator = self._next().word
        negated = operator in ("!=", "not")
        if operator == "is":
            negated = self.word == "not"
            self._at += negated
            if self._next().word not in ("empty", "null"):
                raise Malformed("Error in the JQL Query: Expecting 'EMPTY' or 'NULL' behind 'IS'.")
            return lambda issue: bool(self._values(issue, field)) is negated
        if operator == "not":
            operator = self._next().word
        if operator not in ("=", "!=", "in"):
            raise Malformed(f"Error in the JQL Query: Expecting operator but got '{operator}'.")
        wanted = frozenset().union(*(self._known(field, each) for each in self._operands(operator == "in")))
        # As in Jira, != and NOT IN find nothing where the field is empty.
        return lambda issue: bool(mine := self._values(issue, field)) and mine.isdisjoint(wanted) is negated

    def _operands(self, many: bool) -> list[str]:
        if not many:
            return [self._next().text]
        self._expect("(")
        found = [self._next().text]
        while self.word == ",":
            self._at += 1
            found.append(self._next().text)
        self._expect(")")
        return found

    def _values(self, issue: Issue, field: str) -> frozenset[str]:
        match field:
            case "project":
                return frozenset({issue.project})
            case "issuetype":
                return frozenset({issue.type.lower()})
            case "status":
                return frozenset({issue.status.lower()})
            case "statusCategory":
                return frozenset({CATEGORIES[issue.status].lower()})
            case "component":
                return frozenset(issue.components)
            case "labels":
                return frozenset(each.lower() for each in issue.labels)
            case _:
                return frozenset({issue.key.lower(), issue.id})

    def _known(self, field: str, value: str) -> frozenset[str]:
        """Return what a value stands for; raises Malformed where there is no such thing."""
        lower = value.lower()
        if field == "project":
            project = self._state.project(value)
            found = {project.id} if project else set()
        elif field == "component":
            all_of_them = [
                each for project in self._state.projects.values() for each in project.components.values()
            ]
            found = {each.id for each in all_of_them if value == each.id or lower == each.name.lower()}
        elif field in ("labels", "key"):
            found = {lower}
        else:
            names = {
                "issuetype": self._state.types,
                "status": CATEGORIES,
                "statusCategory": CATEGORIES.values(),
            }
            found = {lower} & {each.lower() for each in names[field]}
        if not found:
            raise Malformed(f"The value '{value}' does not exist for the field '{field}'.")
        return frozenset(found)

    def _next(self) -> _Token:
        if self._at >= len(self._tokens):
            raise Malformed("Error in the JQL Query: Expecting a field or a value but the query ended.")
        self._at += 1
        return self._tokens[self._at - 1]

    def _expect(self, word: str) -> None:
        token = self._next()
        if token.word != word:
            raise Malformed(f"Error in the JQL Query: Expecting '{word}' but got '{token.text}'.")
