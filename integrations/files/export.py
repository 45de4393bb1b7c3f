"""The formats that a catalog can be written in; each is read again by the reader of the same name."""

from __future__ import annotations

from integrations.files.backstage.export import export_backstage
from integrations.files.sheets.export import export_csv

__all__ = ["export_backstage", "export_csv"]
