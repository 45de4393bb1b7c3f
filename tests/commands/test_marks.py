"""Marks that let nobody in are told by the doctor, from a thing to the setting."""

from pathlib import Path

from tests.commands.conftest import Idp

CATALOG = """\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: vault, annotations: {idp.dev/visibility: team-sekops}}
spec: {type: service, lifecycle: production, owner: pay}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: till, annotations: {idp.dev/visibility: pay}}
spec: {type: service, lifecycle: production, owner: pay}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: pay}
spec: {type: team, children: []}
"""


def test_the_doctor_names_marks_of_teams_that_are_not_there(idp: Idp, tmp_path: Path) -> None:
    (tmp_path / "catalog-info.yaml").write_text(CATALOG, encoding="utf-8")
    (tmp_path / "idp.yaml").write_text(
        "catalog: [catalog-info.yaml]\nvisibility:\n  fields: {custom.cost: [finance], custom.plan: [pay]}\n",
        encoding="utf-8",
    )
    assert idp("import", "--portal", tmp_path).code == 0
    said = idp("doctor", "--portal", tmp_path).out
    assert (
        "component:vault: the catalog has no team group:default/team-sekops, so the mark lets nobody" in said
    )
    assert "visibility of custom.cost in idp.yaml: the catalog has no team group:default/finance" in said
    assert "till" not in said
    assert "custom.plan" not in said
