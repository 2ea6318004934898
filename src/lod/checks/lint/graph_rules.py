"""Run the rules that are SPARQL queries over a project's files.

A row names what it is about in ``?subject``, and the triple in ``?path`` and ``?value``; ``?file``
is the name of the file to look in. The other variables only fill the message.

A rule's default graph is the union of the roles its scope names. Besides these there are the graph
of each role (``<urn:lod:data>``, ``<urn:lod:ontology>``, ``<urn:lod:shapes>``,
``<urn:lod:separate>``, ``<urn:lod:derived>``), the graph of each file by its IRI (for the
toolkit's rules only those of the shapes' files, for those of the project all when one asks), and
``<urn:lod:project>`` with what ``lod.toml`` says, the files and the terms of known vocabularies
(``docs/reference/rules.md`` lists its properties).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from io import BytesIO

from lod.addresses import DERIVED_GRAPH
from lod.checks.catalogue import Rule
from lod.checks.lint.reading import Reading
from lod.checks.lint.slips import Slip
from lod.config import Limits
from lod.dataset import Dataset, Role, SourceFile
from lod.engine.batch import Answers, Derivation, Part, Question, Row, answers_of, begin_all
from lod.engine.guard import graphs_asked, inspect, position
from lod.engine.operation import QueryForm, QueryOperation
from lod.engine.tables import DEFAULT, begin_tables
from lod.errors import LodError, ProcessError, ProjectError, QueryError
from lod.process import Limited
from lod.rdf.terms import is_iri, is_literal, lexical_form

NAMESPACE = "urn:lod:"
PROJECT_GRAPH = NAMESPACE + "project"
_DERIVED = NAMESPACE + Role.DERIVED.value
_LIMITS = Limits(query_length=1_000_000)
_SECONDS = 600
"""For all rules of the toolkit together."""
OWN_SECONDS = 60
"""For all rules of the project together; when they take longer, for each of them."""

_FROM = re.compile(r"^[^#\n]*?(?<![?$:\w])FROM\b", re.IGNORECASE | re.MULTILINE)
_READS_FILES = re.compile(r"\bGRAPH(?:\s|#.*)*[?$]|\bgraph\\?/", re.IGNORECASE)
"""How a query names the graph of a file: by a variable, or by its IRI."""
_BROKEN = {
    "process/time": "The rule takes too long.",
    "process/memory": "The rule needs too much memory, or breaks the query engine.",
}
_ENGINE_PLACE = re.compile(r"error at (\d+):(\d+): ")


def role_graph(role: Role) -> str:
    """Return the IRI of the graph that holds all triples of a role."""
    return NAMESPACE + role.value


Questions = Sequence[tuple[Rule, Question]]
"""Some rules with what they ask."""


class Asked:
    """A project's triples, ready to be asked.

    :param facts: N-Triples for ``<urn:lod:project>``.
    """

    def __init__(self, dataset: Dataset, reading: Reading, facts: bytes) -> None:
        self._dataset = dataset
        self._reading = reading
        self._facts = facts

    def ask(
        self,
        questions: Sequence[Question],
        *,
        derivations: Sequence[str] = (),
        by_file: bool = False,
        seconds: int,
    ) -> Answers:
        """Return the answers to some questions; see ``begin``.

        :raises ProcessError: when they take longer, or the engine breaks.
        """
        asking = self.begin(questions, derivations=derivations, by_file=by_file, seconds=seconds)
        with asking:
            return answers_of(asking)

    def begin(
        self,
        questions: Sequence[Question],
        *,
        derivations: Sequence[str] = (),
        by_file: bool = False,
        seconds: int,
    ) -> Limited:
        """Begin to ask some questions.

        :param by_file: whether the graph of each file is needed; those of the shapes always are
            there, those of data take as long to load as the data.
        :param derivations: CONSTRUCT queries whose triples go into ``<urn:lod:derived>`` first.
        """
        sources = (role_graph(Role.DATA), role_graph(Role.ONTOLOGY))
        derivation = Derivation(tuple(derivations), sources, _DERIVED)
        triples = (self._reading.rewound(), BytesIO(self._facts))
        parts = [
            Part(size, tuple(_graphs(file, by_file=by_file)))
            for file, size in self._reading.sizes()
        ]
        parts.append(Part(len(self._facts), (PROJECT_GRAPH,)))
        return begin_all(triples, parts, questions, derivation, seconds=seconds)

    def begin_tables(
        self, rules: Sequence[str], questions: Mapping[str, QueryOperation], *, seconds: int
    ) -> Limited:
        """Begin to ask questions as the endpoint of a release would answer them.

        :param rules: CONSTRUCT queries whose triples join the default graph.
        """
        named = [
            graphs_asked(text) for text in (*rules, *(each.text for each in questions.values()))
        ]
        parts = [Part(size, tuple(_asked_of(file, named))) for file, size in self._reading.sizes()]
        derived = self._dataset.project.base + DERIVED_GRAPH
        triples = self._reading.rewound()
        return begin_tables(triples, parts, rules, questions, derived=derived, seconds=seconds)


def _graphs(file: SourceFile, *, by_file: bool) -> Iterator[str]:
    yield role_graph(file.role)
    if by_file or file.role is Role.SHAPES:
        yield file.graph


def _asked_of(file: SourceFile, named: Sequence[Collection[str] | None]) -> Iterator[str]:
    """Yield the graphs the triples of a file are looked for in: to load one takes its time.

    :param named: graphs that queries name, None for one that may ask for any.
    """
    if file.role.in_default_graph:
        yield DEFAULT
    if any(each is None or file.graph in each for each in named):
        yield file.graph


def begin_graph_rules(
    asked: Asked, rules: Iterable[Rule], stack: ExitStack, *, own_seconds: int = OWN_SECONDS
) -> Callable[[], Iterator[tuple[Rule, Slip]]]:
    """Begin to ask what the rules ask, and return what yields what they find.

    That raises ``ProjectError`` when a rule of the project is no query, or does not end, and
    ``ProcessError`` when those of the toolkit do not end.

    :param stack: ends what was begun.
    """
    rules = list(rules)
    own = [(rule, _inspected(rule)) for rule in rules if rule.is_own]
    others = [(rule, _question(rule)) for rule in rules if not rule.is_own]
    # Rules that read the graphs of files take those of the toolkit longer, too.
    if own and others and not _reads_files(own):
        every = [*others, *own]
        together = stack.enter_context(asked.begin(_questions(every), seconds=own_seconds))

        def found() -> Iterator[tuple[Rule, Slip]]:
            try:
                answers = answers_of(together)
            except ProcessError:  # one of them is to blame, and is to be named
                yield from _begin_apart(asked, others, own, stack, own_seconds)()
            else:
                yield from _found(every, answers)

        return found
    return _begin_apart(asked, others, own, stack, own_seconds)


def _begin_apart(
    asked: Asked, others: Questions, own: Questions, stack: ExitStack, own_seconds: int
) -> Callable[[], Iterator[tuple[Rule, Slip]]]:
    """Begin to ask the rules of the toolkit and those of the project, each in a process."""
    asking = [
        stack.enter_context(asked.begin(_questions(rules), by_file=by_file, seconds=seconds))
        if rules
        else None
        for rules, by_file, seconds in (
            (others, False, _SECONDS),
            (own, _reads_files(own), own_seconds),
        )
    ]

    def found() -> Iterator[tuple[Rule, Slip]]:
        if asking[0] is not None:
            yield from _found(others, answers_of(asking[0]))
        if asking[1] is not None:
            yield from _found(own, _of_own(asked, own, asking[1], own_seconds))

    return found


def _questions(rules: Questions) -> list[Question]:
    return [question for _, question in rules]


def _reads_files(questions: Questions) -> bool:
    return any(_READS_FILES.search(rule.body) for rule, _ in questions if rule.is_own)


def _found(asked: Questions, answers: Answers) -> Iterator[tuple[Rule, Slip]]:
    for rule, _ in asked:
        if rule.code in answers.failed:
            raise _failed(rule, _engine_error(answers.failed[rule.code]))
        for row in answers.rows[rule.code]:
            yield rule, _slip(rule, row)


def _of_own(asked: Asked, own: Questions, asking: Limited, seconds: int) -> Answers:
    """Return the answers to all at once; should that fail, ask one by one, to name the culprit."""
    try:
        return answers_of(asking)
    except ProcessError:
        by_file = _reads_files(own)
        rows: dict[str, Sequence[Row]] = {}
        failed: dict[str, str] = {}
        for rule, question in own:
            try:
                answers = asked.ask([question], by_file=by_file, seconds=seconds)
            except ProcessError as error:
                raise _failed(rule, error) from error
            rows.update(answers.rows)
            failed.update(answers.failed)
        return Answers(rows, failed)


def _question(rule: Rule) -> Question:
    roles = rule.scope or (Role.DATA, Role.ONTOLOGY)
    return Question(rule.code, rule.body, tuple(role_graph(role) for role in roles))


def _inspected(rule: Rule) -> Question:
    """Return the question of a project's rule.

    :raises ProjectError: when it is no SELECT query, or reads what is not the project's.
    """
    try:
        operation = inspect(rule.body, _LIMITS, {})
    except QueryError as error:
        raise _failed(rule, error) from error
    if operation.form is not QueryForm.SELECT:
        raise _failed(rule, QueryError("query/form", "A rule must be a SELECT query."))
    if operation.clauses.default or operation.clauses.named:
        found = _FROM.search(rule.body)
        line, column = position(rule.body, found.end() - len("FROM") if found else 0)
        raise _failed(
            rule,
            QueryError(
                "query/from",
                "FROM is refused: a rule reads the graphs of its scope.",
                line=line,
                column=column,
                cure="Name them behind 'Scope:', or ask one with GRAPH.",
            ),
        )
    return _question(rule)


def _engine_error(message: str) -> QueryError:
    """Return what the engine said of a query, its place taken out of the words."""
    found = _ENGINE_PLACE.match(message)
    if found is None:
        return QueryError(
            "query/failed",
            message,
            cure="Ask for less, or turn the rule off in [rules] of lod.toml.",
        )
    told = message[found.end() :].rstrip(".")
    told = f"{told[:1].upper()}{told[1:]}."
    return QueryError("query/syntax", told, line=int(found[1]), column=int(found[2]))


def _slip(rule: Rule, row: Row) -> Slip:
    suggested = row.get(rule.suggests) if rule.suggests else None
    file = row.get("file")
    return Slip(
        values=row,
        subject=row.get("subject"),
        path=row.get("path"),
        value=row.get("value"),
        file=lexical_form(file) if file and is_literal(file) else None,
        unknown=suggested[1:-1] if suggested and is_iri(suggested) else None,
    )


def _failed(rule: Rule, error: LodError) -> ProjectError:
    place = rule.name
    if isinstance(error, QueryError) and error.line:
        place = f"{rule.name}:{error.line}:{error.column or 1}"
    message, cure = error.message, error.cure
    if isinstance(error, ProcessError):
        message = _BROKEN.get(error.code, "The query engine breaks on the rule.")
        cure = "Ask for less: narrower patterns, and no two that have no variable in common."
    return ProjectError("project/rule", message, place=place, cure=cure)
