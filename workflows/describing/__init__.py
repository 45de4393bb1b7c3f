"""Descriptions of APIs: a text in, its operations and its flaws out. Reads no file and asks nobody."""
