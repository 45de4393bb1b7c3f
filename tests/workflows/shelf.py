"""A small real source: a folder of JSON files, one a thing, that tests of syncs put things on.

Files beside them steer it, also from another process: `hold` has a look wait (and ask whether to stop) before
it reads a thing, or the one that it names; `hang` has it wait without asking; `away` fails the look with its
text, `defect` breaks it, `cursor` is what a look returns, `changed` wakes a watch. What it does is written to
`log`, a line each.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from domain.clock import Clock
from domain.entities import EVERYTHING, Claim, Snapshot
from domain.errors import BadConfiguration, BadInput, OutsideFailure, Stopped
from domain.refs import Ref
from domain.sources import Permission, Quota
from workflows.ports import Delivery, Forged, Integration, Look, Opening, Task

SECRET = "SHELF_SECRET"
SIGNATURE = "x-shelf-signature"
WHOLE = Task()


class Options(BaseModel):
    """What a shelf's block may hold."""

    model_config = ConfigDict(extra="forbid")

    folder: Path = Field(description="Where the things are.")
    locked: bool = Field(False, description="Whether a key is needed.")


@dataclass(frozen=True)
class Shelf:
    """The source."""

    name: str
    folder: Path
    clock: Clock

    def put(self, thing: str, /, **fields: object) -> None:
        """Put a thing onto the shelf, or another in its place; for tests."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{thing}.json").write_text(json.dumps(fields), encoding="utf-8")

    def steer(self, what: str, text: str = "") -> None:
        """Write one of the files that steer it; for tests."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / what).write_text(text, encoding="utf-8")

    def leave(self, what: str) -> None:
        """Remove one of the files that steer it; for tests."""
        (self.folder / what).unlink()

    @property
    def log(self) -> list[str]:
        """What was done so far; for tests."""
        path = self.folder / "log"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    def fetch(self, task: Task = WHOLE) -> Look:
        """Look once."""
        self._note("look", f"since {task.cursor}" if task.cursor else ",".join(task.only) or "whole")
        if (self.folder / "away").exists():
            raise OutsideFailure((self.folder / "away").read_text(encoding="utf-8"), "Wait for the shelf.")
        if (self.folder / "defect").exists():
            raise RuntimeError("the shelf broke\non two lines")
        names = sorted(each.stem for each in self.folder.glob("*.json"))
        chosen = [name for name in names if not task.only or name in task.only]
        claims, requests = [], 0
        for number, name in enumerate(chosen):
            if task.stopped():
                raise Stopped("it was told to stop")
            text = task.notebook.read(name)
            if text is None:
                text = self._read(name, task)
                requests += 1
                task.notebook.write(name, text)
            ref = Ref("component", "default", name)
            claims.append(Claim(ref, name, "Component", json.loads(text), id=name))
            task.progress(number + 1, len(chosen), name)
        return self._seen(task, claims, requests)

    def validate(self) -> tuple[Permission, ...]:
        """Say whether the folder is there, and whether it may be written to, which it need not."""
        there = Permission("reach the shelf", True)
        if not self.folder.is_dir():
            there = Permission("reach the shelf", False, f"{self.folder} is not there", "Put it up.")
        return there, Permission(
            "move things", False, "it is nailed down", "Take out the nails.", optional=True
        )

    def watch(self, changed: Callable[..., None], stopped: Callable[[], bool]) -> None:
        """Tell each time that the file `changed` is there."""
        while not stopped():
            path = self.folder / "changed"
            if path.exists():
                path.unlink()
                changed()
            time.sleep(0.02)

    def close(self) -> None:
        """Hold nothing."""

    def _seen(self, task: Task, claims: list[Claim], requests: int) -> Look:
        cursor = self.folder / "cursor"
        within = tuple(task.only) if task.only else () if task.cursor else (EVERYTHING,)
        return Look(
            (Snapshot(self.name, self.clock(), tuple(claims), within),),
            read=len(claims),
            cursor=cursor.read_text(encoding="utf-8") if cursor.exists() else "",
            requests=requests,
            quota=Quota(1_000, 1_000 - requests),
        )

    def _read(self, name: str, task: Task) -> str:
        self._wait(name, "hold", task.stopped)
        self._wait(name, "hang", lambda: False)
        self._note("read", name)
        return (self.folder / f"{name}.json").read_text(encoding="utf-8")

    def _wait(self, name: str, why: str, stopped: Callable[[], bool]) -> None:
        path = self.folder / why
        if not path.exists() or path.read_text(encoding="utf-8") not in ("", name):
            return
        self._note("waiting", name)
        while path.exists():
            if stopped():
                raise Stopped("it was told to stop")
            time.sleep(0.01)

    def _note(self, *words: str) -> None:
        with (self.folder / "log").open("a", encoding="utf-8") as log:
            log.write(" ".join(words) + "\n")


def open_shelf(opening: Opening) -> Shelf:
    """Make the source."""
    options = opening.options
    if not isinstance(options, Options):
        raise TypeError(options)
    if options.locked and opening.secret("SHELF_KEY") is None:
        raise BadConfiguration("SHELF_KEY is not set", "Export the shelf's key.")
    return Shelf(opening.name, options.folder, opening.clock)


@dataclass(frozen=True)
class Bell:
    """Understands deliveries `{"id": …, "only": […]}` that are signed as GitHub's are."""

    secret: str

    def receive(self, headers: Mapping[str, str], body: bytes) -> Delivery:
        """Check and read a delivery."""
        if not hmac.compare_digest(headers.get(SIGNATURE, ""), signature(self.secret, body)):
            raise Forged
        try:
            told = json.loads(body)
            return Delivery(told["id"], tuple(told["only"]), "a thing was moved")
        except (ValueError, KeyError, TypeError) as error:
            raise BadInput("it is no delivery of a shelf") from error


def signature(secret: str, body: bytes) -> str:
    """Return what the header of a true delivery holds."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def open_bell(opening: Opening) -> Bell:
    """Make what understands webhooks."""
    secret = opening.secret(SECRET)
    if secret is None:
        raise BadConfiguration(f"{SECRET} is not set", "Export the secret of the webhook.")
    return Bell(secret)


INTEGRATION = Integration("shelf", "Shelf", Options, open_shelf, open_bell)
