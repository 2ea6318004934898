"""Build a release: everything in a workshop beside the others, moved into place when whole."""

from __future__ import annotations

import errno
import os
import platform
import shutil
import sqlite3
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from lod import __version__
from lod.addresses import DERIVED_GRAPH
from lod.dataset import Dataset, Role
from lod.diagnostics import Diagnostic
from lod.errors import ReleaseError
from lod.rdf.namespaces import OWL, RDF, RDFS
from lod.rdf.rdfxml import NotWritableError
from lod.rdf.turtle import Statements, nestable, nestable_by_graph, write_turtle
from lod.release import catalog, dumps
from lod.release.claims import ClaimTerms
from lod.release.derive import derive
from lod.release.display import displays
from lod.release.index import IndexWriter
from lod.release.manifest import FILE_NAME, Manifest, digest, list_files, read_manifest
from lod.release.opening import (
    CATALOG,
    CATALOG_GRAPH,
    DUMPS,
    INDEX,
    LATEST,
    PROJECT,
    QUESTIONS,
    REPORT,
    Release,
    open_release,
)
from lod.release.staging import Graph, Held, Staging, Statement, as_n_quads
from lod.release.trig import TrigParts

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

Progress = Callable[[str], None]

_WORKSHOP = ".building-"
_LOCK = "lock"
_ABANDONED = 3600
"""Seconds after which a workshop without a lock was not made a moment ago."""
_META_CLASSES = {
    each.value
    for each in (
        *(OWL[name] for name in ("Ontology", "Class", "ObjectProperty", "DatatypeProperty")),
        *(OWL[name] for name in ("AnnotationProperty", "NamedIndividual", "Restriction")),
        *(RDFS.Class, RDFS.Datatype, RDF.Property, RDF.List),
    )
}


def build_release(
    dataset: Dataset, report: bytes, out: Path, *, issued: str | None, progress: Progress
) -> Release:
    """Build a release of a dataset that has been checked, and return it.

    :param report: the check's findings as JSON, kept in the release.
    :param out: the folder of releases; the new one is a folder in it, named by version and digest.
    :param issued: the date of the release, ``YYYY-MM-DD``.
    :param progress: is told in a few words what goes on.
    :raises ReleaseError: when files are wrong after all, or the disk is full; nothing is left.
    :raises ProjectError: when a rule is wrong.
    :raises ProcessError: when blank nodes cannot be given canonical labels.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        _sweep(out)
        with _workshop(out) as folder:
            _Build(dataset, folder, issued, progress).run(report)
            release = _place(folder, out)
    except OSError as error:
        raise _disk_error(out, error) from error
    except sqlite3.OperationalError as error:
        raise _disk_error(out, error) from error
    return release


class _Build:
    """One build, step by step in its workshop."""

    def __init__(
        self, dataset: Dataset, folder: Path, issued: str | None, progress: Progress
    ) -> None:
        self._dataset = dataset
        self._project = dataset.project
        self._prefixes = dataset.prefixes
        self._folder = folder
        self._issued = issued
        self._progress = progress
        self._dumps = folder / DUMPS

    def run(self, report: bytes) -> None:
        self._dumps.mkdir()
        scratch = self._folder / "scratch"
        scratch.mkdir()
        staging = Staging(scratch / "staging.sqlite")
        try:
            self._stage(staging, scratch)
            self._write(staging, report, scratch)
        finally:
            staging.close()
            shutil.rmtree(scratch)
        self._write_manifest()

    def _stage(self, staging: Staging, scratch: Path) -> None:
        self._progress("reading files")
        errors: list[Diagnostic] = []
        quads = self._dataset.quads(errors.append)
        staging.add((file.role, quad) for file, quad in quads)
        if errors:
            raise ReleaseError(
                "release/findings",
                f"{errors[0].location}: {errors[0].message}",
                cure="Run lod check to see all that is wrong.",
            )
        staging.settle_blank_nodes()
        rules = self._dataset.rules()
        if rules:
            self._progress("deriving triples")
            default_graph = scratch / "default.nt"
            with default_graph.open("wb") as stream:
                stream.writelines(staging.default_lines())
            graph = NamedNode(self._project.base + DERIVED_GRAPH)
            triples = derive(rules, default_graph, self._prefixes)
            staging.add(
                (Role.DERIVED, Quad(each.subject, each.predicate, each.object, graph))
                for each in triples
            )

    def _write(self, staging: Staging, report: bytes, scratch: Path) -> None:
        blank = _BlankNodes(staging)
        self._index = IndexWriter(
            self._folder / INDEX,
            base=self._project.base,
            languages=self._project.languages,
            owned=blank.owned,
            claims=ClaimTerms.of(self._project.claims, self._prefixes),
        )
        self._progress("writing index and dumps")
        parts = TrigParts(scratch, self._prefixes, blank.nested)
        with dumps.SubjectDumps(
            self._dumps, self._project.name, self._prefixes, blank.nested_by_default, parts
        ) as writer:
            for subject, statements in staging.by_subject():
                quads = as_n_quads(subject, statements)
                self._index.add(subject, statements, quads)
                writer.add(subject, statements, quads)
        self._index.add_displays(displays(_shapes(staging)))
        self._convert(writer.n_triples)
        self._counts = {"triples": writer.triples, "quads": writer.quads}
        self._progress("compressing dumps")
        dumps.compress(sorted(self._dumps.iterdir()))
        self._write_catalog(staging)
        (self._folder / REPORT).write_bytes(report)
        (self._folder / PROJECT).write_bytes(self._project.frozen.encode())
        self._copy_questions()
        self._progress("finishing the index")
        self._index.finish(self._kinds())
        self._counts["entities"] = self._index.entities
        self._index.close()

    def _convert(self, n_triples: Path) -> None:
        self._progress("writing JSON-LD and RDF/XML")
        name = self._project.name
        dumps.write_jsonld(n_triples, self._dumps / f"{name}.jsonld", self._prefixes)
        try:
            dumps.write_rdfxml(n_triples, self._dumps / f"{name}.rdf", self._prefixes)
        except NotWritableError as error:
            self._progress(f"no RDF/XML dump: {error}")

    def _write_catalog(self, staging: Staging) -> None:
        files = list_files(self._folder, self._dumps.iterdir())
        graphs = staging.sizes()
        self._index.add_graphs(graphs)
        numbers = self._index.statistics(graphs)
        own = Graph(self._project.base + CATALOG_GRAPH, Role.SEPARATE)
        triples = catalog.catalog(
            self._project, self._project.version, self._issued, files, numbers, own
        )
        rows = [(str(each.subject), str(each.predicate), str(each.object)) for each in triples]
        text = write_turtle(rows, self._prefixes)
        (self._folder / CATALOG).write_bytes(text.encode())
        self._index.add_apart(own, rows)

    def _copy_questions(self) -> None:
        folder = self._project.root / self._project.paths.questions
        for _, path in self._dataset.questions():
            copy = self._folder / QUESTIONS / path.relative_to(folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())

    def _kinds(self) -> dict[str, list[str]]:
        """Return the kinds the project names; without any, each class is one."""
        if self._project.kinds:
            return {
                kind.segment: [self._prefixes.expand(name) for name in kind.classes]
                for kind in self._project.kinds
            }
        kinds: dict[str, list[str]] = {}
        for iri in sorted(self._index.instances):
            segment = _segment(iri)
            if iri not in _META_CLASSES and segment:
                kinds.setdefault(segment, []).append(iri)
        return kinds

    def _write_manifest(self) -> None:
        self._progress("computing checksums")
        files = list_files(
            self._folder,
            (path for path in self._folder.rglob("*") if path.is_file() and path.name != _LOCK),
        )
        checksums = {file.path: file.sha256 for file in files}
        project = self._project
        Manifest(
            name=project.name,
            version=project.version,
            base=project.base,
            issued=self._issued,
            digest=digest(files),
            fingerprint=checksums[f"{DUMPS}/{project.name}.nq"],
            counts=self._counts,
            built_with={
                "lod": __version__,
                "python": platform.python_version(),
                "pyoxigraph": str(getattr(pyoxigraph, "__version__", "unknown")),
                "sqlite": sqlite3.sqlite_version,
            },
            files=files,
        ).write(self._folder)


class _BlankNodes:
    """The blank nodes of all graphs: they are few, and are held."""

    def __init__(self, staging: Staging) -> None:
        graphs = staging.graphs
        holders: defaultdict[tuple[str, str, str], list[Graph]] = defaultdict(list)
        by_graph: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for *triple, number in staging.blank_rows:
            subject, predicate, value = triple
            holders[subject, predicate, value].append(graphs[number])
            by_graph[graphs[number].iri].append((subject, predicate, value))
        held = {triple: Held.by(found) for triple, found in holders.items()}
        self.owned: defaultdict[str, list[Statement]] = defaultdict(list)
        for (subject, predicate, value), by in held.items():
            self.owned[subject].append(Statement(predicate, value, by))
        in_default = [triple for triple, by in held.items() if by.in_default_graph]
        self.nested_by_default: Mapping[str, Statements] = nestable(in_default)
        self.nested = nestable_by_graph(by_graph)


def _shapes(staging: Staging) -> dict[str, list[tuple[str, str]]]:
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for subject, predicate, value in staging.of_role(Role.SHAPES):
        found[subject].append((predicate, value))
    return found


def _segment(iri: str) -> str:
    """Return a class's local name as a path segment: ``PartnerGroup`` becomes ``partner-group``."""
    local = iri.rstrip("/#").replace("#", "/").rpartition("/")[2]
    words = "".join(f"-{each.lower()}" if each.isupper() else each for each in local)
    return "-".join(filter(None, "".join(c if c.isalnum() else "-" for c in words).split("-")))


@contextmanager
def _workshop(out: Path) -> Iterator[Path]:
    """Yield a new folder to build in; if it has not been moved away at the end, it is removed."""
    folder = Path(tempfile.mkdtemp(prefix=_WORKSHOP, dir=out))
    try:
        unlocked = folder / f"{_LOCK}.new"
        with unlocked.open("wb") as lock:
            if fcntl is not None:
                fcntl.flock(lock, fcntl.LOCK_EX)
            unlocked.rename(folder / _LOCK)  # others see it only now that it is held
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(out: Path) -> None:
    """Remove the workshops of builds that were killed: nobody holds their lock any more."""
    for folder in out.glob(f"{_WORKSHOP}*"):
        try:
            if not (folder / _LOCK).exists() and time.time() - folder.stat().st_mtime > _ABANDONED:
                shutil.rmtree(folder, ignore_errors=True)
            with (folder / _LOCK).open("rb") as lock:
                if fcntl is None:
                    continue
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue


def _place(folder: Path, out: Path) -> Release:
    """Move a whole release to its place, and let ``latest`` point to it."""
    manifest = read_manifest(folder)
    target = out / manifest.folder_name
    (folder / _LOCK).unlink()
    try:
        folder.chmod(0o755)
        folder.rename(target)
    except OSError as error:
        if error.errno not in {errno.EEXIST, errno.ENOTEMPTY}:
            raise
        if not (target / FILE_NAME).is_file() or read_manifest(target).digest != manifest.digest:
            raise ReleaseError(
                "release/exists",
                f"{target} is there already and holds something else.",
                cure="Move it away and build again.",
            ) from error
    _point(out / LATEST, manifest.folder_name)
    return open_release(target)


def _point(link: Path, target: str) -> None:
    """Let a symbolic link point to a folder beside it, in one step."""
    new = link.with_name(f"{_WORKSHOP}{os.getpid()}-{link.name}")
    new.unlink(missing_ok=True)
    new.symlink_to(target, target_is_directory=True)
    new.replace(link)


def _disk_error(out: Path, error: Exception) -> ReleaseError:
    full = getattr(error, "errno", None) in {errno.ENOSPC, errno.EDQUOT}
    if full or "full" in str(error):
        return ReleaseError(
            "release/no-space",
            f"the disk of {out} is full.",
            cure="Free some space, or name another folder with --out.",
        )
    return ReleaseError(
        "release/not-written",
        f"{out} cannot be written: {error}.",
        cure="Look at its permissions, or name another folder with --out.",
    )
