"""What a name leads to: one thing, a pick list, or nothing; never a confident wrong answer."""

from __future__ import annotations

import pytest

from domain.answers import Ambiguous, Found, Missing, Shown, Unclear
from tests.catalog_builder import api, entity, person, resource, service, system, team
from tests.questions.conversation import Conversation, asks


@pytest.mark.parametrize(
    "spelling",
    ["payments-api", "Payments-API", "payments_api", "payments api", "payments.api", "PaymentsApi",
     "paymentsAPI", '"payments api"', "\u201cpayments-api\u201d", "`payments-api`", "our payments api",
     "the payments-api service", "component:payments-api", "component:default/payments-api",
     "default/payments-api"],
)  # fmt: skip
def test_spellings_of_one_name(chat: Conversation, spelling: str) -> None:
    chat.knows(service("payments-api", owner="team-pay"), service("payments-web", owner="team-web"))
    answer = chat.expect(Found, f"who owns {spelling}")
    assert answer.entity.ref.short == "component:payments-api"
    assert answer.matched == ""


def test_its_own_spelling_beats_another(chat: Conversation) -> None:
    chat.knows(service("pay-api", owner="team-a"), service("pay_api", owner="team-b"))
    assert chat.found("who owns pay_api") == ("component:pay_api", "group:team-b")
    assert chat.found("who owns pay-api") == ("component:pay-api", "group:team-a")
    assert len(chat.expect(Ambiguous, "who owns pay api").candidates) == 2


@pytest.mark.parametrize("name", ["github", "GitHub", "git-hub", "GIT_HUB"])
def test_humps_may_be_a_mere_way_of_writing(chat: Conversation, name: str) -> None:
    chat.knows(service("GitHub-mirror", owner="team-a"), service("paypal", owner="team-b"))
    assert chat.found(f"who owns {name} mirror") == ("component:github-mirror", "group:team-a")
    assert chat.found("who owns PayPal") == ("component:paypal", "group:team-b")


def test_digits_are_not_pushed_together(chat: Conversation) -> None:
    chat.knows(service("svc-1-23", owner="team-a"))
    assert not isinstance(chat.ask("who owns svc-12-3"), Found)


def test_a_full_ref_is_that_one_or_none(chat: Conversation) -> None:
    chat.knows(service("payments", owner="team-pay"), service("payroll", owner="team-hr"))
    missing = chat.expect(Missing, "who owns component:payment")
    assert asks(missing) == ["who owns component:default/payments"]
    assert chat.expect(Missing, "who owns system:payments").suggestions


def test_a_kind_is_said_in_words(chat: Conversation) -> None:
    chat.knows(service("pay", owner="team-a"), system("pay", owner="team-b"))
    assert chat.found("who owns the system pay") == ("system:pay", "group:team-b")
    assert chat.found("who owns the pay service") == ("component:pay", "group:team-a")


def test_one_name_for_several_things_of_one_owner_needs_no_choice(chat: Conversation) -> None:
    chat.knows(api("pay", owner="team-a"), service("pay", owner="team-a"))
    assert chat.found("who owns pay") == ("component:pay", "group:team-a")
    assert len(chat.expect(Ambiguous, "show pay").candidates) == 2


def test_one_name_for_several_things_of_several_owners_is_a_choice(chat: Conversation) -> None:
    chat.knows(api("pay", owner="team-b"), service("pay", owner="team-a"))
    choice = chat.expect(Ambiguous, "who owns pay")
    assert asks(choice) == ["who owns component:default/pay", "who owns api:default/pay"]
    assert [each.thing.owner_title for each in choice.candidates] == ["team-a", "team-b"]
    assert [chat.found(each.ask)[0] for each in choice.candidates] == ["component:pay", "api:pay"]


def test_several_things_that_nobody_owns_are_a_choice_too(chat: Conversation) -> None:
    chat.knows(api("pay"), service("pay"))
    chat.expect(Ambiguous, "who owns pay")


def test_namespaces_keep_names_apart(chat: Conversation) -> None:
    chat.knows(service("eu/pay", owner="team-eu"), service("us/pay", owner="team-us"))
    assert chat.found("who owns us/pay") == ("component:us/pay", "group:team-us")
    assert len(chat.expect(Ambiguous, "who owns pay").candidates) == 2


def test_an_alias_leads_there_and_says_so(chat: Conversation) -> None:
    chat.knows(service("payments-api", "money", owner="team-pay"))
    answer = chat.expect(Found, "who owns money")
    assert (answer.entity.name, answer.matched) == ("payments-api", "alias")


def test_a_name_beats_an_alias(chat: Conversation) -> None:
    chat.knows(service("payments-api", "money", owner="team-pay"), service("money", owner="team-cash"))
    assert chat.found("who owns money") == ("component:money", "group:team-cash")


def test_an_alias_of_two_is_a_choice_even_with_one_owner(chat: Conversation) -> None:
    chat.knows(service("pay-a", "money", owner="team-pay"), service("pay-b", "money", owner="team-pay"))
    choice = chat.expect(Ambiguous, "who owns money")
    assert [each.why for each in choice.candidates] == ["alias", "alias"]


def test_a_repository_leads_to_the_one_component_in_it(chat: Conversation) -> None:
    chat.knows(
        service("orders-api", "github:acme/order-book", owner="team-orders"),
        service("payouts-api", "github:acme/payouts", owner="team-pay"),
        service("payout-run", "github:acme/payouts", owner="team-pay"),
        service("web", "github:acme/shop#apps/web", owner="team-shop"),
    )
    answer = chat.expect(Found, "who owns order-book")
    assert (answer.entity.name, answer.matched) == ("orders-api", "alias")
    for shared in ("who owns payouts", "who owns shop"):
        answered = chat.ask(shared)
        assert not isinstance(answered, Found) or answered.matched != "alias"


def test_a_title_is_a_name(chat: Conversation) -> None:
    chat.knows(service("svc-7", title="Gift Cards", owner="team-gift"))
    answer = chat.expect(Found, "who owns gift cards")
    assert (answer.entity.name, answer.matched) == ("svc-7", "")


def test_the_only_name_that_begins_so(chat: Conversation) -> None:
    chat.knows(service("ledger-reconciler", owner="team-a"), service("general-ledger", owner="team-b"))
    answer = chat.expect(Found, "who owns ledger")
    assert (answer.entity.name, answer.matched) == ("ledger-reconciler", "prefix")


def test_a_longer_word_that_begins_so_makes_a_choice(chat: Conversation) -> None:
    chat.knows(service("pay-links", owner="team-a"), service("payouts", owner="team-b"))
    choice = chat.expect(Ambiguous, "who owns pay")
    assert {each.thing.name for each in choice.candidates} == {"pay-links", "payouts"}


def test_several_names_that_begin_so_are_ranked(chat: Conversation) -> None:
    chat.knows(
        service("pay-web", tier="3"), service("pay-api", tier="1"), service("pay-app", tier="3"),
        service("pay-batch", tier="1"), service("user", dependsOn=["pay-app"]),
    )  # fmt: skip
    choice = chat.expect(Ambiguous, "who owns pay")
    assert [each.thing.name for each in choice.candidates] == ["pay-api", "pay-app", "pay-web", "pay-batch"]
    assert {each.why for each in choice.candidates} == {"prefix"}


def test_a_pick_list_shows_ten_and_counts_the_rest(chat: Conversation) -> None:
    chat.knows(*(service(f"pay-{number}") for number in range(23)))
    choice = chat.expect(Ambiguous, "who owns pay")
    assert len(choice.candidates) == 10
    assert choice.more == 13


def test_all_words_of_one_thing(chat: Conversation) -> None:
    chat.knows(service("eu-card-fraud-scoring", owner="team-risk"), service("card-vault", owner="team-pay"))
    answer = chat.expect(Found, "who owns fraud card")
    assert (answer.entity.name, answer.matched) == ("eu-card-fraud-scoring", "words")


def test_words_of_several_things_are_a_choice(chat: Conversation) -> None:
    chat.knows(service("eu-card-fraud"), service("us-card-fraud"))
    choice = chat.expect(Ambiguous, "who owns fraud card")
    assert [each.why for each in choice.candidates] == ["words", "words"]


@pytest.mark.parametrize(
    "typo", ["paymnts-api", "payments-apii", "payemnts-api", "pyaments_api", "payment-apis"]
)
def test_a_typo_is_a_suggestion_and_no_answer(chat: Conversation, typo: str) -> None:
    chat.knows(
        service("payments-api", owner="team-pay"), service("ledger", owner="team-led"), team("team-pay")
    )
    missing = chat.expect(Missing, f"who owns {typo}")
    assert asks(missing) == ["who owns component:default/payments-api"]
    assert missing.suggestions[0].why == "typo"
    assert missing.suggestions[0].thing.owner_title == "team-pay"
    assert chat.found(missing.suggestions[0].ask) == ("component:payments-api", "group:team-pay")


def test_half_a_word_suggests_what_goes_on(chat: Conversation) -> None:
    chat.knows(service("reconciliation", owner="team-pay"))
    missing = chat.expect(Missing, "who owns recon")
    assert [(each.thing.name, each.why) for each in missing.suggestions] == [("reconciliation", "prefix")]


@pytest.mark.parametrize(
    "address",
    ["https://github.com/acme/pay", "<https://github.com/acme/pay>", "<https://github.com/acme/pay|acme/pay>",
     "github.com/acme/pay", "https://github.com/Acme/Pay/tree/main", "git@github.com:acme/pay.git",
     "https://github.com/acme/pay.git", "github:acme/pay", "acme/pay"],
)  # fmt: skip
def test_a_repository(chat: Conversation, address: str) -> None:
    chat.knows(service("payments-api", "github:acme/pay", owner="team-pay", repository="acme/pay"))
    assert chat.found(f"who owns {address}") == ("component:payments-api", "group:team-pay")


def test_a_repository_elsewhere(chat: Conversation) -> None:
    chat.knows(service("ledger", owner="team-led", repository="money/core/ledger"))
    assert chat.found("who owns https://git.acme.io/money/core/ledger/-/tree/main") == (
        "component:ledger",
        "group:team-led",
    )


def test_slack_mentions(chat: Conversation) -> None:
    chat.knows(
        team("team-pay", slack_usergroup_id="S1", slack_channel_id="C1", channel="pay-talk"),
        person("ana", slack_user_id="U1"),
        service("payments", owner="team-pay"),
    )
    for mention in (
        "<!subteam^S1|@pay>",
        "<#C1|pay-talk>",
        "<#C9|pay-talk>",
        "#pay-talk",
        "@team-pay",
        "<!subteam^S9|@team-pay>",
    ):
        assert chat.found(f"who owns {mention}")[0] == "group:team-pay", mention
    assert chat.expect(Shown, "show <@U1|somebody>").record.entity.name == "ana"
    assert chat.expect(Missing, "show <@U9|zoe>").words == "@zoe"


def test_a_custom_kind_is_found(chat: Conversation) -> None:
    chat.knows(entity("Dashboard", "golden", owner="team-sre"))
    assert chat.found("who owns dashboard:golden") == ("dashboard:golden", "group:team-sre")
    assert chat.found("golden") == ("dashboard:golden", "group:team-sre")


def test_a_bare_name_asks_for_the_owner(chat: Conversation) -> None:
    chat.knows(service("payments", owner="team-pay"), service("card-a"), service("card-b"))
    assert chat.found("payments") == ("component:payments", "group:team-pay")
    assert asks(chat.expect(Ambiguous, "card"))[0] == "who owns component:default/card-a"
    assert "who owns component:default/payments" in chat.expect(Unclear, "paymants").suggestions
    chat.expect(Unclear, "zebra crossing")


def test_dependants_decide_nothing_by_themselves(chat: Conversation) -> None:
    chat.knows(
        resource("pay-db", owner="team-a"), service("pay", owner="team-b", dependsOn=["resource:pay-db"])
    )
    assert chat.found("who owns pay") == ("component:pay", "group:team-b")


@pytest.mark.parametrize(
    "words", ["who owns {0}", "list services owned by {x} tag {}", "who owns %s", "what does {} own"]
)
def test_braces_are_only_characters(chat: Conversation, words: str) -> None:
    chat.knows(service("{x}-a"), service("{x}-b"))
    assert chat.ask(words) is not None
    assert asks(chat.expect(Ambiguous, "who owns {x}"))[0] == "who owns component:default/{x}-a"
