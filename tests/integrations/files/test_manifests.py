"""Package manifests tell what a folder builds; a broken one is there all the same."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.files.manifests.frameworks import FRAMEWORKS, frameworks_of
from integrations.files.manifests.manifest import Manifest
from integrations.files.manifests.reading import is_manifest, manifests_of

PACKAGE = """\
{"name": "@acme/pay", "scripts": {"start": "x"}, "dependencies": {"express": "4", "react": "18"},
 "devDependencies": {"typescript": "5"}, "peerDependencies": {"react": "*"}}
"""
POM = """\
<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId></parent>
  <groupId>com.acme</groupId><artifactId>pay</artifactId>
  <dependencies>
    <dependency><groupId>org.jetbrains.kotlin</groupId><artifactId>kotlin-stdlib</artifactId></dependency>
    <dependency><groupId>io.grpc</groupId><artifactId>grpc-netty</artifactId></dependency>
  </dependencies>
  <build><plugins>
    <plugin><groupId>org.springframework.boot</groupId><artifactId>spring-boot-maven-plugin</artifactId></plugin>
  </plugins></build>
</project>
"""
GRADLE = """\
plugins {
    id("org.springframework.boot") version "3.2.0"
    kotlin("jvm") version "1.9"
}
dependencies {
    implementation("io.grpc:grpc-netty:1.60.0")
    testImplementation 'junit:junit:4.13'
}
"""
CSPROJ = """\
<Project Sdk="Microsoft.NET.Sdk.Web">
  <PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageReference Include="Grpc.AspNetCore" Version="2.6" /></ItemGroup>
</Project>
"""
GO = """\
module github.com/acme/pay/v2

go 1.22

require github.com/gin-gonic/gin v1.9.1
require (
\tgoogle.golang.org/grpc v1.60.0
\tgithub.com/labstack/echo/v4 v4.11.0 // indirect
)
"""
SETUP_PY = """\
from setuptools import setup
setup(
    name="pay",
    install_requires=[
        "Django[argon2]>=4; python_version > '3'",  # web
        'celery',
    ],
)
"""


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            "package.json",
            PACKAGE,
            ("npm", "@acme/pay", ("Express",), True, "TypeScript"),
        ),
        ("package.json", '{"name": "ui", "main": "x.js"}', ("npm", "ui", (), False, "JavaScript")),
        ("package.json", '{"name": "ui", "private": true}', ("npm", "ui", (), None, "JavaScript")),
        (
            "a/pyproject.toml",
            '[project]\nname = "pay"\ndependencies = ["Django>=5", "celery[redis]~=5.0"]\n',
            ("pypi", "pay", ("Celery", "Django"), True, "Python"),
        ),
        (
            "pyproject.toml",
            '[build-system]\nrequires = []\n[project]\nname = "lib"\n',
            ("pypi", "lib", (), False, "Python"),
        ),
        (
            "pyproject.toml",
            '[tool.poetry]\nname = "pay"\n[tool.poetry.dependencies]\npython = "*"\nfastapi = "*"\n',
            ("pypi", "pay", ("FastAPI",), None, "Python"),
        ),
        (
            "setup.cfg",
            "[metadata]\nname = pay\n[options]\ninstall_requires =\n    flask>=2\n    # no\n",
            ("pypi", "pay", ("Flask",), False, "Python"),
        ),
        ("setup.cfg", "[flake8]\nmax-line-length = 100\n", ("pypi", "", (), None, "Python")),
        ("setup.py", SETUP_PY, ("pypi", "pay", ("Celery", "Django"), None, "Python")),
        (
            "requirements.txt",
            "-r base.txt\nApache_Airflow==2.8  # x\nhttps://acme.example/x.whl\n./local\n",
            ("pypi", "", ("Airflow",), None, "Python"),
        ),
        ("go.mod", GO, ("go", "github.com/acme/pay/v2", ("Gin", "gRPC"), None, "Go")),
        ("pom.xml", POM, ("maven", "pay", ("Spring Boot", "gRPC"), True, "Kotlin")),
        ("build.gradle.kts", GRADLE, ("gradle", "", ("Spring Boot", "gRPC"), True, "Kotlin")),
        ("build.gradle", "plugins {\n  id 'java-library'\n}\n", ("gradle", "", (), False, "Java")),
        (
            "Cargo.toml",
            '[package]\nname = "pay"\n[[bin]]\nname = "pay"\n[dependencies]\naxum = "0.7"\n',
            ("cargo", "pay", ("Axum",), True, "Rust"),
        ),
        ("Cargo.toml", '[package]\nname = "p"\n[lib]\n', ("cargo", "p", (), False, "Rust")),
        (
            "Gemfile",
            "gem 'rails', '~> 7'\ngem \"sidekiq\"\n",
            ("rubygems", "", ("Rails", "Sidekiq"), True, "Ruby"),
        ),
        ("Gemfile", "gemspec\n", ("rubygems", "", (), False, "Ruby")),
        (
            "composer.json",
            '{"name": "acme/pay", "type": "project", "require": {"laravel/framework": "^11"}}',
            ("composer", "acme/pay", ("Laravel",), True, "PHP"),
        ),
        (
            "mix.exs",
            'project: [app: :pay]\napplication: [mod: {Pay, []}]\ndeps: [{:phoenix, "~> 1.7"}]\n',
            ("hex", "pay", ("Phoenix",), True, "Elixir"),
        ),
        ("src/Acme.Pay.csproj", CSPROJ, ("nuget", "Acme.Pay", ("ASP.NET Core", "gRPC"), True, "C#")),
    ],
)
def test_what_a_manifest_tells(
    path: str, text: str, expected: tuple[str, str, tuple[str, ...], bool | None, str]
) -> None:
    (found,) = manifests_of({path: text, "README.md": "# hi"})
    assert found == Manifest(path, *expected)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("package.json", '{"private": true, "workspaces": ["packages/*"]}'),
        ("Cargo.toml", '[workspace]\nmembers = ["a"]\n'),
        ("go.work", "go 1.22\nuse ./a\n"),
        ("pom.xml", "<project><packaging>pom</packaging><modules><module>a</module></modules></project>"),
        ("mix.exs", 'def project, do: [apps_path: "apps"]\n'),
        ("pyproject.toml", '[tool.uv.workspace]\nmembers = ["a"]\n'),
    ],
)
def test_some_only_hold_others_together(path: str, text: str) -> None:
    (found,) = manifests_of({path: text})
    assert found.workspace


@pytest.mark.parametrize(
    ("name", "short"),
    [("@acme/pay", "pay"), ("github.com/acme/pay/v2", "pay"), ("acme/pay", "pay"), ("pay", "pay"), ("", "")],
)
def test_short_names(name: str, short: str) -> None:
    assert Manifest("x", "npm", name, (), None, "").short_name == short


EXPANDING = (
    '<!DOCTYPE p [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>\n<project><artifactId>&b;</artifactId></project>'
)
BROKEN = [
    ("package.json", "{"),
    ("package.json", "[1]"),
    ("package.json", "[" * 100_000),
    ("package.json", '{"name": 1, "dependencies": [], "scripts": "x", "workspaces": null}'),
    ("pyproject.toml", "[project\n"),
    ("pyproject.toml", "x = " + "[" * 50_000),
    ("pyproject.toml", '[project]\nname = 1\ndependencies = "x"\n'),
    ("setup.cfg", "no section\n"),
    ("go.mod", "hello\n"),
    ("pom.xml", EXPANDING),
    ("pom.xml", "<project>"),
    ("pom.xml", '<?xml version="1.0" encoding="klingon"?><project/>'),
    ("pom.xml", "<a>" * 50_000 + "</a>" * 50_000),
    ("Cargo.toml", "\x00"),
    ("composer.json", '"\\ud800"'),
    ("x.csproj", "<Project Sdk='\ud800'/>"),
    ("Gemfile", ""),
    ("package.json", "\ufeff"),
]


@pytest.mark.parametrize(("path", "text"), BROKEN)
def test_a_broken_manifest_is_there_without_detail(path: str, text: str) -> None:
    (found,) = manifests_of({path: text})
    assert found.path == path
    assert found.name in ("", "x")
    assert (found.frameworks, found.application, found.workspace) == ((), None, False)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("setup.py", "install_requires=[" + '"a", ' * 80_000),
        ("setup.py", "install_requires=[" * 20_000),
        ("build.gradle", '"a:' * 100_000),
        ("mix.exs", "{ :" * 100_000),
        ("go.mod", "module x\n" + "\t" * 200_000),
        ("requirements.txt", "a" * 400_000),
    ],
)
def test_no_text_takes_long(path: str, text: str) -> None:
    begun = time.process_time()
    manifests_of({path: text})
    assert time.process_time() - begun < 2


@settings(max_examples=100, deadline=None)
@given(
    path=st.sampled_from(
        ["package.json", "pyproject.toml", "setup.cfg", "setup.py", "pom.xml", "mix.exs", "a.csproj"]
    ),
    text=st.text(st.sampled_from("{}[]<>=\"name: dependencies\n'/!#,"), max_size=60),
)
def test_anything_is_read(path: str, text: str) -> None:
    assert [each.path for each in manifests_of({path: text})] == [path]


def test_the_table_is_spelled_as_it_is_asked() -> None:
    for ecosystem, table in FRAMEWORKS.items():
        for dependency, framework in table.items():
            assert dependency == dependency.lower()
            assert framework in frameworks_of(ecosystem, [dependency.removesuffix("*").upper()])
    assert frameworks_of("npm", ["left-pad"]) == ()


def test_names_of_manifests() -> None:
    assert [
        each for each in ("a/go.mod", "Package.json", "x.csproj", "csproj", "go.sum") if is_manifest(each)
    ] == [
        "a/go.mod",
        "x.csproj",
    ]
