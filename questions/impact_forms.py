"""The rows of the grammar on impact, and on whether one thing needs another. Part of the table in `grammar`.

Who goes through an API is warned like who depends on its provider.
"""

from __future__ import annotations

from questions.forms import Form

_SHOWN = "(show|show me|give me|what is)"
_RADIUS = "(impact|blast radius|blast-radius|fallout|impact analysis)"
_WHOM = "(who|whom|which teams|what teams)"
_WHAT = "(what|who|which services|which teams)"
_WARN = "(warn|notify|inform|tell)"
_ABOUT = "(about|of|before changing|before i change|before touching)"
_ALL = "(everything|everyone|everybody|all|anything)"
_DEEP = "(transitive|indirect|recursive)"
_DEPENDENTS = "(dependents|dependants|consumers|callers)"

IMPACT_FORMS: tuple[Form, ...] = (
    Form(
        "impact",
        "impact of <thing>",
        "everything that would feel it if it failed, however far and through APIs, by owner with whom to "
        "warn, the most critical first",
        ("impact of payments-db", "what breaks if ledger goes down", "who should I warn about ledger"),
        (
            f"[{_SHOWN}] [the] {_RADIUS} (of|for|on|if|when) (<failing>|<thing>)",
            f"{_RADIUS} <thing>",
            f"<thing> ['s] {_RADIUS}",
            f"{_WHAT} [will|would] (breaks|break|fails|fail|suffers|suffer) (if|when) <failing>",
            f"{_WHAT} (is|are|will be|would be|gets) (affected|impacted|hit) (if|when) <failing>",
            f"{_WHAT} (is|are|will be|would be|gets) (affected|impacted|hit) by <thing>",
            f"{_WHAT} (goes down|breaks) with <thing>",
            f"{_WHAT} (does|would|will) <thing> (affect|impact|break|take down)",
            "what (happens|would happen|will happen|if) [if|when] <failing>",
            f"{_WHOM} (do|should|must) (i|we) {_WARN} {_ABOUT} <thing>",
            f"{_WHOM} (do|should|must) (i|we) {_WARN} (if|when) <failing>",
            f"{_WHOM} to {_WARN} {_ABOUT} <thing>",
            f"{_WHOM} to {_WARN} (if|when) <failing>",
            f"[what is|show|list] [{_ALL}] (downstream|down stream) (of|from) <thing>",
            f"[show|show me|list] {_ALL} [that|which|who] (depends|depend|relies|rely) on <thing>",
            f"[show|show me|list] {_ALL} [that|which|who] (uses|use|needs|need) <thing>",
            f"[show|show me|list] (all|all the|all of the) {_DEPENDENTS} (of|for) <thing>",
            f"[show|show me|list] [the|all] {_DEEP} {_DEPENDENTS} (of|for) <thing>",
            "what (transitively|indirectly) (depends|relies) on <thing>",
            "what (depends|relies) (transitively|indirectly) on <thing>",
        ),
        ask="impact of {}",
        paged=True,
    ),
    Form(
        "dependence",
        "does <thing> depend on <thing>",
        "yes or no, with the shortest way from the one to the other and who says so",
        ("does checkout depend on ledger", "path from checkout to ledger"),
        (
            "(does|do) <thing> (depend|rely) (on|upon) <rest>",
            "(does|do) <thing> (use|need|call|consume|require) <rest>",
            "(is|are) <thing> (dependent|depending|reliant|built) (on|upon) <rest>",
            "(is|are) <thing> (using|calling|consuming) <rest>",
            "(is|are) <rest> (used|needed|called|consumed|required) by <thing>",
            "(how|why) (does|do) <thing> (depend|rely) (on|upon) <rest>",
            "(how|why) (does|do) <thing> (use|need|call|consume) <rest>",
            "(how|why) is <thing> (dependent|depending) on <rest>",
            "[show|show me|what is] [the] [shortest|dependency] (path|chain|way) from <thing> to <rest>",
            "[show|show me|what is] [the] [shortest|dependency] (path|chain) between <thing> and <rest>",
            "is there (a|any) (path|dependency|chain) from <thing> (to|on) <rest>",
            "how (is|are) <thing> (connected|linked|related) to <rest>",
        ),
        ask="does {} depend on …",
    ),
)
"""In the order in which help lists them."""
