"""file-passed-over (warning)

Why: what stands in a file that nothing reads is not published and not checked, and nobody is told.
Fix: Give the file a name that is read, or move it out of the folder.
Says: {name} is not read: {reason}.

Fails:
  ex:oak ex:near ex:beech .
  == data/more.turtle ==
  @prefix ex: <https://data.example/> .
  ex:rose ex:near ex:lily .
Passes:
  ex:oak ex:near ex:beech .
  == data/README.md ==
  What stands where.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from lod.checks.lint.query_files import ANSWER
from lod.checks.lint.slips import Context, Slip
from lod.rdf.formats import SOURCE_FORMATS

_READ = {each.extension for each in SOURCE_FORMATS}
_RDF = _READ | {
    *("turtle", "n3", "ntriples", "nquads", "rdf", "rdfs", "owl", "owx", "ofn", "omn"),
    *("jsonld", "json-ld", "trix", "rj", "hdt", "shacl", "shc", "skos", "ntx", "nqx"),
}
_SPARQL = {"sparql", "ru", "rql", "spq"}
_TEXT = {"", "txt", "text", "xml", "json"}
_LOOKS_LIKE_RDF = re.compile(
    rb"^\s*(?:@prefix|@base|PREFIX\s+[\w-]*:\s*<)|<rdf:RDF|\"@context\"\s*:|^<[a-z]+:[^>\s]*>\s+<",
    re.MULTILINE,
)
_ENOUGH = 4096


def look(context: Context) -> Iterator[Slip]:
    """Yield the files in the project's folders that look as if they should be read."""
    if context.is_loose:
        return
    paths = context.dataset.project.paths
    read = {file.name for file in context.dataset.files}
    for folder in dict.fromkeys([paths.ontology, paths.data, paths.shapes, *paths.separate]):
        yield from _unread(context.root, folder, lambda path: _rdf(path, read, context.root))
    for folder in dict.fromkeys([paths.questions, paths.rules, paths.lint]):
        yield from _unread(context.root, folder, _query)


def _unread(root: Path, folder: str, judge: Callable[[Path], str | None]) -> Iterator[Slip]:
    """Yield what is in a folder and should be read, with the reason why it is not."""
    for here, folders, files in os.walk(root / folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for name in [*folders, *sorted(files)]:
            path = Path(here, name)
            reason = _folder(path) if name in folders else judge(path)
            if reason and not name.startswith("."):
                shown = path.relative_to(root).as_posix()
                yield Slip(values={"name": shown, "reason": reason}, file=shown)


def _folder(path: Path) -> str | None:
    if path.is_symlink():
        return "links to folders are not followed"
    if path.suffix.lower().removeprefix(".") in _RDF:
        return "it is a folder with the name of a file"
    return None


def _rdf(path: Path, read: set[str], root: Path) -> str | None:
    """Return why a file is not read, None for one that is, or need not be."""
    if path.relative_to(root).as_posix() in read:
        return None
    parts = path.name.lower().rstrip("~#").split(".")[1:]
    extensions = ", ".join(f".{each.extension}" for each in SOURCE_FORMATS)
    last = parts[-1] if parts else ""
    if path.name.endswith("~") and _RDF.intersection(parts):
        return "it is the copy an editor left"
    if _RDF.intersection(parts):
        return f"the files read end with {extensions}"
    if last in _TEXT and _LOOKS_LIKE_RDF.search(_beginning(path)):
        return f"it looks like RDF, and the files read end with {extensions}"
    return None


def _query(path: Path) -> str | None:
    name = path.name.lower()
    if name.endswith(ANSWER):
        question = path.with_name(path.name[: -len(ANSWER)] + ".rq")
        return None if question.is_file() else f"there is no {question.name}"
    parts = name.rstrip("~#").split(".")[1:]
    if path.suffix == ".rq" or not {*_SPARQL, "rq"}.intersection(parts):
        return None
    return "the queries read end with .rq"


def _beginning(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_ENOUGH)
    except OSError:
        return b""
