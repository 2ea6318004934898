"""Check a dataset: every file to its end, then lint rules and shapes over the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from lod.checks.beside import Beside
from lod.checks.catalogue import Catalogue, Rule, read_catalogue
from lod.checks.fingerprints import fingerprinted
from lod.checks.lint.bounds import cut_short
from lod.checks.lint.linting import Linter, Pair, Wording, sought
from lod.checks.lint.reading import Reading
from lod.checks.lint.slips import Slip
from lod.checks.lint.suggestions import Suggestions
from lod.checks.places import Places, Sought
from lod.checks.shacl.results import (
    Result,
    ShapesEngine,
    ShapesRefusedError,
    to_diagnostic,
    to_refusal,
)
from lod.checks.sources import source_of
from lod.checks.waivers import waive
from lod.dataset import Dataset, Role
from lod.diagnostics import Diagnostic, Location, Report, Severity
from lod.errors import ProjectError
from lod.rdf.prefixes import Prefixes
from lod.rdf.terms import is_iri

Progress = Callable[[str], None]

OFF = "off"

_FOR_LOOSE_FILES = frozenset(
    {"project/data-empty", "project/no-shapes", "project/data-in-shapes", "project/shapes-in-data"}
)
"""Rules about a project that tell mistaken arguments as well."""

Word = Callable[[Result, Location | None, Sequence[str], Prefixes], Diagnostic]


@dataclass(frozen=True, slots=True)
class Codes:
    """Which findings are wanted, by code or by the area before the slash.

    >>> Codes(select=("lint",)).want("lint/label-missing")
    True
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def want(self, code: str) -> bool:
        """Whether a code is selected, or nothing is, and it is not ignored."""
        names = {code, code.partition("/")[0]}
        return (not self.select or bool(names & set(self.select))) and not names & set(self.ignore)


def check(
    dataset: Dataset,
    engine: ShapesEngine | None,
    progress: Progress,
    codes: Codes | None = None,
) -> Report:
    """Return what is wrong with a dataset, all files read to their end.

    Shapes and rules about the whole graph are checked only when every file could be read: half the
    data breaks what the whole would meet. So what cannot be read is always told, whatever codes
    are wanted and whatever severities the project gives.

    :param engine: what checks the shapes; without one only syntax is checked.
    :param progress: is told in a few words what goes on.
    :param codes: which findings are wanted; what finds only others is not run.
    :raises ProcessError: when the shapes engine or the rules do not end or break.
    :raises ProjectError: when the shapes are no shapes, a rule of the project is none, or a code
        that is wanted is unknown.
    :raises ConfigError: when the configuration names a class or property by an unknown prefix.
    """
    wanted = codes or Codes()
    _expand_names(dataset)
    catalogue = read_catalogue(dataset.lint_rules())
    _refuse_unknown(wanted, catalogue)
    rules = () if engine is None else tuple(_rules(dataset, catalogue, wanted))
    linter = Linter(dataset, catalogue, rules)
    progress("reading files")
    suspects = linter.judges.suspects
    with linter.begun_texts() as texts, closing(Reading(dataset, suspects)) as reading:
        run = _Run(dataset, linter, reading, progress)
        checks_shapes = wanted.want("shacl") or _any_shacl(wanted)
        found = run.findings(engine if checks_shapes else None, texts)
    weighed = sorted(weigh(dataset, dict.fromkeys(found)), key=Diagnostic.sort_key)
    judged = {rule.code for rule in rules} - run.cut_short if run.is_complete else set()
    waived = waive(dataset, weighed, catalogue, judged)
    kept = weigh(dataset, (each for each in waived.findings if wanted.want(each.code)))
    ordered = sorted((*dict.fromkeys(reading.findings), *kept), key=Diagnostic.sort_key)
    return Report(
        findings=tuple(fingerprinted(ordered, source_of(dataset.project.root))),
        files=len({file.name for file in dataset.files}),
        triples=reading.triples.total(),
        shapes=reading.shape_count,
        rules=sum(1 for rule in rules if rule.body or rule.module),
        engines=run.engines,
        waived=waived.count,
        is_complete=run.is_complete,
    )


def _rules(dataset: Dataset, catalogue: Catalogue, wanted: Codes) -> Iterator[Rule]:
    """Yield the rules to run: those that are wanted, not off, and about what is checked."""
    for rule in catalogue:
        is_wanted = wanted.want(rule.code) and dataset.project.rules.get(rule.code) != OFF
        if is_wanted and (not dataset.is_loose or wanted.select or _is_for_loose(dataset, rule)):
            yield rule


def _is_for_loose(dataset: Dataset, rule: Rule) -> bool:
    """Whether a rule makes sense for files without a project.

    Of the advice none does: nobody said that they are to be published. A file that is both data
    and shapes is meant to be so.
    """
    area = rule.code.partition("/")[0]
    if area == "project":
        is_both = len({file.path for file in dataset.files}) < len(dataset.files)
        return rule.code in _FOR_LOOSE_FILES and not is_both
    return area != "lint" or rule.severity is Severity.ERROR


def _refuse_unknown(wanted: Codes, catalogue: Catalogue) -> None:
    """Refuse a code that no finding has: looking for it would find nothing wrong, ever.

    :raises ProjectError: for the first such code.
    """
    for code in (*wanted.select, *wanted.ignore):
        if not catalogue.knows(code):
            near = catalogue.near(code)
            raise ProjectError(
                "check/unknown-code",
                f"No finding has the code {code}.",
                cure=f"Did you mean {near}?" if near else "'lod explain' lists all codes.",
            )


def _any_shacl(wanted: Codes) -> bool:
    return any(each.startswith("shacl/") for each in wanted.select)


def _expand_names(dataset: Dataset) -> None:
    """Refuse a name of the configuration whose prefix nobody knows, before the build trips on it.

    :raises ConfigError: for the first such name.
    """
    project, claims = dataset.project, dataset.project.claims
    names = [name for kind in project.kinds for name in kind.classes]
    for name in (*names, *claims.source, *claims.citation, *claims.qualifiers, *claims.plain):
        dataset.prefixes.expand(name)


class _Run:
    """One check of a dataset that has been read."""

    def __init__(
        self, dataset: Dataset, linter: Linter, reading: Reading, progress: Progress
    ) -> None:
        self._dataset = dataset
        self._linter = linter
        self._reading = reading
        self._progress = progress
        self._worded: Word = to_diagnostic
        self.engines: tuple[str, ...] = ()
        self.cut_short: set[str] = set()
        """Codes of which not all findings are told."""
        self.is_complete = not reading.findings

    def findings(self, engine: ShapesEngine | None, texts: Beside[list[Pair]]) -> list[Diagnostic]:
        """Return all findings but those of reading."""
        broken = {each.location.path for each in self._reading.findings if each.location}
        passed = {file.name for file in self._dataset.files} - broken
        slips: list[tuple[Rule, Slip]] = []
        checks_shapes = engine is not None and self._reading.shape_count and self.is_complete
        results: Sequence[Result] = ()
        with self._linter.begun(self._reading, passed, texts) as found:
            if engine is not None and checks_shapes and engine.is_quick:
                results = self._validated(engine)
            if self._linter.rules:
                self._progress("linting")
                slips = list(found())
                self.cut_short = cut_short(slips)
        if engine is not None and checks_shapes and not engine.is_quick:
            results = self._validated(engine)
        if not slips and not results:
            return []
        self._progress("finding places")
        return list(self._placed(slips, results))

    def _validated(self, engine: ShapesEngine) -> Sequence[Result]:
        """Return the results, and note how they become findings: about data, or the shapes."""
        self._progress("checking shapes")
        self.engines = tuple(engine.name.split(", "))
        data = self._reading.text(lambda role: role is not Role.SHAPES)
        shapes = self._reading.text(lambda role: role is Role.SHAPES)
        try:
            return engine.validate(data, shapes)
        except ShapesRefusedError as refused:
            if not refused.results:
                raise
            self.is_complete = False
            self._worded = to_refusal
            return refused.results

    def _placed(
        self, slips: Sequence[tuple[Rule, Slip]], results: Sequence[Result]
    ) -> Iterator[Diagnostic]:
        wanted = [sought(slip) for _, slip in slips if slip.subject and slip.span is None]
        wanted += [_sought(result) for result in results]
        wanted += [Sought(shape) for shape in {result.shape for result in results}]
        places = Places(self._dataset, wanted, self._reading.mentioning)
        unknown = (slip.unknown for _, slip in slips if slip.unknown)
        wording = Wording(self._dataset, places, Suggestions(self._dataset, unknown))
        for rule, slip in slips:
            yield wording.finding(rule, slip)
        for result in results:
            yield self._from_result(result, places)

    def _from_result(self, result: Result, places: Places) -> Diagnostic:
        found = places.of(_sought(result))
        origin = places.of(Sought(result.shape))
        finding = self._worded(
            result,
            found[0] if found else None,
            self._dataset.project.languages,
            self._dataset.prefixes,
        )
        focus = finding.focus if is_iri(result.focus) else places.name(result.focus)
        return replace(
            finding,
            focus=focus or finding.focus,
            related=tuple(found[1:]),
            origin=origin[0] if origin else None,
        )


def _sought(result: Result) -> Sought:
    return Sought(result.focus, result.path, result.value, shape=result.shape)


def weigh(dataset: Dataset, findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Give findings the severity the project wants; those that are off are left out."""
    wanted = dataset.project.rules
    for finding in findings:
        severity = wanted.get(finding.code)
        if severity != OFF:
            yield replace(finding, severity=Severity(severity)) if severity else finding
