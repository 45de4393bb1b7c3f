"""The rows of the grammar on who is on call. Part of the table in `grammar`."""

from __future__ import annotations

from questions.forms import Form

_CALL = "(on call|oncall|on-call|on duty)"
_FOR = "(for|at|of)"
_AT_ONCE = "(now|next|currently|right now|up next)"
_SOME = "(anyone|anybody|someone|somebody)"
_PAGER = "(the pager|pager)"
_ROTA = "(schedule|rota|roster|rotation|shift|shifts|person|engineer|policy)"
_WHOM = "(who|whom)"
_PAGE = "(page|wake up|alert)"
_FAILS = "(is down|is broken|breaks|fails|goes down)"
_RANK = "(primary|secondary|backup)"
_ESCALATION = "(escalation policy|escalation path|escalation)"
_SHOWN = "(show|show me|get|give me)"
_SHOW = f"({_SHOWN}|what is|what are)"
_WHAT = "(what|which services|which things)"

ONCALL_FORMS: tuple[Form, ...] = (
    Form(
        "on call",
        "who is on call for <service or team>",
        "who answers now, until when, and who is next, level by level; stamped with its age where the source "
        "cannot be reached",
        ("who is on call for payments", "who do I page for checkout", "payments on call"),
        (
            f"who is [{_AT_ONCE}] {_CALL} [{_AT_ONCE}] {_FOR} <thing>",
            f"who is [{_AT_ONCE}] {_CALL}",
            f"who is [the] {_RANK} [{_CALL}] {_FOR} <thing>",
            f"who will be {_CALL} [next] {_FOR} <thing>",
            f"is {_SOME} {_CALL} {_FOR} <thing>",
            f"(is|am|are) <rest> {_CALL} {_FOR} <thing>",
            f"who is (carrying|holding) {_PAGER} {_FOR} <thing>",
            f"who (has|carries|holds|answers) {_PAGER} {_FOR} <thing>",
            f"who (responds|is on the pager) {_FOR} <thing>",
            f"{_WHOM} (do|should|can) (i|we) {_PAGE} (for|about|on) <thing>",
            f"{_WHOM} (do|should|can) (i|we) {_PAGE} (if|when) <thing> {_FAILS}",
            f"{_WHOM} to {_PAGE} (for|about|on) <thing>",
            f"{_WHOM} to {_PAGE} (if|when) <thing> {_FAILS}",
            "who (is|gets) (paged|alerted|woken) for <thing>",
            f"who (is|gets) (paged|alerted|woken) (if|when) <thing> {_FAILS}",
            f"{_CALL} [{_ROTA}] {_FOR} <thing>",
            f"{_SHOW} [the] {_CALL} [{_ROTA}] {_FOR} <thing>",
            f"[{_SHOW}] [the] {_ESCALATION} {_FOR} <thing>",
            f"[{_SHOW}] [the] (rota|roster) {_FOR} <thing>",
            f"{_SHOWN} <thing> ['s] {_CALL} [{_ROTA}]",
            f"<thing> ['s] {_CALL} [{_ROTA}]",
            f"<thing> ['s] {_ESCALATION}",
            f"who is <thing> 's {_CALL} [{_ROTA}]",
            f"{_CALL} [<thing>]",
            "(pagerduty|pager duty|pager|opsgenie) [for] <thing>",
            f"does <thing> have [an|any] {_CALL} {_ROTA}",
            f"does <thing> have {_SOME} {_CALL}",
        ),
        ask="who is on call for {}",
    ),
    Form(
        "duties",
        "what is <@person> on call for",
        "what somebody is on call for, now and next, at which level and until when",
        ("what is @ana on call for", "when am I on call", "am I on call"),
        (
            f"{_WHAT} (is|am) <thing> {_CALL} [for]",
            f"{_WHAT} does <thing> carry the pager [for]",
            f"when (is|am) <thing> {_CALL} [next|again]",
            f"when (does|do|will) <thing> (go|be) {_CALL} [next|again]",
            f"(is|am) <thing> {_CALL} [next]",
            f"when is my next [{_CALL}] shift",
            f"when is <thing> 's next [{_CALL}] shift",
            f"[show|show me] my {_CALL} [{_ROTA}]",
            "[show|show me] my shifts",
        ),
        ask="what is {} on call for",
    ),
)
"""In the order in which help lists them."""
