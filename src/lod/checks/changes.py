"""Which findings a change is answerable for: those about what it touches, and those it causes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from lod.config.fields import IRI
from lod.dataset import Dataset
from lod.diagnostics import Diagnostic, Report
from lod.rdf.terms import is_iri, term_text

Described = defaultdict[str, set[tuple[str, str]]]


def of_change(report: Report, now: Dataset, before: Dataset, known: Report) -> Report:
    """Return a report with the findings that a change touches or causes.

    A finding is touched when the statements about its entity differ, or, when it is about no
    entity with an IRI, when its file does. It is caused when the state before did not have it.

    :param report: the findings now.
    :param before: the project before the change, and ``known`` its findings.
    """
    old = {each.fingerprint for each in known.findings}
    files = _changed_files(now, before, report)
    entities = _changed_entities(now, before, files)
    kept = tuple(
        finding
        for finding in report.findings
        if finding.fingerprint not in old or _is_touched(finding, files, entities)
    )
    return replace(report, findings=kept)


def _is_touched(finding: Diagnostic, files: Collection[str], entities: Collection[str]) -> bool:
    focus = finding.focus
    if focus is not None and IRI.fullmatch(focus):
        return f"<{focus}>" in entities
    return finding.location is not None and finding.location.path in files


def _changed_files(now: Dataset, before: Dataset, report: Report) -> set[str]:
    """Return the names of files that are new, have other bytes or are gone.

    Besides the datasets' files those that findings name are looked at, such as ``lod.toml``.
    """
    names = {file.name for file in (*now.files, *before.files)}
    names |= {each.location.path for each in report.findings if each.location}
    new, old = now.project.root, before.project.root
    return {name for name in names if _bytes(new / name) != _bytes(old / name)}


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _changed_entities(now: Dataset, before: Dataset, files: Collection[str]) -> set[str]:
    """Return the entities of which something else is said, in whichever file."""
    new, old = _described(_part(now, files)), _described(_part(before, files))
    candidates = {each for each in new.keys() | old.keys() if new.get(each) != old.get(each)}
    unchanged = {file.name for file in now.files} - set(files)
    rest = _described(_part(now, unchanged if candidates else ()), candidates)
    return {
        each
        for each in candidates
        if (new.get(each, set()) ^ old.get(each, set())) - rest.get(each, set())
    }


def _part(dataset: Dataset, names: Collection[str]) -> Dataset:
    """Return the files with these names as a dataset."""
    return replace(dataset, files=tuple(each for each in dataset.files if each.name in names))


def _described(dataset: Dataset, wanted: Collection[str] | None = None) -> Described:
    """Return what is said of each entity, or of those wanted; blank nodes count as one."""
    said: Described = defaultdict(set)
    for _, quad in dataset.quads(lambda _: None):
        subject = str(quad.subject)
        if is_iri(subject) and (wanted is None or subject in wanted):
            value = term_text(quad.object)
            said[subject].add((str(quad.predicate), "_:" if value.startswith("_:") else value))
    return said
