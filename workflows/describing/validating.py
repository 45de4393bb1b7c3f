"""Judges OpenAPI documents: 3.x by the models of openapi-pydantic, 2.0 by what its specification requires.

Imports the models when the first document is judged: they take a tenth of a second.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from pydantic import BaseModel, ValidationError

from domain.apis import Flaw
from workflows.describing.documents import Document, Map, Seq

_MODELS = {"3.0": "openapi_pydantic.v3.v3_0", "3.1": "openapi_pydantic.v3.v3_1"}
_MOST_ERRORS = 2_000
"""Errors of the models that are sorted out; a document with more is told of the first ones."""

Path = tuple[str | int, ...]


def openapi_flaws(document: Document, version: str) -> Iterator[Flaw]:
    """Yield what is wrong in an OpenAPI document of a known version."""
    if version.startswith("2."):
        yield from _of_swagger(document)
        return
    model: type[BaseModel] = import_module(_MODELS.get(version[:3], _MODELS["3.1"])).OpenAPI
    if "paths" in document.value and document.value["paths"] is None:
        yield Flaw(document.line(("paths",)), "paths is empty", "Write `paths: {}`, or the paths.")
        return
    try:
        model.model_validate(document.value)
    except ValidationError as error:
        yield from _sorted_out(document, error)
    except RecursionError:
        yield Flaw(0, "it is nested too deeply to be judged", "Give its parts names, and refer to them.")


def _sorted_out(document: Document, error: ValidationError) -> Iterator[Flaw]:
    """Yield the errors that are about what was written, not about what it was not meant to be."""
    seen: set[Path] = set()
    for each in error.errors(include_url=False, include_input=False, include_context=False)[:_MOST_ERRORS]:
        path = _written(document, each["loc"])
        if path is None or path in seen:
            continue
        seen.add(path)
        where = ".".join(map(str, path))[:200] or "the document"
        if each["type"] == "missing":
            yield Flaw(document.line(path), f"{where} is missing", f"Add {path[-1] if path else 'it'}.")
        else:
            yield Flaw(document.line(path), f"{where}: {each['msg'][0].lower()}{each['msg'][1:200]}")


def _written(document: Document, steps: Sequence[str | int]) -> Path | None:
    """Return the path of an error in the document; None where it is of an alternative that is not meant.

    Between the steps stand the names of the alternatives that the models tried.
    """
    value: Any = document.value
    path: list[str | int] = []
    for at, step in enumerate(steps):
        if isinstance(value, Map) and str(step) in value:
            path.append(str(step))
            value = value[str(step)]
        elif isinstance(value, Seq) and isinstance(step, int) and step < len(value):
            path.append(step)
            value = value[step]
        elif at == len(steps) - 1 and isinstance(value, Map) and not _is_alternative(str(step)):
            path.append(step)
        elif isinstance(value, Map) and ("Reference" in str(step)) != ("$ref" in value):
            return None
    return tuple(path)


def _is_alternative(step: str) -> bool:
    """Tell the name of a model or a type from a key of a document."""
    return step in ("str", "bool", "int", "float", "constrained-str") or "[" in step or step[:1].isupper()


def _of_swagger(document: Document) -> Iterator[Flaw]:
    """Yield what the specification of 2.0 requires and is not there."""
    top: Map = document.value
    info = top.get("info")
    for key in ("info", "paths"):
        if key not in top:
            yield Flaw(1, f"{key} is missing", f"Add {key}.")
    for key in ("title", "version"):
        if isinstance(info, Map) and key not in info:
            yield Flaw(document.line(("info",)), f"info.{key} is missing", f"Add {key}.")
    paths = top.get("paths")
    if "paths" in top and not isinstance(paths, Map):
        yield Flaw(document.line(("paths",)), "paths is no mapping", "Write `paths: {}`, or the paths.")
    for path, item in paths.items() if isinstance(paths, Map) else ():
        for method, operation in item.items() if isinstance(item, Map) else ():
            if isinstance(operation, Map) and method in _HTTP and not operation.get("responses"):
                line = document.line(("paths", path, method))
                yield Flaw(line, f"paths.{path[:100]}.{method}.responses is missing", "Add responses.")


_HTTP = frozenset(("get", "put", "post", "delete", "options", "head", "patch"))
