"""Datadog's service definitions and entities: service.datadog.yaml, entity.datadog.yaml."""
