"""A person at the keyboard, for tests and benches: acts through the page's API, and sees what that person sees.

It refuses to look behind the page: whatever it knows, a browser could show.
"""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Any, TypeVar

import httpx

from playground.filling import fill, options_of
from playground.seen import Json, Reply, Sheet, elements_in
from playground.watch import Watch

Found = TypeVar("Found")
PATIENCE = 5.0
"""Seconds to wait for what should come."""


class NotSeen(AssertionError):  # noqa: N818 - reads as what it says in a failing test
    """What was waited for did not come; the text says what was there instead."""


class Refusal(Exception):  # noqa: N818 - what the composer says
    """The page said no; the text is why."""


class Person:
    """`Person(playground.url, "ana")`; a context manager, or call close."""

    def __init__(self, url: str, name: str, *, patience: float = PATIENCE) -> None:
        self.name, self._patience = name, patience
        self._http = httpx.Client(base_url=f"{url}/play/", timeout=30, trust_env=False)
        self._watch = Watch(url, name)
        self.id: str = self._state()["me"]["id"]
        self._channel = "general"
        self._since = ""
        self._at_home = False

    def types(self, text: str, channel: str = "general", thread_ts: str | None = None) -> None:
        """Type `text` into the composer of `channel` (name or id) and press Enter; raises Refusal."""
        self._looking_at(self._channel_id(channel))
        self._do("say", channel=self._channel, text=text, thread_ts=thread_ts)

    def asks(self, text: str, channel: str = "general") -> Reply | None:
        """Type a command and return what its acknowledgement brought, or None when that was empty."""
        self._looking_at(self._channel_id(channel))
        reply = self._do("say", channel=self._channel, text=text, wait=True).get("reply")
        return Reply(self._channel, reply) if reply else None

    def dm(self, text: str, to: str | None = None) -> None:
        """Write `text` to the bot, or to the person named `to`."""
        partner = to or self._state()["bot"]["user_id"]
        self.types(text, self._do("dm", user=partner)["channel"]["id"])

    def messages(self, channel: str | None = None) -> list[Reply]:
        """Return what stands in `channel` (default: where this person last acted), oldest first; waits for nothing."""
        place = self._channel_id(channel) if channel else self._channel
        return [Reply(place, body) for body in self._get("messages", channel=place)["messages"]]

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

    def sees_view(self, text: str) -> Sheet:
        """Wait until the modal on top contains `text`, title included."""

        def look() -> Sheet | None:
            top = self.views[-1] if self.views else None
            return top if top and text in f"{top.title}\n{top.all_text}" else None

        return self._wait(f"a modal with {text!r}", look)

    def clicks(self, label: str, message: Reply | None = None) -> None:
        """Press the button of that label or action_id: in `message`, else in the modal on top, the Home, or the newest message."""

        def is_it(element: Json) -> bool:
            words = element.get("text")
            return label in (words.get("text") if isinstance(words, dict) else None, element["action_id"])

        container, block, element, place = self._wait(
            f"a button {label!r}", lambda: self._find(is_it, message)
        )
        self._looking_at(place)
        action = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
        self._do("act", container=container, action=action, state=self._state_of(container))

    def picks(self, option: str, message: Reply | None = None, *, menu: str | None = None) -> None:
        """Pick an option by its text or value in a menu; `menu` is its action_id, needed when it loads its options."""

        def is_it(element: Json) -> bool:
            if menu is not None:
                return menu == element["action_id"]
            return any(option in (one["text"]["text"], one.get("value")) for one in options_of(element))

        container, block, element, place = self._wait(
            f"an option {option!r}", lambda: self._find(is_it, message)
        )
        self._looking_at(place)
        value = fill(
            element, option, lambda typed: self.suggestions(container, block, element, typed), self._named
        )
        action = {**value, "action_id": element["action_id"], "block_id": block["block_id"]}
        self._do("act", container=container, action=action, state=self._state_of(container))

    def submit(self, values: dict[str, Any] | None = None) -> dict[str, str]:
        """Fill the modal on top, by label or action_id, and submit it; returns complaints by block_id."""
        top = self.view
        self._since = self._now(self._channel)
        container: Json = {"type": "view", "view_id": top.id}
        state: Json = {}
        wanted = dict(values or {})
        for block, element in elements_in(top.blocks):
            label = (block.get("label") or {}).get("text")
            key = next((one for one in (label, element["action_id"]) if one in wanted), None)
            if key is not None:
                held = fill(element, wanted.pop(key), self._suggester(container, block, element), self._named)
                state.setdefault(block["block_id"], {})[element["action_id"]] = held
        if wanted:
            raise NotSeen(f"no input {', '.join(map(repr, wanted))} in the modal {top.title!r}")
        body = {"as": self.name, "view_id": top.id, "state": {"values": state}}
        answer = self._answer(self._http.post("view/submit", json=body))
        if not answer["ok"] and "errors" not in answer:
            raise Refusal(answer["error"])
        return dict(answer.get("errors") or {})

    def closes(self) -> None:
        """Close the modal on top."""
        self._do("view/close", view_id=self.view.id)

    def opens_home(self) -> Sheet:
        """Open the bot's Home and return what the app published; waits for the first publication."""
        before = self._watch.home
        shown = self._do("home").get("view")
        self._at_home = True
        known = self._watch.until(
            lambda: self._watch.home if self._watch.home is not before else None,
            1.0 if shown else self._patience,
        )
        if known is None and shown is None:
            raise NotSeen(f"{self.name} waited {self._patience:g} s for a Home in vain")
        return Sheet(known or shown)

    def calls_shortcut(self, callback_id: str, message: Reply | None = None) -> None:
        """Call a global shortcut, or with a message one of its message shortcuts."""
        if message:
            self._looking_at(message.channel)
        self._do(
            "shortcut",
            callback_id=callback_id,
            **({"message_ts": message.ts, "channel": message.channel} if message else {}),
        )

    def suggestions(self, container: Json, block: Json, element: Json, typed: str) -> list[Json]:
        """Return the options that an external select offers for what is typed."""
        asked = {"action_id": element["action_id"], "block_id": block["block_id"], "value": typed}
        answer = self._do("suggest", container=container, **asked)
        groups = answer.get("option_groups") or [{"options": answer.get("options") or []}]
        return [option for group in groups for option in group["options"]]

    def _suggester(self, container: Json, block: Json, element: Json) -> Callable[[str], list[Json]]:
        return lambda typed: self.suggestions(container, block, element, typed)

    def _find(
        self, is_it: Callable[[Json], bool], message: Reply | None
    ) -> tuple[Json, Json, Json, str] | None:
        for container, blocks, place in self._places(message):
            for block, element in elements_in(blocks):
                if is_it(element):
                    return container, block, element, place
        return None

    def _places(self, message: Reply | None) -> list[tuple[Json, list[Json], str]]:
        if message is None and self._watch.views:
            top = self._watch.views[-1]
            return [({"type": "view", "view_id": top["id"]}, top["blocks"], self._channel)]
        if message is None and self._at_home and self._watch.home:
            home = self._watch.home
            return [({"type": "view", "view_id": home["id"]}, home["blocks"], self._channel)]
        messages = [message] if message else reversed(self.messages())
        return [
            ({"type": "message", "message_ts": one.ts, "channel": one.channel}, one.blocks, one.channel)
            for one in messages
        ]

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

    def _state_of(self, _container: Json) -> Json | None:
        return None

    def _named(self, kind: str, name: str) -> str:
        state = self._state()
        rows = state["people"] if kind == "user" else state["channels"]
        return next((row["id"] for row in rows if name.lstrip("@#") in (row["name"], row["id"])), name)

    def _channel_id(self, name: str) -> str:
        channels = self._state()["channels"]
        found = next((one["id"] for one in channels if name.lstrip("#") in (one["name"], one["id"])), None)
        if found is None:
            raise Refusal("channel_not_found")
        return str(found)

    def _wait(self, what: str, look: Callable[[], Found | None]) -> Found:
        found = self._watch.until(look, self._patience)
        if found is None:
            last = [one.text or one.all_text for one in self.messages()[-3:]]
            raise NotSeen(
                f"{self.name} waited {self._patience:g} s for {what}; the last messages there: {last}"
            )
        return found

    def _state(self) -> Json:
        return self._get("state")

    def _get(self, path: str, **query: str) -> Json:
        return self._answer(self._http.get(path, params={"as": self.name, **query}))

    def _do(self, path: str, **what: Any) -> Json:
        answer = self._answer(self._http.post(path, json={"as": self.name, **what}))
        if answer.get("ok") is False:
            raise Refusal(answer["error"])
        return answer

    @staticmethod
    def _answer(response: httpx.Response) -> Json:
        if response.status_code >= 500 or not response.content:
            raise Refusal(f"the playground answered {response.status_code}")
        answer: Json = response.json()
        if answer.get("ok") is False and response.request.method == "GET":
            raise Refusal(answer["error"])
        return answer

    def close(self) -> None:
        """Leave the page."""
        self._watch.close()
        self._http.close()

    def __enter__(self) -> Person:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
