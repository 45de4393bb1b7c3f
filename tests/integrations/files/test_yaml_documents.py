"""One broken document stays alone, every complaint has its line in the file, and nothing hangs or raises."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from integrations.files.text import Unreadable, decode
from integrations.files.yaml_documents import documents


def values(text: str) -> list[object]:
    return [document.value() for document in documents(text)]


def trouble(text: str) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        values(text)
    return caught.value


def test_documents_are_split_where_yaml_ends_them() -> None:
    text = "# head\n---\na: 1\n--- # two\nb: |\n  text\n  --- inside\n---\n...\n# tail\n---\nc: 3\n"
    assert values(text) == [{"a": 1}, {"b": "text\n--- inside\n"}, None, {"c": 3}]
    assert [document.start for document in documents(text)][::3] == [3, 12]


def test_a_directive_belongs_to_the_document_below_it() -> None:
    assert values("%YAML 1.2\n---\na: 1\n...\n%YAML 1.1\n---\nb: 2\n") == [{"a": 1}, {"b": 2}]


def test_plain_words_are_read_as_backstage_reads_them() -> None:
    words = "[no, on, Yes, 12:30, 2024-01-02, nothing, '1', !!str 2]"
    assert values(words) == [["no", "on", "Yes", "12:30", "2024-01-02", "nothing", "1", "2"]]
    others = "[1e3, 0o17, 017, 0x1F, -1.5, .5, ~, null, True, {a: }]"
    assert values(others) == [[1000.0, 15, 17, 31, -1.5, 0.5, None, None, True, {"a": None}]]


def test_aliases_and_merge_keys_are_followed() -> None:
    text = "a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc: {<<: *a, x: 9}\nd: {<<: [*a, *b]}\ne: *b\n"
    assert values(text)[0] == {
        "a": {"x": 1, "y": 2},
        "b": {"y": 3, "z": 4},
        "c": {"x": 9, "y": 2},
        "d": {"x": 1, "y": 2, "z": 4},
        "e": {"y": 3, "z": 4},
    }


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("---\na: 1\n---\nb: 1\nc: 2\nb: 3\n", 6, "the key b stands here for the second time"),
        ("a: 1\n---\nb:\n\tc: 1\n", 4, "indented with a tab"),
        ("a: 1\n---\nb: 'open\n", 4, "not YAML"),
        ("a: b: c\n", 1, "mapping values are not allowed"),
        ("a: !!binary aGk=\n", 1, "!!binary"),
        ("a: !!python/object:os.system x\n", 1, "!!python/object:os.system"),
        ("a: !!set {x, y}\n", 1, "!!set"),
        ("a: 1\n~: x\n", 2, "the key ~ is no text"),
        ("[a]: x\n", 1, "a list or mapping stands as a key"),
        ("!!binary aGk=: x\n", 1, "!!binary"),
        ("1: x\n'1': y\n", 2, "the key 1 stands here for the second time"),
        ("a: *gone\n", 1, "undefined alias"),
        ("a: .inf\n", 1, "does not have"),
        ("a: 1e999\n", 1, "too large"),
        ("a: &x [*x]\n", 1, "nested more than 100 deep"),
        ("a:\n  <<: 5\n", 2, "merges something that is no mapping"),
        ("a: 1\n---\nb: \x01\n", 3, "control character"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, line: int, words: str) -> None:
    error = trouble(text)
    assert error.line == line
    assert words in error.problem
    assert error.remedy


def test_the_first_of_two_keys_is_named() -> None:
    assert trouble("x: 0\n---\na: 1\nb: 2\na: 3\n").remedy == "Keep one; the first is on line 3."


def test_a_quoted_merge_key_is_an_ordinary_key() -> None:
    assert values('{"<<": 1}') == [{"<<": 1}]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_bottomless_nesting_is_refused_before_the_stack_is_gone(opening: str) -> None:
    assert "nested more than 100 deep" in trouble(opening * 200_000).problem


def test_an_alias_bomb_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert "more than 100,000 values" in trouble("\n".join(lines)).problem


def test_aliases_that_repeat_a_long_text_are_refused() -> None:
    text = f"a: &a {'x' * 2_000}\nb: [{', '.join(['*a'] * 6_000)}]\n"
    assert "more than 10 MB" in trouble(text).problem


def test_numbers_and_truth_values_as_keys_are_texts_as_in_backstage() -> None:
    assert values("{8080: http, 1.5: a, true: b, !!int 7: c}") == [
        {"8080": "http", "1.5": "a", "true": "b", "7": "c"}
    ]


def test_merging_does_not_escape_the_limit() -> None:
    lines = ["a0: &a0 {" + ", ".join(f"k{n}: 1" for n in range(400)) + "}"]
    lines += [f"b{n}: {{<<: *a0}}" for n in range(400)]
    assert "more than 100,000 values" in trouble("\n".join(lines)).problem


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_that_yaml_allows_are_read(encoding: str) -> None:
    assert values(decode("name: Zürich\r\nb: 1\r\n".encode(encoding))) == [{"name": "Zürich", "b": 1}]


def test_other_encodings_are_refused_with_the_line() -> None:
    with pytest.raises(Unreadable, match="0xFC at offset 11 is not UTF-8") as caught:
        decode("a: 1\nname: \xfc\n".encode("latin-1"))
    assert caught.value.line == 2


def test_binary_content_is_refused() -> None:
    with pytest.raises(Unreadable, match="binary"):
        decode(b"PNG\x00\x01")


def test_lines_of_any_path_are_found() -> None:
    (document,) = documents("# c\n---\nspec:\n  owner: x\n  list:\n    - a\n    - b\n")
    assert document.line(("spec", "owner")) == 4
    assert document.line(("spec", "list", 1)) == 7
    assert document.line(("spec", "missing")) == 3
    assert document.line(()) == 3


_PIECES = st.sampled_from(
    ["a", ": ", "\n", "- ", "  ", "\t", "---", "...", "[", "]", "{", "}", "&a ", "*a", "<<", "|", ">", "'",
     '"', "#", "%", "!!", "!", "?", ",", "\r", "\x00", "é", "0o7", "1", "~", "\\", "@", "`", "="]
)  # fmt: skip


def complaints(text: str) -> list[Unreadable]:
    found = []
    for document in documents(text):
        try:
            document.value()
        except Unreadable as error:
            found.append(error)
    return found


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=40).map("".join)))
@example("? a\n: - b\n  -\tc")
@example("--- |\n%YAML\n...")
@example('"\\ud800"')
def test_no_text_raises_anything_else(text: str) -> None:
    for error in complaints(text):
        assert 0 < error.line <= text.count("\n") + text.count("\r") + 1
        assert error.problem


@given(st.binary())
def test_no_bytes_raise_anything_else(raw: bytes) -> None:
    with suppress(Unreadable):
        assert decode(raw).encode() in raw or raw[:2] in (b"\xff\xfe", b"\xfe\xff")
