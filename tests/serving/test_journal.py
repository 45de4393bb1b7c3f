"""No secret reaches a log, wherever in an entry it stands."""

import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.journal import CHATTY, open_journal
from bot.secrets import secret
from domain import redaction

TOKEN = "xoxb-1234-abcdef"
PLANTED = {
    "bot token": (TOKEN, "abcdef"),
    "app token": ("xapp-1-A0-cafe99", "cafe99"),
    "password of a database": ("postgresql://idp:hunter2@db.example/idp", "hunter2"),
    "response URL": ("https://hooks.slack.com/commands/T1/2/cafe99", "cafe99"),
}


@pytest.fixture(autouse=True)
def _root_logger() -> Iterator[None]:
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    yield
    root.handlers[:], level = before
    root.setLevel(level)
    for chatty in CHATTY:
        logging.getLogger(chatty).setLevel(logging.NOTSET)
    structlog.reset_defaults()


@pytest.mark.parametrize("style", ["json", "text"])
@pytest.mark.parametrize("what", list(PLANTED))
def test_a_planted_secret_is_blanked(style: str, what: str, capsys: pytest.CaptureFixture[str]) -> None:
    text, secret = PLANTED[what]
    open_journal(style)
    log = structlog.get_logger("idp").new()
    log.info("said", value=text, nested={"deep": [text]})
    logging.getLogger("slack_bolt").warning("with %s", text)
    try:
        raise ValueError(text)
    except ValueError:
        log.exception("failed")
    written = capsys.readouterr().err
    assert "said" in written
    assert "with" in written
    assert "ValueError" in written
    assert secret not in written


def test_an_address_is_no_secret(capsys: pytest.CaptureFixture[str]) -> None:
    open_journal("json")
    structlog.get_logger("idp").new().info("open", url="http://127.0.0.1:8420/?as=ana@acme.example")
    assert "http://127.0.0.1:8420/?as=ana@acme.example" in capsys.readouterr().err


def test_a_value_that_was_read_is_in_no_entry(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redaction, "_known", redaction._Known())
    monkeypatch.setenv("PLANTED_TOKEN", 'no "vendor" has such')
    assert secret("PLANTED_TOKEN") == 'no "vendor" has such'
    open_journal("json", verbose=True)
    try:
        raise ValueError(secret("PLANTED_TOKEN"))
    except ValueError:
        structlog.get_logger("idp").new().exception("failed", why={"deep": [secret("PLANTED_TOKEN")]})
    logging.getLogger("urllib3").debug("sent %r", secret("PLANTED_TOKEN"))
    written = capsys.readouterr().err
    assert "ValueError" in written
    assert "sent" in written
    assert "such" not in written


@pytest.mark.parametrize("style", ["json", "text"])
def test_a_field_that_is_a_credential_by_its_name_is_blanked(
    style: str, capsys: pytest.CaptureFixture[str]
) -> None:
    open_journal(style)
    log = structlog.get_logger("idp").new()
    log.info(
        "asked", api_key="0815", headers={"X-Api-Key": "0816", "Accept": "json"}, more=[{"token": "0817"}]
    )
    written = capsys.readouterr().err
    assert "json" in written
    assert "081" not in written
