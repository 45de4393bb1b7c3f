"""What the bearer of a cluster's token may do: everything, until somebody takes some of it away."""

from __future__ import annotations

from collections.abc import Iterable


class Rights:
    """Role bindings, as far as reading needs them."""

    def __init__(self) -> None:
        self._denied: set[tuple[str, str]] = set()
        self._confined: frozenset[str] | None = None

    def deny(self, plural: str, namespace: str = "*") -> None:
        """Take away all rights on a resource, in one namespace or in all. RBAC has no such rule; roles do."""
        self._denied.add((plural, namespace))

    def confine(self, namespaces: Iterable[str]) -> None:
        """Leave rights in these namespaces alone: nothing of the cluster's own can be listed."""
        self._confined = frozenset(namespaces)

    def allow_all(self) -> None:
        """Bind the cluster role again."""
        self._denied.clear()
        self._confined = None

    def allows(self, plural: str, namespace: str) -> bool:
        """Tell whether objects can be read; an empty namespace: over all of them."""
        if (plural, "*") in self._denied:
            return False
        if not namespace:
            own = any(denied == plural for denied, _ in self._denied)
            return not own and (self._confined is None or plural == "projects")
        if (plural, namespace) in self._denied:
            return False
        return self._confined is None or namespace in self._confined

    def shows(self, project: str) -> bool:
        """Tell whether a list of projects holds one: OpenShift lists those that one may enter."""
        return self._confined is None or project in self._confined
