"""Says in one line what a list is of, and how many there are.

Chooses nothing: it is told what was chosen, and by which filters.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from catalog_store.search.reading import Index
from catalog_store.search.rows import EMPTY, Numbers
from questions.filters import Filters
from questions.nouns import NOUNS, counted, counted_as

_KNOWN = 8
"""How many known values are named where there is nothing of the one that was asked for."""
_TITLED = 2_000
"""How many rows are looked at for a kind that they share."""


def headline(
    filters: Filters, kinds: tuple[str, ...], nodes: Mapping[str, int], chosen: Numbers, index: Index
) -> str:
    """Return `4 services, tier 1, language rust`, `7 services in Payments Platform`, `No teams`."""
    values = {facet: list(map(str.lower, each)) for facet, each in filters.values.items()}
    count = _counted(values, kinds, chosen, index)
    joint = {"tag": " and "}
    said = [f"{facet} {joint.get(facet, ' or ').join(each)}" for facet, each in values.items()]
    places = [f"in {index.title(nodes[key])}" for key in ("system", "domain") if key in nodes]
    if "owner" in nodes:
        places.append(_whose(nodes["owner"], kinds, chosen, index))
    if filters.unowned:
        places.append("without an owner")
    line = ", ".join((count, *said, *places)) if said else " ".join((count, *places))
    unknown = [known for facet, each in values.items() if (known := _known(facet, each, kinds, index))]
    return f"{line} (known {'; '.join(unknown)})" if unknown else line


def noun_of(kinds: tuple[str, ...]) -> str:
    """Return the words for these kinds as `list` reads them."""
    return " and ".join(NOUNS.get(kind, (kind, kind))[1].lower() for kind in kinds) or "everything"


def any_of(facet: str, values: tuple[str, ...], index: Index) -> Numbers:
    """Return the entities that have any of these values."""
    found = [nodes for value in values if (nodes := index.with_value(facet, value)) is not None]
    if len(found) < 2:
        return found[0] if found else EMPTY
    return np.unique(np.concatenate(found))


def _counted(values: dict[str, list[str]], kinds: tuple[str, ...], chosen: Numbers, index: Index) -> str:
    types = values.get("type", [])
    if kinds == ("component",) and len(types) == 1 and len(chosen):
        del values["type"]
        return counted_as(len(chosen), types[0].replace("-", " "))
    if not kinds and len(chosen) < _TITLED:
        shared = {index.ref(node).kind for node in chosen.tolist()}
        kinds = tuple(shared) if len(shared) == 1 else ()
    kind = kinds[0] if len(kinds) == 1 else None
    return counted(len(chosen), kind) if len(chosen) else f"No {counted(0, kind)[2:]}"


def _whose(owner: int, kinds: tuple[str, ...], chosen: Numbers, index: Index) -> str:
    title = index.title(owner)
    if not index.known(owner):
        return f"owned by {title}, which is not in the catalog"
    if kinds in (("user",), ("group",)):
        return f"in {title}" if index.ref(owner).kind == "group" else f"of {title}"
    if np.isin(chosen, index.owned_by(owner)).all():
        return f"owned by {title}"
    return f"owned by {title} or {'their' if index.ref(owner).kind == 'user' else 'its'} teams"


def _known(facet: str, values: list[str], kinds: tuple[str, ...], index: Index) -> str:
    """Return which values there are, when there is none of those; only values that these kinds have."""
    meant = np.full(len(index.can_own), not kinds)
    meant[any_of("kind", kinds, index) if kinds else EMPTY] = True
    if any(_has(facet, value, meant, index) for value in values):
        return ""
    known = [value for value in index.values(facet) if _has(facet, value, meant, index)]
    more = f" and {len(known) - _KNOWN} more" if len(known) > _KNOWN else ""
    return f"{facet}s are {', '.join(known[:_KNOWN])}{more}" if known else ""


def _has(facet: str, value: str, meant: npt.NDArray[np.bool_], index: Index) -> bool:
    nodes = index.with_value(facet, value)
    return nodes is not None and bool(meant[nodes].any())
