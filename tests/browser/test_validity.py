"""Every kind of page is valid HTML to the Nu HTML Checker, which needs Java."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from flask.testing import FlaskClient

from browser.conftest import Installed
from browser.pages import pages
from lod.release import Release
from support.apps import served
from support.crawling import walk
from support.hostile import CONFIGURATION, HOSTILE
from support.projects import release_of, write_project

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PACKAGE = "vnu-jar@26.9.27"
FAULTY = "<!doctype html><html lang=en><title>Faulty</title><p><div id=a></p><b id=a>"
OPTIONS = ("--format", "json", "--stdout", "--exit-zero-always")

GUESS = "This document appears to be written in"
"""It counts words, also those in elements that say their language; tests of it look at these."""

Complaints = dict[str, list[str]]


@pytest.fixture(scope="module")
def checker(installed: Installed) -> Path:
    """The program of the checker."""
    if shutil.which("java") is None:
        pytest.skip("Java is not installed")
    return installed(PACKAGE, "build/dist/vnu.jar")


def complaints(checker: Path, folder: Path, texts: Mapping[str, str]) -> Complaints:
    """Return what the checker says of each page, errors and warnings."""
    names = {}
    for number, (name, text) in enumerate(texts.items()):
        file = folder / f"{number}.html"
        file.write_text(text, "utf-8")
        names[file.name] = name
    done = subprocess.run(
        ["java", "-Xss4m", "-jar", checker, *OPTIONS, folder],
        capture_output=True,
        text=True,
        timeout=240,
        check=True,
    )
    found: defaultdict[str, list[str]] = defaultdict(list)
    for each in json.loads(done.stdout)["messages"]:
        if each["message"].startswith(GUESS):
            continue
        name = names[Path(unquote(urlsplit(each["url"]).path)).name]
        found[name].append(f"{each.get('lastLine')}: {each['message']} {each.get('extract', '')}")
    return dict(found)


def texts(client: FlaskClient, paths: Iterable[tuple[str, str]], language: str) -> dict[str, str]:
    """Return pages by what they show."""
    headers = {"Accept": "text/html", "Accept-Language": language}
    return {name: client.get(path, headers=headers).get_data(as_text=True) for name, path in paths}


def test_checker_finds_what_is_wrong(checker: Path, tmp_path: Path) -> None:
    """It is not silent about a page with four mistakes."""
    found = complaints(checker, tmp_path, {"faulty": FAULTY, "sound": FAULTY.partition("<p>")[0]})

    assert len(found["faulty"]) >= 3
    assert list(found) == ["faulty"]


@pytest.mark.parametrize(
    ("name", "language"), [("flagship", "en"), ("flagship", "lt"), ("herbarium", "de")]
)
def test_every_kind_of_page(
    request: pytest.FixtureRequest, checker: Path, tmp_path: Path, name: str, language: str
) -> None:
    """Pages of every kind are valid, without a warning."""
    client: FlaskClient = request.getfixturevalue(f"{name}_client")
    release: Release = request.getfixturevalue(name)
    shown = texts(client, pages(release, language).items(), language)

    assert len(shown) > 25
    assert complaints(checker, tmp_path, shown) == {}


def test_hostile_data(checker: Path, tmp_path: Path) -> None:
    """Whatever texts and addresses hold, all pages of a dataset are valid."""
    write_project(tmp_path / "project", {"lod.toml": CONFIGURATION, "data/a.ttl": HOSTILE})
    (tmp_path / "pages").mkdir()
    with served(release_of(tmp_path / "project", tmp_path / "out")) as app:
        client = app.test_client()
        paths = [each.path for each in walk(client, "/").pages]
        shown = texts(client, zip(paths, paths, strict=True), "en")

    assert len(shown) > 10
    assert complaints(checker, tmp_path / "pages", shown) == {}
