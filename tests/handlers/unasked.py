"""Stands in for a portal's questions where nobody asks any, or nothing but words."""

from __future__ import annotations

from domain.answers import Answer, Asker, Found, Help, HelpTopic, Spotted, Thing
from domain.home import Home
from handlers.portal import Told


class Unasked:
    """Answers everything with nothing."""

    @property
    def readers(self) -> Told:
        raise AssertionError("nobody asks who may read")

    def answer(self, words: str, asker: Asker = Asker()) -> Answer:  # noqa: ARG002, B008
        return Help(())

    def topics(self) -> tuple[HelpTopic, ...]:
        return ()

    def home(self, *_: object) -> Home:
        return Home(None, None, (), 0, ())

    def starters(self, *_: object) -> tuple[str, ...]:
        return ()

    def spot(self, text: str, asker: Asker = Asker()) -> Spotted:  # noqa: ARG002, B008
        return Spotted(text, ())

    def linked(self, *_: object) -> Found | None:
        return None

    def offers(self, *_: object) -> tuple[tuple[str, Thing], ...]:
        return ()

    def picked(self, *_: object) -> Answer:
        return Help(())
