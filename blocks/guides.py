"""Answers about asking: the help, and what to say when words were not understood."""

from __future__ import annotations

from collections.abc import Iterable

from blocks import kit, limits, names
from blocks.pens import Pen
from domain.answers import Help, HelpTopic, Unclear

SHOWN_EXAMPLES = 5
_MEANING = 200


def usage(answer: Help, pen: Pen) -> list[kit.Block]:
    """Show what can be said, a line for each topic, with examples to press."""
    lines = [help_headline(answer, pen)]
    blocks: list[kit.Block] = []
    entries = [_topic(topic, pen, examples=len(answer.topics) <= SHOWN_EXAMPLES) for topic in answer.topics]
    room = limits.MESSAGE_TEXT - limits.SECTION_TEXT
    kept = limits.fit(entries, room)
    blocks.append(kit.section(*lines))
    while entries[:kept]:
        count = max(1, limits.fit(entries[:kept], limits.SECTION_TEXT))
        blocks.append(kit.section(*entries[:count]))
        del entries[:count]
        kept -= count
    if entries:
        blocks.append(kit.context(f"and {len(entries)} more: say {pen.code('help')} and a word"))
    return blocks + kit.actions(names.STEPS, map(_example, examples(answer)))


def help_headline(answer: Help, pen: Pen) -> str:
    """Say what follows."""
    if answer.about and answer.topics:
        return f"About “{pen.text(answer.about)}”:"
    if answer.about:
        return f"There is no help on “{pen.text(answer.about)}”. Say {pen.code('help')} for all of it."
    return "Ask in these words, here, in a mention or in a direct message:"


def examples(answer: Help) -> list[str]:
    """Return examples to press: one of each topic, or all of a single topic's."""
    if len(answer.topics) == 1:
        return list(answer.topics[0].examples[:SHOWN_EXAMPLES])
    return [topic.examples[0] for topic in answer.topics if topic.examples][:SHOWN_EXAMPLES]


def _topic(topic: HelpTopic, pen: Pen, *, examples: bool) -> str:
    line = f"{pen.code(topic.usage)}  {pen.text(topic.meaning, _MEANING)}"
    said = " · ".join(pen.code(each) for each in topic.examples[:SHOWN_EXAMPLES]) if examples else ""
    return limits.cut_mrkdwn(f"{line}\n        {said}" if said else line, limits.SECTION_TEXT)


def unclear(answer: Unclear, pen: Pen) -> list[kit.Block]:
    """Say what was not understood, and offer words that are."""
    blocks = [kit.section(pen.text(answer.problem, limits.LINE) or "That is no question I know.")]
    shown = answer.suggestions[:SHOWN_EXAMPLES]
    if shown:
        blocks.append(kit.context("Try one of these:", *_bullets(shown, pen)))
    askable = [
        words for words in (*shown, "help") if "<" not in words
    ]  # `who owns <thing>` is to be filled in
    return blocks + kit.actions(names.STEPS, map(_example, dict.fromkeys(askable)))


def _bullets(suggestions: Iterable[str], pen: Pen) -> list[str]:
    return [f"• {pen.code(each)}" for each in suggestions]


def _example(words: str) -> kit.Block:
    return kit.button(words, words)
