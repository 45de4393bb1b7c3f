"""Cutting pages: what is written is in one passage, in order; anchors and bounds hold for any text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog_store.passages.anchors import Anchors
from catalog_store.passages.cutting import LONGEST, MOST, Cut, cut
from catalog_store.passages.navigation import front_matter, navigation
from catalog_store.passages.pages import cut_page, is_runbook, pages_of
from catalog_store.passages.pieces import Heading, Piece, Text, fenced
from catalog_store.passages.spelling import further_words, terms
from domain.entities import FileText
from domain.passages import FENCE

words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp")), min_size=1, max_size=30)
prose = st.lists(words, min_size=1, max_size=200).map(" ".join).filter(lambda text: bool(text.strip()))
code = st.lists(words.map(str.strip).filter(bool), min_size=1, max_size=120).map(fenced)
headings = st.builds(Heading, st.integers(1, 6), words.filter(lambda text: bool(text.strip())))
pieces = st.lists(
    st.one_of(headings, prose.map(Text), code.map(lambda text: Text(text, code=True))), max_size=25
)


def page(text: str, path: str = "docs/a.md") -> tuple[list[Cut], str]:
    (found,) = pages_of([FileText("c", path, text)])
    return cut_page(found)


def said(text: str) -> str:
    return "".join(text.replace(FENCE, "").split())


@given(pieces)
def test_no_text_is_lost_between_passages_and_none_comes_twice(some: list[Piece]) -> None:
    cuts, _ = cut(some, "Title")
    own = next((each for each in some if isinstance(each, Heading) and each.level == 1), None)
    written = [each.text for each in some if isinstance(each, Text) or (each is own and each.text != "Title")]
    if len(cuts) < MOST:
        assert said("".join(each.text for each in cuts)) == said("".join(written))
    assert all(len(each.text) <= LONGEST for each in cuts)


@given(st.lists(words, max_size=40))
def test_anchors_of_a_page_differ(headings: list[str]) -> None:
    anchors = Anchors()
    given_out = [found for each in headings if (found := anchors.anchor(each))]
    assert len(set(given_out)) == len(given_out)


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Rotate keys", "rotate-keys"),
        ("What's `new` in 2.0?", "whats-new-in-20"),
        ("A  B", "a--b"),
        ("Größe & Maß", "größe--maß"),
        ("snake_case", "snake_case"),
        ("日本語 です", "日本語-です"),
        ("!!!", ""),
    ],
)
def test_anchors_are_githubs(heading: str, anchor: str) -> None:
    assert Anchors().anchor(heading) == anchor


def test_the_second_of_a_name_has_a_number() -> None:
    anchors = Anchors()
    assert [anchors.anchor(each) for each in ("A", "A", "A-1", "A")] == ["a", "a-1", "a-1-1", "a-2"]


def test_markdown_is_cut_by_its_headings() -> None:
    text = (
        "# Guide\n\nHello *you*, see [there](http://x.example).\n\n## One\n\n- a `b`\n- c\n  1. d\n\n"
        "### Deep\n\n"
        "| k | v |\n|---|---|\n| x | y |\n\n## Two\n\n```sh\n# no heading\nrun\n\nstop\n```\n"
    )
    cuts, title = page(text)
    assert title == "Guide"
    assert [(each.headings, each.anchor) for each in cuts] == [
        ((), "guide"),
        (("One",), "one"),
        (("One", "Deep"), "deep"),
        (("Two",), "two"),
    ]
    assert cuts[0].text == "Hello you, see there."
    assert cuts[1].text == "• a `b`\n\n• c\n\n  1. d"
    assert cuts[2].text == "k | v\n\nx | y"
    assert cuts[3].text == "```\n# no heading\nrun\n\nstop\n```"


def test_html_is_stripped() -> None:
    cuts, _ = page(
        '<h1 align="center">Pay</h1>\n<!-- hid -->\n<script>alert(1)</script>\n\n'
        "Text <b>bold</b><br>next &amp; on\n"
    )
    assert "\n".join(each.text for each in cuts) == "Pay\n\nText bold\nnext & on"


def test_restructuredtext_is_cut_by_its_underlines() -> None:
    text = (
        "=====\nGuide\n=====\n\nHello **you** and ``code`` and :ref:`keys <k>`.\n\n"
        "One\n---\n\nRun::\n\n    make it\n\n"
        ".. note:: Careful\n\n.. code-block:: sh\n   :linenos:\n\n   stop\n\n.. _label:\n\n"
        "Two\n---\n\n.. toctree::\n\n   x\n"
    )
    cuts, title = page(text, "docs/a.rst")
    assert title == "Guide"
    assert [each.headings for each in cuts] == [(), ("One",), ("Two",)]
    assert cuts[0].text == "Hello you and `code` and keys."
    assert cuts[1].text == "Run:\n\n```\nmake it\n```\n\nCareful\n\n```\nstop\n```"
    assert cuts[2].text == ""


def test_asciidoc_is_cut_by_its_signs() -> None:
    text = (
        "= Guide\n:toc:\n\nSee link:http://x.example[there].\n\n"
        "== One\n\n[source,sh]\n----\nrun\n----\n\n=== Deep\n\nText\n"
    )
    cuts, title = page(text, "docs/a.adoc")
    assert title == "Guide"
    assert [(each.headings, each.text) for each in cuts] == [
        ((), "See there."),
        (("One",), "```\nrun\n```"),
        (("One", "Deep"), "Text"),
    ]


def test_front_matter_and_navigation_give_titles() -> None:
    assert front_matter("---\ntitle: Keys\ntags: [a]\n---\nText") == ("Keys", "Text")
    assert front_matter("---\nText between\n---\nrules") == ("", "---\nText between\n---\nrules")
    assert page("---\ntitle: Keys\n---\n# Other\n\nText\n")[1] == "Keys"
    assert page("No heading\n", "docs/rotate_keys.md")[1] == "rotate keys"
    site = (
        "docs_dir: book\nnav:\n  - index.md\n  - Ops: [{Night: ops/night.md}, https://x.example]\n"
        "x: !!python/name:os.system\n"
    )
    assert navigation("mkdocs.yml", site) == {"book/index.md": (0, ""), "book/ops/night.md": (1, "Night")}
    assert navigation("a/mkdocs.yml", "nav: [x.md]") == {"a/docs/x.md": (0, "")}


@pytest.mark.parametrize(
    "text", ["", "nav: 3", "nav: [[[[]]]]", "{", "a: &a [*a]\nnav: *a", "nav: " + "[" * 3_000, "!x"]
)
def test_a_broken_site_has_no_navigation(text: str) -> None:
    assert navigation("mkdocs.yml", text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000,
        "*a_ " * 20_000,
        "> " * 30_000,
        "`" * 90_000,
        "[a](b" * 10_000,
        "<a " * 30_000,
        "<!--" * 20_000,
        "a|b\n-|-\n" + "x\n" * 60_000,
        "\0\x01\x02" * 9_000,
        "".join(" " * n + "- a\n" for n in range(300)),
        "# a\n" * 9_000,
    ],
    ids=range(11),
)
@pytest.mark.parametrize("ending", ["md", "rst", "adoc"])
def test_hostile_pages_take_a_bounded_time(text: str, ending: str) -> None:
    began = time.thread_time()
    cuts, _ = page(text, f"docs/a.{ending}")
    assert time.thread_time() - began < 3
    assert len(cuts) <= MOST
    assert all(len(each.text) <= LONGEST for each in cuts)


def test_a_binary_file_has_no_passages() -> None:
    assert page("\x7fELF\x02\x01\x01" + "\x03\x04\ufffd" * 500)[0] == []


def test_runbooks_are_told_by_their_path() -> None:
    assert all(map(is_runbook, ("runbook.md", "docs/runbooks/a.md", "docs/Run-Book-pay.md", "playbook.md")))
    assert not any(map(is_runbook, ("docs/a.md", "README.md", "docs/running.md")))


def test_questions_are_cut_into_terms() -> None:
    assert [each.plain for each in terms('how do I "rotate_keys" of PAYMENTS_DB_URL 1.25.3?')] == [
        "rotate keys",
        "payments db url",
        "1 25 3",
    ]
    assert [each.plain for each in terms("what is it")] == ["what", "is", "it"]
    assert terms("*** ()") == ()
    assert further_words("rotateKeys HTTPServer plain Müller") == "rotate keys http server muller"


@pytest.mark.parametrize("folder", ["", "repos/pay/"])
def test_a_things_own_readme_comes_first_wherever_its_folder_is(folder: str) -> None:
    paths = [f"{folder}{each}" for each in ("docs/a.md", "docs/README.md", "README.md")]
    order = [each.path for each in pages_of([FileText("c", path, "# T") for path in paths])]
    assert order[0] == f"{folder}README.md"
    others = [FileText("c", path, "# T") for path in ("one/README.md", "a/z.md")]
    assert [each.path for each in pages_of(others)] == ["a/z.md", "one/README.md"]
