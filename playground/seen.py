"""What a person sees: a message or a view, with its words and what can be pressed in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


def texts_in(node: Any) -> Iterator[str]:
    """Yield every text in blocks, in reading order."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("text", "title", "label", "fallback", "caption") and isinstance(value, str):
                yield value
            elif key not in ("confirm", "placeholder"):
                yield from texts_in(value)
    elif isinstance(node, list):
        for one in node:
            yield from texts_in(one)


@dataclass(frozen=True)
class Reply:
    """One message as that person sees it."""

    channel: str
    body: Json

    @property
    def ts(self) -> str:
        """Its id in the channel."""
        return str(self.body["ts"])

    @property
    def thread_ts(self) -> str | None:
        """The thread that it stands in, or None."""
        return self.body.get("thread_ts")

    @property
    def text(self) -> str:
        """Its plain text."""
        return str(self.body.get("text", ""))

    @property
    def blocks(self) -> list[Json]:
        """Its blocks, those of attachments included."""
        nested = [block for one in self.body.get("attachments", []) for block in one.get("blocks", [])]
        return [*self.body.get("blocks", []), *nested]

    @property
    def ephemeral(self) -> bool:
        """Whether only this person sees it."""
        return bool(self.body.get("ephemeral"))

    @property
    def all_text(self) -> str:
        """The text of all its blocks, a line each; its plain text when it has none."""
        return "\n".join(texts_in(self.blocks)) or self.text

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons."""
        return [
            element["text"]["text"] for _, element in elements_in(self.blocks) if element["type"] == "button"
        ]


def elements_in(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield each element that can be acted on, with its block."""
    for block in blocks:
        for key in ("elements", "actions"):
            for one in block.get(key) or ():
                if one.get("type") == "card":
                    yield from elements_in([one])
                elif "action_id" in one:
                    yield block, one
        for key in ("accessory", "element"):
            if "action_id" in (block.get(key) or {}):
                yield block, block[key]
        yield from elements_in(block.get("child_blocks") or [])


def buttons_in(blocks: list[Json]) -> list[str]:
    """Return the labels of all buttons in `blocks`, in reading order."""
    return [element["text"]["text"] for _, element in elements_in(blocks) if element["type"] == "button"]


@dataclass(frozen=True)
class Sheet:
    """One view as that person sees it: a modal or the Home."""

    view: Json

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.view["id"])

    @property
    def title(self) -> str:
        """Its title; empty for a Home."""
        return str((self.view.get("title") or {}).get("text", ""))

    @property
    def blocks(self) -> list[Json]:
        """Its blocks."""
        return list(self.view["blocks"])

    @property
    def all_text(self) -> str:
        """The text of all its blocks, a line each."""
        return "\n".join(texts_in(self.blocks))

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons."""
        return buttons_in(self.blocks)
