"""Package manifests of repositories: what they build, with which frameworks, in which parts."""
