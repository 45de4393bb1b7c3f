"""What a look asks of Datadog, each with one small request that tries it.

Datadog refuses wrong keys with 403 as often as with 401, so the keys are tried by themselves first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from domain.clock import Clock
from integrations.calling.client import Caller
from integrations.calling.failures import Absent, Forbidden, Unauthorized
from integrations.calling.health import Need
from integrations.datadog.documents import DEFINITIONS
from integrations.datadog.objectives import OBJECTIVES
from integrations.datadog.options import DatadogOptions
from integrations.datadog.pages import Listing
from integrations.datadog.teams import TEAMS, USERS
from integrations.datadog.traces import CALLS
from integrations.datadog.watches import MONITORS

_KEYS = "api/v2/validate_keys"


def needs_of(options: DatadogOptions, caller: Caller, clock: Clock) -> tuple[Need, ...]:
    """Return what a look with these options does, the keys first; names are Datadog's permissions."""
    return tuple(_needs(options, caller, clock))


def _needs(options: DatadogOptions, caller: Caller, clock: Clock) -> Iterator[Need]:
    yield Need("keys: valid", lambda: _keys(caller))
    yield _listed(caller, "apm_service_catalog_read: service definitions", DEFINITIONS, optional=False)
    if options.teams or options.people:
        yield _listed(caller, "teams_read: teams and who is in them", TEAMS)
    if options.people:
        yield _listed(caller, "user_access_read: users", USERS)
    for environment in options.environments:
        yield Need(
            f"apm_read: what calls what in {environment}",
            lambda env=environment: caller.get(CALLS, _now(env, clock)),  # type: ignore[misc] # a default
            _remedy("apm_read"),
            optional=True,
        )
    if options.slos:
        yield _listed(caller, "slos_read: SLOs", OBJECTIVES)
    if options.monitors:
        yield _listed(caller, "monitors_read: monitors", MONITORS)


def _keys(caller: Caller) -> None:
    try:
        caller.get(_KEYS)
    except Forbidden as refusal:
        raise Unauthorized(str(refusal), "Check DD_API_KEY, DD_APP_KEY, and that `site` is theirs.") from None
    except Absent:
        return  # an older site: the next request tells


def _now(environment: str, clock: Clock) -> Mapping[str, str | int]:
    now = int(clock().timestamp())
    return {"env": environment, "start": now - 3_600, "end": now}


def _listed(caller: Caller, name: str, listing: Listing, *, optional: bool = True) -> Need:
    params: dict[str, str | int] = {listing.way.size: 1, listing.way.at: 0}
    return Need(
        name,
        lambda: caller.get(listing.path, {**listing.params, **params}),
        _remedy(name.partition(":")[0]),
        optional=optional,
    )


def _remedy(permission: str) -> str:
    return f"Give {permission} to the role of DD_APP_KEY's owner, and to the key's scopes if it has any."
