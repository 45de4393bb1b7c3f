"""The rows of the grammar on sources, change sets and suggestions. Part of the table in `grammar`."""

from __future__ import annotations

from questions.forms import Form, Reach

SYNC_FORMS: tuple[Form, ...] = (
    Form(
        "sources",
        "sync",
        "how each source of the catalog stands: its age, its last changes, its quota, and what is wrong",
        ("sync", "sources"),
        (
            "(sync|syncs|sources) [status|state|overview]",
            "[show|show me|list] [the|all|all the|our] (sources|syncs)",
            "[show|show me] [the] (source|sync) (status|state)",
            "(status|state) of [the|all|all the|our] (sources|syncs|sync)",
            "how (are|do) [the|our|all] (sources|syncs) [doing|stand]",
            "when was the last sync",
        ),
        reach=Reach.MEMBERS,
    ),
    Form(
        "sync",
        "sync <source>",
        "look at a source now, and be told what came of it; with `full`, `dry run` or `force` behind it; "
        "administrators only",
        ("sync github", "sync github full", "sync github dry run"),
        (
            "(sync|resync|re-sync) <rest>",
            "(run|start|do|begin) [a|the] sync (of|for|on|with) <rest>",
        ),
        reach=Reach.MEMBERS,
    ),
    Form(
        "check",
        "sync check [source]",
        "try what each source needs: its address, credential, permissions, clock and quota; "
        "administrators only",
        ("sync check", "sync check github"),
        (
            "sync check [the|all|all the|every|our] [sources|source|syncs]",
            "sync check <rest>",
            "(check|test|examine) [the|all|all the|our] sources",
            "(check|test|examine) [the] source <rest>",
        ),
        reach=Reach.MEMBERS,
    ),
    Form(
        "undo",
        "sync undo <number>",
        "take a change set back, and pause the source that made it; administrators only",
        ("sync undo 12",),
        ("sync undo <rest>", "(undo|revert|take back) [the] [sync|change set|change|changes] <rest>"),
        reach=Reach.MEMBERS,
    ),
    Form(
        "changes",
        "sync changes <number>",
        "what a change set created, changed and retired",
        ("sync changes 12",),
        (
            "sync (changes|details) <rest>",
            "[show|show me|what is|what changed in|what did] [the] change set <rest>",
        ),
        paged=True,
        reach=Reach.MEMBERS,
    ),
    Form(
        "suggestions",
        "suggestions",
        "things of different sources that may be one, to merge, keep apart or ignore",
        ("suggestions", "duplicates"),
        ("[show|show me|list|what are] [the|all] [open|possible] (suggestions|duplicates|near matches)",),
        reach=Reach.MEMBERS,
    ),
    Form(
        "unjoined",
        "unjoined people",
        "who could not be joined across tools, why, and what to write to have it so",
        ("unjoined people",),
        (
            "[show|show me|list] [the|all] (unjoined|unmatched|unmapped) (people|persons|users|accounts)",
            "who (is|are) (unjoined|unmatched|unmapped|not joined)",
        ),
        paged=True,
        reach=Reach.ADMINISTRATORS,
    ),
)
"""In the order in which help lists them."""
