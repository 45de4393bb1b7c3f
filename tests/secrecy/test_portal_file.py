"""A credential in `idp.yaml` is refused by file and line, and not shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.portal_file import read_portal_file
from domain.errors import BadConfiguration

LONG, DIGEST = "Zx9" * 14, "0123456789abcdef" * 2
GITHUB = "sources:\n  github:\n    organization: acme\n"
HTTP = "sources:\n  cmdb:\n    type: http\n    mapping: {name: name}\n"


def read(folder: Path, text: str) -> None:
    path = folder / "idp.yaml"
    path.write_text(text, encoding="utf-8")
    read_portal_file(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{GITHUB}    token: {LONG}", "idp.yaml:4: sources.github.token is a credential by its name"),
        (f"{GITHUB}    token_env: ghp_{LONG}", "4: sources.github.token_env holds what looks like"),
        (f"{GITHUB}    token_env: {DIGEST}", "4: sources.github.token_env must be a variable's"),
        (f"{GITHUB}    url: https://ana:hunter2@ghe.example/v3", "url holds what looks like a credential"),
        (f"{GITHUB}    url: https://{LONG}@ghe.example/v3", "an address with a user or password in it"),
        (f"{HTTP}    url: https://cmdb.example/a?api_key={LONG}", "url holds what looks like a credential"),
        (f"{HTTP}    headers: {{X-Api-Key: {LONG}}}", "cmdb.headers.X-Api-Key is a credential by its"),
        (f"{HTTP}    auth: {{value: Bearer {LONG}}}", "auth.value holds what looks like a credential"),
        (f"{HTTP}    body: {{client_secret: 12345678}}", "5: sources.cmdb.body.client_secret is a"),
        (f"{HTTP}    body: [{{a: glpat-{LONG}}}]", "5: sources.cmdb.body.0.a holds what looks like"),
        (f"company: xoxb-1-{LONG}", "1: company holds what looks like a credential (Slack token)"),
    ],
)
def test_a_credential_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadConfiguration) as refused:
        read(tmp_path, text)
    assert said in str(refused.value)
    assert "environment variable" in refused.value.hint
    for secret in (LONG, "hunter2", "0123456789abcdef", "12345678"):
        assert secret not in f"{refused.value!r} {refused.value.hint}"


@pytest.mark.parametrize(
    "text",
    [
        f"{GITHUB}    token_env: MY_TOKEN\n    webhook_secret_env: HOOK_SECRET",
        f"{HTTP}    auth: {{value: Bearer $CMDB_TOKEN}}\n    headers: {{X-Api-Key: '${{CMDB_KEY}}'}}",
        f"{HTTP}    url: https://cmdb.example/a?page_size=100&sort=token",
        "sources: {cmdb: {type: http, url: https://x.example, mapping: {fields: {custom.token: a.token}}}}",
        "sources:\n  prod:\n    type: kubernetes\n    environments: {'*-token': prod}",
        "sources: {prod: {type: kubernetes, server: 'https://10.0.0.1:6443', ca_file: /etc/ca.pem}}",
        "fields:\n  secret: {type: text}\ncompany: Token & Sons",
    ],
)  # fmt: skip
def test_what_names_a_credential_or_only_sounds_like_one_is_taken(tmp_path: Path, text: str) -> None:
    read(tmp_path, text)
