"""The vendors' APIs on this machine, one folder each, mounted below `/vendors/<name>` of the playground.

Each is good enough that the vendor's own client works against it with only the base URL changed. Like the
rest of the playground they know nothing of the product.
"""
