"""Makes the shelf known to processes of their own, as a third party's package makes its integration known."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).parents[2]


def plugged(folder: Path) -> str:
    """Return the PYTHONPATH on which `idp` finds the integration `shelf`."""
    about = folder / "plug" / "idp_shelf-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: idp-shelf\nVersion: 1.0\n", encoding="utf-8"
    )
    (about / "entry_points.txt").write_text(
        "[idp.integrations]\nshelf = tests.workflows.shelf:INTEGRATION\n", encoding="utf-8"
    )
    return os.pathsep.join((str(ROOT), str(about.parent)))
