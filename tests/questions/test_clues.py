"""What a pasted text is read for: stack traces, alerts, logs; and the sentences that name nothing."""

from __future__ import annotations

import time

import pytest

from questions.clues import MOST, Clue, clues_in

NAMES = frozenset({
    "payments-api", "payments api", "ledger", "checkout", "search", "refunds", "payments", "orders",
    "user-profile",
})  # fmt: skip


def read(text: str) -> list[Clue]:
    return list(clues_in(text, lambda name: name.lower() in NAMES))


@pytest.mark.parametrize(
    ("text", "what", "ask"),
    [
        # links
        ("see https://github.com/acme/pay/pull/3.", "link", "https://github.com/acme/pay/pull/3"),
        ("(https://pay.acme.example/health)", "link", "https://pay.acme.example/health"),
        ("https://app.datadoghq.eu/apm/services/ledger/operations", "link", "ledger"),
        ("https://grafana.example/d/1?var-service=payments-api&from=now", "link", "payments-api"),
        ("https://logs.example/?query=service%3Aledger%20env%3Aprod", "link", "ledger"),
        # repositories
        ("broken in acme/pay since noon", "repository", "acme/pay"),
        ("acme/pay#12 is to blame", "repository", "acme/pay"),
        ("git clone git@github.com:acme/pay.git", "repository", "git@github.com:acme/pay.git"),
        # labels
        ("service=ledger env=prod", "label", "ledger"),
        ('{app="payments-api", pod="x"}', "label", "payments-api"),
        ("service:ledger,env:prod", "label", "ledger"),
        ("Service: Payments API", "label", "Payments API"),
        ("app.kubernetes.io/name=checkout", "label", "checkout"),
        ('{"service":"search","level":"error"}', "label", "search"),
        ("component=unheard-of", "label", "unheard-of"),
        # stack traces
        ('  File "/srv/payments-api/src/x.py", line 3, in f', "file", "payments-api"),
        ("    at fn (/srv/checkout/index.js:1:2)", "file", "checkout"),
        ("    at /srv/checkout/dist/main.mjs:10:20", "file", "checkout"),
        ("\t/app/internal/ledger/x.go:12 +0x1d", "file", "ledger"),
        ("github.com/acme/pay/internal/charge.Do(0xc00)", "repository", "github.com/acme/pay"),
        ("\t/go/pkg/mod/github.com/acme/pay@v1.2.0/x.go:12", "repository", "github.com/acme/pay"),
        ("\tat com.acme.payments.api.Foo.bar(Foo.java:12)", "code", "payments-api"),
        ("\tat com.acme.refunds.Foo$Inner.bar(Foo.kt:12)", "code", "refunds"),
        ("ledger/app/models/pay.rb:12:in `charge'", "file", "ledger"),
        ("   at Acme.Ledger.Foo.Bar(String x) in C:\\src\\ledger\\Foo.cs:line 12", "file", "ledger"),
        ("#0 /var/www/checkout/src/Cart.php(12): add()", "file", "checkout"),
        ("services/user-profile/src/main.rs:42:7", "file", "user-profile"),
        # pods, hosts, keys
        ("checkout-6d4cf56db6-x2x4z restarted", "pod", "checkout-6d4cf56db6-x2x4z"),
        ("prod/checkout-6d4cf56db6-x2x4z", "pod", "prod/checkout-6d4cf56db6-x2x4z"),
        ("pod=ledger-0", "pod", "ledger-0"),
        ("cannot reach pay.acme.example:443", "host", "pay.acme.example"),
        ("host: db-17", "host", "db-17"),
        ("PAY-123 is open", "key", "PAY-123"),
        # names
        ("payments-api is down", "name", "payments-api"),
        ("Payments API is down", "name", "Payments API"),
        ("ledger is down!", "name", "ledger"),
        ("is `search` slow for you", "name", "search"),
        ("the search service is slow", "name", "search"),
        ("[search] 500 on /", "name", "search"),
    ],
)  # fmt: skip
def test_it_is_read(text: str, what: str, ask: str) -> None:
    assert (what, ask) in [(clue.what, clue.ask) for clue in read(text)]


@pytest.mark.parametrize(
    "text",
    [
        "please search again", "your orders and my order", "", "   ", "Good morning!",
        "e.g. this and/or that?", '  File "/usr/lib/python3.11/site-packages/ledger/x.py", line 3',
        "at java.util.ledger.Foo.bar(Foo.java:1)",
        "/srv/node_modules/checkout/index.js:1:2", "at System.Ledger.Foo.Bar()",
    ],
)  # fmt: skip
def test_it_names_nothing(text: str) -> None:
    asked = {clue.ask.lower() for clue in clues_in(text, lambda name: name.lower() in NAMES - {"orders"})}
    assert not asked & NAMES


def test_the_surest_come_first_and_each_once() -> None:
    clues = read("ledger, `ledger`, service=ledger, https://github.com/acme/pay and ledger")
    assert [(clue.what, clue.ask) for clue in clues] == [
        ("link", "https://github.com/acme/pay"),
        ("label", "ledger"),
        ("name", "ledger"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a-" * 20_000, "/a" * 20_000, "a/b" * 15_000, ("a." * 140 + " ") * 140, "service:" + " " * 39_000,
        "`" * 40_000,
        "http://" * 6_000, "at a.b(" * 6_000, '"a ' * 14_000, "[" * 40_000, "\ud800<\x00>" * 9_000,
    ],
)  # fmt: skip
def test_hostile_text_is_read_in_bounded_time(text: str) -> None:
    started = time.process_time()
    assert len(read(text)) <= MOST
    assert time.process_time() - started < 5
