"""CODEOWNERS: the rules of a file, and which of them decide on a path, as GitHub and as GitLab decide it."""
