"""Which frameworks make pages, which answer requests, and which language a kind of package is written in.

Data alone. Names are those of the packages, lower case, without `.js`.
"""

from __future__ import annotations

from collections.abc import Mapping

FRONTENDS = (
    "next", "nuxt", "remix", "gatsby", "astro", "sveltekit", "angular", "react", "vue", "svelte", "solid",
    "preact", "ember", "qwik", "vite", "docusaurus", "eleventy", "hugo", "jekyll", "vitepress", "vuepress",
    "blazor", "yew", "leptos",
)  # fmt: skip
"""Those built upon another come before it."""

SERVERS = (
    "spring-boot", "spring", "quarkus", "micronaut", "dropwizard", "ktor", "vertx", "play", "akka-http",
    "http4s", "nestjs", "express", "fastify", "koa", "hapi", "hono", "django", "flask", "fastapi",
    "starlette", "tornado", "aiohttp", "sanic", "rails", "sinatra", "grape", "laravel", "symfony", "slim",
    "gin", "echo", "fiber", "chi", "gorilla", "grpc", "axum", "actix-web", "actix", "rocket", "warp",
    "phoenix-liveview", "phoenix", "plug", "asp.net-core", "asp.net", "javalin", "litestar", "falcon",
    "pyramid", "bottle", "django-rest-framework", "beego", "buffalo", "go-kit", "connect", "gqlgen", "poem",
    "salvo", "hanami", "roda", "lumen", "cakephp", "yii", "codeigniter", "laminas", "drupal", "magento",
    "absinthe", "apollo", "strapi", "odoo", "slack-bolt", "streamlit", "dash", "gradio", "azure-functions",
    ".net-worker", "masstransit", "orleans", "celery", "sidekiq", "akka", "pekko",
)  # fmt: skip
"""Those built upon another come before it."""

SPELLINGS: Mapping[str, str] = {
    "nextjs": "next", "nuxtjs": "nuxt", "reactjs": "react", "react-dom": "react",
    "vuejs": "vue", "angularjs": "angular",
    "@angular/core": "angular", "@nestjs/core": "nestjs", "nest": "nestjs", "@sveltejs/kit": "sveltekit",
    "solidjs": "solid", "solid-js": "solid", "@remix-run/react": "remix", "@docusaurus/core": "docusaurus",
    "@hapi/hapi": "hapi", "expressjs": "express", "springboot": "spring-boot", "spring-framework": "spring",
    "ruby-on-rails": "rails", "rubyonrails": "rails", "actix_web": "actix-web", "aspnetcore": "asp.net-core",
    "aspnet-core": "asp.net-core", "vert.x": "vertx", "grpc-go": "grpc", "ember-source": "ember",
}  # fmt: skip

MANIFESTS: Mapping[str, str] = {
    "package.json": "npm", "pyproject.toml": "pypi", "setup.py": "pypi", "setup.cfg": "pypi",
    "requirements.txt": "pypi", "go.mod": "go", "pom.xml": "maven", "build.gradle": "gradle",
    "build.gradle.kts": "gradle", "cargo.toml": "cargo", "gemfile": "rubygems", "composer.json": "composer",
    "mix.exs": "hex", "build.sbt": "sbt", "pubspec.yaml": "pub", "package.swift": "swift",
}  # fmt: skip
"""The ecosystem of a package by its manifest's name, lower case."""

NOT_PACKAGES = frozenset({"docker", "oci", "helm", "terraform", "kubernetes", "kustomize", "github-actions"})
"""Ecosystems that no language has."""

LANGUAGES: Mapping[str, str] = {
    "npm": "javascript", "pypi": "python", "python": "python", "go": "go", "golang": "go", "maven": "java",
    "gradle": "java", "cargo": "rust", "rust": "rust", "rubygems": "ruby", "ruby": "ruby", "bundler": "ruby",
    "packagist": "php", "composer": "php", "hex": "elixir", "mix": "elixir", "nuget": "c#", "sbt": "scala",
    "pub": "dart", "swift": "swift",
}  # fmt: skip
"""The language of an ecosystem's packages."""

DIALECTS: Mapping[str, tuple[str, ...]] = {
    "javascript": ("typescript", "vue", "svelte"),
    "java": ("kotlin", "scala", "groovy"),
}
"""Languages that are in the same packages: the host knows which it is."""


def spelled(framework: str) -> str:
    """Return a framework's name as these tables have it: `Spring Boot` is `spring-boot`."""
    name = "-".join(framework.lower().split())
    name = name.removesuffix(".js")
    return SPELLINGS.get(name, name)
