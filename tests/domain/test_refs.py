"""References as Backstage's `parseEntityRef` reads them."""

import pytest

from domain.errors import BadRef
from domain.refs import Ref, parse_ref


@pytest.mark.parametrize(
    ("text", "kind", "ref"),
    [
        ("component:default/pay", None, Ref("component", "default", "pay")),
        ("Component:Default/Pay", None, Ref("component", "default", "pay")),
        ("group:pay", None, Ref("group", "default", "pay")),
        ("pay", "group", Ref("group", "default", "pay")),
        ("org/pay", "group", Ref("group", "org", "pay")),
        ("user:org/ana", "group", Ref("user", "org", "ana")),
        (" user:ana ", "group", Ref("user", "default", "ana")),
    ],
)
def test_what_is_left_out_is_filled_in(text: str, kind: str | None, ref: Ref) -> None:
    assert parse_ref(text, kind) == ref
    assert parse_ref(str(ref)) == ref


@pytest.mark.parametrize(
    "text", ["", "pay", ":pay", "group:", "group:/pay", "a:b:c", "a:b:c/d", "a:b/c/d", "group:org/"]
)
def test_what_is_no_reference_says_how_to_write_one(text: str) -> None:
    with pytest.raises(BadRef) as refusal:
        parse_ref(text)
    assert "group:default/team-payments" in refusal.value.hint
