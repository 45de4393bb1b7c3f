"""The one table of what can be said: it gives parsing, help and documentation alike.

Answers nothing: a form names the answer that it leads to, and `asking` knows the functions.
"""

from __future__ import annotations

from questions import failing, spans
from questions.api_forms import API_FORMS, is_path
from questions.audit_forms import AUDIT_FORMS
from questions.dates import split
from questions.docs_forms import DOCS_FORMS
from questions.finding_forms import FINDING_FORMS
from questions.forms import Form
from questions.gaps_forms import GAPS_FORMS
from questions.impact_forms import IMPACT_FORMS
from questions.nouns import has_plural, is_plural
from questions.oncall_forms import ONCALL_FORMS
from questions.patterns import Patterns, Words
from questions.spotted_forms import SPOTTED_FORMS, is_pasted
from questions.sync_forms import SYNC_FORMS
from questions.why_forms import WHY_FORMS

_WHO = "(who|which team|what team|which group|which squad|which person|whom)"
_WHOM = "(who|whom|which team|what team)"
_OWNS = (
    "(owns|own|maintains|maintain|runs|manages|supports|has|develops|builds|looks after|look after"
    "|takes care of|is (owning|maintaining|running|managing|looking after|taking care of|behind"
    "|responsible for|accountable for|in charge of|on the hook for|the contact for))"
)
_OWNED = "(owned|maintained|run|managed|supported)"
_OWNED_THEN = "(owned|maintained|ran|managed|looked after|was (responsible for|in charge of|owning))"
_OWNER = "(owner|owners|owning team|owner team|maintainer|maintainers|ownership)"
_TEAM = "(team|people|person|contact|squad)"
_ANYBODY = "(anyone|anybody|someone|somebody|any team|a team)"
_CONTACT = "(ask|contact|ping|call|message|talk to|speak to|speak with|reach out to|write to|go to)"
_SHOW = "(show|show me|display|give me|get|get me|find|find me)"
_LISTED = "(show|show me|display|give me|get|get me)"
_ON = "(on|about|of|for|regarding)"
_BE = "(is|are)"
_WHAT = "(what|which <noun>|what <noun>)"
_OWN = "(own|maintain|run|manage|support|look after|take care of|have|answer for)"
_FOR = "(responsible for|in charge of|accountable for|owning)"
_DETAILS = "(details|detail|info|information|card|facts|overview|summary)"
_DEPEND = "((depends|depend|relies|rely|builds|build|[is|are] (depending|relying|dependent)) (on|upon))"
_USE = "(uses|use|calls|call|consumes|consume|needs|need|requires|require|is using|is calling|is consuming)"
_DEPENDENTS = "(dependents|dependants|consumers|callers|clients|reverse dependencies)"
_DEPENDENCIES = "(dependencies|dependency|deps)"

FORMS: tuple[Form, ...] = (
    Form(
        "owner",
        "who owns <thing>",
        "the owning team or person, its channel and people, and how we know",
        ("who owns payments", "owner of payments-api", "who owns https://github.com/acme/pay"),
        (
            f"{_WHO} {_OWNS} <thing>",
            f"{_WHO} should own <thing>",
            f"[what is|who {_BE}|{_SHOW}] [the] {_OWNER} {_ON} <thing>",
            f"(who {_BE}|{_SHOW}|what {_BE}) [the] {_TEAM} (behind|for|responsible for|in charge of) <thing>",
            f"(who {_BE}|{_SHOW}|what {_BE}) the (one|ones|{_TEAM}) (that|which|who) owns <thing>",
            f"{_TEAM} (behind|for) <thing>",
            f"{_OWNER} <thing>",
            f"<thing> ['s] {_OWNER}",
            f"<thing> 's {_TEAM}",
            f"(who|what) {_BE} [the] <thing> ['s] {_OWNER}",
            f"who {_BE} <thing> 's {_TEAM}",
            f"{_WHOM} (do|should|can|could) (i|we) {_CONTACT} {_ON} <thing>",
            f"{_WHOM} to {_CONTACT} {_ON} <thing>",
            "whose [service|app|repo|job|responsibility|component|system|api] is <thing>",
            f"<thing> {_BE} {_OWNED} by {_WHOM}",
            f"<thing> belongs to {_WHOM}",
            f"[to] {_WHOM} does <thing> belong [to]",
            f"({_WHOM}|what) {_BE} <thing> {_OWNED} by",
            f"by {_WHOM} {_BE} <thing> {_OWNED}",
            f"{_BE} <thing> (owned [by {_ANYBODY}]|unowned|orphaned)",
            "does <thing> have (an owner|any owner|owners)",
            f"does {_ANYBODY} own <thing>",
        ),
        ask="who owns {}",
    ),
    *SPOTTED_FORMS,
    Form(
        "show",
        "show <thing>",
        "everything that the catalog holds on it",
        ("show payments", "what is checkout", "show team-payments"),
        (
            "(show|show me|describe|display|view|open|card|get|give me|look up|lookup|explain) <thing>",
            f"[show|show me|give me|get|display|see] [the|all|all the|more|full] {_DETAILS} {_ON} <thing>",
            f"[show|show me|give me|get] everything {_ON} <thing>",
            f"[show|show me|give me|get] <thing> {_DETAILS}",
            f"(what|who) {_BE} <thing>",
            "who am i",
            "about <thing>",
            "what (do (we|you) know|can you tell me|does the catalog know|is there to know) about <thing>",
            "what does <thing> do",
        ),
        ask="show {}",
    ),
    Form(
        "owned then",
        "who owned <thing> on <date>",
        "the owner as of a day, with the evidence of then; also of what has left the catalog since",
        (
            "who owned payments on 2026-03-01",
            "who owned payments last monday",
            "who owned payments 3 weeks ago",
        ),
        (
            f"{_WHO} {_OWNED_THEN} (<past>|<thing>)",
            f"{_WHO} (owns|own|maintains|maintain) <past>",
            f"[who was|{_SHOW}] [the] {_OWNER} (of|for) <past>",
            f"(who|what) was [the] {_OWNER} of <thing>",
        ),
        ask="who owned {}",
    ),
    Form(
        "shown then",
        "show <thing> on 2026-03-01",
        "what the catalog held on it on a day",
        ("show payments on 2026-03-01", "show payments yesterday"),
        (
            "(show|show me|describe|display|what was|what is|card of) <past>",
            "what did (we|you|the catalog) know (of|about) <past>",
        ),
    ),
    Form(
        "list",
        "list services <filters>",
        "what there is, by owner, tier, lifecycle, type, language, tag, system or unowned, combined at will; "
        "also apis, resources, systems, domains, teams, people",
        (
            "list services tier 1",
            "list services owned by team-payments lifecycle production",
            "list apis system checkout",
            "unowned services",
        ),
        (
            "list [<rest>]",
            "(who is in|who are in|who works in|who belongs to) <thing>",
            f"{_LISTED} [all|all the|every|the|a list of|the list of|list of] <listing>",
            "[all|all the|the|every|a list of|list of] <listing>",
            "(which|what|how many|are there [any]|is there any|do we have [any]) <listing>",
            "unowned",
            "orphans",
            "[what|things] (nobody|no one|noone) owns",
            "(what|which) (is|are) (unowned|without owner|without an owner|orphaned)",
        ),
        paged=True,
    ),
    Form(
        "owned",
        "what does <team or @person> own",
        "what a team or a person answers for",
        ("what does team-payments own", "what does @ana own", "what do I own"),
        (
            f"(what|which things|what things|what all) (does|do) <thing> {_OWN}",
            f"(what|which) <noun> (does|do) <thing> {_OWN}",
            f"{_WHAT} (is|are) <thing> ({_FOR}|the owner of)",
            f"what (is|are) {_OWNED} by <thing>",
            "what (belongs|belong) to <thing>",
            f"{_WHAT} (am i|are we) {_FOR}",
            "what (is|are) (mine|ours)",
            "[show|show me|list|list all|give me|get] (my|our) [team 's] <noun>",
            "<thing> 's <noun>",
            "owned by <thing>",
        ),
        ask="what does {} own",
        paged=True,
    ),
    Form(
        "dependents",
        "what depends on <thing>",
        "what needs it, directly, with the owners to warn",
        ("what depends on payments-db", "consumers of payments-api", "who uses ledger"),
        (
            f"(who|which team|{_WHAT}) ({_DEPEND}|{_USE}) <thing>",
            f"[what {_BE}|who {_BE}|{_SHOW}] [the] {_DEPENDENTS} (of|for) <thing>",
            f"<thing> ['s] {_DEPENDENTS}",
            f"{_DEPENDENTS} <thing>",
            "does (anything|anyone|anybody|something) (depend on|use|need|call) <thing>",
        ),
        ask="what depends on {}",
        paged=True,
    ),
    Form(
        "dependencies",
        "what does <thing> depend on",
        "what it needs, directly, with the owners to ask",
        ("what does checkout depend on", "dependencies of checkout"),
        (
            f"{_WHAT} (does|do) <thing> ((depend|rely|build) (on|upon)|need|use|call|consume|require)",
            f"what {_BE} <thing> (depending on|dependent on|built on|relying on|using|calling|consuming)",
            f"[what {_BE}|{_SHOW}] [the|all|all the] {_DEPENDENCIES} (of|for) <thing>",
            f"<thing> ['s] {_DEPENDENCIES}",
            f"{_DEPENDENCIES} <thing>",
            "<thing> depends on what",
            "what <thing> depends on",
        ),
        ask="what does {} depend on",
        paged=True,
    ),
    *API_FORMS,
    *WHY_FORMS,
    *GAPS_FORMS,
    *IMPACT_FORMS,
    *FINDING_FORMS,
    *AUDIT_FORMS,
    *ONCALL_FORMS,
    *DOCS_FORMS,
    *SYNC_FORMS,
    Form(
        "help",
        "help [word]",
        "what can be said; with a word, what can be said about that",
        ("help", "help list"),
        (
            "(help|/help|--help|-h|usage|commands|manual|?) [<rest>]",
            "help (with|on|about|for) <rest>",
            "(what|which) (can|could|may) (i|you|we|one) (do|say|ask|answer|type)",
            "what (are the|are your|are) (commands|options|questions)",
            "(how do|how can|how does) (i|you|we|it|this|one) (work|use this|use you|use it|start|begin)",
            "(what do you do|what are you|who are you|help me)",
        ),
    ),
)
"""The table, in the order in which help lists it."""

BARE = Form("bare", "<thing>", "the same as who owns", (), (), ask="who owns {}")
"""A name and nothing else. No row of help: it answers only where the name leads somewhere."""


def _is_name(words: Words) -> bool:
    return words[-1].plain != "'s"


def _ends_in_a_date(words: Words) -> bool:
    return split(words) is not None


def _ends_in_a_failure(words: Words) -> bool:
    return failing.split(words) is not None


def _is_listing(words: Words) -> bool:
    return has_plural(words) and not any(word.plain in ("'s", "my", "our") for word in words)


PATTERNS: Patterns[Form] = Patterns(
    {
        "path": is_path,
        "noun": is_plural,
        "listing": _is_listing,
        "past": _ends_in_a_date,
        "pasted": is_pasted,
        "failing": _ends_in_a_failure,
        "span": spans.is_span,
        "thing": _is_name,
        "rest": None,
    },
    ((pattern, form) for form in FORMS for pattern in form.patterns),
)
