"""What a person reads on a card."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from blocks.message import message_for, shared
from domain.answers import Found, Person, Shown
from domain.entities import Entity, Fact, Record
from domain.refs import Ref
from tests.blocks import samples
from tests.blocks.samples import FOUND, NOW, OWNER, SHOWN, STRANGER, TEAM, buttons, found, texts


def read(answer: object, share: str | None = "who owns payments") -> list[str]:
    return list(texts(message_for(answer, now=NOW, share=share).blocks))  # type: ignore[arg-type]  # any answer


def test_the_first_line_answers() -> None:
    first = read(FOUND)[0].split("\n")[0]
    assert first == "*Payments API* is owned by *Payments team* · <#C0PAY|team-payments>"


def test_the_card_fits_a_phone() -> None:
    people = tuple(Person(Ref("user", "default", f"u{each}"), f"Person {each}") for each in range(40))
    long = found(
        samples.entity(description="words " * 900, tags=["t"] * 50), owner=replace(OWNER, people=people)
    )
    lines = "\n".join(read(long)).split("\n")
    assert len(lines) <= 14
    assert "and 35 more" in "\n".join(lines)


def test_evidence_names_place_age_and_dissent() -> None:
    text = "\n".join(read(FOUND))
    assert "How we know: declared in `repos/payments-api/catalog-info.yaml:1`, read 3 min ago" in text
    assert "CODEOWNERS says *platform-team* in `CODEOWNERS:3`" in text


def test_evidence_at_an_address_is_a_link_and_one_that_is_no_address_is_not() -> None:
    url = "https://github.com/acme/pay/blob/main/catalog-info.yaml#L3"
    (fact, *_) = FOUND.evidence
    for where, shown in (
        (url, f"declared in <{url}|github.com/acme/pay/blob/main/catalog-info.yaml#L3>"),
        ("javascript://%0aalert(1)", "declared in `javascript://%0aalert(1)`"),
        ("https://a.example/|x>", "declared in <https://a.example/%7Cx%3E|a.example/¦x&gt;>"),
    ):
        answer = replace(FOUND, evidence=(replace(fact, origin=where),))
        assert shown in "\n".join(read(answer))


def test_whoever_is_named_goes_by_the_title_where_one_is_known() -> None:
    refs = {"group:default/platform-team": "Platform", "system:default/pay": "Payments Platform"}
    named = replace(found(samples.entity(system="system:default/pay")), evidence=samples.FACTS, called=refs)
    text = "\n".join(read(named))
    assert "CODEOWNERS says *Platform* in" in text
    assert "part of Payments Platform" in text
    assert "part of pay" in "\n".join(read(replace(named, called={})))


def test_a_thing_that_is_called_like_its_owner_is_told_apart() -> None:
    same = found(samples.entity(title="Payments"), owner=replace(OWNER, title="payments"))
    assert read(same)[0].startswith("*Payments* is owned by the team *payments*")


def test_a_spreadsheet_is_claimed_in_its_owner_column() -> None:
    row = Fact("title", "x", "csv", NOW, 1.0, "legacy/services.csv:3", wins=True)
    unowned = replace(samples.FOUND, record=Record(samples.entity(), (row,)), owner=None, evidence=())
    assert "fill in its owner in `legacy/services.csv`" in "\n".join(read(unowned))


def test_an_address_is_no_other_name() -> None:
    address = replace(found(matched="alias"), words="https://github.com/acme/pay")
    assert "“https://github.com/acme/pay” leads to it" in "\n".join(read(address))


def test_agreement_is_said_as_such() -> None:
    agreeing = found(evidence=(samples.fact(str(TEAM)), samples.fact(str(TEAM), "codeowners")))
    assert "CODEOWNERS agrees" in "\n".join(read(agreeing))


def test_a_guess_says_how_sure_it_is() -> None:
    guess = Fact("owner", str(TEAM), "git", NOW - timedelta(days=2), 0.6, "", wins=True)
    lines = read(found(evidence=(guess,)))
    assert "inferred from git (likely, 60 % sure), read 2 days ago" in "\n".join(lines)
    assert lines[0].startswith("*Payments API* is likely owned by *Payments team*, inferred from git · <#")


def test_an_inferred_owner_has_its_reason_and_who_disagrees() -> None:
    sure = Fact(
        "owner", str(TEAM), "github/codeowners", NOW, 0.7, "", wins=True, reason="line 3 names @acme/<pay>"
    )
    other = Fact(
        "owner", "group:default/ops", "github/merges", NOW, 0.42, "", wins=False,
        reason="@ops merged 14 of 20", vanished_at=NOW - timedelta(days=1),
    )  # fmt: skip
    text = "\n".join(read(found(evidence=(sure, other))))
    assert "likely owned by *Payments team*, inferred from CODEOWNERS" in text
    assert "CODEOWNERS in github (likely, 70 % sure), because line 3 names @acme/&lt;pay&gt;, read" in text
    assert "Merged pull requests in github says *ops* (possibly, 42 % sure), because @ops merged" in text
    assert text.endswith("not seen there since 3 Mar") or "not seen there since 3 Mar\n" in text
    shown = replace(SHOWN, record=Record(samples.entity(), (sure, other)))
    assert "likely owned by *Payments team*, inferred from CODEOWNERS" in read(shown)[0]


def test_sources_past_the_fourth_are_counted() -> None:
    assert "And 2 more sources" in "\n".join(read(found(evidence=samples.FACTS * 3)))


@pytest.mark.parametrize("answer", [FOUND, SHOWN], ids=("found", "shown"))
def test_what_no_source_sees_is_marked(answer: Found | Shown) -> None:
    gone = samples.entity(vanished=(NOW - timedelta(days=3)).isoformat())
    lines = read(replace(answer, record=Record(gone, samples.FACTS)))[0].split("\n")
    assert lines[1] == (
        "⚠ No source has seen this since 1 Mar (3 days ago); it will be retired unless it comes back."
    )
    assert "No source has seen" not in "\n".join(read(answer))


def test_an_owner_that_nobody_knows_is_no_owner() -> None:
    text = "\n".join(read(found(owner=STRANGER)))
    assert "*growth-hackers* is named, but no such team is in the catalog" in text
    assert "is owned by" not in text


def test_nobody_owns_it_and_how_to_claim_it() -> None:
    text = "\n".join(read(found(owner=None, evidence=())))
    assert text.startswith("Nobody owns *Payments API*")
    assert "write `owner: your-team` in `repos/payments-api/catalog-info.yaml`" in text


def test_an_inherited_owner_is_said_to_be_one() -> None:
    above = samples.thing("payments", "Payments", "System")
    assert "as all of the system *Payments*" in read(found(inherited_from=above))[0]


@pytest.mark.parametrize(
    ("matched", "why"),
    [
        ("alias", "“payments” is another name of it"),
        ("prefix", "only name that begins with the word “payments”"),
        ("typo", "closest name to “payments”"),
        ("words", "only one with all the words “payments”"),
    ],
)
def test_a_match_that_is_no_name_says_why(matched: str, why: str) -> None:
    assert why in "\n".join(read(found(matched=matched)))
    assert "led here" not in "\n".join(read(found()))


def test_a_team_answers_for_itself() -> None:
    team = Entity(TEAM, "team-payments", "Group", {"title": "Payments team"})
    text = "\n".join(read(found(team, evidence=())))
    assert text.startswith("*Payments team* is a team, which answers for itself · <#C0PAY|team-payments>")


def test_every_next_step_is_a_question() -> None:
    steps = buttons(message_for(FOUND, now=NOW, share="who owns payments").blocks)
    assert steps == {
        "Show full card": "show component:default/payments-api",
        "What depends on it?": "what depends on component:default/payments-api",
        "What does Payments team own?": "what does group:default/team-payments own",
        "Share to channel": "who owns payments",
    }


def test_a_public_answer_offers_no_share_and_calls_nobody() -> None:
    message = message_for(FOUND, now=NOW)
    assert "Share to channel" not in buttons(message.blocks)
    text = "\n".join(texts(message.blocks))
    assert "Ana Silva" in text
    assert "<@" not in text


def test_a_private_answer_has_people_to_press() -> None:
    assert "*People*  <@U0ANA>, Bo Li" in "\n".join(read(FOUND))


def test_a_shared_answer_says_who_asked_what() -> None:
    message = shared(message_for(FOUND, now=NOW), "who owns <!channel>", "<!here>")
    assert next(texts(message.blocks)) == "*&lt;!here&gt;* asked: `who owns &lt;!channel&gt;`"


def test_a_thing_called_channel_pings_nobody() -> None:
    hostile = samples.entity(
        title="<!channel>", links=[{"url": "https://x.example/<!here>", "title": "<@U1>|"}]
    )
    text = "\n".join(read(found(hostile)))
    assert "<!" not in text
    assert "<https://x.example/%3C!here%3E|&lt;@U1&gt;¦>" in text


def test_a_link_that_is_none_of_the_web_is_left_out() -> None:
    text = "\n".join(read(found(samples.entity(links=[{"url": "javascript:alert(1)", "title": "Docs"}]))))
    assert "Docs" not in text


def test_an_id_that_is_none_is_never_a_mention() -> None:
    liar = Person(Ref("user", "default", "x"), "Liar", "!channel")
    text = "\n".join(read(found(owner=replace(OWNER, people=(liar, *OWNER.people)))))
    assert "<!channel>" not in text
    assert "Liar" in text


def test_the_full_card_shows_fields_relations_and_sources() -> None:
    entity = samples.entity(
        description="Takes money.", language="go", tags=["pci", "core"], **{"custom.cost_center": "CC-12"}
    )
    text = "\n".join(read(replace(SHOWN, record=Record(entity, samples.FACTS))))
    for expected in ("Takes money.", "*Language*  go", "*Tags*  pci, core", "*Cost center*  CC-12"):
        assert expected in text
    assert "*Depends on*  Ledger" in text
    assert (
        "`component:default/payments-api` · from `repos/payments-api/catalog-info.yaml:1` (3 min ago)" in text
    )


def test_a_custom_field_is_called_by_its_title() -> None:
    entity = samples.entity(**{"custom.cost_center": "CC-12", "custom.free": True})
    shown = replace(SHOWN, record=Record(entity, ()), titles={"custom.cost_center": "who pays <!here>"})
    text = "\n".join(read(shown))
    assert "*Who pays &lt;!here&gt;*  CC-12" in text
    assert "*Free*  yes" in text


def test_fields_past_the_tenth_are_counted() -> None:
    many = samples.entity(**{f"custom.field_{each}": "x" for each in range(14)})
    assert "and 5 more fields" in "\n".join(read(replace(SHOWN, record=Record(many, ()))))
