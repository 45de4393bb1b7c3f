"""The views that stand open: a stack of modals for each person, and each person's App Home.

It refuses a fourth modal on a stack, and an update made against an older state.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from playground.workspace import Json

STACK_LIMIT = 3


class ModalError(Exception):
    """A move that Slack refuses; the text is its error code."""


@dataclass(eq=False)
class View:
    """One view that a person has open."""

    id: str
    person: str
    content: Json
    """What the app sent, with all block_ids and action_ids filled in."""
    root: str
    previous: str | None = None
    hash: str = ""
    values: Json = field(default_factory=dict)
    """The state of its inputs as the page last reported it: block_id to action_id to value."""


class Modals:
    """Open modals and published Homes."""

    def __init__(self) -> None:
        self._views: dict[str, View] = {}
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}
        self._count = 0

    def _make(self, person: str, content: Json, root: str | None, previous: str | None) -> View:
        self._count += 1
        view_id = f"V0{self._count:08d}"
        view = View(view_id, person, content, root or view_id, previous, fresh_hash())
        self._views[view_id] = view
        return view

    def stack(self, person: str) -> list[View]:
        """Return the person's open modals, the one on top last."""
        return self._stacks.get(person, [])

    def open(self, person: str, content: Json) -> tuple[View, list[View]]:
        """Open a modal in place of what stood open; returns it and what it closed."""
        closed = self.close_all(person)
        view = self._make(person, content, None, None)
        self._stacks[person] = [view]
        return view, closed

    def push(self, person: str, content: Json) -> View:
        """Put a modal on top of the stack."""
        stack = self._stacks.get(person)
        if not stack:
            raise ModalError("not_found")
        if len(stack) >= STACK_LIMIT:
            raise ModalError("push_limit_reached")
        view = self._make(person, content, stack[0].root, stack[-1].id)
        stack.append(view)
        return view

    def find(self, view_id: str | None, external_id: str | None = None) -> View:
        """Return the open view of that id, or of that external id."""
        if view_id is not None and view_id in self._views:
            return self._views[view_id]
        for view in self._views.values():
            if external_id and view.content.get("external_id") == external_id:
                return view
        raise ModalError("not_found")

    def update(self, view: View, content: Json, seen_hash: str | None = None) -> None:
        """Replace the content; with `seen_hash`, only when nobody did so since."""
        if seen_hash is not None and seen_hash != view.hash:
            raise ModalError("hash_conflict")
        view.content, view.hash = content, fresh_hash()

    def close(self, view: View) -> None:
        """Close one modal and whatever lies on top of it."""
        stack = self._stacks.get(view.person, [])
        if view in stack:
            for gone in stack[stack.index(view) :]:
                self._views.pop(gone.id, None)
            del stack[stack.index(view) :]

    def close_all(self, person: str) -> list[View]:
        """Close the person's whole stack; returns what was open, the one on top first."""
        closed = list(reversed(self._stacks.pop(person, [])))
        for view in closed:
            self._views.pop(view.id, None)
        return closed

    def publish(self, person: str, content: Json, seen_hash: str | None = None) -> View:
        """Replace the person's Home."""
        home = self._homes.get(person)
        if home is None:
            home = self._homes[person] = self._make(person, content, None, None)
        else:
            self.update(home, content, seen_hash)
        return home

    def home(self, person: str) -> View | None:
        """Return what the app last published for that person, or None."""
        return self._homes.get(person)


def fresh_hash() -> str:
    """Return a hash that no view had before."""
    return f"{secrets.randbelow(10**10):010d}.{secrets.token_hex(4)}"
