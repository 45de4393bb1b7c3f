"""Takes the details out of manifests that are JSON, TOML or XML.

Parsers raise ValueError for what is none; XML that declares entities is refused unread.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from integrations.files.manifests.manifest import Found

_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)")
_DTD = re.compile(r"<!(?:DOCTYPE|ENTITY)")


def package_json(text: str) -> Found:
    """Read package.json. What it only works beside (peers) is not what it is made with."""
    it = _json(text)
    scripts, private = _mapping(it, "scripts"), it.get("private") is True
    peers = _mapping(it, "peerDependencies")
    own = {**_mapping(it, "devDependencies"), **_mapping(it, "dependencies")}
    published = not private and bool({"main", "exports", "module", "types", "publishConfig"} & it.keys())
    application = True if "start" in scripts else False if published and "bin" not in it else None
    typed = "typescript" in own or isinstance(it.get("types"), str)
    return Found(
        _text(it, "name"),
        [name for name in own if name not in peers],
        application,
        "TypeScript" if typed else "",
        workspace=bool(it.get("workspaces")),
    )


def pyproject(text: str) -> Found:
    """Read pyproject.toml, by the standard's fields or by Poetry's."""
    it = _toml(text)
    project, tool = _mapping(it, "project"), _mapping(it, "tool")
    poetry = _mapping(tool, "poetry")
    listed = project.get("dependencies")
    dependencies = (
        [requirement(each) for each in listed if isinstance(each, str)] if isinstance(listed, list) else []
    )
    name = _text(project, "name") or _text(poetry, "name")
    application: bool | None = None
    if not poetry and name:
        built, scripts = "build-system" in it, "scripts" in project
        application = None if built and scripts else not built
    elif poetry.get("package-mode") is False:
        application = True
    workspace = "workspace" in _mapping(tool, "uv") and not project
    return Found(name, [*dependencies, *_mapping(poetry, "dependencies")], application, workspace=workspace)


def cargo(text: str) -> Found:
    """Read Cargo.toml."""
    it = _toml(text)
    package = _mapping(it, "package")
    application = True if it.get("bin") else False if "lib" in it else None
    dependencies = {**_mapping(it, "dependencies"), **_mapping(it, "build-dependencies")}
    return Found(
        _text(package, "name"), dependencies, application, workspace="workspace" in it and not package
    )


def composer(text: str) -> Found:
    """Read composer.json."""
    it = _json(text)
    application = {"project": True, "library": False}.get(_text(it, "type"))
    return Found(_text(it, "name"), _mapping(it, "require"), application)


def pom(text: str) -> Found:
    """Read pom.xml."""
    it = _xml(text)
    packaging = _said(it, "packaging")
    modules = _child(it, "modules")
    dependencies = [_coordinates(each) for each in _below(it, "dependencies", "dependency")]
    parent = _child(it, "parent")
    if parent is not None:
        dependencies.append(_coordinates(parent))
    build = _child(it, "build")
    plugins = [_coordinates(each) for each in _below(build, "plugins", "plugin")] if build is not None else []
    runs = packaging == "war" or any(
        each.endswith((":spring-boot-maven-plugin", ":quarkus-maven-plugin")) for each in plugins
    )
    language = next(
        (words for start, words in _JVM if any(each.startswith(start) for each in dependencies)), ""
    )
    return Found(
        _said(it, "artifactId"), dependencies, True if runs else None, language,
        workspace=modules is not None and packaging == "pom",
    )  # fmt: skip


_JVM = (("org.jetbrains.kotlin:", "Kotlin"), ("org.scala-lang:", "Scala"))


def csproj(text: str) -> Found:
    """Read a project file of MSBuild."""
    it = _xml(text)
    sdk = it.get("Sdk", "").partition("/")[0]
    references = [each.get("Include", "") for each in it.iter() if _tag(each) == "PackageReference"]
    properties = {
        _tag(each): (each.text or "").strip()
        for group in it
        for each in group
        if _tag(group) == "PropertyGroup"
    }
    kind = properties.get("OutputType", "").lower()
    web = sdk.lower() in (
        "microsoft.net.sdk.web",
        "microsoft.net.sdk.worker",
        "microsoft.net.sdk.blazorwebassembly",
    )
    application = True if web or kind in ("exe", "winexe") else False if kind == "library" else None
    return Found(properties.get("AssemblyName", ""), [sdk, *references], application)


def requirement(text: str) -> str:
    """Return the name in a requirement of Python's (`Django[bcrypt]>=5`), lower case with -; empty: none."""
    match = _REQUIREMENT.match(text)
    return re.sub(r"[-_.]+", "-", match[1].lower()) if match else ""


def _json(text: str) -> Mapping[str, object]:
    return _as_mapping(json.loads(text))


def _toml(text: str) -> Mapping[str, object]:
    return _as_mapping(tomllib.loads(text))


def _as_mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise ValueError("it is no mapping")
    return value


def _mapping(holder: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = holder.get(key)
    return value if isinstance(value, dict) else {}


def _text(holder: Mapping[str, object], key: str) -> str:
    value = holder.get(key)
    return value.strip() if isinstance(value, str) else ""


def _xml(text: str) -> ElementTree.Element:
    if _DTD.search(text):
        raise ValueError("it declares entities")
    try:
        return ElementTree.fromstring(text.lstrip("\ufeff \t\r\n").encode())  # noqa: S314 - it has no DTD
    except (ElementTree.ParseError, LookupError) as error:  # the latter for an encoding that there is not
        raise ValueError(str(error)) from None


def _tag(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _child(element: ElementTree.Element, name: str) -> ElementTree.Element | None:
    return next((each for each in element if _tag(each) == name), None)


def _below(element: ElementTree.Element, outer: str, inner: str) -> Iterator[ElementTree.Element]:
    holder = _child(element, outer)
    if holder is not None:
        yield from (each for each in holder if _tag(each) == inner)


def _said(element: ElementTree.Element, name: str) -> str:
    child = _child(element, name)
    return (child.text or "").strip() if child is not None else ""


def _coordinates(element: ElementTree.Element) -> str:
    return f"{_said(element, 'groupId')}:{_said(element, 'artifactId')}"
