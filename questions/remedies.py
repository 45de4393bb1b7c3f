"""Says what to do so that what nobody knows is known, by what kind of words it is."""

from __future__ import annotations

import re
from ipaddress import ip_address

from questions.workloads import stems

_PORT = re.compile(r":\d{1,5}(?:/.*)?$")
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*://)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?::\d{1,5})?(?:[/?].*)?", re.I)
_POD = re.compile(
    r"(?:po|pods?|deploy\w*|sts|statefulsets?|ds|daemonsets?|cronjobs?|cj|jobs?)(?:\.\w+)?/", re.I
)


def remedy(shown: str) -> str:
    """Return a sentence for what was asked for, as the asker saw it."""
    if shown[:1] in ("#", "@"):
        key, whose = ("channel", "the team's") if shown[0] == "#" else ("user-id", "that User entity's")
        return f"To have {shown} known, add slack.com/{key} to {whose} annotations, and run: idp import PATH"
    if _is_address(shown):
        return (
            f"{shown} is an address, and those move: ask with the host name that leads to it, "
            "or with the name of the pod or workload behind it"
        )
    if _POD.match(shown) or any(True for _ in stems(shown)):
        return (
            f"If {shown} runs in Kubernetes, connect the cluster (a source of type kubernetes in idp.yaml); "
            "if it is connected, sync it: the workload may be new"
        )
    if host := _HOST.fullmatch(shown):
        return (
            f"No source tells what answers at {host[1]}: clusters tell it of their ingresses and routes; "
            f"or add host:{host[1].lower()} to the annotation idp.dev/aliases of what does"
        )
    return (
        f"To have {shown} known, describe it in a catalog-info.yaml (or a row of a CSV file) "
        "with its name and owner, and run: idp import PATH"
    )


def _is_address(text: str) -> bool:
    bare = _PORT.sub("", text.partition("://")[2] or text).strip("[]").partition("/")[0]
    try:
        ip_address(bare)
    except ValueError:
        return False
    return True
