"""Holds the house to small rooms: no file past 300 lines, no function past 45.

Prints every offender with its length and exits 1 when there is one.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

FILE_LINES = 300
FUNCTION_LINES = 45
COUNTED = (".py", ".js", ".css", ".html")


def offenders(path: Path) -> list[str]:
    """Return one line for each budget that the file at `path` breaks."""
    text = path.read_text(encoding="utf-8")
    lines = text.count("\n")
    found = [f"{path}: {lines} lines, at most {FILE_LINES}"] if lines > FILE_LINES else []
    if path.suffix == ".py":
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES:
                    found.append(
                        f"{path}:{node.lineno}: {node.name} has {length} lines, at most {FUNCTION_LINES}"
                    )
    return found


def main() -> int:
    """Check every tracked or new source file of the checkout."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    paths = [Path(name) for name in listed if name.endswith(COUNTED) and Path(name).exists()]
    found = [line for path in paths for line in offenders(path)]
    sys.stdout.write("\n".join(found) + "\n" if found else f"size budget holds in {len(paths)} files\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
