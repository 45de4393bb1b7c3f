"""What Kubernetes and the tools call a thing leads to it: workloads, pods, pages, ids and keys."""

from __future__ import annotations

import pytest

from domain.answers import Ambiguous, Missing
from domain.entities import Json
from tests.catalog_builder import service, team
from tests.questions.conversation import Conversation


def runs(kind: str, name: str, namespace: str = "pay", cluster: str = "prod") -> Json:
    return {"cluster": cluster, "namespace": namespace, "kind": kind, "name": name}


@pytest.fixture
def cluster(chat: Conversation) -> Conversation:
    """Services whose workloads are called otherwise than they are."""
    chat.knows(
        team("team-pay"), team("team-shop"),
        service("billing", owner="team-pay", workloads=[
            runs("Deployment", "payments"), runs("Deployment", "payments", cluster="staging"),
            runs("CronJob", "report"), runs("StatefulSet", "db"), runs("DaemonSet", "agent"),
        ]),
        service("basket", owner="team-shop", workloads=[
            runs("Deployment", "cart", "shop"), runs("StatefulSet", "db", "shop"),
            runs("Rollout", "checkout-v2", "shop"),
        ]),
        service("payments-api-tests", owner="team-shop"),
    )  # fmt: skip
    return chat


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("payments", "billing"),
        ("deployment/payments", "billing"),
        ("deploy/payments", "billing"),
        ("deployment.apps/payments", "billing"),
        ("Deployment/Payments", "billing"),
        ("pay/payments", "billing"),
        ("pay/deployment/payments", "billing"),
        ("prod/pay/deployment/payments", "billing"),
        ("staging/pay/Deployment/payments", "billing"),
        ("payments-7d9f8b6c5d-x2x4z", "billing"),
        ("pod/payments-7d9f8b6c5d-x2x4z", "billing"),
        ("po/payments-7d9f8b6c5d-x2x4z", "billing"),
        ("pay/payments-7d9f8b6c5d-x2x4z", "billing"),
        ("prod/pay/pod/payments-7d9f8b6c5d-x2x4z", "billing"),
        ("payments-7d9f8b6c5d", "billing"),
        ("rs/payments-7d9f8b6c5d", "billing"),
        ("report-28391230-abcde", "billing"),
        ("report-28391230", "billing"),
        ("job/report-28391230", "billing"),
        ("cronjob/report", "billing"),
        ("agent-x2x4z", "billing"),
        ("pay/db-0", "billing"),
        ("shop/db-12", "basket"),
        ("shop/statefulset/db", "basket"),
        ("cart-6f7c9-bz4wq", "basket"),
        ("checkout-v2-6f7c9b5d4-bz4wq", "basket"),
        ("rollout/checkout-v2", "basket"),
        ("payments-api-tests", "payments-api-tests"),
    ],
)
def test_what_runs_leads_to_its_service(cluster: Conversation, words: str, name: str) -> None:
    assert cluster.found(f"who owns {words}")[0] == f"component:{name}"


@pytest.mark.parametrize(
    "words",
    ["payments-api-tests-7d9f8b6c5d-x2x4z", "statefulset/payments", "other/payments", "svc/payments",
     "deploy/payments-7d9f8b6c5d-x2x4z", "agent-tests", "pod/payments", "test/pay/deployment/payments"],
)  # fmt: skip
def test_nothing_else_is_guessed(cluster: Conversation, words: str) -> None:
    assert isinstance(cluster.ask(f"who owns {words}"), Missing)


def test_what_runs_in_two_services_is_a_pick_list(cluster: Conversation) -> None:
    for words in ("db-0", "db", "statefulset/db"):
        answer = cluster.expect(Ambiguous, f"who owns {words}")
        assert [each.thing.name for each in answer.candidates] == ["basket", "billing"]


def test_a_pod_of_a_known_service_in_an_unknown_cluster_suggests_it(cluster: Conversation) -> None:
    answer = cluster.expect(Missing, "who owns payments-api-tests-7d9f8b6c5d-x2x4z")
    assert [each.thing.name for each in answer.suggestions] == ["payments-api-tests"]
    assert "connect the cluster" in answer.remedy


@pytest.fixture
def tools(chat: Conversation) -> Conversation:
    """A service and a team that the tools call by ids of their own."""
    chat.knows(
        team("team-pay", "slack:c0pay123", "pagerduty-team:ptm1abc"),
        service(
            "billing", "pagerduty:pij90n7", "datadog:pay-svc", "sentry:acme/pay-errors",
            "sentry:pay-errors", "sentry:42", "jira:pay", "kubernetes:pay-k8s", owner="team-pay",
        ),
        service("pay-12", owner="team-pay"),
    )  # fmt: skip
    return chat


@pytest.mark.parametrize(
    "words",
    [
        "https://acme.pagerduty.com/service-directory/PIJ90N7",
        "https://acme.pagerduty.com/services/PIJ90N7/integrations?x=1",
        "<https://acme.eu.pagerduty.com/service-directory/PIJ90N7/activity|PIJ90N7>",
        "PIJ90N7",
        "pij90n7",
        "pagerduty:PIJ90N7",
        "https://app.datadoghq.com/apm/services/pay-svc/operations/x?env=prod",
        "https://app.datadoghq.eu/apm/service/pay-svc",
        "https://us5.datadoghq.com/apm/entity/service%3Apay-svc?env=prod",
        "https://app.datadoghq.com/software?selectedComponent=pay-svc",
        "pay-svc",
        "datadog:pay-svc",
        "https://acme.sentry.io/projects/pay-errors/?project=42",
        "https://acme.sentry.io/issues/4711/?project=42",
        "https://sentry.io/organizations/acme/projects/pay-errors/",
        "https://sentry.acme.example/settings/acme/projects/pay-errors/ownership/",
        "https://sentry.io/acme/pay-errors/",
        "pay-errors",
        "PAY-ERRORS-1A",
        "sentry:acme/pay-errors",
        "PAY",
        "PAY-123",
        "jira:PAY",
        "https://acme.atlassian.net/browse/PAY-123",
        "https://acme.atlassian.net/browse/PAY",
        "https://acme.atlassian.net/jira/software/c/projects/PAY/boards/7?selectedIssue=PAY-9",
        "https://jira.acme.example/secure/RapidBoard.jspa?rapidView=3&projectKey=PAY",
        "pay-k8s",
    ],
)
def test_what_a_tool_calls_it_leads_to_it(tools: Conversation, words: str) -> None:
    assert tools.found(f"who owns {words}") == ("component:billing", "group:team-pay")


@pytest.mark.parametrize(
    "words",
    ["https://acme.slack.com/archives/C0PAY123", "https://acme.slack.com/archives/C0PAY123/p1712345678",
     "https://app.slack.com/client/T0ACME12/C0PAY123", "https://acme.pagerduty.com/teams/PTM1ABC"],
)  # fmt: skip
def test_a_page_of_a_team_is_that_team(tools: Conversation, words: str) -> None:
    assert tools.found(f"who owns {words}")[0] == "group:team-pay"


def test_a_name_goes_before_a_key(tools: Conversation) -> None:
    assert tools.found("who owns PAY-12")[0] == "component:pay-12"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("10.0.3.7", "is an address, and those move"),
        ("10.0.3.7:8080", "is an address, and those move"),
        ("http://10.0.3.7:8080/health", "is an address, and those move"),
        ("[2001:db8::1]:443", "is an address, and those move"),
        ("nope.acme.example:8443/x?y=1", "No source tells what answers at nope.acme.example"),
        ("https://nope.acme.example/x?y=1", "add host:nope.acme.example to the annotation"),
        ("pod/nope-7d9f8b6c5d-x2x4z", "connect the cluster"),
        ("nope", "describe it in a catalog-info.yaml"),
        ("#nope", "add slack.com/channel to the team's annotations"),
    ],
)
def test_what_nobody_knows_has_a_remedy_of_its_kind(tools: Conversation, words: str, says: str) -> None:
    assert says in tools.expect(Missing, f"who owns {words}").remedy


def test_a_declared_host_leads_to_what_answers_there(tools: Conversation) -> None:
    tools.knows(service("web", "host:web.acme.example", owner="team-pay"), source="csv")
    for words in ("web.acme.example", "https://web.acme.example/x?y=1", "web.acme.example:8443/a"):
        assert tools.found(f"who owns {words}")[0] == "component:web"
