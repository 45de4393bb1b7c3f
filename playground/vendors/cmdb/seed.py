"""What the asset database holds when it opens: read from YAML and checked."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from playground.seed import SeedError, load_yaml


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Asset(_Part):
    """One asset, as bookkeeping sees it."""

    id: str
    name: str
    service: str = ""
    """What people call it."""
    cost_centre: str = ""
    data_class: str = ""
    pci: bool = False
    """Whether it is in the scope of the card industry's audit."""
    retired: bool = False


class CmdbSeed(_Part):
    """The whole database."""

    token: str = Field(min_length=1)
    page_size: int = Field(5, ge=1)
    """How many assets a page has unless asked otherwise."""
    assets: tuple[Asset, ...] = ()


def load_cmdb(path: Path) -> CmdbSeed:
    """Read a seed; raises SeedError that names the file and what is wrong."""
    try:
        return CmdbSeed.model_validate(load_yaml(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise SeedError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise SeedError(f"{path}: {' '.join(str(error).split())}") from error
