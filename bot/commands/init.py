"""`idp init`: a new portal's folder with a first catalog to edit."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import typer

from domain.errors import BadInput

PORTAL_YAML = """\
# What your company decides about its portal. Every key may be left out.
company: ""

# Files and folders to import, relative to this one.
catalog:
  - catalog
"""

CATALOG_YAML = """\
# A team, a person and a service, in Backstage's format; add yours, or let `idp import` read the files that
# you have: catalog-info.yaml, CSV spreadsheets, CODEOWNERS.
apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: team-platform
  title: Platform
  annotations:
    slack.com/channel: team-platform
spec:
  type: team
  children: []
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata:
  name: robin
spec:
  profile:
    displayName: Robin Example
    email: robin@example.com
  memberOf: [team-platform]
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: hello-service
  title: Hello Service
  labels:
    tier: "3"
spec:
  type: service
  lifecycle: experimental
  owner: team-platform
"""

FILES = {"idp.yaml": PORTAL_YAML, "catalog/first.yaml": CATALOG_YAML, ".gitignore": ".idp/\n"}


def run(folder: Path) -> int:
    """Write the files; refuses, and writes nothing, when one of them is there already."""
    taken = [name for name in FILES if os.path.exists(folder / name)]
    if taken:
        raise BadInput(
            f"{folder} holds {', '.join(taken)} already; nothing was written", "Name another folder."
        )
    try:
        for name, text in FILES.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(
            f"{folder} cannot be made: {error.strerror}", "Name a folder that you may write to."
        ) from error
    named = shlex.quote(str(folder))
    typer.echo(f"{folder} is a portal now. Next:")
    typer.echo(f'  idp --portal {named} ask "who owns hello-service"')
    typer.echo(f"  idp --portal {named} doctor")
    return 0
