"""Documentation: cut into passages by heading, kept beside the files' texts, and searched by words.

Reads no file itself, and leaves descriptions of APIs to others.
"""
