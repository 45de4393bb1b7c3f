"""A GitLab on this machine: API v4 and webhooks, over groups and projects that can be changed.

Good enough for python-gitlab. Keeps no commits: a repository is the files that it has now.
"""
