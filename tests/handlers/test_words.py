"""What Slack sends, as a question."""

from __future__ import annotations

import pytest

from handlers.words import readable, without_mention


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ("who owns payments", "who owns payments"),
        ("what does <#C1|team-pay> own", "what does #team-pay own"),
        ("what does <@U1|ana> own", "what does @ana own"),
        ("what does <@U1> own", "what does @U1 own"),
        ("what does <!subteam^S1|@pay> own", "what does @pay own"),
        ("who owns <https://git.example/a/b|git.example/a/b>", "who owns git.example/a/b"),
        ("who owns <https://git.example/a?b=1&amp;c=2>", "who owns https://git.example/a?b=1&c=2"),
        ("who owns <mailto:a@b.example|a@b.example>", "who owns a@b.example"),
        ("who owns &lt;!channel&gt;  now", "who owns <!channel> now"),
        ("who owns &lt;@U1&gt;", "who owns <@U1>"),
    ],
)
def test_words_are_shown_as_their_author_saw_them(sent: str, seen: str) -> None:
    assert readable(sent) == seen


@pytest.mark.parametrize(
    "said", ["<@UBOT> help", "<@UBOT|idp> help", "help <@UBOT>", "<@UBOT>: help", "<@UBOT>, help"]
)
def test_the_bots_own_mention_is_no_part_of_the_question(said: str) -> None:
    assert without_mention(said, "UBOT") == "help"


def test_the_mention_of_somebody_else_stays() -> None:
    assert without_mention("<@UBOT> what does <@U1> own", "UBOT") == "what does <@U1> own"
