"""Takes the details out of manifests that are programs or lists of lines, by how people write them.

Runs none of them: what a program computes is not seen.
"""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator

from integrations.files.manifests.manifest import Found
from integrations.files.manifests.structured import requirement

_QUOTED = re.compile(r""""([^"\n]*)"|'([^'\n]*)'""")
_SETUP_NAME = re.compile(r"""\bname\s*=\s*["']([^"'\n]{1,200})["']""")
_SETUP_REQUIRES = re.compile(
    r"""\binstall_requires\s*=\s*[\[(]((?:[\s,]*(?:\#[^\n]*\n|"[^"\n]*"|'[^'\n]*'))*)"""
)
_GO_MODULE = re.compile(r'^module\s+"?([^\s"]+)', re.MULTILINE)
_GO_REQUIRE = re.compile(
    r"^(?:require)?[ \t]+([^\s()]+)[ \t]+v[^\s]+(?P<indirect>[ \t]*//[ \t]*indirect)?", re.MULTILINE
)
_GRADLE_LIBRARY = re.compile(r"""["']([\w.-]+:[\w.-]+)(?::[^"'\n]*)?["']""")
_GRADLE_PLUGIN = re.compile(r"""\b(?:id|apply plugin:)\s*\(?\s*["']([\w.-]+)["']""")
_GRADLE_KOTLIN = re.compile(
    r"""\bkotlin\s*\(\s*["'](?:jvm|multiplatform|android)["']|org\.jetbrains\.kotlin"""
)
_GRADLE_APPLICATION = re.compile(r"^[ \t]*`?application`?[ \t]*$", re.MULTILINE)
_GEM = re.compile(r"""^[ \t]*gem[ \t(]+["']([\w.-]+)["']""", re.MULTILINE)
_GEMSPEC = re.compile(r"^[ \t]*gemspec\b", re.MULTILINE)
_MIX_APP = re.compile(r"\bapp:\s*:(\w+)")
_MIX_DEPENDENCY = re.compile(r"\{\s*:(\w+)\s*,")


def requirements(text: str) -> Found:
    """Read requirements.txt: options, addresses and paths are no names."""
    return Found("", list(_requirements(text)))


def _requirements(text: str) -> Iterator[str]:
    for line in text.splitlines():
        stripped = line.strip()
        if not stripped or stripped[0] in "#-./" or re.match(r"[a-z+]+://", stripped):
            continue
        yield requirement(stripped)


def setup_cfg(text: str) -> Found:
    """Read setup.cfg; without a name it only configures tools."""
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(text)
    except configparser.Error as error:
        raise ValueError(str(error)) from None
    name = parser.get("metadata", "name", fallback="").strip()
    requires = parser.get("options", "install_requires", fallback="") or ""
    return Found(name, list(_requirements(requires)), False if name else None)


def setup_py(text: str) -> Found:
    """Read setup.py."""
    name, requires = _SETUP_NAME.search(text), _SETUP_REQUIRES.search(text)
    names = [requirement(one or two) for one, two in _QUOTED.findall(requires[1])] if requires else []
    return Found(name[1] if name else "", names, None)


def go_mod(text: str) -> Found:
    """Read go.mod; what is only required by what it requires does not count."""
    module = _GO_MODULE.search(text)
    if module is None:
        raise ValueError("it names no module")
    direct = [each[1] for each in _GO_REQUIRE.finditer(text) if not each["indirect"]]
    return Found(module[1], direct)


def go_work(_text: str) -> Found:
    """Read go.work, which has nothing but the folders of modules."""
    return Found(workspace=True)


def gradle(text: str) -> Found:
    """Read build.gradle or build.gradle.kts."""
    plugins = _GRADLE_PLUGIN.findall(text)
    applied = {*plugins, *(["application"] if _GRADLE_APPLICATION.search(text) else [])}
    runs = bool(
        applied & {"application", "org.springframework.boot", "com.android.application", "war", "io.quarkus"}
    )
    library = "java-library" in applied or re.search(r"^\s*`java-library`", text, re.MULTILINE) is not None
    language = "Kotlin" if _GRADLE_KOTLIN.search(text) else "Scala" if "scala" in applied else ""
    return Found(
        "", [*_GRADLE_LIBRARY.findall(text), *plugins], True if runs else False if library else None, language
    )


def gemfile(text: str) -> Found:
    """Read a Gemfile: one that is a gem's own is of a library."""
    return Found("", _GEM.findall(text), _GEMSPEC.search(text) is None)


def mix(text: str) -> Found:
    """Read mix.exs; an umbrella holds others together."""
    app = _MIX_APP.search(text)
    runs = re.search(r"\bmod:\s*\{", text) is not None
    return Found(
        app[1] if app else "", _MIX_DEPENDENCY.findall(text), True if runs else None,
        workspace=re.search(r"\bapps_path:", text) is not None,
    )  # fmt: skip
