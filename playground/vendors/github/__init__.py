"""GitHub, as far as a catalog reads it: an organization with repositories, teams and people that change."""

from playground.vendors.github.access import App
from playground.vendors.github.server import GitHub
from playground.vendors.github.state import Organization, Person, Repository, Team

__all__ = ["App", "GitHub", "Organization", "Person", "Repository", "Team"]
