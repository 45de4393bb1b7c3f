"""`idp import` and `idp export`, from one portal to another and back."""

from pathlib import Path

from bot.commands.export import declarable
from domain.entities import Entity, Json
from domain.refs import Ref
from tests.commands.conftest import REPOSITORY, Idp

ACME = REPOSITORY / "examples" / "acme"
SERVICE = """\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: {name}
spec:
  type: service
  lifecycle: production
  owner: {owner}
"""


def test_one_bad_document_stops_itself_alone(idp: Idp, portal: Path, tmp_path: Path) -> None:
    good, bad = SERVICE.format(name="good", owner="team-a"), SERVICE.format(name="not good!", owner="team-a")
    file = tmp_path / "services.yaml"
    file.write_text(f"{bad}---\n{good}", encoding="utf-8")
    ran = idp("import", file, "--portal", portal)
    assert ran.code == 1
    assert f"{file}:4" in ran.err
    assert "1 created" in ran.out
    assert "1 error in catalog files" in ran.out
    assert idp("ask", "who owns good", "--portal", portal).code == 0


def test_a_doubt_is_said_and_is_no_error(idp: Idp, portal: Path, tmp_path: Path) -> None:
    file = tmp_path / "services.yaml"
    elsewhere = "kind: Location\nmetadata: {name: all}\nspec: {target: https://acme.example/all.yaml}\n"
    file.write_text(
        f"{SERVICE.format(name='pay', owner='team-a')}---\napiVersion: backstage.io/v1alpha1\n{elsewhere}",
        encoding="utf-8",
    )
    ran = idp("import", file, "--portal", portal)
    assert ran.code == 0, ran.err
    assert "warning: not followed: https://acme.example/all.yaml" in ran.err
    assert "error" not in ran.out


def test_a_dry_run_shows_every_change_and_writes_nothing(idp: Idp, portal: Path, tmp_path: Path) -> None:
    file = tmp_path / "services.yaml"
    file.write_text(SERVICE.format(name="pay", owner="team-a"), encoding="utf-8")
    idp("import", file, "--portal", portal)
    file.write_text(SERVICE.format(name="pay", owner="team-b"), encoding="utf-8")
    ran = idp("import", file, "--dry-run", "--portal", portal)
    assert ran.code == 0
    assert "owner: group:default/team-a → group:default/team-b" in ran.out
    assert "1 would be changed" in ran.out
    assert "team-a" in idp("ask", "who owns pay", "--portal", portal).out


def test_importing_twice_changes_nothing(idp: Idp, tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    assert idp("import", "--portal", ACME, IDP_DATA=data).code == 0
    ran = idp("import", "--portal", ACME, "--json", IDP_DATA=data)
    assert ran.json["created"] == ran.json["changed"] == 0
    assert ran.json["unchanged"] > 100
    assert ran.json["change_sets"] == []


def test_a_path_that_does_not_exist_is_bad_usage_and_changes_nothing(idp: Idp, portal: Path) -> None:
    ran = idp("import", portal / "nowhere.yaml", "--portal", portal)
    assert ran.code == 2
    assert "nowhere.yaml" in ran.err


def test_what_is_exported_imports_again_without_loss(idp: Idp, tmp_path: Path) -> None:
    first = {"IDP_DATA": str(tmp_path / "first")}
    assert idp("import", "--portal", ACME, **first).code == 0
    exported = idp("export", "--portal", ACME, **first)
    assert exported.code == 0
    (tmp_path / "company.yaml").write_text(exported.out, encoding="utf-8")
    (tmp_path / "empty").mkdir()
    again = idp("import", tmp_path / "company.yaml", "--portal", tmp_path / "empty")
    assert again.code == 0, again.err
    assert idp("export", "--portal", tmp_path / "empty").out == exported.out


def test_what_sources_observe_is_no_declaration_and_stays_out_of_an_export() -> None:
    fields: dict[str, Json] = {
        "owner": "group:default/pay",
        "repo.archived": False,
        "workloads": [],
        "vanished": "x",
    }
    exported = declarable(Entity(Ref("component", "default", "pay"), "pay", "Component", fields))
    assert exported.fields == {"owner": "group:default/pay"}


def test_an_export_to_a_file_replaces_it_at_once(idp: Idp, portal: Path, tmp_path: Path) -> None:
    file = tmp_path / "services.csv"
    file.write_text("old", encoding="utf-8")
    ran = idp("export", "--format", "csv", "--output", file, "--portal", portal)
    assert ran.code == 0
    assert "hello-service" in file.read_text(encoding="utf-8")
    assert [each.name for each in tmp_path.glob("*.csv*")] == ["services.csv"]


def test_an_unknown_format_is_bad_usage(idp: Idp, portal: Path) -> None:
    ran = idp("export", "--format", "xml", "--portal", portal)
    assert ran.code == 2
    assert "backstage" in ran.err


def test_what_a_file_holds_does_nothing_to_the_terminal(idp: Idp, portal: Path, tmp_path: Path) -> None:
    file = tmp_path / "services.yaml"
    file.write_text(SERVICE.format(name=r'"\e[31mred\a\n"', owner="a"), encoding="utf-8")
    ran = idp("import", file, "--portal", portal)
    assert r'metadata.name is "\x1b[31mred\x07\n"' in ran.err
    assert "1 file read" not in ran.err
    assert "1 file read: 0 created" in ran.out


def test_an_export_of_nothing_says_so_and_leaves_the_file(idp: Idp, portal: Path, tmp_path: Path) -> None:
    file = tmp_path / "teams.yaml"
    file.write_text("old", encoding="utf-8")
    ran = idp("export", "--kind", "Gadget", "--output", file, "--portal", portal)
    assert ran.code == 1
    assert "nothing of kind Gadget" in ran.err
    assert file.read_text(encoding="utf-8") == "old"


def test_an_export_that_cannot_be_put_in_place_leaves_nothing_behind(
    idp: Idp, portal: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out"
    (target / "folder").mkdir(parents=True)
    ran = idp("export", "--output", target / "folder", "--portal", portal)
    assert ran.code == 2
    assert "cannot be written" in ran.err
    assert [each.name for each in target.iterdir()] == ["folder"]
