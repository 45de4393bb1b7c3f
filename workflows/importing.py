"""Import: one look at files becomes change sets in the catalog. Reads no file itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

from catalog_store.catalog import Catalog
from domain.changes import ChangeSet
from domain.custom_fields import NO_FIELDS, Fields, checked
from workflows.descriptions import read_descriptions
from workflows.ports import Look, Source


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import came to."""

    look: Look
    change_sets: tuple[ChangeSet, ...]
    """One for each claimant (`backstage`, `csv`, `codeowners`), those without a change included."""

    @property
    def errors(self) -> int:
        """How many documents were left out."""
        return sum(1 for finding in self.look.findings if finding.severity == "error")

    def count(self, what: str) -> int:
        """Return how many entities were `created`, `changed` or `unchanged`, over all change sets."""
        return sum(each.counts.get(what, 0) for each in self.change_sets)


def import_files(
    catalog: Catalog, source: Source, *, actor: str, dry_run: bool = False, fields: Fields = NO_FIELDS
) -> ImportReport:
    """Look at `source` and apply what it saw, all of it in one transaction, or with `dry_run` nothing.

    Custom fields that `fields` defines come in as they should be, or as a finding not at all.
    What the look did not see stays as it is: a file is never the whole company. The descriptions of APIs that
    are new are read at the end. Raises what `Source.fetch`
    and `Catalog.apply` raise; then the catalog is as it was.
    """
    look = source.fetch()
    snapshots, doubts = checked(look.snapshots, fields)
    look = replace(look, snapshots=snapshots, findings=(*look.findings, *doubts))
    change_sets = catalog.apply_all(snapshots, actor=actor, dry_run=dry_run)
    if not dry_run:
        read_descriptions(catalog)
    return ImportReport(look, change_sets)
