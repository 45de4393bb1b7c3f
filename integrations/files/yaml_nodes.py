"""The C parser of YAML, made quick and safe: no resolving by regular expression, no bottomless nesting.

Holds the tags; what a tag's text is worth is `yaml_values`' to say.
"""

from __future__ import annotations

from collections.abc import Sequence

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from integrations.files.text import Unreadable

try:
    from yaml._yaml import CParser as _Composer

    _HARMLESS = 1_000
except (
    ImportError
):  # libyaml is absent: the same in Python, fifteen times slower and on a stack of 1,000 frames
    from yaml.composer import Composer
    from yaml.parser import Parser as _EventParser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    _HARMLESS = 0

    class _Composer(Reader, Scanner, _EventParser, Composer):  # type: ignore[no-redef]  # the other branch's twin
        def __init__(self, stream: str) -> None:
            Reader.__init__(self, stream)
            Scanner.__init__(self)
            _EventParser.__init__(self)
            Composer.__init__(self)

# So few openings of lists and mappings in a text cannot exhaust the stack (C's bears 20,000 levels).

STR, PLAIN, MAP, SEQ = "tag:yaml.org,2002:str", "plain", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"
"""`PLAIN` marks a scalar that was written bare: its text says what it is."""

DEPTH_LIMIT = 100
"""Levels of nesting that a document may have; Backstage's own need about ten."""


class Parser(_Composer):
    """Composes nodes and leaves all reading of plain scalars to who needs the value."""

    def resolve(self, kind: type[Node], _value: str | None, implicit: tuple[bool, bool] | bool | None) -> str:
        """Give a node its tag; called for each node that has none written."""
        if kind is ScalarNode:
            return PLAIN if isinstance(implicit, tuple) and implicit[0] else STR
        return MAP if kind is MappingNode else SEQ

    def descend_resolver(self, current_node: Node | None, current_index: object) -> None:
        """Do nothing: no tag here depends on the path."""

    def ascend_resolver(self) -> None:
        """Do nothing: no tag here depends on the path."""


def check_nesting(text: str) -> None:
    """Raise Unreadable when the document nests so deep that composing it would exhaust the stack."""
    openings = text.count("[") + text.count("{") + text.count("- ") + text.count("-\t") + text.count("? ")
    if openings <= _HARMLESS:
        return
    depth = 0
    parser = Parser(text)
    while parser.check_event():
        event = parser.get_event()
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEPTH_LIMIT:
                raise too_deep(event.start_mark.line + 1 if event.start_mark else 0)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def too_deep(line: int) -> Unreadable:
    """Return the words for a document that nests without end."""
    return Unreadable(
        line, f"lists and mappings are nested more than {DEPTH_LIMIT} deep", "Flatten the document."
    )


def line_of(node: Node, path: Sequence[str | int]) -> int:
    """Return the line, from 0, of the value at `path` below `node`; of its key when it is in a mapping.

    Where a step leads nowhere (the field is missing), the line of the last step that did.
    """
    line = int(node.start_mark.line)
    for step in path:
        if isinstance(node, MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == step), None)
            if found is None:
                break
            line, node = int(found[0].start_mark.line), found[1]
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = int(node.start_mark.line)
        else:
            break
    return line
