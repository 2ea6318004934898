"""Serve below a path, whether the proxy in front takes it away or not."""

from __future__ import annotations

from collections.abc import Iterable

from lod.web.cache import Application, Environ, StartResponse


class Mounted:
    """A WSGI middleware that takes the path of the site from the start of each address.

    :param path: with a slash at its start and none at its end.
    """

    def __init__(self, application: Application, path: str) -> None:
        self._application = application
        self._path = path

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        asked = environ.get("PATH_INFO", "")
        if asked.startswith(f"{self._path}/"):
            environ = {
                **environ,
                "SCRIPT_NAME": environ.get("SCRIPT_NAME", "") + self._path,
                "PATH_INFO": asked[len(self._path) :],
            }
        return self._application(environ, start_response)
