"""Finds where stack traces say that code stands: Python, Java, Go, Node, Ruby, .NET and plain paths.

What belongs to a language or to somebody else's library is left out. Looks nothing up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SUFFIXES = (
    "py|pyx|go|jsx?|mjs|cjs|tsx?|vue|svelte|java|kt|kts|scala|groovy|clj|rb|erb|rake|cs|fs|vb|php|rs|exs?|erl"
    "|c|cc|cpp|h|hpp|m|swift|dart|lua|pl|sh|sql|proto|tf|ya?ml|toml|json"
)
_PATH = re.compile(
    rf"(?:[A-Za-z]:\\|(?<![\w.]))(?:[\w.@+~-]*[/\\])+[\w.@+-]+\.(?:{_SUFFIXES})\b(?::line)?(?:[: ]\d+)*",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"(?:\bat |\bin |from )?\b((?:[A-Za-z_]\w*[./])+[A-Za-z_$][\w$]*)[.#:]+"
    r"[\w$<>`]+\s*\((?:[\w$./]+\.\w+:\d+|[^()\n]*)\)"
)
_GO_CALL = re.compile(
    r"(?<![\w./@-])((?:[\w-]+\.)+[a-z]{2,}/[\w.-]+/[\w.-]+?)(?:/v\d+)?(?:[/.@][\w./*()-]*)?(?=[(\s:]|$)"
)
_MODULE = re.compile(r"(?:^|/)((?:[a-z0-9-]+\.)+[a-z]{2,}/[\w.-]+/[\w.-]+?)(?:@[^/]*)?/")
_OTHERS = re.compile(
    r"node_modules|site-packages|dist-packages|/gems/|(?:^|/)usr/(?:local/)?(?:lib|go)|/lib/python|<frozen|"
    r"^(?:java|javax|jdk|sun|kotlin|scala|jakarta|System|Microsoft|node:internal|internal/|runtime)\b|"
    r"^(?:org\.(?:springframework|apache|hibernate|junit|eclipse)|io\.(?:netty|grpc|micrometer)|"
    r"com\.(?:sun|google|fasterxml|zaxxer))\b|(?:^|/)(?:golang\.org|google\.golang\.org)/"
)
_EVERYWHERE = frozenset((
    "src", "lib", "libs", "app", "apps", "application", "internal", "pkg", "cmd", "main", "java", "kotlin",
    "scala", "com", "org", "net", "io", "dev", "co", "test", "tests", "spec", "srv", "opt", "home", "usr",
    "var", "build", "dist", "out", "bin", "core", "common", "util", "utils",
    "services", "packages", "package", "modules", "module", "code", "workspace", "project",
    "projects", "root", "tmp", "users", "go", "mod", "vendor", "handlers", "handler", "controllers",
    "controller", "models", "model", "views", "domain", "http", "rest", "config", "target",
    "classes", "impl", "python", "ruby", "node", "github", "gitlab", "blob", "tree", "master", "data", "db",
    "sql", "v1", "v2", "v3", "repo", "repos",
))  # fmt: skip
"""Parts of paths that name nothing."""
_MOST_PARTS = 12


@dataclass(frozen=True, slots=True)
class Place:
    """One place in code."""

    what: str
    """`file` or `code` (a class or a function)."""
    text: str
    """As it stands in the trace."""
    parts: tuple[str, ...]
    """The folders or packages on the way, those left out that every path has."""
    address: str = ""
    """The repository's address, where the path begins with it as Go's do; empty elsewhere."""


def places_in(text: str) -> tuple[list[Place], str]:
    """Return the places, in their order, and the text without them."""
    found = [*_files(text), *_calls(text)]
    for pattern in (_PATH, _GO_CALL, _FRAME):
        text = pattern.sub(" \n ", text)
    return found, text


def _files(text: str) -> Iterator[Place]:
    for written in dict.fromkeys(match[0] for match in _PATH.finditer(text)):
        path = re.sub(r"(?::line)?(?:[: ]\d+)*$", "", written).replace("\\", "/")
        module = _MODULE.search(path)
        if module and not _OTHERS.search(module[1]):
            yield Place("file", written, _telling(path.split("/")[:-1]), module[1])
        elif not _OTHERS.search(path):
            yield Place("file", written, _telling(path.split("/")[:-1]))


def _calls(text: str) -> Iterator[Place]:
    for match in _GO_CALL.finditer(text):
        if not _OTHERS.search(match[1]):
            yield Place("code", match[0], (), match[1])
    for match in _FRAME.finditer(text):
        if not _OTHERS.search(match[1]):
            parts = re.split(r"[./$]", match[1])
            yield Place("code", match[1], _telling(parts[:-1] if len(parts) > 1 else parts))


def _telling(parts: list[str]) -> tuple[str, ...]:
    kept = [part for part in parts if part.strip(".~") and part.lower() not in _EVERYWHERE and len(part) > 1]
    return tuple(kept[:_MOST_PARTS])
