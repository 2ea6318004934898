"""The documentation says what is so: its commands are run, its references are complete."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from lod.config import Claims, Limits, Paths, Project, Server, Site
from lod.rdf.formats import DOCUMENT_FORMATS
from lod.web.downloads import bp as downloads
from lod.web.meta import bp as meta
from lod.web.pages import bp as pages
from lod.web.sparql import bp as sparql

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
COMMANDS = ("check", "lint", "explain", "format", "build", "query", "serve", "doctor")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def blocks(page: Path) -> Iterator[tuple[str, str]]:
    """Yield (language, content) of the code blocks of a page."""
    for found in _BLOCK.finditer(page.read_text("utf-8")):
        yield found[1], found[2]


def environment() -> dict[str, str]:
    """Return an environment in which ``lod`` is the one under test, and lines are 80 wide."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "COLUMNS": "80", "NO_COLOR": "1"}


def shell(script: str, folder: Path) -> str:
    """Return what a script prints, on either stream."""
    done = subprocess.run(
        ["bash", "-euc", script],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def without_counts(text: str) -> str:
    """Return what a check prints without how many rules there are, which grow with the toolkit."""
    return re.sub(r", \d+ rules:", ", … rules:", text)


class TestTutorial:
    def test_every_step_works_and_prints_what_the_page_shows(self, tmp_path: Path) -> None:
        """A reader who types the tutorial sees what it shows."""
        folder = tmp_path
        printed = ""
        steps = 0
        for language, content in blocks(DOCS / "tutorial.md"):
            if language == "sh":
                printed = shell(content, folder)
                steps += 1
                if "cd alliances" in content:
                    folder = tmp_path / "alliances"
            elif language == "text":
                assert without_counts(printed) == without_counts(content)

        assert steps >= 8
        assert (folder / "build" / "latest" / "manifest.json").is_file()


class TestReadme:
    @pytest.mark.thorough
    def test_its_commands_work_in_the_repository(self, tmp_path: Path) -> None:
        """The commands the README shows for daily work do what they say."""
        work = next(content for _, content in blocks(ROOT / "README.md") if "lod check" in content)
        commands = [line for line in work.splitlines() if not line.startswith("lod serve")]
        assert len(commands) == 4
        script = "\n".join(commands).replace("lod build", f"lod build --out {tmp_path}")

        printed = shell(script.replace("lod format", "lod format --check"), ROOT)

        assert "partner:sweden" in printed
        assert (tmp_path / "latest" / "manifest.json").is_file()

    def test_one_line_serves_and_one_line_tests(self) -> None:
        """A new user needs one line to see the dataset and one to run the tests."""
        lines = [content for language, content in blocks(ROOT / "README.md") if language == "sh"]
        installing = [each for each in lines if "pip install" in each]

        assert len(installing) == 2
        assert all(len(each.strip().splitlines()) == 1 for each in installing)
        assert installing[0].rstrip().endswith(".venv/bin/lod serve")
        assert installing[1].rstrip().endswith(".venv/bin/pytest")


class TestLinks:
    @pytest.mark.parametrize(
        "page", [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))], ids=lambda page: page.name
    )
    def test_links_between_pages_lead_somewhere(self, page: Path) -> None:
        """A link from one page of the documentation to another is never broken."""
        for target in _LINK.findall(page.read_text("utf-8")):
            assert (page.parent / target).exists(), target


class TestCommandLineReference:
    @pytest.mark.parametrize("command", ["", *COMMANDS])
    def test_it_equals_the_help(self, command: str) -> None:
        """The reference shows the very help the command prints."""
        printed = shell(f"lod {command} --help", ROOT)

        page = (DOCS / "reference" / "command-line.md").read_text("utf-8")

        assert f"```text\n{printed}```" in page


class TestConfigurationReference:
    @pytest.mark.parametrize(
        ("table", "kind"),
        [
            ("project", Project),
            ("paths", Paths),
            ("claims", Claims),
            ("site", Site),
            ("limits", Limits),
            ("server", Server),
        ],
    )
    def test_every_key_has_its_line(self, table: str, kind: type) -> None:
        """Each key of lod.toml is documented in its table, and no other is."""
        page = (DOCS / "reference" / "lod-toml.md").read_text("utf-8")
        section = page.partition(f"## [{table}]\n")[2].partition("\n## ")[0]
        tables = {"paths", "prefixes", "kinds", "claims", "rules", "columns", "site"} | {
            *("limits", "server")
        }
        known = {each.name for each in fields(kind)} - {"root", "frozen"}
        if kind is Project:
            known -= tables

        documented = set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))

        assert documented == known

    def test_every_table_has_its_section(self) -> None:
        """Each table of lod.toml has a heading."""
        page = (DOCS / "reference" / "lod-toml.md").read_text("utf-8")

        headings = set(re.findall(r"^## \[(\w+)\]$", page, re.MULTILINE))

        assert headings == {
            *("project", "paths", "prefixes", "kinds", "claims"),
            *("rules", "columns", "site", "limits", "server"),
        }


class TestHttpReference:
    def test_every_format_of_a_document_has_its_ending(self) -> None:
        """Each format a document is offered in is in the table of endings."""
        page = (DOCS / "reference" / "http.md").read_text("utf-8")

        for each in DOCUMENT_FORMATS:
            assert f"`.{each.extension}`" in page
            assert f"`{each.media_type}`" in page

    def test_every_route_is_mentioned(self) -> None:
        """Each address the application knows is in the reference."""
        page = (DOCS / "reference" / "http.md").read_text("utf-8")
        code = "".join(
            Path(str(__import__(each.import_name, fromlist=["x"]).__file__)).read_text("utf-8")
            for each in (downloads, meta, pages, sparql)
        )
        routes = re.findall(r'@bp\.(?:get|route)\("(/[^"<]*)', code)
        hidden = {"/static/"}

        assert len(routes) > 8
        for route in {each.partition(".<")[0] for each in routes} - hidden:
            stem = route.removesuffix("index.").removesuffix("sparql.").removesuffix("search.")
            assert f"`{stem}" in page or stem in page, route


class TestDataModel:
    def test_its_queries_have_answers(self) -> None:
        """Each query the page on the data model shows finds something."""
        for language, content in blocks(DOCS / "reference" / "data-model.md"):
            assert language == "sh"
            assert not shell(content, ROOT).endswith("0 rows\n"), content
