"""`who owns <file>`: by the CODEOWNERS rules of its repository, else by the component that it is in."""

from __future__ import annotations

import pytest

from blocks.as_json import json_for
from blocks.plain import text_for
from domain.answers import Ambiguous, Found, Missing, Unclear
from domain.codeowners.kept import as_kept
from domain.codeowners.rules import Codeowners
from domain.entities import Json
from domain.paths import OwnedPath
from tests.catalog_builder import SEEN, service, team
from tests.questions.conversation import Conversation, asks

GITHUB = """
*                    @acme/team-all
/services/pay/       @acme/team-pay @ana
/services/pay/legal/
/docs/               @acme/team-gone
"""
GITLAB = "[Core] @acme/team-led\n/src/\n^[Docs]\n*.md @acme/team-doc @@developer\n"


def kept(text: str) -> list[Json]:
    """Return a file's rules as the sources keep them."""
    parsed = Codeowners.parse(text)
    written = {"@ana": "user:default/ana"}
    return [
        as_kept(rule, parsed.dialect, lambda owner: written.get(owner, f"group:default/{owner[6:]}"))
        for rule in parsed.rules
    ]


@pytest.fixture
def shop(chat: Conversation) -> Conversation:
    """A monorepo with two services and a repository of GitLab's with one."""
    shop = {"repository": "acme/shop", "repo.default_branch": "release/next"}
    chat.knows(
        team("team-all"), team("team-pay", channel="pay"), team("team-web", channel="web"),
        service("shop", "github:acme/shop", owner="team-all", codeowners=kept(GITHUB), **shop),
        service("pay", "github:acme/shop#services/pay", owner="team-pay",
                repository_path="services/pay", **shop),
        service("web", "github:acme/shop#services/web", owner="team-web",
                repository_path="services/web", **shop),
        service("ledger", "gitlab:money/core/ledger", owner="team-pay", repository="money/core/ledger",
                codeowners=kept(GITLAB)),
        service("bare", "github:acme/bare", owner="team-web", repository="acme/bare"),
    )  # fmt: skip
    return chat


def decided(chat: Conversation, words: str) -> tuple[str, list[str], str]:
    """Return the path, whom the rules name, and the component."""
    answer = chat.expect(OwnedPath, words)
    component = answer.component.name if answer.component else ""
    return answer.path, [owner.ref.name for owner in answer.owners], component


SHOP = "https://github.com/acme/shop"


@pytest.mark.parametrize(
    "words",
    [
        f"{SHOP}/blob/main/services/pay/src/x.py",
        f"<{SHOP}/blob/main/services/pay/src/x.py#L10-L20|x.py>",
        f"{SHOP}/blob/release/next/services/pay/src/x.py?plain=1#L3",
        f"{SHOP}/blob/feature/new-fees/services/pay/src/x.py",
        f"{SHOP}/blob/3f1c2ab/services/pay/src/x.py",
        f"{SHOP}/edit/main/services/pay/src/x.py",
        f"{SHOP}/blame/main/services/pay/src/x.py",
        f"{SHOP}/raw/main/services/pay/src/x.py",
        "github.com/acme/shop/blob/main/services/pay/src/x.py",
        "https://raw.githubusercontent.com/acme/shop/refs/heads/main/services/pay/src/x.py",
        "https://raw.githubusercontent.com/acme/shop/main/services/pay/src/x.py",
        "acme/shop:services/pay/src/x.py",
        "github:acme/shop:services/pay/src/x.py:17",
        "acme/shop/services/pay/src/x.py",
        "Acme/Shop/services/pay/src/x.py#L4",
        "pay:src/x.py",
        "pay:services/pay/src/x.py",
        "component:default/pay:src/x.py",
        "src/x.py in pay",
        "the file src/x.py of the pay service",
        "services/pay/src/x.py in acme/shop",
        "services/pay/src/x.py in shop",
        "shop/services/pay/src/x.py",
    ],
)
def test_every_way_of_pointing_at_a_file_leads_to_its_owners(shop: Conversation, words: str) -> None:
    assert decided(shop, f"who owns {words}") == ("services/pay/src/x.py", ["team-pay", "ana"], "pay")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("acme/shop:services/web/index.html", ("services/web/index.html", ["team-all"], "web")),
        ("acme/shop:Makefile", ("Makefile", ["team-all"], "shop")),
        (f"{SHOP}/tree/main/docs", ("docs/", ["team-gone"], "shop")),
        ("acme/shop:docs/", ("docs/", ["team-gone"], "shop")),
        ("acme/shop/docs/", ("docs/", ["team-gone"], "shop")),
        ("acme/shop:docs", ("docs", ["team-all"], "shop")),
        ("acme/shop:docs/a.md", ("docs/a.md", ["team-gone"], "shop")),
        ("https://gitlab.acme.example/money/core/ledger/-/blob/main/src/a.md",
         ("src/a.md", ["team-led", "team-doc"], "ledger")),
        ("https://gitlab.com/money/core/ledger/-/raw/main/src/a.kt", ("src/a.kt", ["team-led"], "ledger")),
        ("money/core/ledger/src/a.kt", ("src/a.kt", ["team-led"], "ledger")),
        ("money/core/ledger:README.md", ("README.md", ["team-doc"], "ledger")),
    ],
)  # fmt: skip
def test_the_deciding_rules_are_those_of_the_host(
    shop: Conversation, words: str, expected: tuple[str, list[str], str]
) -> None:
    assert decided(shop, f"who owns {words}") == expected


def test_the_rule_and_its_line_are_the_evidence(shop: Conversation) -> None:
    text = text_for(shop.ask("who owns pay:src/x.py"), now=SEEN)
    first, *rest = text.splitlines()
    assert first == "services/pay/src/x.py is owned by team-pay (#pay) and ana (not in the catalog)"
    assert "  Source      CODEOWNERS:3 /services/pay/ → team-pay, ana" in rest
    assert "  Part of     pay · service · owned by team-pay" in rest
    gitlab = text_for(shop.ask("who owns src/a.md in ledger"), now=SEEN)
    assert "CODEOWNERS:2 /src/ → team-led in section Core" in gitlab
    assert "CODEOWNERS:4 *.md → team-doc, @@developer in section Docs, optional" in gitlab


def test_where_no_rule_speaks_the_component_does_and_it_is_said(shop: Conversation) -> None:
    legal = shop.expect(OwnedPath, "who owns pay:legal/terms.md")
    assert legal.owners == ()
    first = text_for(legal, now=SEEN).splitlines()[0]
    assert first.endswith("is part of pay, owned by team-pay (#pay); CODEOWNERS:4 gives it to nobody")
    uncovered = text_for(shop.ask("who owns ledger:Makefile"), now=SEEN)
    assert uncovered.startswith("Makefile is part of ledger, owned by team-pay (#pay); no rule of CODEOWNERS")
    bare = text_for(shop.ask("who owns https://github.com/acme/bare/blob/main/a.py"), now=SEEN)
    assert bare.startswith(
        "a.py is part of bare, owned by team-web (#web); no CODEOWNERS file of acme/bare is in the catalog"
    )


def test_another_branch_is_said_to_be_one(shop: Conversation) -> None:
    answer = shop.expect(OwnedPath, f"who owns {SHOP}/blob/feature/x/docs/a.md")
    assert (answer.branch, answer.path) == ("feature/x", "docs/a.md")
    assert "the rules are those of the default branch" in text_for(answer, now=SEEN)
    assert shop.expect(OwnedPath, f"who owns {SHOP}/blob/release/next/docs/a.md").branch == ""


def test_scripts_get_every_rule(shop: Conversation) -> None:
    found = json_for(shop.ask("who owns src/a.md in ledger"), now=SEEN)
    assert found["kind"] == "path"
    assert [(each["line"], each["section"], each["optional"]) for each in found["rules"]] == [  # type: ignore[attr-defined]
        (2, "Core", False), (4, "Docs", True),
    ]  # fmt: skip


def test_what_keeps_only_its_own_folders_rules_says_nothing_of_others(chat: Conversation) -> None:
    own = [{"pattern": "*", "owners": ["group:default/all"], "line": 1}]
    chat.knows(
        *(service(name, repository_path=name, repository="acme/mono", codeowners=own) for name in ("a", "b"))
    )
    assert decided(chat, "who owns acme/mono:a/x.py") == ("a/x.py", ["all"], "a")
    assert decided(chat, "who owns acme/mono:c/x.py") == ("c/x.py", [], "")


def test_a_file_of_an_unknown_repository_has_a_remedy(shop: Conversation) -> None:
    page = shop.expect(Missing, "who owns https://github.com/acme/nope/blob/main/src/x.py")
    assert page.remedy.startswith("I know no repository acme/nope.")
    nowhere = shop.expect(Missing, "who owns src/x.py")
    assert nowhere.remedy == "If it is a file, say where it is: who owns src/x.py in <service or repository>"


def test_a_name_that_several_things_have_is_a_pick_list(shop: Conversation) -> None:
    shop.knows(service("other/pay", owner="team-web"), source="csv")
    answer = shop.expect(Ambiguous, "who owns src/x.py in pay")
    assert asks(answer) == [
        "who owns src/x.py in component:default/pay", "who owns src/x.py in component:other/pay",
    ]  # fmt: skip


def test_who_owned_a_file_is_not_known(shop: Conversation) -> None:
    url = f"{SHOP}/blob/main/docs/a.md"
    answer = shop.expect(Unclear, f"who owned {url} on 2026-03-01")
    assert answer.problem.startswith("CODEOWNERS rules of another day are not kept")
    assert answer.suggestions == (f"who owns {url}",)


@pytest.mark.parametrize(
    "name", ["pay", "component:pay", "default/pay", "github:acme/shop", SHOP, "acme/shop"]
)
def test_names_are_no_files(shop: Conversation, name: str) -> None:
    assert shop.found(f"who owns {name}")[0] in ("component:pay", "component:shop")


def test_a_thing_that_is_called_like_a_file_is_that_thing(shop: Conversation) -> None:
    shop.knows(service("pay.py", "shop/pay.py", owner="team-web"), source="csv")
    assert shop.expect(Found, "who owns shop/pay.py").entity.name == "pay.py"


def test_words_between_names_are_no_file(shop: Conversation) -> None:
    assert isinstance(shop.ask("who owns checkout in pay"), Missing)
