"""`idp ask`, as a person and as a script."""

from pathlib import Path

from tests.commands.conftest import REPOSITORY, Idp

ACME = REPOSITORY / "examples" / "acme"


def test_a_fresh_portal_answers_its_first_question(idp: Idp, portal: Path) -> None:
    ran = idp("ask", "who owns hello-service", "--portal", portal)
    assert ran.code == 0
    assert "Platform" in ran.out.splitlines()[0]


def test_the_demo_company_answers_as_json(idp: Idp, tmp_path: Path) -> None:
    ran = idp("--portal", ACME, "ask", "who owns payments", "--json", IDP_DATA=str(tmp_path / "data"))
    assert ran.code == 0
    assert ran.json["kind"] == "found"
    assert ran.json["entity"]["ref"] == "component:default/payments-api"
    assert ran.json["owner"]["ref"] == "group:default/team-payments"
    assert ran.json["sources"]


def test_on_call_is_asked_by_itself_and_names_the_channel_where_no_plan_is_known(
    idp: Idp, tmp_path: Path
) -> None:
    words = ("--portal", ACME, "ask", "who is on call for payments")
    said = idp(*words, IDP_DATA=str(tmp_path / "data"))
    assert said.code == 0
    assert said.out.splitlines()[0] == "Nobody is known to be on call for Payments API"
    assert "Ask in #team-payments" in said.out
    told = idp(*words, "--json", IDP_DATA=str(tmp_path / "data")).json
    assert (told["kind"], told["covered"], told["policies"]) == ("oncall", False, [])
    assert told["channel"]["name"] == "team-payments"


def test_words_need_no_quotes_and_the_portal_may_come_from_the_environment(idp: Idp, portal: Path) -> None:
    ran = idp("ask", "who", "owns", "hello-service", IDP_PORTAL=str(portal))
    assert ran.code == 0
    assert "Platform" in ran.out


def test_an_unclear_name_lists_candidates_and_exits_with_1(idp: Idp, tmp_path: Path) -> None:
    ran = idp("--portal", ACME, "ask", "who owns search", "--json", IDP_DATA=str(tmp_path / "data"))
    assert ran.code == 1
    assert ran.json["kind"] == "ambiguous"
    assert {"component:default/search-api", "component:default/search-indexer"} <= {
        each["ref"] for each in ran.json["candidates"]
    }


def test_a_typo_exits_with_1_and_names_the_nearest(idp: Idp, portal: Path) -> None:
    ran = idp("ask", "who owns helo-servic", "--portal", portal)
    assert ran.code == 1
    assert "hello-service" in ran.out


def test_asking_as_a_person_means_me(idp: Idp, portal: Path) -> None:
    ran = idp("ask", "what do I own", "--as", "robin", "--portal", portal)
    assert ran.code == 0
    assert "Hello Service" in ran.out


def test_an_unknown_person_is_bad_usage(idp: Idp, portal: Path) -> None:
    ran = idp("ask", "what do I own", "--as", "nobody", "--portal", portal)
    assert ran.code == 2
    assert "nobody" in ran.err


def test_a_missing_folder_is_bad_configuration_and_says_how_to_make_one(idp: Idp, tmp_path: Path) -> None:
    ran = idp("ask", "help", "--portal", tmp_path / "nowhere")
    assert ran.code == 2
    assert "idp init" in ran.err


def test_a_mistake_in_idp_yaml_names_its_line(idp: Idp, portal: Path) -> None:
    (portal / "idp.yaml").write_text("company: Acme\ncatlog: [catalog]\n", encoding="utf-8")
    ran = idp("ask", "help", "--portal", portal)
    assert ran.code == 2
    assert "idp.yaml:2" in ran.err
    assert "catalog" in ran.err


def test_an_unreachable_database_is_an_outside_failure_and_keeps_the_password(idp: Idp, portal: Path) -> None:
    url = "postgresql://idp:hunter2@127.0.0.1:1/idp"
    ran = idp("ask", "help", "--portal", portal, IDP_DATABASE_URL=url)
    assert ran.code == 3
    assert "hunter2" not in ran.err + ran.out
    assert "127.0.0.1" in ran.err


def test_a_first_use_says_that_documents_were_left_out(idp: Idp, portal: Path) -> None:
    (portal / "catalog" / "bad.yaml").write_text(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\n", encoding="utf-8"
    )
    ran = idp("ask", "who owns hello-service", "--portal", portal)
    assert ran.code == 0
    assert "2 errors in catalog files" in ran.err
