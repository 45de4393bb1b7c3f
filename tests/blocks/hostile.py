"""Strategies for answers that hold anything at all: huge, empty, hostile."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from domain.answers import (
    Ambiguous,
    Answer,
    Candidate,
    Found,
    Help,
    HelpTopic,
    Listing,
    Missing,
    Owner,
    Person,
    Section,
    Shown,
    Spot,
    Spotted,
    Thing,
    Unclear,
)
from domain.audit import Act, Audit
from domain.changes import FieldChange
from domain.entities import Entity, Fact, Json, Record
from domain.explained import Decided, Explained, Weighed, WeighedField
from domain.finding import Hit, Search
from domain.gaps import Gaps, Unanswered
from domain.impact import Dependence, Felt, Impact, Step, Warned
from domain.oncall import Duties, Duty, Freshness, Level, OnCall, Reach, Rota, Turn
from domain.paths import DecidingRule, OwnedPath
from domain.refs import Ref
from domain.sources import Permission, Quota, SourceState, Suggestion
from domain.syncs import Checked, Done, Examined, Intended, Pair, Sources, SourceStanding, Suggestions, Synced
from tests.blocks.hostile_apis import gaps, operations
from tests.blocks.hostile_docs import documentation
from tests.blocks.samples import NOW

NASTY = (
    "<!channel>",
    "<@U012ABC>",
    "<https://evil.example|click>",
    "@here",
    "&" * 4_000,
    "<" * 4_000,
    "a & b " * 3_000,
    "*bold* _it_ `code` ~no~",
    "line\nbreak\r\n\x1b[31mred\x07",
    "\u202egnp.exe",
    "\ud800",
    "👩‍👩‍👧" * 900,
    "",
    " ",
    "…",
)
word = st.one_of(st.sampled_from(NASTY), st.text(max_size=120))
refs = st.builds(Ref, st.sampled_from(("component", "api", "group", "user", "x")), word, word)
kinds = st.sampled_from(("Component", "API", "Group", "User", "<b>"))
moments = st.none() | st.timedeltas(timedelta(days=-2), timedelta(days=900)).map(lambda age: NOW - age)
things = st.builds(Thing, refs, word, word, kinds, st.none() | refs, word, word, word, word, moments)
many_things = st.lists(things, max_size=3).map(lambda few: tuple(few * 40))
people = st.lists(st.builds(Person, refs, word, word), max_size=4).map(lambda few: tuple(few * 20))
owners = st.builds(Owner, refs, word, st.booleans(), word, word, word, word, word, people)
OBSERVED_IN_WORDS = (
    "incidents", "slos", "monitors", "tickets", "error_issues", "releases", "accounts",
)  # fmt: skip
keys = st.sampled_from(
    ("title", "name", "url", "state", "status", "target", "since", "ok", "alert", "alerting", "bugs",
     "incidents", "unresolved", "new", "trend", "version", "at", "timeframe")
)  # fmt: skip
observed: st.SearchStrategy[Json] = st.dictionaries(
    word, st.dictionaries(keys, word | st.integers() | st.floats() | st.none(), max_size=8) | word, max_size=5
)
values: st.SearchStrategy[Json] = observed | st.one_of(
    word,
    st.lists(word, max_size=40),
    st.dictionaries(word, word, max_size=5),
    st.lists(
        st.fixed_dictionaries({"url": word | st.just("https://x.example/?a=1&b=<2>"), "title": word}),
        max_size=9,
    ),
)
names = st.sampled_from(
    (
        *OBSERVED_IN_WORDS,
        "title",
        "description",
        "type",
        "tier",
        "system",
        "tags",
        "links",
        "channel",
        "custom.<x>",
        "vanished",
    )
)
entities = st.builds(Entity, refs, word, kinds, st.dictionaries(names | word, values, max_size=12))
facts = st.builds(
    Fact,
    names,
    values,
    word,
    st.timedeltas(timedelta(days=-2), timedelta(days=900)).map(lambda age: NOW - age),
    st.floats(0, 1),
    word,
    st.booleans(),
    word,
    moments,
)
some_facts = st.lists(facts, max_size=3).map(lambda few: tuple(few * 4))
records = st.builds(Record, entities, some_facts)
matches = st.sampled_from(("", "alias", "prefix", "typo", "words")) | word
relations = st.lists(
    st.tuples(st.sampled_from(("dependsOn", "ownerOf", "odd")), many_things), max_size=6
).map(tuple)
candidates = st.lists(st.builds(Candidate, things, word, word), max_size=14).map(tuple)
texts = st.lists(word, max_size=12).map(tuple)
pages = st.integers(1, 9)
sections = st.lists(st.builds(Section, word, many_things), max_size=4).map(lambda few: tuple(few * 12))
listings = st.builds(
    Listing, word, sections, st.integers(0, 10**6), pages, pages, word, st.none() | things,
    place=st.none() | things,
)  # fmt: skip
topics = st.lists(st.builds(HelpTopic, word, word, texts), max_size=5).map(lambda few: tuple(few * 8))

counts = st.dictionaries(st.sampled_from(("created", "changed", "vanished")) | word, st.integers(0, 10**6))
numbers = st.integers(0, 10**9)
states = st.builds(
    SourceState, word, moments, moments, moments, st.booleans(), st.none() | numbers, word, word, word,
    quota=st.none() | st.builds(Quota, numbers, numbers, moments), things=numbers, findings=numbers,
)  # fmt: skip
standings = st.lists(st.builds(SourceStanding, states, counts), max_size=3).map(lambda few: tuple(few * 9))
found_pairs = st.builds(
    Suggestion, numbers, word, word, word, st.floats(0, 1), st.sampled_from(("open", "merged")) | word,
    word, moments,
)  # fmt: skip
pairs = st.lists(st.builds(Pair, found_pairs, word, word, kinds), max_size=3).map(lambda few: tuple(few * 5))
actions = st.sampled_from(("sync", "undo", "merge")) | word
outcomes = st.sampled_from(("applied", "previewed", "refused", "failed")) | word
rows = st.builds(Permission, word, st.booleans(), word, word, st.booleans())
examined = st.builds(Examined, word, word, st.lists(rows, max_size=9).map(tuple), st.floats(0, 9e9))
discoveries = st.one_of(
    st.builds(Sources, standings),
    st.builds(Intended, word, actions, st.just("12") | word, texts, word),
    st.builds(
        Synced, word, outcomes, counts, st.lists(numbers, max_size=3).map(tuple), numbers, st.floats(0, 9e9),
        word, word,
    ),
    st.builds(Checked, st.lists(examined, max_size=3).map(lambda few: tuple(few * 9))),
    st.builds(Done, word, texts),
    st.builds(Suggestions, pairs, numbers, pairs),
)  # fmt: skip

fresh = st.builds(
    Freshness,
    word,
    word,
    moments.map(lambda at: at or NOW),
    word,
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
turns = st.lists(
    st.builds(
        Turn,
        word,
        word,
        st.none() | st.builds(Person, refs, word, word),
        moments,
        moments,
        st.booleans(),
        word,
    ),
    max_size=5,
).map(tuple)
levels = st.lists(st.builds(Level, st.integers(1, 99), turns, turns, texts), max_size=6).map(tuple)
rotas = st.builds(Rota, word, word, word | st.just("https://x.example/?a=<2>"), levels, fresh)
some_rotas = st.lists(rotas, max_size=2).map(lambda few: tuple(few * 4))
vias = st.sampled_from(("own", "owner", "parent", "owned", "parts", "part", "provider", ""))
reaches = st.none() | st.builds(Reach, owners, texts, st.booleans())
places = st.none() | things
on_calls = st.builds(OnCall, word, things, some_rotas, vias, st.none() | things, reaches, matches, places)
turning = rotas.filter(lambda rota: rota.first is not None or bool(rota.coming))
some_duties = st.lists(
    st.builds(Duty, turning, st.lists(refs, max_size=3).map(tuple), texts, st.integers(0, 99)), max_size=2
).map(lambda few: tuple(few * 5))
duties = st.builds(
    Duties, word, things, st.builds(Person, refs, word, word), some_duties,
    st.lists(fresh, max_size=3).map(tuple), matches,
)  # fmt: skip

some_owners = st.lists(owners, max_size=3).map(lambda few: tuple(few * 4))
deciding = st.builds(DecidingRule, word, st.integers(0, 9999), some_owners, texts, word, st.booleans())
paths = st.builds(
    OwnedPath, word, word, word, st.lists(deciding, max_size=3).map(lambda few: tuple(few * 3)),
    st.none() | things, st.none() | owners, word, word, moments, word,
)  # fmt: skip
weighed = st.builds(
    Weighed, facts, moments.map(lambda at: at or NOW), st.none() | st.sampled_from(list(Decided))
)
claimed = st.lists(weighed, min_size=1, max_size=3).map(lambda few: tuple(few * 5))
some_fields = st.lists(st.builds(WeighedField, names | word, claimed, st.booleans()), max_size=3)
reasons = st.builds(
    Explained, word, things, some_fields.map(lambda few: tuple(few * 10)), st.just("") | word,
    st.integers(0, 99), st.integers(0, 99), st.integers(0, 9), st.none() | things, matches,
    st.dictionaries(word, word, max_size=3),
)  # fmt: skip
founds = st.builds(
    Found,
    word,
    records,
    st.none() | owners,
    some_facts,
    matches,
    st.none() | things,
    as_of=moments,
    on_call=st.none() | on_calls,
)
clues = st.sampled_from(("link", "repository", "label", "file", "code", "pod", "host", "key", "name", "?"))
spots = st.lists(st.builds(Spot, clues, word, founds), max_size=2).map(lambda few: tuple(few * 4))

amounts = st.integers(0, 10**6)
felt = st.lists(st.builds(Felt, things, pages, st.none() | things), max_size=3).map(
    lambda few: tuple(few * 9)
)
warned = st.lists(st.builds(Warned, st.none() | owners, felt, amounts), max_size=3).map(
    lambda few: tuple(few * 5)
)
steps = st.builds(Step, things, things, st.sampled_from(("dependsOn", "partOf")) | word, some_facts)
at_some_time = moments.map(lambda at: at or NOW)
acts = st.builds(
    Act, st.sampled_from(("changed", "applied")) | word, at_some_time, word, word, st.none() | amounts,
    st.none() | amounts, st.none() | refs,
    st.lists(st.builds(FieldChange, word, values, values), max_size=5).map(tuple), counts,
    st.lists(st.tuples(word, refs), max_size=3).map(tuple),
)  # fmt: skip
explored = st.one_of(
    st.builds(
        Impact, word, things, warned, warned, amounts, amounts, amounts, word, amounts, amounts, amounts,
        matches, st.booleans(), pages, pages, word,
    ),
    st.builds(
        Dependence, word, things, things, st.lists(steps, max_size=3).map(lambda few: tuple(few * 9)), amounts
    ),
    st.builds(
        Search, word, st.lists(st.builds(Hit, things, word, word), max_size=9).map(tuple),
        amounts, pages, pages, word,
    ),
    st.builds(
        Audit, word, st.none() | things, st.lists(acts, max_size=3).map(lambda few: tuple(few * 5)), amounts,
        st.dictionaries(word, word, max_size=3), moments, matches, pages, pages, word,
    ),
)  # fmt: skip
unheard = st.builds(Unanswered, word, amounts, at_some_time)
lacks = st.builds(
    Gaps, word, st.none() | things, gaps(word, things),
    st.lists(unheard, max_size=3).map(lambda few: tuple(few * 3)), places,
)  # fmt: skip

answers: st.SearchStrategy[Answer] = st.one_of(
    documentation(word, refs, texts, moments, things, owners, matches),
    lacks,
    explored,
    founds,
    paths,
    reasons,
    st.builds(
        Spotted, word, spots | spots.map(lambda few: few[:1]), st.integers(0, 99), texts, st.booleans()
    ),
    st.builds(
        Shown,
        word,
        records,
        st.none() | owners,
        relations,
        matches,
        as_of=moments,
        on_call=st.none() | on_calls,
    ),
    on_calls,
    duties,
    operations(word, refs, things, owners),
    st.builds(Ambiguous, word, candidates, st.integers(0, 99)),
    st.builds(Missing, word, candidates, word),
    listings,
    st.builds(Help, topics, word),
    st.builds(Unclear, word, word, texts),
    discoveries,
)
