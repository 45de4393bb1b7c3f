"""CODEOWNERS files: parsing, matching, and what they say of the components beside them."""
