"""Makes claims of what calls what, as APM's traces show it for each environment.

A service that the catalog of Datadog describes gets a remark; another one is a find of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import quote

from domain.entities import Claim, Finding, Grounds, Json
from domain.errors import OutsideFailure
from domain.refs import Ref
from integrations.datadog.callees import Callee, callee_of
from integrations.datadog.naming import VENDOR, alias_of, ref_of
from integrations.datadog.pages import Reader
from integrations.tools.claims import remark, service

CALLS = "api/v1/service_dependencies"
TRACED = 0.8
"""That a thing is there which nobody described: it sends traces, or is called in some."""
CALLED = 0.9
"""That one calls the other: it was seen, and may have been a test or somebody's script."""


@dataclass(slots=True)
class Calls:
    """Who calls whom, all environments together; names are in lower case."""

    callees: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    """By caller and callee, the environments in which that was seen."""
    findings: list[Finding] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """All that call or are called, sorted."""
        return sorted({*self.callees, *(each for called in self.callees.values() for each in called)})

    def add(self, environment: str, caller: str, callee: str) -> None:
        """Note a call."""
        seen = self.callees.setdefault(caller, {}).setdefault(callee, [])
        if environment not in seen:
            seen.append(environment)


def read_calls(
    reader: Reader, source: str, environments: tuple[str, ...], now: datetime, back: timedelta
) -> Calls:
    """Ask for each environment's calls. Raises OutsideFailure where an answer is none."""
    calls = Calls()
    for environment in environments:
        span = {"start": int((now - back).timestamp()), "end": int(now.timestamp())}
        value = reader.get(CALLS, {"env": environment, **span})
        if not isinstance(value, dict):
            raise OutsideFailure(
                f"source {source}: Datadog's service dependencies of {environment} are no mapping",
                "Check `url` and `site`; look again later.",
            )
        _take(value, environment, calls)
    return calls


def _take(value: Mapping[str, Json], environment: str, calls: Calls) -> None:
    for caller, about in value.items():
        called = about.get("calls", []) if isinstance(about, dict) else None
        if not isinstance(called, list):
            place, problem = f"service dependencies of {environment}", f"what {caller} calls is no list"
            calls.findings.append(Finding(place, 0, problem, "Look again later.", "warning"))
            called = []
        calls.callees.setdefault(caller.lower(), {})
        for each in called:
            if isinstance(each, str) and each.strip() and each.lower() != caller.lower():
                calls.add(environment, caller.lower(), each.lower())


@dataclass(frozen=True, slots=True)
class Traced:
    """What the calls come to."""

    claims: tuple[Claim, ...]
    nameless: tuple[str, ...]
    """Callees whose names say nothing: left out."""


def traced(calls: Calls, described: Mapping[str, Ref], web: str) -> Traced:
    """Return the claims on all that calls or is called; `described` are the names that documents describe."""
    kinds = {each: _callee(each, calls, described) for each in calls.names}
    refs = {each: described.get(each) or _ref(each, kind) for each, kind in kinds.items()}
    claims = []
    for name, ref in refs.items():
        if ref is None:
            continue
        if name not in described:
            claims.append(_found(name, kinds[name], _calling(name, calls, refs), web))
        elif calling := _calling(name, calls, refs):
            claims.append(_remark(name, ref, calling, web))
    return Traced(tuple(claims), tuple(each for each, ref in refs.items() if ref is None))


def _callee(name: str, calls: Calls, described: Mapping[str, Ref]) -> Callee:
    """What calls others or is described is a service, whatever its name looks like."""
    return Callee.SERVICE if name in described or calls.callees.get(name) else callee_of(name)


def _ref(name: str, kind: Callee) -> Ref | None:
    if kind is Callee.NAMELESS:
        return None
    return ref_of("component" if kind is Callee.SERVICE else "resource", name)


def _calling(name: str, calls: Calls, refs: Mapping[str, Ref | None]) -> dict[str, list[str]]:
    """Return what a service depends on, as refs, with the environments in which that was seen."""
    found: dict[str, list[str]] = {}
    for callee, environments in sorted(calls.callees.get(name, {}).items()):
        ref = refs[callee]
        if ref is not None and ref != refs[name]:
            found.setdefault(str(ref), []).extend(environments)
    return found


def _stated(calling: Mapping[str, list[str]], web: str) -> tuple[dict[str, Json], dict[str, Grounds]]:
    if not calling:
        return {}, {}
    environments = list(dict.fromkeys(each for seen in calling.values() for each in seen))
    it = "it" if len(calling) == 1 else "them"
    reason = f"calls {it}, by APM traces of env {', '.join(environments)}"
    origin = f"{web}/apm/map?env={quote(environments[0], safe='')}"
    return {"dependsOn": list(calling)}, {"dependsOn": Grounds(CALLED, reason, origin)}


def _remark(name: str, ref: Ref, calling: Mapping[str, list[str]], web: str) -> Claim:
    fields, grounds = _stated(calling, web)
    kind = "Component" if ref.kind == "component" else "Resource"
    url = grounds["dependsOn"].origin
    return remark(f"service/{name}", alias_of(name), kind, fields, url=url, grounds=grounds)


def _found(name: str, kind: Callee, calling: Mapping[str, list[str]], web: str) -> Claim:
    fields, grounds = _stated(calling, web)
    url = f"{web}/apm/entity/service%3A{quote(name, safe='')}"
    seen = replace(
        service(VENDOR, name, name=name, fields=fields, url=url), confidence=TRACED, grounds=grounds
    )
    if calling:
        return seen
    # What only gets calls may be declared as another kind of thing than its name makes us guess.
    component, resource = str(ref_of("component", name)), str(ref_of("resource", name))
    if kind is Callee.SERVICE:
        return replace(seen, same_as=(*seen.aliases, component, resource))
    return replace(
        seen,
        ref=ref_of("resource", name),
        kind="Resource",
        fields={"type": kind.value},
        same_as=(*seen.aliases, resource, component),
    )
