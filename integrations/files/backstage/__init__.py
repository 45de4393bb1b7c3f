"""Backstage's catalog files, in and out: judged as Backstage judges them, mapped to claims, written back."""
