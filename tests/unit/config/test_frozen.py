"""The part of the configuration a release keeps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lod.config import Limits, Paths, Server, read_project, thaw_project
from lod.errors import ConfigError
from support.projects import CONFIGURATION, write_project

MORE = """\
description.en = "A sample – of sorts"
keywords.en = ["one"]
[prefixes]
ex = "https://data.example/id/"
[kinds]
zebra = "ex:Zebra"
ant = ["ex:Ant"]
[claims]
source = "ex:source"
[site]
accent = "#0a6349"
"""
HOW = """\
[paths]
data = "facts"
[rules]
"shacl/min-count" = "off"
[limits]
workers = 1
[server]
port = 1
"""


class TestFrozen:
    @pytest.mark.parametrize("where", [".", "tests/projects/herbarium"])
    def test_thawed_project_freezes_to_the_same(self, repository: Path, where: str) -> None:
        """A release's project can be released again without any change."""
        frozen = read_project(repository / where).frozen

        assert thaw_project(frozen).frozen == frozen

    def test_thawed_project_says_what_the_project_said(self, tmp_path: Path) -> None:
        """All that pages and dumps need of the configuration is in the release."""
        project = read_project(write_project(tmp_path, {"lod.toml": CONFIGURATION + MORE}))

        thawed = thaw_project(project.frozen)

        for name in (
            *("name", "base", "languages", "version", "title", "description", "issued", "licence"),
            *(
                "publisher",
                "homepage",
                "contact",
                "keywords",
                "prefixes",
                "kinds",
                "claims",
                "site",
            ),
        ):
            assert getattr(thawed, name) == getattr(project, name)
        assert [kind.segment for kind in thawed.kinds] == ["zebra", "ant"]

    def test_how_to_check_and_serve_is_not_kept(self, tmp_path: Path) -> None:
        """Limits, server, rules and paths do not change a release."""
        plain = read_project(write_project(tmp_path / "a", {}))
        other = read_project(write_project(tmp_path / "b", {"lod.toml": CONFIGURATION + HOW}))

        thawed = thaw_project(other.frozen)

        assert other.frozen == plain.frozen
        assert (thawed.limits, thawed.server, thawed.paths) == (Limits(), Server(), Paths())
        assert thawed.rules == {}
        assert thawed.root == Path()

    def test_what_is_kept_is_readable_json(self, tmp_path: Path) -> None:
        """The frozen part is plain JSON with its letters as they are."""
        project = read_project(write_project(tmp_path, {"lod.toml": CONFIGURATION + MORE}))

        content = json.loads(project.frozen)

        assert content["project"]["issued"] == "2025-01-31"
        assert "A sample – of sorts" in project.frozen
        assert set(content) == {"project", "prefixes", "kinds", "claims", "site"}


class TestThaw:
    @pytest.mark.parametrize(
        "text",
        [
            *("", "null", "5", '"text"', "[]", "{}", '{"project": null}', '{"project": []}'),
            *('{"project": {"issued": "soon"}}', '{"project": {"issued": 5}}', '{"project": {}}'),
        ],
    )
    def test_text_that_no_build_wrote_is_refused(self, text: str) -> None:
        """A damaged release is told as such, whatever is wrong with it."""
        with pytest.raises(ConfigError):
            thaw_project(text)
