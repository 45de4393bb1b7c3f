"""What a row of the grammar's table holds. The rows are in `grammar` and `sync_forms`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from domain.answers import HelpTopic


class Reach(Enum):
    """Whom a question is for."""

    EVERYBODY = "everybody"
    """Whoever can write to the bot; they are shown what they may see."""
    MEMBERS = "members"
    """Members of the workspace, neither guests nor people of other organizations."""
    ADMINISTRATORS = "administrators"


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of question."""

    leads_to: str
    """The name of its answer, unique in the table."""
    usage: str
    """How it is written in help."""
    meaning: str
    examples: tuple[str, ...]
    patterns: tuple[str, ...]
    """All ways of putting it; `questions.patterns` has the notation."""
    ask: str = ""
    """How to ask it of one thing alone; `{}` is the thing's ref."""
    paged: bool = False
    """Whether `page 2` may stand behind it."""
    reach: Reach = Reach.EVERYBODY
    """Whom it is for."""

    def __str__(self) -> str:
        return self.leads_to

    @property
    def topic(self) -> HelpTopic:
        """This row as help shows it."""
        return HelpTopic(self.usage, self.meaning, self.examples)
