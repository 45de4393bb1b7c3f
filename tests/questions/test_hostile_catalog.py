"""Nothing that a source writes pings, links or moves a cursor: planted in all fields, kept, asked for."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from blocks.as_json import json_for
from blocks.message import message_for, only_you, shared
from blocks.plain import text_for
from bot.precedence import FIELDS
from catalog_store.catalog import Catalog
from domain.answers import Asker
from domain.entities import RELATION_FIELDS, Channel, Claim, Grounds, Json, Snapshot, Standing
from domain.refs import Ref
from domain.visibility import OPERATOR, OUTSIDE
from questions.grammar import FORMS
from tests.blocks.test_limits import check_message, marked_texts
from tests.questions.conversation import Conversation

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
PLANTED = (
    "<!channel>", "<!here|x>", "<@U012ABC>", "<!subteam^S012|@all>", "<#C012ABC|general>",
    "<https://evil.example|click>", "<javascript:alert(1)|click>", "@channel @here", "a\x1b[31m\x07b\r\nc",
    "\u202egnp.exe\u200b\u2066", "&lt;!channel&gt; & more", "*b* `c` ~s~ _i_", "]( https://evil.example )",
)  # fmt: skip
KINDS = ("component", "api", "resource", "system", "domain", "group", "user", "widget")
ASKED = (
    "show {}", "who owns {}", "what does {} own", "what depends on {}", "what does {} depend on",
    "who is on call for {}", "what is {} on call for", "people of {}", "show {} on 2026-03-04",
    "who owned {} on 2026-03-04", "list everything owned by {}", "list services in system {}",
)  # fmt: skip


def shapes(text: str) -> tuple[Json, ...]:
    """Return the text in each shape that a field may have."""
    at, until = (NOW - timedelta(hours=1)).isoformat(), (NOW + timedelta(hours=1)).isoformat()
    shift = {
        "level": 1,
        "person": text,
        "name": text,
        "email": text,
        "schedule": text,
        "from": at,
        "until": until,
    }
    inner: dict[str, Json] = {
        "name": text, "url": text, "title": text, "status": text, "urgency": text, "priority": text,
        "since": text, "state": text, "trend": text, "version": text, "at": text, "target": text,
        "bugs": text, "levels": [{"level": 1, "targets": [text]}], "shifts": [shift],
        "unresolved": text, "alert": 1, "ok": 1,
        "alerting": [{"name": text, "state": text, "url": text}], "timeframe": text, "budget_left": text,
    }  # fmt: skip
    link: Json = {"url": f"https://x.example/{text}", "title": text, "icon": text, "type": text}
    return text, [text, text + "2"], {text: text}, {f"{text}:1": inner}, [link, inner]


def shape_for(field: str, text: str, number: int) -> Json:
    """Return a field's own shape where it has one that is shown, else any."""
    as_text, many, plain, nested, links = shapes(text)
    if field in ("oncall", "incidents", "slos", "monitors", "tickets", "error_issues", "releases"):
        return nested
    if field in ("tags", "hosts", "environments"):
        return many
    if field == "links":
        return links
    named = (
        "title", "description", "type", "lifecycle", "tier", "language", "channel", "email", "repository",
    )  # fmt: skip
    return as_text if field in named else (as_text, many, plain, nested, links)[number % 5]


def planted(turn: int) -> list[Claim]:
    """Return a thing of each kind with the texts in turn in name, aliases and all fields, tied to all."""
    refs = {kind: Ref(kind, "default", f"evil-{kind}") for kind in KINDS}
    claims = []
    for place, (kind, ref) in enumerate(refs.items()):
        fields: dict[str, Json] = {}
        text = PLANTED[(turn + place) % len(PLANTED)]
        for number, field in enumerate(
            sorted({*FIELDS, "custom.x", f"custom.{text}"} - set(RELATION_FIELDS))
        ):
            other = PLANTED[(turn + place + number) % len(PLANTED)]
            fields[field] = shape_for(field, other, number)
        for spec in RELATION_FIELDS.values():
            target = str(refs[spec.kind or "component"])
            fields[spec.field] = [target, str(refs["api"])] if spec.many else target
        grounds = {field: Grounds(0.6, f"because {text}", text) for field in ("owner", "title", "dependsOn")}
        claims.append(
            Claim(ref, text, kind.capitalize(), fields, (text.lower(), f"{text}:1".lower()), text, 0.6,
                  id=f"{kind}{text}", grounds=grounds, standing=Standing.DECLARED)
        )  # fmt: skip
    return claims


@pytest.mark.parametrize("turn", [0, 6])
def test_what_is_planted_is_harmless_in_every_answer(sqlite_catalog: Catalog, turn: int) -> None:
    text = PLANTED[turn]
    channels = (Channel("C0EVIL", text, shared=True, archived=True),)
    for source in ("hostile/codeowners", "csv"):
        sqlite_catalog.apply(Snapshot(source, NOW, tuple(planted(turn)), channels=channels), actor=text)
    chat = Conversation(sqlite_catalog)
    refs = [each.ref for each in sqlite_catalog.entities()]
    asks = [example for form in FORMS for example in form.topic.examples]
    asks += [ask.format(f'"{ref}"') for ref in refs for ask in ASKED]
    asks += [
        f'{ask} "{each}"' for each in PLANTED for ask in ("who owns", "show", "list services owned by")
    ] + [
        "sync changes 1",
        "list everything",
        "unjoined people",
    ]
    answered = set()
    for words in asks:
        for asker in (Asker(reader=OPERATOR), Asker("U1", outsider=True, reader=OUTSIDE)):
            answer = chat.at(NOW).answer(words, asker)
            answered.add(type(answer).__name__)
            for message in (message_for(answer, now=NOW), message_for(answer, now=NOW, share=words)):
                for sent in (message, only_you(message), shared(message, words, text)):
                    check_message(sent.blocks, sent.text)
                    marked = " ".join(each["text"] for each in marked_texts(sent.blocks))
                    assert set(re.findall(r"<https?://[^/|>]*", marked)) <= {"<https://x.example"}, words
                    assert "<@" not in marked, words
            plain = text_for(answer, now=NOW)
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]", plain)
            json.dumps(json_for(answer, now=NOW))
    assert {"Found", "Shown", "Listing", "OnCall"} <= answered
