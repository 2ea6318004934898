"""Run the rules that are SPARQL queries over a project's files.

A row names what it is about in ``?subject``, and the triple in ``?path`` and ``?value``; ``?file``
is the name of the file to look in. The other variables only fill the message.

A rule's default graph is the union of the roles its scope names. Besides these there are the graph
of each role (``<urn:lod:data>``, ``<urn:lod:ontology>``, ``<urn:lod:shapes>``,
``<urn:lod:separate>``, ``<urn:lod:derived>``), the graph of each file by its IRI, and
``<urn:lod:project>`` with what ``lod.toml`` says, the files and the terms of known vocabularies
(``docs/reference/rules.md`` lists its properties).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import BinaryIO

from lod.checks.catalogue import Rule
from lod.checks.reading import Reading
from lod.checks.slips import Slip
from lod.config import Limits
from lod.dataset import Dataset, Role
from lod.engine.batch import Answers, Derivation, Part, Question, Row, ask_all
from lod.engine.guard import inspect
from lod.errors import LodError, ProcessError, ProjectError, QueryError
from lod.rdf.terms import is_iri

NAMESPACE = "urn:lod:"
PROJECT_GRAPH = NAMESPACE + "project"
_DERIVED = NAMESPACE + Role.DERIVED.value
_LIMITS = Limits(query_length=1_000_000)
_SECONDS = 600
"""For all rules together, or for one of the project's own that is suspected."""
_OWN_SECONDS = 60


def role_graph(role: Role) -> str:
    """Return the IRI of the graph that holds all triples of a role."""
    return NAMESPACE + role.value


class Asked:
    """A project's triples, ready to be asked.

    :param facts: N-Triples for ``<urn:lod:project>``.
    """

    def __init__(self, dataset: Dataset, reading: Reading, facts: bytes) -> None:
        self._dataset = dataset
        self._reading = reading
        self._facts = facts
        self._parts = [
            Part(size, (file.graph, role_graph(file.role))) for file, size in reading.sizes()
        ]
        self._parts.append(Part(len(facts), (PROJECT_GRAPH,)))

    def ask(
        self, questions: Sequence[Question], *, derivations: Sequence[str] = (), seconds: int
    ) -> Answers:
        """Return the answers to some questions.

        :param derivations: CONSTRUCT queries whose triples go into ``<urn:lod:derived>`` first.
        :raises ProcessError: when they take longer, or the engine breaks.
        """
        sources = (role_graph(Role.DATA), role_graph(Role.ONTOLOGY))
        derivation = Derivation(tuple(derivations), sources, _DERIVED)
        return ask_all(self._stream(), self._parts, questions, derivation, seconds=seconds)

    def _stream(self) -> BinaryIO:
        return BytesIO(self._reading.rewound().read() + self._facts)


def run_graph_rules(asked: Asked, rules: Iterable[Rule]) -> Iterator[tuple[Rule, Slip]]:
    """Yield what the rules find, rule by rule.

    :raises ProjectError: when a rule of the project is no query, or does not end.
    """
    rules = list(rules)
    questions = {rule.code: _question(rule) for rule in rules}
    answers = _answered(asked, rules, questions)
    for rule in rules:
        if rule.code in answers.failed:
            raise _failed(rule, QueryError("query/failed", answers.failed[rule.code]))
        for row in answers.rows[rule.code]:
            yield rule, _slip(rule, row)


def _answered(asked: Asked, rules: Sequence[Rule], questions: dict[str, Question]) -> Answers:
    """Ask all at once; should that fail, the project's own rules one by one to name the culprit."""
    try:
        return asked.ask(list(questions.values()), seconds=_SECONDS)
    except ProcessError:
        for rule in rules:
            if rule.is_own:
                try:
                    asked.ask([questions[rule.code]], seconds=_OWN_SECONDS)
                except ProcessError as error:
                    raise _failed(rule, error) from error
        raise


def _question(rule: Rule) -> Question:
    if rule.is_own:
        try:
            inspect(rule.body, _LIMITS, {})
        except QueryError as error:
            raise _failed(rule, error) from error
    roles = rule.scope or (Role.DATA, Role.ONTOLOGY)
    return Question(rule.code, rule.body, tuple(role_graph(role) for role in roles))


def _slip(rule: Rule, row: Row) -> Slip:
    suggested = row.get(rule.suggests) if rule.suggests else None
    file = row.get("file")
    return Slip(
        values=row,
        subject=row.get("subject"),
        path=row.get("path"),
        value=row.get("value"),
        file=file[1:-1] if file and not is_iri(file) else None,
        unknown=suggested[1:-1] if suggested and is_iri(suggested) else None,
    )


def _failed(rule: Rule, error: LodError) -> ProjectError:
    place = rule.name
    if isinstance(error, QueryError) and error.line:
        place = f"{rule.name}:{error.line}:{error.column or 1}"
    return ProjectError("project/rule", error.message, place=place, cure=error.cure)
