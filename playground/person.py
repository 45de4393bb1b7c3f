"""A person at the keyboard, for tests and benches: acts through the page's API, sees what it shows.

It refuses to look behind the page: whatever it knows, a browser could show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, NamedTuple, TypeVar

from playground.browser import Browser, Refusal
from playground.filling import fill, options_of
from playground.seen import Json, Reply, Sheet, elements_in
from playground.watch import Watch

Found = TypeVar("Found")
PATIENCE = 5.0
"""Seconds to wait for what should come."""


class NotSeen(AssertionError):
    """What was waited for did not come; the text says what was there instead."""


class _Spot(NamedTuple):
    container: Json
    blocks: list[Json]
    block: Json
    element: Json
    channel: str


class Person:
    """`Person(playground.url, "ana")`; a context manager, or call close."""

    def __init__(self, url: str, name: str, *, patience: float = PATIENCE) -> None:
        self.name, self._patience = name, patience
        self.browser = Browser(url, name)
        self._watch = Watch(url, name)
        state = self.browser.state()
        self.id: str = state["me"]["id"]
        mine = {one["name"]: one["id"] for one in state["channels"] if self.id in one["members"]}
        self._channel: str = mine.get("general") or next(iter(mine.values()), "")
        self._since = ""
        self._at_home = False

    def types(self, text: str, channel: str = "general", thread_ts: str | None = None) -> None:
        """Type `text` into the composer of `channel` (name or id) and press Enter; raises Refusal."""
        self._looking_at(self.browser.channel_id(channel))
        self.browser.do("say", channel=self._channel, text=text, thread_ts=thread_ts)

    def asks(self, text: str, channel: str = "general") -> Reply | None:
        """Type a command and return what its acknowledgement brought, or None when that was empty."""
        self._looking_at(self.browser.channel_id(channel))
        reply = self.browser.do("say", channel=self._channel, text=text, wait=True).get("reply")
        return Reply(self._channel, reply) if reply else None

    def dm(self, text: str, to: str | None = None) -> None:
        """Write `text` to the bot, or to the person named `to`."""
        partner = to or self.browser.state()["bot"]["user_id"]
        self.types(text, self.browser.do("dm", user=partner)["channel"]["id"])

    def messages(self, channel: str | None = None) -> list[Reply]:
        """Return what stands in `channel` (default: where this person last acted), oldest first, at once."""
        place = self.browser.channel_id(channel) if channel else self._channel
        return [Reply(place, body) for body in self.browser.get("messages", channel=place)["messages"]]

    @property
    def replies(self) -> list[Reply]:
        """What others wrote, or changed, where this person last acted, since then; waits for the first."""
        return self._wait("a reply", self._new_replies)

    @property
    def last_reply(self) -> Reply:
        """The newest of `replies`."""
        return self.replies[-1]

    def sees(self, text: str, channel: str | None = None) -> Reply:
        """Wait for a message that contains `text` and return it."""

        def look() -> Reply | None:
            found = (one for one in reversed(self.messages(channel)) if text in f"{one.text}\n{one.all_text}")
            return next(found, None)

        return self._wait(f"a message with {text!r}", look)

    @property
    def view(self) -> Sheet:
        """The modal on top; waits for one."""
        return self._wait("an open modal", lambda: self.views[-1] if self.views else None)

    @property
    def views(self) -> list[Sheet]:
        """The open modals, the one on top last; waits for nothing."""
        return [Sheet(view) for view in self._watch.views]

    @property
    def toasts(self) -> list[str]:
        """The short notices so far."""
        return list(self._watch.toasts)

    @property
    def bot_connected(self) -> bool | None:
        """Whether the page says that the bot is there; None: it said nothing yet."""
        return self._watch.bot_connected

    def sees_views(self, titles: list[str]) -> None:
        """Wait until exactly the modals of these titles stand open, the one on top last."""
        self._wait(f"the modals {titles}", lambda: [one.title for one in self.views] == titles or None)

    def sees_view(self, text: str) -> Sheet:
        """Wait until the modal on top contains `text`, title included."""

        def look() -> Sheet | None:
            top = self.views[-1] if self.views else None
            return top if top and text in f"{top.title}\n{top.all_text}" else None

        return self._wait(f"a modal with {text!r}", look)

    def clicks(self, label: str, message: Reply | None = None, values: dict[str, Any] | None = None) -> None:
        """Press a button, by label or action_id; inputs beside it are filled first, as in `submit`.

        It is looked for in `message`, else in the modal on top, the Home, or the messages, newest first.
        """

        def is_it(element: Json) -> bool:
            words = element.get("text")
            shown = words.get("text") if isinstance(words, dict) else None
            return bool(label in (shown, element["action_id"]))

        self._act(f"a button {label!r}", is_it, message, lambda *_: {}, values)

    def picks(self, option: str, message: Reply | None = None, *, menu: str | None = None) -> None:
        """Pick an option by text or value; `menu` is the action_id, needed where options are loaded."""

        def is_it(element: Json) -> bool:
            if menu is not None:
                return bool(menu == element["action_id"])
            return any(option in (one["text"]["text"], one.get("value")) for one in options_of(element))

        def picked(container: Json, block: Json, element: Json) -> Json:
            return fill(element, option, self._suggester(container, block, element), self.browser.named)

        self._act(f"an option {option!r}", is_it, message, picked, None)

    def _act(
        self,
        what: str,
        is_it: Callable[[Json], bool],
        message: Reply | None,
        value: Callable[[Json, Json, Json], Json],
        values: dict[str, Any] | None,
    ) -> None:
        spot = self._wait(what, lambda: self._find(is_it, message))
        at_home = self._at_home and spot.container["type"] == "view"
        self._looking_at(spot.channel)
        self._at_home = at_home
        action = {**value(spot.container, spot.block, spot.element), "type": spot.element["type"]}
        action |= {"action_id": spot.element["action_id"], "block_id": spot.block["block_id"]}
        state = {"values": self._filled(spot.container, spot.blocks, values)} if values else None
        self.browser.do("act", container=spot.container, action=action, state=state)

    def submit(self, values: dict[str, Any] | None = None) -> dict[str, str]:
        """Fill the modal on top, by label or action_id, and submit it; returns complaints by block_id."""
        top = self.view
        self._since = self._now(self._channel)
        state = self._filled({"type": "view", "view_id": top.id}, top.blocks, values or {})
        answer = self.browser.do("view/submit", view_id=top.id, state={"values": state})
        return dict(answer.get("errors") or {})

    def closes(self) -> None:
        """Close the modal on top."""
        self.browser.do("view/close", view_id=self.view.id)

    def opens_home(self) -> Sheet:
        """Open the bot's Home and return what is published there; waits for the very first publication."""
        seen = self._watch.publications
        shown: Json | None = self.browser.do("home").get("view")
        self._at_home = True
        if shown is None:
            self._wait("a Home", lambda: True if self._watch.publications > seen else None)
        return self.home

    @property
    def home(self) -> Sheet:
        """The Home as it is now."""
        published = self._watch.home or self.browser.get("home")["view"]
        if published is None:
            raise NotSeen(f"the app published no Home for {self.name}")
        return Sheet(published)

    def calls_shortcut(self, callback_id: str, message: Reply | None = None) -> None:
        """Call a global shortcut, or with a message one of its message shortcuts."""
        if message:
            self._looking_at(message.channel)
        self.browser.do(
            "shortcut",
            callback_id=callback_id,
            **({"message_ts": message.ts, "channel": message.channel} if message else {}),
        )

    def suggestions(self, container: Json, block: Json, element: Json, typed: str) -> list[Json]:
        """Return the options that an external select offers for what is typed."""
        asked = {"action_id": element["action_id"], "block_id": block["block_id"], "value": typed}
        answer = self.browser.do("suggest", container=container, **asked)
        groups = answer.get("option_groups") or [{"options": answer.get("options") or []}]
        return [option for group in groups for option in group["options"]]

    def _suggester(self, container: Json, block: Json, element: Json) -> Callable[[str], list[Json]]:
        return lambda typed: self.suggestions(container, block, element, typed)

    def _filled(self, container: Json, blocks: list[Json], values: dict[str, Any]) -> Json:
        state: Json = {}
        wanted = dict(values)
        for block, element in elements_in(blocks):
            label = (block.get("label") or {}).get("text")
            key = next((one for one in (label, element["action_id"]) if one in wanted), None)
            if key is not None:
                suggest = self._suggester(container, block, element)
                held = fill(element, wanted.pop(key), suggest, self.browser.named)
                state.setdefault(block["block_id"], {})[element["action_id"]] = held
        if wanted:
            raise NotSeen(f"no input {', '.join(map(repr, wanted))} there")
        return state

    def _find(self, is_it: Callable[[Json], bool], message: Reply | None) -> _Spot | None:
        for container, blocks, channel in self._places(message):
            for block, element in elements_in(blocks):
                if is_it(element):
                    return _Spot(container, blocks, block, element, channel)
        return None

    def _places(self, message: Reply | None) -> Iterator[tuple[Json, list[Json], str]]:
        if message is None and self._watch.views:
            top = self._watch.views[-1]
            yield {"type": "view", "view_id": top["id"]}, top["blocks"], self._channel
            return
        if message is None and self._at_home:
            home = self.home.view
            yield {"type": "view", "view_id": home["id"]}, home["blocks"], self._channel
            return
        for one in [message] if message else reversed(self.messages()):
            yield {"type": "message", "message_ts": one.ts, "channel": one.channel}, one.blocks, one.channel

    def _new_replies(self) -> list[Reply] | None:
        found = []
        for one in self.messages():
            changed = (one.body.get("edited") or {}).get("ts", "")
            if one.body.get("user") != self.id and max(one.ts, changed) > self._since:
                found.append((max(one.ts, changed), one))
        return [one for _, one in sorted(found, key=lambda pair: pair[0])] or None

    def _looking_at(self, channel: str) -> None:
        self._channel, self._since = channel, self._now(channel)
        self._at_home = False

    def _now(self, channel: str) -> str:
        stamps = [max(one.ts, (one.body.get("edited") or {}).get("ts", "")) for one in self.messages(channel)]
        return max(stamps, default="")

    def _wait(self, what: str, look: Callable[[], Found | None]) -> Found:
        found = self._watch.until(look, self._patience)
        if found is None:
            last = [one.text or one.all_text for one in self.messages()[-3:]]
            raise NotSeen(
                f"{self.name} waited {self._patience:g} s for {what}; the last messages there: {last}"
            )
        return found

    def close(self) -> None:
        """Leave the page."""
        self._watch.close()
        self.browser.close()

    def __enter__(self) -> Person:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


__all__ = ["NotSeen", "Person", "Refusal"]
