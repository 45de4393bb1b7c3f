"""A small company with documentation, for conversations on it."""

from __future__ import annotations

from datetime import datetime

from domain.entities import Claim, FileText, Snapshot
from tests.catalog_builder import SEEN, api, entity, service, system, team
from tests.questions.conversation import Conversation

RUNBOOK = """# Runbook

## Rotate keys

Keys live in the vault and are read by `PAYMENTS_VAULT_PATH`.

```sh
payctl rotate_keys --env prod

payctl verify
```

Then restart version 1.25.3 of the workers.

## Refunds pile up

Look at the `refund_queue`, and page the ledger team when it grows.
"""
README = """# Payments

Takes money. Calls `rotateSecrets` each night; Überweisungen are booked at four.

## Run it

`make run` starts it with a fake bank.
"""
SITE = """site_name: Payments
nav:
  - Home: index.md
  - Operations:
      - What to do at night: runbook.md
  - architecture.md
theme: !!python/name:os.system
"""
FILES = {
    "README.md": README,
    "mkdocs.yml": SITE,
    "docs/architecture.md": "# Architecture\n\nTwo workers and a queue.\n",
    "docs/index.md": "---\ntitle: Welcome\n---\n# Payments\n\nStart here.\n",
    "docs/runbook.md": RUNBOOK,
    "docs/zebra.rst": "Zebra\n=====\n\nStripes\n-------\n\nBlack **and** white: see ``zebra.conf``.\n",
}


def has_docs(chat: Conversation, claim: Claim, files: dict[str, str], at: datetime = SEEN) -> None:
    """Let a host show a thing with files."""
    name = claim.ref.name
    texts = tuple(
        FileText(claim.key, path, text, f"https://git.example/{name}/{path}") for path, text in files.items()
    )
    chat.catalog.apply(Snapshot("github", at, (claim,), files=texts), actor="test")
    chat.index.refresh()


def company(chat: Conversation) -> Conversation:
    """Return a conversation with a company of a few things, some of them documented."""
    chat.knows(
        team("pay", title="Payments Engineering", channel="team-payments"),
        system("money", owner="pay"),
        api("payments-api", owner="pay"),
        service("ledger", owner="pay", system="money"),
        service("lonely"),
        entity("Resource", "payments-db", owner="pay"),
    )
    payments = service(
        "payments", "pay-svc", owner="pay", title="Payments", system="money", providesApis=["payments-api"]
    )
    has_docs(chat, payments, FILES)
    has_docs(
        chat,
        service("ledger", owner="pay", system="money"),
        {"README.md": "# Ledger\n\nClose the books monthly.\n"},
    )
    return chat
