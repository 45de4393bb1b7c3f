"""Remembers: tables, queries, stitching, change sets, search, migrations. The only room that speaks SQL.

Rows never leave this room; what comes out are the values of `domain`.
"""
