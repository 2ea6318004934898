"""Run all lint rules over a project, and word what they find."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

from lod.checks.beside import Beside
from lod.checks.catalogue import Catalogue, Rule
from lod.checks.lint.bounds import MOST_OF_A_RULE, at_most, bounded
from lod.checks.lint.facts import project_facts
from lod.checks.lint.graph_rules import Asked, begin_graph_rules
from lod.checks.lint.module_rules import (
    Judges,
    asking,
    begin_asking_rules,
    run_project_rules,
    run_text_rules,
    weighed,
    with_queries,
)
from lod.checks.lint.reading import Reading
from lod.checks.lint.slips import Context, Slip
from lod.checks.lint.suggestions import Suggestions
from lod.checks.lint.vocabularies import namespace_of, well_known_terms
from lod.checks.places import Places, Sought
from lod.dataset import Dataset, SourceFile
from lod.diagnostics import Diagnostic, Edit, Location
from lod.rdf.lines import Lines
from lod.rdf.prefixes import Prefixes
from lod.rdf.terms import is_blank, is_iri, is_literal, read_term

Pair = tuple[Rule, Slip]

_BRACES = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Linter:
    """The rules that are wanted, over one dataset."""

    dataset: Dataset
    catalogue: Catalogue
    rules: tuple[Rule, ...]

    @cached_property
    def judges(self) -> Judges:
        """The rules about single literals, which the reading asks."""
        return Judges(self.rules)

    def begun_texts(self) -> Beside[list[Pair]]:
        """Begin to look at the texts of all files, as nearly always all of them can be read.

        This wants no triples, so another process does it while this one reads them.
        """
        return Beside(lambda: self._look_at_texts(lambda _: True))

    @contextmanager
    def begun(
        self, reading: Reading, passed: Collection[str], texts: Beside[list[Pair]]
    ) -> Iterator[Callable[[], Iterator[Pair]]]:
        """Give a function that yields what the rules find.

        Other processes answer the rules that ask the triples: they begin here, so that something
        else may be done before their answers are wanted.

        :param passed: names of the files without syntax errors; rules about the whole graph run
            only when these are all files, as half the data breaks what the whole would meet.
        :param texts: what ``begun_texts`` began; with a broken file it is of no use.
        :raises ProjectError: when a rule of the project cannot be run.
        :raises ProcessError: when the rules do not end.
        """
        whole = all(file.name in passed for file in self.dataset.files)
        broken = frozenset(file.name for file in self.dataset.files) - frozenset(passed)
        asks = whole and (any(rule.body for rule in self.rules) or asking(self.rules))
        context = Context(
            self.dataset,
            self.catalogue,
            reading.triples,
            reading.shape_count,
            broken,
            terms=self._known_terms(reading) if asks else {},
            own_namespaces=self._own(reading),
            usage=reading.usage,
        )
        with ExitStack() as stack:
            asked = self._ask(context, reading, stack) if asks else []
            looked = stack.enter_context(Beside(lambda: self._look(context, reading)))
            if not whole:
                texts.close()
                sound = Beside(lambda: self._look_at_texts(lambda file: file.name in passed))
                texts = stack.enter_context(sound)

            def found() -> Iterator[Pair]:
                yield from texts.result()
                yield from looked.result()
                for answered in asked:
                    yield from answered()

            yield lambda: bounded(found(), self.catalogue)

    def _look_at_texts(self, passed: Callable[[SourceFile], bool]) -> list[Pair]:
        """Return what rules find in texts; of each no more than says there are more."""
        found = run_text_rules(self.dataset, self.catalogue, self.rules, passed)
        return list(at_most(MOST_OF_A_RULE + 1, found))

    def _look(self, context: Context, reading: Reading) -> list[Pair]:
        """Return what other rules find that ask nothing; of each no more likewise."""
        found = chain(self.judges.found(reading), run_project_rules(context, self.rules))
        return list(at_most(MOST_OF_A_RULE + 1, found))

    def _ask(
        self, context: Context, reading: Reading, stack: ExitStack
    ) -> list[Callable[[], Iterator[Pair]]]:
        """Begin to ask the project's triples, which other processes do."""
        queries = [rule for rule in with_queries(self.rules, context) if rule.body]
        asked = Asked(self.dataset, reading, project_facts(context))
        by_query = begin_graph_rules(asked, queries, stack)
        return [
            lambda: weighed(context, by_query()),
            begin_asking_rules(context, asked, self.rules, stack),
        ]

    def _known_terms(self, reading: Reading) -> Mapping[str, Collection[str]]:
        """Return the terms of the vocabularies in use: well-known ones and the project's own."""
        known: dict[str, set[str]] = {
            namespace: set(terms) for namespace, terms in well_known_terms().items()
        }
        for iri in reading.defined:
            known.setdefault(namespace_of(iri), set()).add(iri)
        return known

    def _own(self, reading: Reading) -> set[str]:
        """Return the namespaces of the project's own terms.

        Terms of others may be described in its ontology too, with a name in its languages; theirs
        is a namespace neither below the base nor of an ontology the project has.
        """
        base = self.dataset.project.base
        return {
            namespace
            for namespace in map(namespace_of, reading.terms)
            if namespace.startswith(base)
            or not reading.ontologies.isdisjoint({namespace, namespace[:-1]})
        }


class Wording:
    """Turns slips into findings.

    :param suggestions: names what may be meant where an IRI is not known.
    """

    def __init__(self, dataset: Dataset, places: Places, suggestions: Suggestions) -> None:
        self._dataset = dataset
        self._places = places
        self._prefixes = dataset.prefixes
        self._suggestions = suggestions
        self._read: Lines | None = None

    def finding(self, rule: Rule, slip: Slip) -> Diagnostic:
        """Return a slip as the maintainer reads it."""
        located = self._located(slip)
        said = _BRACES.sub(lambda found: self._shown(slip.values.get(found[1], "")), rule.says)
        focus = self._focus(slip.subject)
        return Diagnostic(
            code=rule.code,
            severity=rule.severity,
            message=said,
            location=located[0] if located else None,
            focus=focus,
            cure=self._suggestion(slip.unknown) or rule.fix or None,
            source=rule.code,
            path=shown_path(slip.path, self._prefixes) if slip.path else None,
            value=slip.value,
            related=tuple(located[1:]),
            origin=Location(rule.name) if rule.is_own else None,
            edits=self._edits(slip),
        )

    def _focus(self, subject: str | None) -> str | None:
        if subject is None:
            return None
        if is_iri(subject):
            return subject[1:-1]
        return self._places.name(subject) or subject

    def _located(self, slip: Slip) -> list[Location]:
        if slip.file is not None and slip.span is not None:
            return [self._lines(slip.file).location(slip.span)]
        if slip.subject is not None:
            places = self._places.of(sought(slip))
            if places:
                return places
        return [Location(slip.file)] if slip.file else []

    def _edits(self, slip: Slip) -> tuple[Edit, ...]:
        if slip.file is None or not slip.edits:
            return ()
        lines = self._lines(slip.file)
        return tuple(Edit(lines.location(span), text) for span, text in slip.edits)

    def _lines(self, name: str) -> Lines:
        """Return the lines of a file of the project; findings in a row read it once."""
        if self._read is None or self._read.name != name:
            self._read = Lines(name, text_at(self._dataset.project.root / name))
        return self._read

    def _shown(self, term: str) -> str:
        if is_iri(term) and term.endswith(">"):
            return self._prefixes.shorten(term[1:-1]) or term
        if is_blank(term):
            return self._places.name(term) or "a blank node"
        if is_literal(term):
            try:
                return str(getattr(read_term(term), "value", term))
            except (SyntaxError, IndexError):
                return term
        return term

    def _suggestion(self, unknown: str | None) -> str | None:
        """Return a question that names the nearest known IRI."""
        iri = self._suggestions.nearest(unknown) if unknown else None
        return f"Did you mean {self._prefixes.shorten(iri) or f'<{iri}>'}?" if iri else None


def sought(slip: Slip) -> Sought:
    """Return what to look up to place a slip."""
    return Sought(slip.subject or "", slip.path, slip.value, slip.file)


def text_of(file: SourceFile) -> str:
    """Return the text of a file; what is no UTF-8 is replaced, character by character."""
    return text_at(file.path)


def text_at(path: Path) -> str:
    """Return the text at a path, nothing where it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def shown_path(path: str, prefixes: Prefixes) -> str:
    """Return a property path with its IRIs shortened."""
    return re.sub(r"<([^<>]*)>", lambda found: prefixes.shorten(found[1]) or found[0], path)
