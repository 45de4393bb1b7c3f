"""An import keeps the documents and API descriptions beside catalog files, for their component."""

from __future__ import annotations

from pathlib import Path

from integrations.files.source import FilesSource
from integrations.kept_texts import MOST_TEXTS, is_text_to_keep


def component(name: str, more: str = "") -> str:
    head = "apiVersion: backstage.io/v1alpha1\nkind: Component\n"
    return f"{head}metadata: {{name: {name}}}\nspec: {{type: service, lifecycle: x, owner: pay}}\n{more}"


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")


def kept(folder: Path) -> tuple[dict[str, list[str]], tuple[str, ...]]:
    look = FilesSource([folder]).fetch()
    found: dict[str, list[str]] = {}
    for snapshot in look.snapshots:
        for file in snapshot.files:
            found.setdefault(file.claim, []).append(file.path)
    return found, look.notes


def test_a_text_belongs_to_the_component_of_the_innermost_folder(tmp_path: Path) -> None:
    write(tmp_path, {
        "catalog-info.yaml": component("whole"),
        "docs/deep/keys.md": "# Keys", "api/openapi.yaml": "openapi: 3.0.3", "src/main.py": "",
        "services/pay/catalog-info.yaml": component("pay") + "---\n" + component("pay-worker"),
        "services/pay/proto/pay.proto": "service A {}", "services/pay/RUNBOOK.md": "# Help",
        "vendor/x/openapi.yaml": "openapi: 3.0.3",
    })  # fmt: skip
    found, notes = kept(tmp_path)
    assert found == {
        "component:default/whole": ["api/openapi.yaml", "docs/deep/keys.md"],
        "component:default/pay": ["services/pay/RUNBOOK.md", "services/pay/proto/pay.proto"],
    }
    assert notes == ()


def test_a_folder_of_entities_is_no_repository(tmp_path: Path) -> None:
    write(tmp_path, {"all.yaml": component("one"), "docs/index.md": "# One", "README.md": "# Two"})
    assert kept(tmp_path)[0] == {}


def test_the_many_are_cut_and_that_is_noted(tmp_path: Path) -> None:
    many = {f"docs/page{number:03}.md": "# Page" for number in range(MOST_TEXTS + 5)}
    write(tmp_path, {"catalog-info.yaml": component("whole"), **many})
    found, notes = kept(tmp_path)
    assert len(found["component:default/whole"]) == MOST_TEXTS
    assert notes == ("5 documents and API descriptions of component:whole were not read",)


def test_a_definition_may_name_a_description_by_backstages_own_placeholder(tmp_path: Path) -> None:
    entity = (
        "apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: {name: pay}\nspec:\n  type: openapi\n"
        "  lifecycle: x\n  owner: pay\n  definition: {$openapi: ./openapi.yaml}\n"
    )
    write(tmp_path, {"catalog-info.yaml": entity, "openapi.yaml": "openapi: 3.0.3\n"})
    (snapshot,) = FilesSource([tmp_path]).fetch().snapshots
    assert snapshot.claims[0].fields["definition"] == "openapi: 3.0.3\n"


def test_which_texts_are_kept() -> None:
    kept_ones = (
        "README.md docs/a/b.rst runbooks/x.md RUNBOOK-db.md api/openapi.yaml spec/pay.asyncapi.json x.proto"
    )
    assert all(map(is_text_to_keep, [*kept_ones.split(), "web/schema.graphqls", "docs/swagger.json"]))
    assert not any(map(is_text_to_keep, ["src/a.py", "vendor/x.proto", "test/openapi.yaml", "notes.md"]))
