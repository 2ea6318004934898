"""The toolkit knows no dataset, and the repository no machine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from lod.config import read_project
from lod.dataset import Role, open_dataset
from lod.diagnostics import Diagnostic
from support.repository import files

WORDS = (
    *("w3id.org", "ltdef", "coop", "lithuania", "defence", "defense", "kam.lt", "ministry"),
    *("nordic", "baltic", "nato", "poland", "sweden", "norway", "finland", "ukraine"),
    *("sucbas", "nordefco", "nb8", "litpolukrbrig", "bilateral", "battlegroup", "air policing"),
)
"""Words of the flagship; those in the names of its entities are added to them."""

TEXTS = {".css", ".html", ".js", ".po", ".py", ".sql", ".svg"}


HOMES = re.compile(r"(?<![\w.\-/:<])/(?:home|root|Users|work|workspaces?)/\w|\b[A-Z]:\\\\?Users\b")
REGISTRIES = re.compile(
    r"index[-_]url|find[-_]links|trusted[-_]host|/s[i]mple/|pythonhosted[.]org"
    r"|\b(?:GO|NO_|HTTPS?_)PROXY=|://[^/\s\"'<>]*:[^/\s\"'<>@]*@",
    re.IGNORECASE,
)


def unexpected(finding: Diagnostic) -> None:
    raise AssertionError(finding)


@pytest.fixture(scope="module")
def words(repository: Path) -> list[str]:
    """Words that only the flagship uses."""
    project = read_project(repository)
    things = f"{project.base}id/"
    named = {
        quad.subject.value.rpartition("/")[2]
        for file, quad in open_dataset(project).quads(unexpected)
        if file.role in {Role.DATA, Role.SEPARATE}
        and isinstance(quad.subject, NamedNode)
        and quad.subject.value.startswith(things)
    }
    questions = {path.stem for path in (repository / "questions").glob("*.rq")}
    assert len(named) > 100
    return sorted({*WORDS, *named, *questions}, key=lambda word: (-len(word), word))


def found_in(repository: Path, pattern: re.Pattern[str]) -> list[str]:
    """Return where a pattern stands in the repository, as ``file:line: text``."""
    return [
        f"{path.relative_to(repository).as_posix()}:{number}: {found[0]}"
        for path in files(repository)
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        for found in pattern.finditer(line)
    ]


class TestToolkit:
    def test_it_knows_nothing_of_the_flagship(self, repository: Path, words: list[str]) -> None:
        """The toolkit serves any dataset: no word of the one beside it is in its code."""
        any_word = re.compile(
            rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, words))})(?![a-z0-9])", re.IGNORECASE
        )
        sources = [path for path in (repository / "src" / "lod").rglob("*") if path.suffix in TEXTS]

        found = [
            f"{path.relative_to(repository).as_posix()}:{number}: {line.strip()}"
            for path in sorted(sources)
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
            if any_word.search(line)
        ]

        assert {".py", ".html", ".css", ".sql", ".po"} <= {path.suffix for path in sources}
        assert found == []


class TestRepository:
    def test_no_file_names_a_place_of_a_machine(self, repository: Path) -> None:
        """The repository works wherever it is, so it names no home folder."""
        assert found_in(repository, HOMES) == []

    def test_no_file_names_the_folder_it_is_in(self, repository: Path) -> None:
        """A path of the machine the work was done on is nobody else's."""
        here = re.compile(rf"(?<![\w.\-/]){re.escape(str(repository))}(?![\w.\-])")

        assert found_in(repository, here) == []

    def test_no_file_names_a_registry(self, repository: Path) -> None:
        """Packages come from wherever the user gets them: no address or secret of one is kept."""
        assert found_in(repository, REGISTRIES) == []

    @pytest.mark.parametrize(
        ("pattern", "text"),
        [
            (HOMES, "/".join(["see ", "home", "someone", "data.ttl"])),
            (HOMES, "/".join(["cd ", "root", "project"])),
            (HOMES, "/".join(["'", "Users", "someone"])),
            (REGISTRIES, "--" + "-".join(["extra", "index", "url"]) + " x"),
            (REGISTRIES, "https:/" + "/name:secret" + "@packages.example/"),
        ],
    )
    def test_such_a_place_would_be_noticed(self, pattern: re.Pattern[str], text: str) -> None:
        """The patterns know what they are meant for."""
        assert pattern.search(text)
