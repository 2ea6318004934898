"""Addresses of a served dataset, and ways to ask for them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lod.release import Release

_LINK = re.compile(r'<([^>]*)>((?:; [a-z]+="[^"]*")*)')
_PARAMETER = re.compile(r'; ([a-z]+)="([^"]*)"')


@dataclass(frozen=True)
class Place:
    """A path of one of the datasets, and a client that can ask for it."""

    client: FlaskClient
    release: Release
    path: str

    @property
    def iri(self) -> str:
        """The path's canonical IRI."""
        return self.release.project.base + self.path

    def get(self, accept: str | None = None, suffix: str = "", **headers: str) -> TestResponse:
        """Ask for the path with a suffix, and headers whose names are written with underscores."""
        return self.ask("GET", accept, suffix, **headers)

    def ask(
        self, method: str, accept: str | None = None, suffix: str = "", **headers: str
    ) -> TestResponse:
        """Ask in any way."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if accept is not None:
            sent["Accept"] = accept
        return self.client.open(f"/{self.path}{suffix}", method=method, headers=sent)


@dataclass(frozen=True, slots=True)
class Link:
    """One value of a Link header (RFC 8288)."""

    target: str
    relation: str
    parameters: dict[str, str]


def links(response: TestResponse) -> list[Link]:
    """Return what a response links to; every part of the header must be understood."""
    header = response.headers.get("Link", "")
    found = []
    end = 0
    for match in _LINK.finditer(header):
        assert header[end : match.start()] in {"", ", "}
        end = match.end()
        parameters = dict(_PARAMETER.findall(match[2]))
        found.append(Link(match[1], parameters.pop("rel"), parameters))
    assert end == len(header)
    return found


def vary(response: TestResponse) -> set[str]:
    """Return the request headers a response says it depends on."""
    return {each.strip().lower() for each in response.headers.get("Vary", "").split(",")} - {""}
