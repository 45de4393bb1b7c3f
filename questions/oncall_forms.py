"""The rows of the grammar on who is on call. Part of the table in `grammar`."""

from __future__ import annotations

from questions.forms import Form

_CALL = "(on call|oncall|on-call|on duty|on pager duty)"
_NOW = "[now|right now|currently|today|tonight|next|at the moment]"
_FOR = "(for|at|of|on|in|with)"
_PAGER = "(carrying|holding|wearing) (the pager|pager|the phone|the beeper)"
_WHO = "(who|which person|which engineer|anyone|anybody|someone|somebody)"
_WHOM = "(who|whom)"
_SHALL = "(do|should|can|could|must) (i|we)"
_ROTA = (
    "(schedule|schedules|rota|rotas|roster|rotation|shift|shifts|person|people|engineer|contact|policy|duty)"
)
_PAGE = "(page|wake|wake up|alert)"
_FAILS = "(is down|is broken|is failing|breaks|fails|goes down|is on fire|has an incident|has an outage)"
_PAGED = "(is|gets|will be) (paged|called out|alerted|woken|woken up)"
_ANSWERS = "is on the pager|is on pager|is on pagerduty|responds|responds to incidents|answers the pager"
_WHAT = "(what|which services|which things|what services)"
_ESCALATION = "(escalation policy|escalation policies|escalation path|escalation)"
_RANK = "(primary|secondary|tertiary|backup|first|second)"
_SHOWN = "(show|show me|get|give me|display|see|view)"
_SHOW = f"({_SHOWN}|what is|what are)"

ONCALL_FORMS: tuple[Form, ...] = (
    Form(
        "on call",
        "who is on call for <service or team>",
        "who answers now, until when, and who is next, level by level; stamped with its age where the source "
        "cannot be reached",
        ("who is on call for payments", "who do I page for checkout", "payments on call"),
        (
            f"{_WHO} {_NOW} (is|are) {_NOW} [the] [{_RANK}] {_CALL} {_NOW} {_FOR} <thing>",
            f"(is|are) {_WHO} {_NOW} {_CALL} {_NOW} {_FOR} <thing>",
            f"{_WHO} (is|are) {_NOW} {_CALL} {_NOW}",
            f"(is|am|are) <rest> {_NOW} {_CALL} {_NOW} {_FOR} <thing>",
            f"{_WHO} (is|are) [the] {_RANK} {_FOR} <thing>",
            f"(who will be|who goes|who comes) {_NOW} {_CALL} {_NOW} {_FOR} <thing>",
            f"who (is|are) {_NOW} {_PAGER} {_NOW} {_FOR} <thing>",
            f"who (has|carries|holds) (the pager|pager|the phone|pager duty) {_NOW} {_FOR} <thing>",
            f"{_WHOM} {_SHALL} {_PAGE} ({_FOR}|about) <thing>",
            f"{_WHOM} {_SHALL} {_PAGE} (if|when) <thing> {_FAILS}",
            f"{_WHOM} to {_PAGE} ({_FOR}|about) <thing>",
            f"{_WHOM} to {_PAGE} (if|when) <thing> {_FAILS}",
            f"who {_PAGED} {_FOR} <thing>",
            f"who {_PAGED} (if|when) <thing> {_FAILS}",
            f"(who is|who) (up next|next up|next) {_CALL} {_FOR} <thing>",
            f"who ({_ANSWERS}) {_FOR} <thing>",
            f"[{_SHOW}] [the|our|my] [{_RANK}] {_CALL} [{_ROTA}] {_FOR} <thing>",
            f"[{_SHOW}] [the] {_ESCALATION} {_FOR} <thing>",
            f"[{_SHOW}] [the] (rota|roster) {_FOR} <thing>",
            f"[{_SHOW}] [the] {_CALL} {_ROTA}",
            f"{_SHOWN} <thing> ['s] {_CALL} [{_ROTA}]",
            f"{_SHOWN} <thing> ['s] {_ESCALATION}",
            f"<thing> ['s] [{_RANK}] {_CALL} [{_ROTA}]",
            f"<thing> ['s] {_ESCALATION}",
            f"(who|what) is <thing> 's {_CALL} [{_ROTA}]",
            f"[who is] {_CALL} [<thing>]",
            "(pagerduty|pager duty|pager|opsgenie) [for] <thing>",
            f"does <thing> have [an|any|a] {_CALL} [{_ROTA}]",
        ),
        ask="who is on call for {}",
    ),
    Form(
        "duties",
        "what is <@person> on call for",
        "what somebody is on call for, now and next, at which level and until when",
        ("what is @ana on call for", "when am I on call", "am I on call"),
        (
            f"{_WHAT} (is|are|am) <thing> {_NOW} {_CALL} {_NOW} [for]",
            f"{_WHAT} does <thing> (carry|have) the pager [for]",
            f"when (is|are|am) <thing> [next] {_CALL} {_NOW} [again]",
            f"when (does|do|will) <thing> (go|be) {_CALL} {_NOW} [again]",
            f"(is|am|are) <thing> {_NOW} {_CALL} {_NOW}",
            f"when is (my|our) next {_CALL} [{_ROTA}]",
            "when is (my|our) next shift",
            f"when is <thing> 's next {_CALL} [{_ROTA}]",
            "when is <thing> 's next shift",
            f"[{_SHOW}] (my|our) {_CALL} [{_ROTA}]",
            "[show|show me] my shifts",
        ),
        ask="what is {} on call for",
    ),
)
"""In the order in which help lists them."""
