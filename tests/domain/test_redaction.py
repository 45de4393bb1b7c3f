"""Every vendor's credentials are blanked by their shape, others by value, and what a catalog says is not."""

from __future__ import annotations

import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import redaction
from domain.errors import OutsideFailure
from domain.redaction import credential_in, names_a_secret, redacted, remember

LONG = "Zx9" * 14
PLANTED = {
    "GitHub, classic": f"ghp_{LONG}",
    "GitHub, fine-grained": f"github_pat_11ABCDEFG0_{LONG}",
    "GitHub App": f"ghs_{LONG}",
    "GitLab": "glpat-Zx9Zx9Zx9Zx9Zx9Zx9Zx",
    "GitLab, routable": "glpat-Zx9Zx9Zx9Zx9Zx9Zx9Zx.01.0z1x2y3w4",
    "GitLab, deploy": "gldt-Zx9Zx9Zx9Zx9Zx9Zx9",
    "Slack bot": "xoxb-1234-5678-" + LONG,
    "Slack app": "xapp-1-A0-99-" + LONG,
    "Sentry, organization": f"sntrys_eyJpYXQiOjE2OD{LONG}=_{LONG}",
    "Sentry, user": f"sntryu_{LONG.lower()}",
    "Atlassian": f"ATATT3xFfGF0{LONG}=ABCDEF01",
    "PagerDuty": "Authorization: Token token=y_NbAkKc66ryYTWUXYEu",
    "Datadog API": "DD-API-KEY: 0123456789abcdef0123456789abcdef",
    "Datadog application": "{'dd-application-key': '0123456789abcdef0123456789abcdef01234567'}",
    "Datadog environment": "DD_API_KEY=0123456789abcdef0123456789abcdef",
    "bearer": f"curl -H 'Authorization: Bearer {LONG}'",
    "bearer in JSON": json.dumps({"authorization": f"Bearer {LONG}"}),
    "bearer in bytes": f"[(b'Authorization', b'Bearer {LONG}')]",
    "bearer alone": f"the header Bearer {LONG} was refused",
    "basic": "Authorization: Basic YW5hQGFjbWUuZXhhbXBsZTpodW50ZXIyMw==",
    "JWT": "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrdWJlcm5ldGVzIn0.c2lnbmF0dXJlLXNpZ25hdHVyZQ",
    "private key": "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\nabc\n-----END RSA PRIVATE KEY-----",
    "half a private key": "-----BEGIN PRIVATE KEY-----\\nMIIEpAIBAAKCAQEA",
    "AWS id": "AKIAIOSFODNN7EXAMPLE",
    "AWS secret": "aws_secret_access_key = wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYab",
    "GitLab's header": f"PRIVATE-TOKEN: {LONG}",
    "any API's header": f"X-Api-Key: {LONG}",
    "query": f"https://api.acme.example/v1/things?page=2&access_token={LONG}&size=3",
    "database": "postgresql://idp:hunter2@db.acme.example/idp",
    "Slack webhook": "https://hooks.slack.com/services/T000/B000/XXXXXXXXXXXX",
    "Slack response": "https://hooks.slack.com/commands/T1/2/cafe99",
    "playground's response": "http://127.0.0.1:8420/response/abcdef0123456789",
}
KEPT = {
    "Authorization: Bearer $CMDB_TOKEN",
    "Set `auth`: Bearer ${CMDB_TOKEN}",
    "the header Authorization is missing",
    "the bearer of bad news",
    "basic infrastructure",
    "token=yes",
    "https://api.pagerduty.com/services/PABC123 answers 404",
    "https://acme.example/@ana",
    "Write postgresql://user:password@host/database.",
    "http://127.0.0.1:8420/?as=ana@acme.example",
    "git@github.com:acme/pay.git",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "commit 0123456789abcdef0123456789abcdef01234567 of acme/pay",
    "a DD_API_KEY is needed: set DD_API_KEY or DD_API_KEY_FILE",
    "Datadog: api key missing",
    "credential PAGERDUTY_TOKEN (from a file)",
    "gl-proxy-for-the-new-world-order",
    "-----BEGIN CERTIFICATE-----",
}
SECRETS = (
    LONG, LONG.lower(), "Zx9Zx9", "0123456789abcdef0123456789abcdef", "y_NbAk", "hunter2", "YW5h", "MIIEpA",
    "IOSFODNN", "wJalr", "c2lnbm", "XXXXXX", "cafe99", "abcdef0123",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redaction, "_known", redaction._Known())


@pytest.mark.parametrize("what", list(PLANTED))
def test_a_credential_is_blanked(what: str) -> None:
    shown = redacted(f"before {PLANTED[what]}")
    assert shown.startswith("before ")
    assert "…" in shown
    assert not [each for each in SECRETS if each in shown], shown
    assert credential_in(PLANTED[what])
    assert redacted(shown) == shown


@pytest.mark.parametrize("text", sorted(KEPT))
def test_what_is_no_credential_stays(text: str) -> None:
    assert redacted(text) == text
    assert credential_in(text) == ""


names = st.text(string.ascii_lowercase + string.digits + "-", min_size=1, max_size=40)
hexes = st.text("0123456789abcdef", min_size=32, max_size=64)
words = st.text(string.ascii_letters, min_size=1, max_size=14)
addresses = st.builds("https://{}.example/{}/{}?page={}".format, names, names, names, st.integers(0, 99))
ordinary = st.one_of(
    names,
    hexes,
    addresses,
    st.uuids().map(str),
    st.builds("{}:{}/{}".format, st.sampled_from(("component", "group", "user")), names, names),
    st.builds("{}@{}.example".format, names, names),
    st.builds("{} ({}): {}".format, names, hexes, addresses),
    st.lists(words, min_size=1, max_size=12).map(" ".join),
)


@given(st.lists(ordinary, min_size=1, max_size=4).map("; ".join))
def test_ordinary_text_of_a_catalog_is_left_alone(text: str) -> None:
    assert redacted(text) == text


@pytest.mark.parametrize(
    "value", ['p@ss word/with "quotes"', "naïve-sécret", "plain-as-can-be", "back\\slash\\ed"]
)
def test_a_value_that_was_read_is_blanked_however_it_is_written(value: str) -> None:
    assert value in redacted(value)
    remember(value)
    for written in (value, json.dumps({"a": value}), repr(value), f"https://x/?q={value}"):
        assert value not in redacted(written)
        assert json.dumps(value)[1:-1] not in redacted(written)


def test_the_lines_of_a_key_are_blanked_one_by_one() -> None:
    remember("-----BEGIN-----\nline-of-a-key-0123456789\nab\n-----END-----")
    assert redacted("found line-of-a-key-0123456789 and ab") == "found … and ab"


def test_the_longer_of_two_values_goes_first() -> None:
    remember("abcdefgh")
    remember("abcdefgh-ijkl")
    assert redacted("abcdefgh-ijkl abcdefgh") == "… …"


def test_what_may_be_a_word_is_not_remembered() -> None:
    remember("demo")
    assert redacted("the demo") == "the demo"


def test_no_error_holds_what_was_read() -> None:
    remember("planted-value-9")
    error = OutsideFailure("no planted-value-9 there", "Not planted-value-9, but glpat-Zx9Zx9Zx9Zx9Zx9Zx9Zx.")
    assert (str(error), error.hint) == ("no … there", "Not …, but glpat-…")
    assert "planted" not in repr(error)


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("token", True), ("api_key", True), ("x-api-key", True), ("DD-APPLICATION-KEY", True),
        ("password", True), ("client_secret", True), ("private_key", True), ("Authorization", True),
        ("token_env", False), ("tokens", False), ("key", False), ("secretary", False),
        ("private_key_env", False), ("name", False),
    ],
)  # fmt: skip
def test_names_that_tell(name: str, secret: bool) -> None:
    assert names_a_secret(name) is secret
