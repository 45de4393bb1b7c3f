"""What becomes of it in a real catalog: whom the remarks find, whom they do not, and who is believed."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from catalog_store.catalog import Catalog
from catalog_store.trust import DEFAULT
from domain.entities import Record
from domain.refs import parse_ref
from integrations.files.source import FilesSource
from integrations.hosting.naming import plain
from tests.catalog_builder import knows, service
from tests.integrations.jira.jira_on_loopback import ACME, JiraStage, Servers, acme_seed, staged
from workflows.ports import Look


def component(name: str, **annotations: str) -> str:
    """Return a catalog file's document."""
    lines = "".join(
        f"    {key.replace('_', '/', 1).replace('_', '-')}: '{value}'\n" for key, value in annotations.items()
    )
    head = f"apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\n"
    body = f"  annotations:\n{lines}" if lines else ""
    return f"{head}{body}spec: {{type: service, lifecycle: production, owner: team-x}}\n"


class Joined:
    """A catalog that knows some files and what Jira says."""

    def __init__(self, catalog: Catalog, folder: Path) -> None:
        self.catalog, self._folder = catalog, folder

    def declares(self, *documents: str) -> None:
        (self._folder / "catalog-info.yaml").write_text("---\n".join(documents), encoding="utf-8")
        look = FilesSource([self._folder]).fetch()
        assert look.findings == ()
        self.applies(look)

    def applies(self, look: Look) -> None:
        for each in look.snapshots:
            self.catalog.apply(each, actor="test")

    def record(self, name: str, kind: str = "component") -> Record:
        found = self.catalog.record(parse_ref(name, kind))
        assert found is not None
        return found

    def tickets(self, name: str) -> dict[str, tuple[int, int]]:
        """Return bugs and incidents by where they are kept."""
        said: Any = self.record(name).entity.fields.get("tickets", {})
        return {alias: (each["bugs"], each["incidents"]) for alias, each in said.items()}


@pytest.fixture
def joined(sqlite_catalog: Catalog, tmp_path: Path) -> Joined:
    return Joined(sqlite_catalog, tmp_path)


def test_a_project_finds_the_one_service_that_is_annotated_with_it(joined: Joined, stage: JiraStage) -> None:
    joined.declares(component("pay", jira_project_key="PAY"), component("other"))
    joined.applies(stage.open().fetch())
    assert joined.tickets("pay") == {"jira:pay": (9, 1)}
    assert joined.tickets("other") == {}
    links: Any = joined.record("pay").entity.fields["links"]
    assert [each["title"] for each in links] == ["Jira project Payments"]


def test_a_component_finds_its_service_by_annotation_and_by_just_its_name(
    joined: Joined, stage: JiraStage
) -> None:
    joined.declares(
        component("worker", jira_project_key="PAY", jira_component="Backend"),
        component("shared-things", jira_project_key="WEB", jira_component="shared"),
        component("payments-api"),
        component("shared"),
    )
    joined.applies(stage.open().fetch())
    assert joined.tickets("worker") == {"jira:pay/backend": (2, 0)}, "its component's, and not the project's"
    assert joined.tickets("shared-things") == {"jira:web/shared": (1, 0)}
    assert joined.tickets("payments-api") == {"jira:pay/payments api": (5, 1)}
    assert joined.tickets("shared") == {}, "two projects have a component of this name"


def test_of_several_services_with_one_project_none_has_all_its_bugs(joined: Joined, stage: JiraStage) -> None:
    joined.declares(
        component("payments-api", jira_project_key="PAY"), component("ledger", jira_project_key="PAY")
    )
    joined.applies(stage.open().fetch())
    assert joined.tickets("payments-api") == {"jira:pay/payments api": (5, 1)}
    assert joined.tickets("ledger") == {}


def test_without_names_only_annotations_count(joined: Joined, stage: JiraStage) -> None:
    joined.declares(component("payments-api"))
    joined.applies(stage.open(match_names=False).fetch())
    assert joined.tickets("payments-api") == {}


def test_nothing_is_created_but_people(joined: Joined, stage: JiraStage) -> None:
    joined.applies(stage.open().fetch())
    assert {each.kind for each in joined.catalog.entities()} == {"User"}


def test_a_lead_owns_what_nobody_else_is_said_to_own_and_is_the_declared_person(
    joined: Joined, stage: JiraStage
) -> None:
    ana = """\
        apiVersion: backstage.io/v1alpha1
        kind: User
        metadata: {name: ana}
        spec: {profile: {email: ana.silva@acme.example}, memberOf: []}
    """
    joined.declares(
        textwrap.dedent(ana),
        component("web", jira_project_key="WEB"),
    )
    knows(joined.catalog, service("pay", "jira:pay"), source="csv")
    joined.applies(stage.open().fetch())
    (fact,) = joined.record("pay").facts_on("owner")
    assert (fact.source, fact.confidence, fact.reason) == (
        "jira/leads",
        0.2,
        "leads the Jira project Payments",
    )
    assert joined.record("ana", "user").entity.fields["accounts"] == {"jira": "active"}
    assert [each.short for each in joined.catalog.known_as(str(fact.value))] == ["user:ana"]
    web = joined.record("web").facts_on("owner")
    assert [each.source for each in web] == ["backstage", "jira/leads"]
    assert joined.record("web").entity.fields["owner"] == "group:default/team-x"


def test_an_issue_that_was_closed_is_counted_out(joined: Joined, stage: JiraStage) -> None:
    joined.declares(component("web", jira_project_key="WEB"))
    source = stage.open()
    joined.applies(source.fetch())
    for issue in stage.jira.state.issues.values():
        issue.status = "Done"
    joined.applies(source.fetch())
    assert joined.tickets("web") == {"jira:web": (0, 0)}


def test_a_component_that_is_gone_takes_its_numbers_along(joined: Joined, stage: JiraStage) -> None:
    joined.declares(component("payments-api"), component("the-old-one"))
    source = stage.open()
    joined.applies(source.fetch())
    assert joined.tickets("the-old-one")
    pay = stage.jira.state.project("PAY")
    assert pay is not None
    pay.components = {id_: each for id_, each in pay.components.items() if "old" not in each.name}
    joined.applies(source.fetch())
    assert joined.tickets("the-old-one") == {}
    assert "links" not in joined.record("the-old-one").entity.fields


@pytest.fixture
def acme(servers: Servers) -> Iterator[JiraStage]:
    yield from staged(servers, "cloud", acme_seed())


def test_the_demo_companys_services_have_their_tickets(sqlite_catalog: Catalog, acme: JiraStage) -> None:
    joined = Joined(sqlite_catalog, ACME)
    joined.applies(FilesSource([ACME / "catalog"]).fetch())
    source = acme.open()
    joined.applies(source.fetch())
    assert joined.tickets("payments-api") == {"jira:pay/payments api": (9, 1)}
    assert joined.tickets("chargeback-worker") == {"jira:risk/chargeback worker": (14, 0)}
    counted = {each.ref.name for each in sqlite_catalog.entities() if "tickets" in each.fields}
    components = {plain(each.name) for project in acme_seed().projects for each in project.components}
    assert components - counted == {"invoicing", "frontend"}
    assert counted <= components, "no project is one service's alone at Acme"


def test_leads_are_believed_after_all_other_evidence_of_an_owner() -> None:
    evidence = ("labels", "oncall", "codeowners", "permissions", "topics", "merges", "namespaces")
    assert all(
        DEFAULT.rank(f"any/{each}", "owner") < DEFAULT.rank("jira/leads", "owner") for each in evidence
    )
