"""A whole portal with planted credentials: whatever it says, logs, stores and exports holds none of them."""

from __future__ import annotations

import base64
import io
import json
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pytest
import structlog
import yaml

from bot.commands import ask, doctor, export, sync
from bot.journal import CHATTY, open_journal
from bot.settings import load_settings
from bot.store import ready_catalog
from bot.syncs import Syncs
from domain import redaction
from domain.errors import IdpError
from integrations.calling import retrying
from playground.seed import Seed
from playground.server import Playground
from tests.secrecy.planted import PLANTED, Echo, Planted
from workflows.sync_report import Order

BY_NAME = {each.name: each for each in PLANTED}
every_kind = pytest.mark.parametrize("kind", list(BY_NAME))


class Stand:
    """A portal with one source, and all that came out of it so far."""

    def __init__(
        self, planted: Planted, folder: Path, playground: Playground, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.planted, self.folder = planted, folder
        self._playground, self._capsys = playground, capsys
        self.heard: list[str] = []
        self.leads_to(planted.name)

    def leads_to(self, vendor: str) -> None:
        """Write an `idp.yaml` whose source is at a vendor's place."""
        base = f"{self._playground.url}/vendors/{vendor}"
        block = {
            key: value.format(base=base) if key in ("url", "server") else value
            for key, value in self.planted.block.items()
        }
        text = yaml.safe_dump({"sources": {self.planted.name: block}})
        (self.folder / "idp.yaml").write_text(text, encoding="utf-8")

    def runs(self, command: Callable[[], int]) -> int:
        """Run a command; return its exit code."""
        try:
            code = command()
        except IdpError as error:
            self.heard += [repr(error), str(error), error.hint]
            code = 3
        output = self._capsys.readouterr()
        self.heard += [output.out, output.err]
        return code

    def syncs(self) -> int:
        return self.runs(
            lambda: sync.run(self.folder, [], dry_run=False, full=True, force=False, as_json=True)
        )

    def examined(self, *, as_json: bool) -> int:
        return self.runs(lambda: doctor.run(self.folder, as_json=as_json))

    def ends(self, code: int) -> tuple[int, ...]:
        """Return how `idp doctor` may end: it tries Slack's bot token itself, and misses the app token."""
        return (1, 3) if self.planted.name == "slack" else (code,)

    def looks_aloud(self) -> None:
        """Look with a journal that tells everything."""
        journal = io.StringIO()
        open_journal("json", verbose=True, to=journal)
        settings = load_settings(self.folder)
        with ready_catalog(settings, fill="never") as catalog:
            report = Syncs(settings.file, catalog).look(self.planted.name, Order("ana", full=True))
        if self.planted.name != "slack":  # whose SDK asks by urllib, which logs nothing
            assert len(journal.getvalue().splitlines()) > 2
        self.heard += [journal.getvalue(), repr(report)]

    def holds(self, secret: str) -> list[str]:
        """Return where a credential came out."""
        spelt = {secret, quote(secret, safe=""), secret[::-1], json.dumps(secret)[1:-1]}
        pairs = (f"{user}:{secret}" for user in (*self.planted.secrets.values(), ""))
        spelt |= {base64.b64encode(pair.encode()).decode() for pair in pairs}  # as basic authorization has it
        places = [text[:80] for text in self.heard if any(each in text for each in spelt)]
        for path in (each for each in self.folder.parent.rglob("*") if each.is_file()):
            places += [str(path) for each in spelt if each.encode() in path.read_bytes()]
        return places


@pytest.fixture(scope="module")
def echo() -> Echo:
    return Echo()


@pytest.fixture(scope="module")
def playground(echo: Echo) -> Iterator[Playground]:
    vendors = [each.vendor(each.secrets) for each in PLANTED]
    with Playground(Seed(), vendors=[*vendors, echo]) as running:
        yield running


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, playground: Playground) -> Iterator[None]:
    """Nothing known from another test, no waits, and the loggers afterwards as before."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    monkeypatch.setattr(redaction, "_known", redaction._Known())
    monkeypatch.setattr(retrying, "pause", lambda _seconds, _stopped: None)
    monkeypatch.setenv("SLACK_API_BASE_URL", f"{playground.url}/vendors/slack/api/")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    yield
    root.handlers[:], level = before
    root.setLevel(level)
    for chatty in CHATTY:
        logging.getLogger(chatty).setLevel(logging.NOTSET)
    structlog.reset_defaults()


@pytest.fixture
def stand(
    kind: str,
    tmp_path: Path,
    playground: Playground,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Stand:
    (tmp_path / "portal" / "catalog").mkdir(parents=True)
    planted = BY_NAME[kind]
    given(monkeypatch, planted.secrets)
    return Stand(planted, tmp_path / "portal", playground, capsys)


def given(monkeypatch: pytest.MonkeyPatch, secrets: Mapping[str, str]) -> None:
    for name, value in secrets.items():
        monkeypatch.setenv(name, value)


@every_kind
def test_a_portal_that_works_holds_no_credential(stand: Stand) -> None:
    assert stand.syncs() == 0, stand.heard
    stand.looks_aloud()
    assert stand.examined(as_json=False) in stand.ends(0), stand.heard
    assert stand.examined(as_json=True) in stand.ends(0)
    for format_ in ("backstage", "csv"):
        assert stand.runs(partial(export.run, stand.folder, format_, None, None)) == 0
    for words in ("list services", "sync", "sync check"):
        stand.runs(partial(ask.run, stand.folder, words, "", as_json=True))
    assert any((stand.folder / ".idp").rglob("*.db*"))
    for secret in stand.planted.secrets.values():
        assert stand.holds(secret) == []


@every_kind
def test_a_refused_credential_is_not_shown(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, stand.planted.wrong)
    assert stand.syncs() == 3
    stand.looks_aloud()
    assert stand.examined(as_json=False) in stand.ends(3)
    assert any(each in "".join(stand.heard) for each in ("401", "Check the credential", "invalid_auth"))
    for secret in stand.planted.secrets.values():
        assert stand.holds(secret) == []


@every_kind
@pytest.mark.parametrize("status", [401, 500])
def test_a_credential_that_the_vendor_repeats_is_not_shown(stand: Stand, echo: Echo, status: int) -> None:
    stand.leads_to("echo")
    echo.status, before = status, echo.asked
    assert stand.syncs() == 3
    stand.looks_aloud()
    assert stand.examined(as_json=False) in stand.ends(3)
    stand.runs(lambda: ask.run(stand.folder, "sync", "", as_json=True))
    assert echo.asked > before
    for secret in stand.planted.secrets.values():
        assert stand.holds(secret) == []


@every_kind
def test_a_credential_in_a_file_is_not_shown(
    stand: Stand, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("secrets")
    for name, value in stand.planted.secrets.items():
        (elsewhere / name).write_text(f"{value}\n", encoding="utf-8")
        monkeypatch.delenv(name)
        monkeypatch.setenv(f"{name}_FILE", str(elsewhere / name))
    assert stand.examined(as_json=False) in stand.ends(0), stand.heard
    assert f"{next(iter(stand.planted.secrets))} (from a file)" in "".join(stand.heard)
    for secret in stand.planted.secrets.values():
        assert stand.holds(secret) == []


@every_kind
def test_the_search_would_find_one(stand: Stand) -> None:
    """The tests above can fail."""
    with suppress(IdpError):
        raise IdpError("not blanked: nothing was read yet")
    secret = next(iter(stand.planted.secrets.values()))
    (stand.folder / "leak").write_bytes(b"\x00" + secret.encode())
    stand.heard.append(f"it is {secret}")
    assert len(stand.holds(secret)) == 2
