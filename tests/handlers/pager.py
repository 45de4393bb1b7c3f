"""A pager service on loopback, and the source that reads it over HTTP: what is on call, told by a vendor.

`INTEGRATION` is a third party's: it says people as things seen, and plans as the evidence `<source>/oncall`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
from pydantic import BaseModel, ConfigDict, Field

from domain.entities import EVERYTHING, Json, Snapshot
from domain.errors import OutsideFailure
from domain.sources import Permission
from integrations.tools.claims import person, remark
from workflows.ports import Integration, Look, Opening, Task

WHOLE = Task()


class Options(BaseModel):
    """What the block may hold."""

    model_config = ConfigDict(extra="forbid")

    url: str = Field(description="Where it answers.")


@dataclass
class Pager:
    """The service; `plans` are the fields `oncall` by the alias of what has them, `people` names by id."""

    plans: Mapping[str, Mapping[str, Json]]
    people: Mapping[str, str]
    asked: int = 0
    server: ThreadingHTTPServer = field(init=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/"

    def switch_off(self) -> None:
        """Hang up: nothing listens there any more."""
        self.server.shutdown()
        self.server.server_close()


@contextmanager
def pager(plans: Mapping[str, Mapping[str, Json]], people: Mapping[str, str]) -> Iterator[Pager]:
    """Serve until it is switched off, or the context ends."""
    served = Pager(plans, people)

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked += 1
            body = json.dumps({"plans": served.plans, "people": served.people}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    served.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    Thread(target=served.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield served
    served.switch_off()


@dataclass(frozen=True)
class Source:
    """Reads it."""

    opening: Opening
    url: str

    def fetch(self, task: Task = WHOLE) -> Look:
        """Look once at everything."""
        del task
        at = self.opening.clock()
        try:
            said = httpx.get(self.url, trust_env=False).json()
        except httpx.TransportError as error:
            raise OutsideFailure("the pager service does not answer", "Wait for it.") from error
        people = tuple(
            person("pager", id_, name=name, email=f"{id_}@acme.example")
            for id_, name in said["people"].items()
        )
        plans = tuple(
            remark(f"oncall/{alias}", alias, "Component", {"oncall": plan})
            for alias, plan in said["plans"].items()
        )
        snapshots = (
            Snapshot(self.opening.name, at, people, within=(EVERYTHING,)),
            Snapshot(f"{self.opening.name}/oncall", at, plans, within=(EVERYTHING,)),
        )
        return Look(snapshots, read=len(people) + len(plans), requests=1)

    def validate(self) -> tuple[Permission, ...]:
        """Need nothing."""
        return ()

    def close(self) -> None:
        """Hold nothing."""


def open_source(opening: Opening) -> Source:
    """Make the source."""
    options = opening.options
    if not isinstance(options, Options):
        raise TypeError(options)
    return Source(opening, options.url)


INTEGRATION = Integration("pager", "Pager", Options, open_source)
