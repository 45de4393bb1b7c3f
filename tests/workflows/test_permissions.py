"""Who may act: administrators by ref, team, name, address or Slack id; nobody by likeness."""

from __future__ import annotations

import pytest

from catalog_store.search.index import CatalogIndex
from domain.answers import Asker
from domain.entities import Entity, Json
from domain.errors import Refused
from domain.refs import parse_ref
from workflows.permissions import Administrators


def entity(ref: str, *aliases: str, **fields: Json) -> Entity:
    parsed = parse_ref(ref)
    return Entity(parsed, parsed.name, parsed.kind.capitalize(), fields, aliases)


INDEX = CatalogIndex.build(
    iter((
        entity("user:ana", title="Ana Silva", slack_user_id="U0ANA", email="Ana@Acme.example",
               memberOf=["group:default/pay"]),
        entity("user:bo", slack_user_id="U0BO", memberOf=["group:default/ops"]),
        entity("user:eve", slack_user_id="U0EVE", memberOf=["group:default/nowhere"]),
        entity("user:twin", slack_user_id="U0TWIN", memberOf=["group:default/pay"]),
        entity("user:other-twin", slack_user_id="U0TWIN"),
        entity("component:robot", "slack:u0robot", "user:default/ana2"),
        entity("group:pay", title="Pay team", parent="group:default/platform"),
        entity("group:platform"),
        entity("group:ops", "group:default/sre"),
    )),
    1,
)  # fmt: skip


def may(slack_id: str, *named: str) -> str | None:
    try:
        return Administrators(named, lambda: INDEX).require(Asker(slack_id))
    except Refused:
        return None


@pytest.mark.parametrize(
    "named",
    ["user:default/ana", "user:ana", "ana", "@ana", "ANA", "U0ANA", "ana@acme.example", "group:pay", "pay",
     "group:default/platform", "platform"],
)  # fmt: skip
def test_an_administrator_is_named_in_any_usual_way(named: str) -> None:
    assert may("U0ANA", "somebody", named) == "user:default/ana"
    assert may("U0BO", "somebody", named) is None


def test_whom_the_catalog_does_not_know_is_known_by_the_slack_id() -> None:
    assert may("U0NEW", "U0NEW") == "slack:U0NEW"
    assert may("U0NEW", "ana", "platform") is None
    assert may("", "ana", "") is None


@pytest.mark.parametrize("named", ["twin", "user:twin", "pay"])
def test_whom_two_entities_claim_to_be_is_neither(named: str) -> None:
    assert may("U0TWIN", named) is None
    assert may("U0TWIN", "U0TWIN") == "slack:U0TWIN"


@pytest.mark.parametrize(
    "named", ["sre", "group:sre", "nowhere", "group:default/nowhere", "op", "user:default/ana2"]
)
def test_no_former_name_and_no_unknown_team_lets_anybody_in(named: str) -> None:
    assert [may(each, named) for each in ("U0BO", "U0EVE", "U0ROBOT")] == [None, None, None]


def test_a_name_that_is_none_means_nobody() -> None:
    assert may("U0ANA", ":", "user:", "a b c", "@", "*", "u0ana") is None


def test_a_refusal_says_who_can() -> None:
    named = ("user:ana", "pay", "U0BO", "U0NOBODY", "boss@acme.example", "one", "two")
    with pytest.raises(Refused) as refused:
        Administrators(named, lambda: INDEX).require(Asker("U0EVE"))
    assert refused.value.hint == (
        "Ask Ana Silva, Pay team, bo, U0NOBODY, boss@acme.example or one of 2 more."
    )


def test_without_administrators_nobody_may_and_that_is_said() -> None:
    with pytest.raises(Refused, match="Nobody may do this") as refused:
        Administrators((), lambda: INDEX).require(Asker("U0ANA"))
    assert "`administrators:` in idp.yaml" in refused.value.hint
