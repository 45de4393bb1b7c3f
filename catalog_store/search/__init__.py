"""Finds things by what people call them, in an immutable snapshot of the catalog held in memory.

Speaks no SQL and judges no words: what a match is good for, `questions` decides.
"""
