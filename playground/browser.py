"""Speaks the page's API for one person, as the browser does."""

from __future__ import annotations

from typing import Any

import httpx

from playground.seen import Json


class Refusal(Exception):
    """The page said no; the text is why."""


class Browser:
    """One person's connection to the page's API."""

    def __init__(self, url: str, person: str) -> None:
        self._person = person
        self._http = httpx.Client(base_url=f"{url}/play/", timeout=30, trust_env=False)
        self._channels: dict[str, str] = {}

    def state(self) -> Json:
        """Return what the page shows beside the messages: people, channels, commands, the bot."""
        state = self.get("state")
        for one in state["channels"]:
            self._channels |= {one["name"]: one["id"], one["id"]: one["id"]}
        return state

    def channel_id(self, name: str) -> str:
        """Return the id of the channel of that name or id; raises Refusal."""
        plain = name.lstrip("#")
        if plain not in self._channels:
            self.state()
        if plain not in self._channels:
            raise Refusal("channel_not_found")
        return self._channels[plain]

    def named(self, kind: str, name: str) -> str:
        """Return the id of a user or channel by name; what is no name is returned as it is."""
        state = self.state()
        rows = state["people"] if kind == "user" else state["channels"]
        return next((row["id"] for row in rows if name.lstrip("@#") in (row["name"], row["id"])), name)

    def get(self, path: str, **query: str) -> Json:
        """Look; raises Refusal."""
        answer = self._answer(self._http.get(path, params={"as": self._person, **query}))
        if answer.get("ok") is False:
            raise Refusal(answer["error"])
        return answer

    def do(self, path: str, **what: Any) -> Json:
        """Act; raises Refusal, unless the answer is a form's complaints."""
        answer = self._answer(self._http.post(path, json={"as": self._person, **what}))
        if answer.get("ok") is False and "errors" not in answer:
            raise Refusal(answer["error"])
        return answer

    @staticmethod
    def _answer(response: httpx.Response) -> Json:
        if not response.headers.get("content-type", "").startswith("application/json"):
            raise Refusal(f"the playground answered {response.status_code}: {response.text[:200]}")
        answer: Json = response.json()
        return answer

    def close(self) -> None:
        """Leave."""
        self._http.close()
