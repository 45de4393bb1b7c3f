"""A made-up asset database: a small JSON API with a token, and every usual way of going on to the next page.

Below `/vendors/cmdb/api/assets` pages have numbers; `/offset`, `/cursor`, `/linked` and `/next` hold the same
assets in other pages.
"""

from __future__ import annotations

from playground.vendors.cmdb.seed import Asset, CmdbSeed, load_cmdb
from playground.vendors.cmdb.server import Cmdb

__all__ = ["Asset", "Cmdb", "CmdbSeed", "load_cmdb"]
