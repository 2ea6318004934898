"""Check a dataset as a person asked: some codes, some files, since a revision, with a baseline."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from lod.checks.baseline import CODE, Entry, apply_baseline, read_baseline
from lod.checks.changes import of_change
from lod.checks.check import OFF, Codes, check
from lod.checks.shacl.results import ShapesEngine
from lod.config import FILE_NAME, Project, read_project
from lod.dataset import Dataset, open_dataset
from lod.dataset.revision import exported
from lod.diagnostics import Diagnostic, Report, Severity
from lod.errors import LodError, ProjectError

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which findings are told; a scope without any field tells all.

    ``files`` are paths of files or folders, ``since`` a revision git knows, ``baseline`` a file of
    accepted findings.
    """

    codes: Codes = field(default_factory=Codes)
    files: tuple[Path, ...] = ()
    since: str | None = None
    baseline: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    """The variables git runs with."""

    @property
    def is_whole(self) -> bool:
        """Whether every finding is looked for."""
        return self.codes == Codes() and not self.files and self.since is None


def check_within(
    dataset: Dataset, engine: ShapesEngine, progress: Progress, scope: Scope
) -> Report:
    """Return the findings of a check that are in scope.

    Everything is checked in the context of the whole dataset; then what is out of scope is left
    out.

    :raises LodError: when the check could not run, or a file, revision or baseline is none.
    """
    _refuse_unknown(dataset, scope.files)
    entries: tuple[Entry, ...] = ()
    if scope.baseline is not None:
        entries = read_baseline(scope.baseline)
    report = check(dataset, engine, progress, scope.codes)
    if scope.since is not None:
        report = _since(dataset, engine, progress, scope, report)
    if scope.files:
        report = _about(report, dataset, scope.files)
    if scope.baseline is not None:
        wanted = dataset.project.rules.get(CODE, Severity.ERROR.value)
        knows_all = scope.is_whole and report.is_complete and wanted != OFF
        report = apply_baseline(
            report,
            entries,
            scope.baseline,
            name=_name(dataset, scope.baseline),
            stale=Severity(wanted) if knows_all else None,
        )
    return report


def _since(
    dataset: Dataset, engine: ShapesEngine, progress: Progress, scope: Scope, report: Report
) -> Report:
    """Return the findings a change touches or causes.

    A state that could not be checked had none, so all of today's are caused.
    """
    assert scope.since is not None  # noqa: S101 - the caller looked
    root = dataset.project.root
    with exported(root, scope.since, scope.environment) as folder:
        progress(f"checking {scope.since}")
        try:
            before = open_dataset(_with_folders(read_project(folder)))
            known = check(before, engine, lambda _: None, scope.codes)
        except LodError:
            before, known = Dataset(dataset.project, ()), Report(findings=())
        return of_change(report, dataset, before, known)


def _with_folders(project: Project) -> Project:
    """Return a project, its folders made: git keeps none that is empty."""
    root = project.root.resolve()
    for name in (project.paths.data, *project.paths.separate):
        folder = (root / name).resolve()
        if folder.is_relative_to(root):
            folder.mkdir(parents=True, exist_ok=True)
    return project


def _about(report: Report, dataset: Dataset, files: tuple[Path, ...]) -> Report:
    wanted = {path.resolve() for path in files}

    def concerns(finding: Diagnostic) -> bool:
        place = finding.location
        return place is not None and _is_inside(dataset.project.root / place.path, wanted)

    return replace(report, findings=tuple(filter(concerns, report.findings)))


def _is_inside(path: Path, wanted: Collection[Path]) -> bool:
    resolved = path.resolve()
    return resolved in wanted or any(each in wanted for each in resolved.parents)


def _refuse_unknown(dataset: Dataset, files: tuple[Path, ...]) -> None:
    """Refuse a path that no finding can be about.

    :raises ProjectError: for the first such path.
    """
    root = dataset.project.root
    known = [file.path for file in dataset.files]
    known += [root / FILE_NAME, *(path for _, path in (*dataset.rules(), *dataset.lint_rules()))]
    for path in files:
        wanted = {path.resolve()}
        if any(_is_inside(each, wanted) for each in known):
            continue
        raise ProjectError(
            "project/no-file",
            "Nothing in [paths] of lod.toml leads to it."
            if path.exists()
            else "It does not exist.",
            place=str(path),
            cure=f"Name a file or folder of the project {root}.",
        )


def _name(dataset: Dataset, path: Path) -> str:
    """Return a path as findings give it: from the project folder, where it lies inside."""
    try:
        inside = path.resolve().relative_to(dataset.project.root.resolve())
    except ValueError:
        return str(path)
    return str(PurePosixPath(inside))
