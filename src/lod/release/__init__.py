"""A release: a folder with all that is published, built once and never changed."""

from lod.release.opening import Release, find_release, open_release

__all__ = ["Release", "find_release", "open_release"]
