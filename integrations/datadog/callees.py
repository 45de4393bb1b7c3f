"""Tells from a name in a trace what is called: a service, a data store of somebody's, or something nameless.

Traces tell names and no types. A tracer that knows no better calls a data store by its technology (`redis`),
and a web address by its host; services that describe themselves have names of their own.
"""

from __future__ import annotations

import re
from enum import StrEnum

_GAPS = re.compile(r"[^a-z0-9]+")
_HOST = re.compile(r"(?:[a-z0-9_-]+\.)+[a-z]{2,}(?::[0-9]+)?")
_ADDRESS = re.compile(r"[0-9.:]+|\[?[0-9a-f:]+\]?(?::[0-9]+)?|localhost(?::[0-9]+)?")
_INSIDE = (".local", ".internal", ".svc", ".localdomain", ".lan")


class Callee(StrEnum):
    """What a name is the name of; the first four are types of a Resource."""

    DATABASE = "database"
    CACHE = "cache"
    QUEUE = "queue"
    STORAGE = "storage"
    EXTERNAL = "external"
    """A host outside."""
    SERVICE = "service"
    NAMELESS = ""
    """A technology, a library or an address: many different things have this name."""


_WORDS = {
    Callee.DATABASE: "postgres postgresql psql mysql mariadb mongo mongodb cassandra scylla cockroachdb "
    "dynamodb oracle mssql sqlserver sqlite clickhouse elasticsearch opensearch couchbase couchdb neo4j "
    "snowflake bigquery redshift spanner db database sql",
    Callee.CACHE: "redis memcached memcache valkey elasticache hazelcast cache",
    Callee.QUEUE: "kafka rabbitmq sqs sns kinesis pulsar nats activemq pubsub amqp eventbridge queue topic",
    Callee.STORAGE: "s3 gcs blobstore bucket",
}
_STORES = {word: callee for callee, words in _WORDS.items() for word in words.split()}
_NOTHING = frozenset({
    "aws", "gcp", "azure", "google", "amazon", "client", "cluster", "server", "http", "https", "grpc", "rest",
    "requests", "aiohttp", "urllib", "urllib3", "httpx", "okhttp", "axios", "fetch", "net", "web", "default",
    "inferred", "unnamed", "unknown", "internal", "main", "prod", "production",
})  # fmt: skip
"""Words that name nothing by themselves."""


def callee_of(name: str) -> Callee:
    """Return what is called by this name, when it calls nothing itself and nobody describes it."""
    called = name.strip().lower()
    words = [each for each in _GAPS.split(called) if each]
    own = [each for each in words if each not in _NOTHING and each not in _STORES]
    if not own or _ADDRESS.fullmatch(called):
        return Callee.NAMELESS
    if words[-1] in _STORES:
        return _STORES[words[-1]]
    if _HOST.fullmatch(called):
        host = called.partition(":")[0]
        return Callee.NAMELESS if host.endswith(_INSIDE) else Callee.EXTERNAL
    return Callee.SERVICE
