"""One table of frameworks, by the dependency that gives each away.

A framework more is a row here. Build tools, test tools and drivers are none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_JVM: Mapping[str, str] = {
    "org.springframework.boot*": "Spring Boot",
    "org.springframework:spring-web*": "Spring",
    "io.quarkus*": "Quarkus",
    "io.micronaut*": "Micronaut",
    "io.dropwizard*": "Dropwizard",
    "io.ktor*": "Ktor",
    "io.vertx*": "Vert.x",
    "io.javalin*": "Javalin",
    "com.typesafe.play*": "Play",
    "org.playframework*": "Play",
    "com.typesafe.akka*": "Akka",
    "org.apache.pekko*": "Pekko",
    "io.grpc*": "gRPC",
    "org.apache.kafka:kafka-streams": "Kafka Streams",
    "org.apache.flink*": "Flink",
    "org.apache.spark*": "Spark",
    "com.android.application": "Android",
    "com.android.library": "Android",
}

FRAMEWORKS: Mapping[str, Mapping[str, str]] = {
    "npm": {
        "express": "Express", "@nestjs/core": "NestJS", "fastify": "Fastify", "koa": "Koa",
        "@hapi/hapi": "hapi", "hono": "Hono", "next": "Next.js", "react": "React",
        "react-native": "React Native", "expo": "Expo", "vue": "Vue", "nuxt": "Nuxt",
        "@angular/core": "Angular", "svelte": "Svelte", "@sveltejs/kit": "SvelteKit", "astro": "Astro",
        "gatsby": "Gatsby", "@remix-run/*": "Remix", "solid-js": "Solid", "preact": "Preact",
        "ember-source": "Ember", "electron": "Electron", "@docusaurus/core": "Docusaurus",
        "@grpc/grpc-js": "gRPC", "@apollo/server": "Apollo", "apollo-server*": "Apollo",
        "@slack/bolt": "Slack Bolt", "aws-cdk-lib": "AWS CDK", "@backstage/core-app-api": "Backstage",
        "@strapi/strapi": "Strapi",
    },
    "pypi": {
        "django": "Django", "djangorestframework": "Django REST framework", "flask": "Flask",
        "fastapi": "FastAPI", "starlette": "Starlette", "litestar": "Litestar", "tornado": "Tornado",
        "sanic": "Sanic", "aiohttp": "aiohttp", "falcon": "Falcon", "pyramid": "Pyramid", "bottle": "Bottle",
        "celery": "Celery", "apache-airflow*": "Airflow", "dagster": "Dagster", "prefect": "Prefect",
        "luigi": "Luigi", "dbt-core": "dbt", "pyspark": "Spark", "streamlit": "Streamlit", "dash": "Dash",
        "gradio": "Gradio", "grpcio": "gRPC", "scrapy": "Scrapy", "torch": "PyTorch",
        "tensorflow": "TensorFlow", "slack-bolt": "Slack Bolt", "aws-cdk-lib": "AWS CDK", "odoo": "Odoo",
    },
    "go": {
        "github.com/gin-gonic/gin": "Gin", "github.com/labstack/echo*": "Echo",
        "github.com/gofiber/fiber*": "Fiber", "github.com/go-chi/chi*": "chi",
        "github.com/gorilla/mux": "Gorilla", "github.com/beego/beego*": "Beego",
        "github.com/gobuffalo/buffalo": "Buffalo", "github.com/go-kit/kit": "Go kit",
        "google.golang.org/grpc": "gRPC", "connectrpc.com/connect": "Connect",
        "github.com/spf13/cobra": "Cobra", "github.com/99designs/gqlgen": "gqlgen",
        "sigs.k8s.io/controller-runtime": "Kubernetes controller",
    },
    "maven": _JVM,
    "gradle": _JVM,
    "cargo": {
        "actix-web": "Actix", "axum": "Axum", "rocket": "Rocket", "warp": "warp", "tonic": "gRPC",
        "poem": "Poem", "leptos": "Leptos", "yew": "Yew", "tauri": "Tauri", "bevy": "Bevy", "salvo": "Salvo",
    },
    "rubygems": {
        "rails": "Rails", "railties": "Rails", "sinatra": "Sinatra", "hanami": "Hanami", "grape": "Grape",
        "sidekiq": "Sidekiq", "jekyll": "Jekyll", "roda": "Roda", "grpc": "gRPC",
    },
    "composer": {
        "laravel/framework": "Laravel", "laravel/lumen-framework": "Lumen",
        "symfony/framework-bundle": "Symfony", "symfony/symfony": "Symfony", "slim/slim": "Slim",
        "cakephp/cakephp": "CakePHP", "yiisoft/yii2": "Yii", "codeigniter4/framework": "CodeIgniter",
        "drupal/core*": "Drupal", "magento/*": "Magento", "laminas/laminas-mvc": "Laminas",
        "grpc/grpc": "gRPC",
    },
    "hex": {
        "phoenix": "Phoenix", "phoenix_live_view": "Phoenix LiveView", "absinthe": "Absinthe",
        "nerves": "Nerves", "broadway": "Broadway", "grpc": "gRPC",
    },
    "nuget": {
        "microsoft.net.sdk.web": "ASP.NET Core", "microsoft.aspnetcore*": "ASP.NET Core",
        "microsoft.net.sdk.blazorwebassembly": "Blazor", "microsoft.net.sdk.worker": ".NET Worker",
        "microsoft.azure.functions.worker": "Azure Functions",
        "microsoft.net.sdk.functions": "Azure Functions", "grpc.aspnetcore*": "gRPC",
        "grpc.net.client": "gRPC", "masstransit": "MassTransit", "orleans*": "Orleans",
    },
}  # fmt: skip
"""By ecosystem and dependency, lower case; `*` at the end stands for anything."""

_EXACT = {
    ecosystem: {name: framework for name, framework in table.items() if not name.endswith("*")}
    for ecosystem, table in FRAMEWORKS.items()
}
_BEGINNINGS = {
    ecosystem: [(name[:-1], framework) for name, framework in table.items() if name.endswith("*")]
    for ecosystem, table in FRAMEWORKS.items()
}


def frameworks_of(ecosystem: str, dependencies: Iterable[str]) -> tuple[str, ...]:
    """Return the frameworks among some dependencies, sorted, each once."""
    found = set()
    for dependency in dependencies:
        name = dependency.strip().lower()
        if name in _EXACT[ecosystem]:
            found.add(_EXACT[ecosystem][name])
        else:
            found.update(framework for start, framework in _BEGINNINGS[ecosystem] if name.startswith(start))
    return tuple(sorted(found))
