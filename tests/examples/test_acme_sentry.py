"""Acme's Sentry is in step with its people, teams and annotations."""

from __future__ import annotations

from pathlib import Path

import yaml

from playground.vendors.sentry import SentrySeed, load_sentry
from tests.examples.test_acme import ACME, ENTITY_FILES, documents

ANNOTATION = "sentry.io/project-slug"


def seed() -> SentrySeed:
    return load_sentry(ACME / "vendors" / "sentry.yaml")


def annotated() -> set[str]:
    found = (each for path in ENTITY_FILES for each in documents(Path(path)))
    slugs = (each["metadata"].get("annotations", {}).get(ANNOTATION) for each in found)
    return {slug.removeprefix("acme/") for slug in slugs if slug}


def test_every_annotation_has_its_project_and_one_project_has_none() -> None:
    assert {each.slug for each in seed().projects} - annotated() == {"recommendation"}
    assert annotated() <= {each.slug for each in seed().projects}


def test_members_are_people_of_the_workspace_and_still_there() -> None:
    workspace = yaml.safe_load((ACME / "playground.yaml").read_text("utf-8"))
    here = {each["email"] for each in workspace["people"] if not each["deleted"]}
    assert {each.email for each in seed().members} <= here
    members = {each.email for each in seed().members}
    assert {email for team in seed().teams for email in team.members} <= members


def test_teams_are_those_of_the_company_and_one_for_everybody() -> None:
    workspace = yaml.safe_load((ACME / "playground.yaml").read_text("utf-8"))
    handles = {each["handle"] for each in workspace["usergroups"]}
    assert {each.slug for each in seed().teams} - handles == {"everyone"}
    assert {slug for each in seed().projects for slug in each.teams} <= {each.slug for each in seed().teams}
