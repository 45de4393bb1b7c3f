"""Takes the values of a document one by one, each in the shape that it must have, and notes where it has not.

An empty value counts as absent, as other portals write out every field that could be filled. Knows no format.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from domain.entities import Json
from integrations.files.backstage.wording import Problem, quoted, shown, wrong

Path = tuple[str | int, ...]


class Notes:
    """What one document has wrong: problems leave it out, doubts do not."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.doubts: list[Problem] = []


class Judged:
    """One mapping of a document. What nobody takes is what the format does not know: `rest` returns it."""

    def __init__(self, value: Mapping[str, Json], notes: Notes | None = None, path: Path = ()) -> None:
        self.value = value
        self.notes = notes or Notes()
        self._path = path
        self._taken: set[str] = set()

    def has(self, key: str) -> bool:
        """Tell whether anything stands at a key."""
        return self.value.get(key) is not None

    def text(self, key: str, *, needed: str = "") -> str:
        """Take a text; empty when it is absent. `needed` is the remedy when it must be there."""
        value = self._take(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if value is None or value == "":
            if needed:
                self.refuse(
                    (key,), f"{self._field(key)} is {'empty' if key in self.value else 'missing'}", needed
                )
            return ""
        self._wrong(key, quoted(value, "Write a text."))
        return ""

    def scalar(self, key: str, *, needed: str = "") -> str:
        """Take a text, or a number or truth value as the text that it is written as."""
        value = self.value.get(key)
        if isinstance(value, bool):
            self._taken.add(key)
            return str(value).lower()
        if isinstance(value, int | float):
            self._taken.add(key)
            return str(value)
        return self.text(key, needed=needed)

    def choice(self, key: str, choices: Mapping[str, str]) -> str:
        """Take one of some words, by their lower case; return what it stands for; empty when it is absent."""
        word = self.scalar(key)
        if not word:
            return ""
        found = choices.get(word.lower())
        if found is None:
            self._wrong(key, f"Write one of {', '.join(choices)}.")
        return found or ""

    def texts(self, key: str) -> list[str]:
        """Take a list of texts; empty when it is absent."""
        found = []
        for index, each in enumerate(self._list(key)):
            if isinstance(each, str) and each.strip():
                found.append(each.strip())
            elif each is not None and each != "":
                self.refuse(
                    (key, index), f"{self._field(key, index)} is {shown(each)}", quoted(each, "Write a text.")
                )
        return found

    def mapping(self, key: str) -> Judged:
        """Take a mapping; one without anything in it when it is absent."""
        value = self._take(key)
        if value is not None and not isinstance(value, dict):
            self._wrong(key, "Write a mapping, or leave it out.")
        return Judged(value if isinstance(value, dict) else {}, self.notes, (*self._path, key))

    def mappings(self, key: str, example: str) -> Iterator[Judged]:
        """Take a list of mappings, such as `example`."""
        for index, each in enumerate(self._list(key)):
            if isinstance(each, dict):
                yield Judged(each, self.notes, (*self._path, key, index))
            elif each is not None:
                self.refuse(
                    (key, index),
                    f"{self._field(key, index)} is {shown(each)}",
                    f"Write a mapping: {example}.",
                )

    def raw(self, key: str) -> Json:
        """Take whatever is there."""
        return self._take(key)

    def rest(self) -> dict[str, Json]:
        """Return what was not taken, the empty aside."""
        return {
            key: value
            for key, value in self.value.items()
            if key not in self._taken and value is not None and value not in ("", [], {})
        }

    def refuse(self, path: Path, problem: str, remedy: str) -> None:
        """Note what keeps the document from being read."""
        self.notes.problems.append(Problem((*self._path, *path), problem, remedy))

    def doubt(self, path: Path, problem: str, remedy: str) -> None:
        """Note something that was left out while the document is read."""
        self.notes.doubts.append(Problem((*self._path, *path), problem, remedy))

    def _take(self, key: str) -> Json:
        self._taken.add(key)
        return self.value.get(key)

    def _list(self, key: str) -> list[Json]:
        value = self._take(key)
        if isinstance(value, list):
            return value
        if value is not None and value != "":
            self._wrong(key, "Write a list, or leave it out.")
        return []

    def _wrong(self, key: str, remedy: str) -> None:
        self.notes.problems.append(wrong((*self._path, key), self.value, remedy))

    def _field(self, *path: str | int) -> str:
        return Problem((*self._path, *path), "", "").field
