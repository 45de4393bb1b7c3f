"""Misspells names as hands do: letters swapped, dropped or doubled, a key beside the right one, a lost dash.

Always the same for the same seed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
MISTAKES = ("swap", "drop", "double", "neighbour", "separator")


def misspelt(name: str, mistake: str, draw: random.Random) -> str:
    """Return the name with one mistake in it, never the name itself."""
    if mistake == "separator":
        at = draw.choice([at for at, letter in enumerate(name) if letter == "-"])
        return name[:at] + name[at + 1 :]
    letters = [at for at, letter in enumerate(name) if letter.isalpha() and at]
    if mistake == "swap":
        at = draw.choice([at for at in letters[:-1] if name[at + 1] not in (name[at], "-")])
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    at = draw.choice(letters)
    if mistake == "drop":
        return name[:at] + name[at + 1 :]
    if mistake == "double":
        return name[:at] + name[at] + name[at:]
    return name[:at] + draw.choice(_beside(name[at])) + name[at + 1 :]


def typos(names: list[str], count: int, seed: int) -> Iterator[tuple[str, str, str]]:
    """Yield (mistake, misspelt, right) for `count` of the names, each mistake as often as the others."""
    draw = random.Random(seed)
    known = set(names)
    for number in range(count):
        mistake, right = MISTAKES[number % len(MISTAKES)], draw.choice(names)
        wrong = misspelt(right, mistake, draw)
        while wrong in known:  # another service's name is no typo
            wrong = misspelt(right, mistake, draw)
        yield mistake, wrong, right


def _beside(letter: str) -> str:
    row = next(row for row in _KEYS if letter in row)
    at = row.index(letter)
    return row[max(0, at - 1) : at] + row[at + 1 : at + 2]
