"""Laws of every look at a host, whatever its repositories declare and hold."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from domain.entities import EVERYTHING, Claim, Snapshot, Standing
from domain.refs import Ref, parse_ref
from integrations.files.backstage.formats import is_name
from integrations.hosting.facts import Access, HostFacts, RepositoryFacts
from integrations.hosting.looks import look_of
from integrations.hosting.reading import FilesRead, Part
from tests.integrations.hosting.looking import NOW, team

FOLDERS = st.sampled_from(["", "a", "a/b", "api", "web/api", "x/a", "Ünï"])
SLUGS = st.from_regex(r"(?:acme|Acme/money)/[A-Za-z0-9._-]{1,70}", fullmatch=True)
DECLARED = st.tuples(
    st.builds(Ref, st.sampled_from(["component", "api"]), st.just("default"), st.sampled_from("abc")), FOLDERS
)


@st.composite
def hosts(draw: st.DrawFn) -> tuple[HostFacts, FilesRead]:
    repositories, declared, parts = [], {}, {}
    for number, slug in enumerate(draw(st.lists(SLUGS, max_size=3))):
        id_ = f"R{number}."
        folders = draw(st.lists(FOLDERS, unique=True))
        paths = tuple(f"{folder}/README.md".lstrip("/") for folder in folders)
        repositories.append(
            RepositoryFacts(
                id_,
                slug,
                f"https://host.example/{slug}",
                paths=paths,
                files=dict.fromkeys(paths, "x"),
                topics=tuple(draw(st.lists(st.text(max_size=8), max_size=2))),
                default_branch="main",
                teams=(Access("acme/one", "admin"),),
            )
        )
        declared[id_] = tuple(draw(st.lists(DECLARED, max_size=4)))
        parts[id_] = tuple(Part(folder) for folder in draw(st.lists(FOLDERS, unique=True)))
    facts = HostFacts("github", tuple(repositories), (team("acme/one", "ana"),), (), (EVERYTHING,), True)
    return facts, FilesRead(declared=declared, parts=parts)


def seen(host: tuple[HostFacts, FilesRead]) -> tuple[Snapshot, ...]:
    def read(_facts: HostFacts, _source: str, _at: datetime) -> FilesRead:
        return host[1]

    return look_of(host[0], source="github", observed_at=NOW, read=read).snapshots


def claims(host: tuple[HostFacts, FilesRead], source: str) -> list[Claim]:
    return [claim for each in seen(host) if each.source == source for claim in each.claims]


@given(hosts())
def test_a_source_claims_a_thing_once_and_under_its_repository(host: tuple[HostFacts, FilesRead]) -> None:
    for snapshot in seen(host):
        keys = [claim.key for claim in snapshot.claims]
        assert len(set(keys)) == len(keys)
    ids = [each.id for each in host[0].repositories]
    keys = [claim.key for claim in claims(host, "github")]
    assert all(any(key == id_ or key.startswith(f"{id_}#") for id_ in ids) for key in keys)
    assert {key.partition("#")[0] for key in keys} == set(ids)


@given(hosts())
def test_names_are_such_that_every_catalog_can_carry_them(host: tuple[HostFacts, FilesRead]) -> None:
    for claim in claims(host, "github"):
        assert is_name(claim.name)
        assert claim.name.lower() == claim.ref.name
        assert parse_ref(str(claim.ref)) == claim.ref
        assert all(alias == alias.lower() for alias in claim.aliases)
        assert None not in claim.fields.values()


@given(hosts())
def test_every_declared_component_is_seen_once_in_each_of_its_folders(
    host: tuple[HostFacts, FilesRead],
) -> None:
    found = sorted(same for claim in claims(host, "github") for same in claim.same_as)
    places = {
        (id_, ref, folder)
        for id_, those in host[1].declared.items()
        for ref, folder in those
        if ref.kind == "component"
    }
    assert found == sorted(str(ref) for _, ref, _ in places)


@given(hosts())
def test_each_text_is_kept_with_one_claim_that_there_is(host: tuple[HostFacts, FilesRead]) -> None:
    [repositories] = [each for each in seen(host) if each.source == "github"]
    keys = {claim.key for claim in repositories.claims}
    assert {text.claim for text in repositories.files} <= keys
    places = [(text.claim.partition("#")[0], text.path) for text in repositories.files]
    assert len(set(places)) == len(places)


@given(hosts())
def test_evidence_is_on_every_component_and_creates_none(host: tuple[HostFacts, FilesRead]) -> None:
    remarks = claims(host, "github/permissions")
    assert [claim.key for claim in remarks] == [claim.key for claim in claims(host, "github")]
    assert all(claim.standing is Standing.REMARK and claim.same_as for claim in remarks)
