"""Fixtures for every room."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from tests.databases import (
    backend,
    catalog,
    database_url,
    migrated_database,
    migrated_file,
    postgres,
    postgres_server,
    sqlite,
    sqlite_catalog,
)

__all__ = [
    "backend",
    "catalog",
    "database_url",
    "migrated_database",
    "migrated_file",
    "postgres",
    "postgres_server",
    "sqlite",
    "sqlite_catalog",
]

# A machine that is busy with other tests is no defect of the code under test.
settings.register_profile("idp", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("idp")
