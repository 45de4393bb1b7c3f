"""Answers of walks, searches, histories and gaps to render, and one of every kind of answer there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.answers import Answer
from domain.apis import Broken, Flaw, Source
from domain.audit import APPLIED, Act, Audit
from domain.changes import FieldChange
from domain.finding import Hit, Search
from domain.gaps import Gap, Gaps, Unanswered
from domain.impact import Dependence, Felt, Impact, Step, Warned
from tests.blocks.apis import NO_OPERATIONS, OPERATIONS
from tests.blocks.samples import (
    AMBIGUOUS,
    BARE_PATH,
    CHECKED,
    DONE,
    DUTIES,
    FOUND,
    HELP,
    IN_VAIN,
    INTENDED,
    LISTING,
    MISSING,
    NOBODY,
    NOW,
    ON_CALL,
    OWNER,
    PASSAGES,
    PATH,
    PAYMENTS,
    SHELF,
    SHOWN,
    SOURCES,
    SPOTTED,
    SPOTTED_ONE,
    SUGGESTIONS,
    SYNCED,
    TEAM,
    UNCLEAR,
    UNJOINED,
    WHY,
    WHY_OWNER,
    fact,
    thing,
)

CART = thing("cart", "Cart")
IMPACT = Impact(
    "ledger",
    thing("ledger", "Ledger"),
    (
        Warned(OWNER, (Felt(CART, 1, None), Felt(thing("web", "Web"), 2, CART)), 13),
        Warned(None, (Felt(thing("old", "Old", owner=None), 3, thing("web", "Web")),), 1),
    ),
    (Warned(replace(OWNER, people=()), (), 13),),
    *(14, 1, 1, "1", 3, 1, 2),
    pages=2,
    ask="impact of component:default/ledger",
)
DEPENDENCE = Dependence(
    "cart depends on ledger",
    CART,
    thing("ledger", "Ledger"),
    (
        Step(CART, thing("pay", "Pay", "API"), "consumesApi", (fact("", field="consumesApis"),)),
        Step(thing("pay", "Pay", "API"), thing("ledger", "Ledger"), "apiProvidedBy"),
    ),
)
SEARCH = Search(
    "pay", (Hit(thing("pay", "Pay"), "prefix"), Hit(CART, "facets", "tag pay")), 41, 1, 3, "find pay"
)
MOVED = Act(
    "changed",
    NOW - timedelta(hours=3),
    "user:default/ana",
    "backstage",
    12,
    ref=PAYMENTS,
    fields=(
        FieldChange("owner", "group:default/old", str(TEAM)),
        FieldChange("tags", ["a", "b"], ["b", "c"]),
        FieldChange("tier", None, "1"),
        FieldChange("type", "job", "service"),
    ),
)
APPLIED_ACT = Act(
    APPLIED, NOW, "schedule", "github", 13, 12, counts={"created": 4}, examples=(("created", PAYMENTS),)
)
CALLED = {"user:default/ana": "Ana Silva", str(TEAM): "Payments team"}
AUDIT = Audit("payments", thing("payments-api", "Payments API"), (MOVED,), 11, CALLED, pages=2, ask="audit x")
AUDIT_OF_ALL = Audit("", None, (APPLIED_ACT,), 1, since=NOW - timedelta(days=7))
BROKEN = Gap(
    "A description of their API is broken", 1, (CART,), "gaps broken descriptions of everything",
    (Broken(Source(CART.ref, "openapi.yaml"), Flaw(7, "info is missing", "Add info."), 2),),
)  # fmt: skip
GAPS = Gaps(
    "Payments team", thing("payments-api", "Payments API"),
    (Gap("Nobody owns them", 14, (CART,), "list unowned"), Gap("They have no tier", 1, (CART,)), BROKEN),
    (Unanswered("who owns warehous", 3, NOW - timedelta(hours=2)),),
)  # fmt: skip
ANSWERS: tuple[Answer, ...] = (
    *(PATH, BARE_PATH, WHY, WHY_OWNER),
    *(IMPACT, DEPENDENCE, replace(DEPENDENCE, steps=(), backwards=2), SEARCH, AUDIT, AUDIT_OF_ALL),
    *(GAPS, Gaps("", None, ())),
    *(PASSAGES, SHELF),
    *(ON_CALL, NOBODY, DUTIES),
    *(OPERATIONS, NO_OPERATIONS),
    *(SPOTTED, SPOTTED_ONE, IN_VAIN),
    *(FOUND, SHOWN, AMBIGUOUS, MISSING, LISTING, HELP, UNCLEAR),
    *(SOURCES, INTENDED, SYNCED, CHECKED, DONE, SUGGESTIONS, UNJOINED),
)
