"""The company's own fields: what is certain is made so, the rest is left out with a word on why."""

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.custom_fields import CustomField, checked, lacking, titles
from domain.custom_values import Unfit
from domain.entities import Claim, Entity, Grounds, Json, Snapshot
from domain.refs import Ref

PAY = Ref("component", "default", "pay")
SEEN = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def claim(origin: str = "services.csv:7", **custom: Json) -> Claim:
    fields: dict[str, Json] = {"title": "Pay", **{f"custom.{name}": value for name, value in custom.items()}}
    return Claim(PAY, "pay", "Component", fields, origin=origin)


def look(*claims: Claim) -> Snapshot:
    return Snapshot("csv", SEEN, claims)


@pytest.mark.parametrize(
    ("type_", "written", "meant"),
    [
        ("text", "007", "007"),
        ("text", 7, "7"),
        ("number", "1250.50", 1250.5),
        ("number", " -3 ", -3),
        ("number", 2.5, 2.5),
        ("integer", "3", 3),
        ("integer", 3.0, 3),
        ("boolean", "yes", True),
        ("boolean", "TRUE", True),
        ("boolean", "n", False),
        ("boolean", 0, False),
        ("date", "2026-03-04", "2026-03-04"),
        ("date", "2026-03-04 00:00:00", "2026-03-04"),
        ("date", "2026-03-04T00:00:00Z", "2026-03-04"),
        ("url", " https://wiki.acme.example/pay ", "https://wiki.acme.example/pay"),
        ("email", "mailto:pay@acme.example", "pay@acme.example"),
        ("list", "pci, gdpr;pci", ["pci", "gdpr"]),
        ("list", ["pci", 4], ["pci", "4"]),
        ("ref", "Component:Pay", "component:default/pay"),
    ],
)
def test_what_is_certain_is_made_so(type_: str, written: Json, meant: Json) -> None:
    read = CustomField.model_validate({"type": type_}).read(written)
    assert (read, type(read)) == (meant, type(meant))


@pytest.mark.parametrize(
    ("type_", "written"),
    [
        ("text", 1.1),
        ("text", True),
        ("text", ["a"]),
        ("number", "1,250"),
        ("number", "12 EUR"),
        ("number", True),
        ("number", "1e9"),
        ("integer", "3.5"),
        ("integer", "three"),
        ("integer", 1e300),
        ("boolean", "maybe"),
        ("boolean", 2),
        ("date", "3/4/2026"),
        ("date", "2026-02-30"),
        ("date", "2026-03-04T17:00:00Z"),
        ("url", "wiki.acme.example/pay"),
        ("url", "javascript:alert(1)"),
        ("url", "https://["),
        ("email", "pay at acme"),
        ("email", "a@b, c@d"),
        ("list", True),
        ("list", [["a"]]),
        ("ref", "pay"),
        ("ref", "component:"),
        ("ref", 5),
    ],
)
def test_what_could_mean_two_things_is_refused(type_: str, written: Json) -> None:
    with pytest.raises(Unfit) as refused:
        CustomField.model_validate({"type": type_}).read(written)
    assert str(refused.value).startswith("is ")
    assert refused.value.remedy.endswith(".")


def test_a_choice_is_found_by_its_words_whatever_their_case() -> None:
    field = CustomField(type="choice", values=("Public", "Secret", "1"))
    assert [field.read(each) for each in ("Secret", " secret", 1)] == ["Secret", "Secret", "1"]
    with pytest.raises(Unfit) as refused:
        field.read("internal")
    assert refused.value.remedy == "Write one of: Public, Secret, 1."


def test_a_choice_between_two_that_differ_in_case_alone_is_not_made() -> None:
    field = CustomField(type="choice", values=("Red", "RED"))
    assert field.read("RED") == "RED"
    with pytest.raises(Unfit):
        field.read("red")


def test_each_text_of_a_list_is_held_to_the_values() -> None:
    field = CustomField(type="list", values=("PCI", "GDPR"))
    assert field.read("pci, gdpr") == ["PCI", "GDPR"]
    with pytest.raises(Unfit):
        field.read("pci, hipaa")


def test_a_ref_without_a_kind_is_of_the_fields_kind_and_no_other() -> None:
    field = CustomField(type="ref", kind="Group")
    assert field.read("Pay") == "group:default/pay"
    with pytest.raises(Unfit) as refused:
        field.read("user:ana")
    assert refused.value.remedy == "Name a Group: group:ana."


def test_a_pattern_is_for_the_whole_text() -> None:
    field = CustomField(pattern="CC-[0-9]+|none")
    assert field.read("CC-12") == "CC-12"
    for wrong in ("CC-12\n", "xCC-12", "CC-", "CC-12 or none"):
        with pytest.raises(Unfit) as refused:
            field.read(wrong)
        assert refused.value.remedy == "Write what matches CC-[0-9]+|none."


def test_no_pattern_makes_it_hang() -> None:
    field = CustomField(pattern="(a|a)*(a+)+$")
    began = time.monotonic()
    with pytest.raises(Unfit):
        field.read("a" * 9_000 + "!")
    with pytest.raises(Unfit) as refused:
        field.read("a" * 20_000)
    assert "longer than 10000" in str(refused.value)
    assert time.monotonic() - began < 5


@given(st.sampled_from(["text", "number", "integer", "boolean", "date", "url", "email", "list", "ref"]), JSON)
def test_a_value_is_read_or_refused_and_what_was_read_reads_as_itself(type_: str, value: Json) -> None:
    field = CustomField.model_validate({"type": type_})
    try:
        read = field.read(value)
    except Unfit:
        return
    assert field.read(read) == read


@pytest.mark.parametrize(
    ("definition", "said"),
    [
        ({"type": "choice"}, "a choice needs `values`"),
        ({"type": "integer", "pattern": "x"}, "`pattern` is for fields of type text or list"),
        ({"values": ["a"]}, "`values` is for fields of type choice or list"),
        ({"type": "date", "kind": "Group"}, "`kind` is for fields of type ref"),
        ({"pattern": "a)|(b"}, "no regular expression"),
        ({"pattern": "(?=x)"}, "look-ahead"),
        ({"pattern": "x{1000}{1000}"}, "size limit"),
        ({"pattern": "x" * 501}, "at most 500 characters"),
        ({"colour": "red"}, "colour"),
        ({"type": "money"}, "type"),
    ],
)
def test_a_definition_that_means_nothing_is_refused(definition: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        CustomField.model_validate(definition)
    assert said in str(refused.value)


FIELDS = {
    "cost_center": CustomField(title="Cost centre", pattern="CC-[0-9]+", required=True),
    "replicas": CustomField(type="integer", kinds=("component", "Resource")),
    "quorum": CustomField(type="integer", kinds=("System",)),
}


def test_values_are_made_what_they_are_and_the_doubtful_ones_left_out_with_a_word() -> None:
    told = claim(cost_center="12", replicas="3", free=["as", {"it": "is"}], quorum="three")
    grounds = {"custom.cost_center": Grounds(0.5, "a guess"), "custom.replicas": Grounds(0.9, "counted")}
    (snapshot,), (finding,) = checked([look(replace(told, grounds=grounds))], FIELDS)
    (found,) = snapshot.claims
    assert found.fields == {
        "title": "Pay",
        "custom.replicas": 3,
        "custom.free": ["as", {"it": "is"}],
        "custom.quorum": "three",
    }
    assert set(found.grounds) == {"custom.replicas"}
    assert str(finding) == (
        'services.csv:7: warning: custom.cost_center of component:pay was left out: "12" does not match. '
        "Write what matches CC-[0-9]+."
    )


@pytest.mark.parametrize(
    ("origin", "where"),
    [
        ("a.csv:7", ("a.csv", 7)),
        ("https://cmdb.acme.example/assets/7", ("https://cmdb.acme.example/assets/7", 0)),
        ("", ("csv", 0)),
        ("C:\\a.csv", ("C:\\a.csv", 0)),
    ],
)
def test_a_finding_says_where(origin: str, where: tuple[str, int]) -> None:
    _, (finding,) = checked([look(claim(origin, replicas="many"))], FIELDS)
    assert (finding.path, finding.line) == where


def test_the_evidence_of_the_field_says_where_before_the_claim_does() -> None:
    told = replace(
        claim(replicas="many"), grounds={"custom.replicas": Grounds(0.5, "counted", "replicas.json:2")}
    )
    _, (finding,) = checked([look(told)], FIELDS)
    assert (finding.path, finding.line) == ("replicas.json", 2)


def test_true_is_no_one() -> None:
    (snapshot,), findings = checked([look(claim(replicas=True))], FIELDS)
    assert "custom.replicas" not in snapshot.claims[0].fields
    assert len(findings) == 1
    (snapshot,), _ = checked([look(claim(on=1))], {"on": CustomField(type="boolean")})
    assert snapshot.claims[0].fields["custom.on"] is True


def test_what_is_right_already_passes_untouched() -> None:
    snapshot = look(claim(cost_center="CC-1", replicas=3), claim(free=1))
    (same,), findings = checked([snapshot], FIELDS)
    assert same is snapshot
    assert findings == ()
    assert checked([snapshot], {}) == ((snapshot,), ())


def test_what_is_required_and_missing_is_named() -> None:
    assert lacking(Entity(PAY, "pay", "Component"), FIELDS) == ("cost_center",)
    assert lacking(Entity(PAY, "pay", "Component", {"custom.cost_center": "CC-1"}), FIELDS) == ()


def test_titles_are_by_the_entitys_own_name_for_the_field() -> None:
    assert titles(FIELDS) == {"custom.cost_center": "Cost centre"}
