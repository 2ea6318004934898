"""A release: a folder with all that is published, built once and never changed."""

from lod.release.build import Progress, build_release
from lod.release.opening import Release, find_release, open_release

__all__ = ["Progress", "Release", "build_release", "find_release", "open_release"]
