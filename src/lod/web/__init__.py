"""The site: HTTP in and out of what the layers below decide."""

from lod.web.app import create_app

__all__ = ["create_app"]
