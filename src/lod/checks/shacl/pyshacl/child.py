"""What runs in the limited process: pySHACL over exact terms.

The modules of this process are the one place of the toolkit that loads rdflib and pySHACL.
"""

from __future__ import annotations

import json
import logging
import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from importlib import resources
from io import BytesIO
from typing import Any

import pyoxigraph
import rdflib
from pyoxigraph import RdfFormat
from pyparsing import ParseBaseException
from pyshacl import Validator
from pyshacl.errors import ReportableRuntimeError, ShapeRecursionWarning
from rdflib.namespace import SH
from rdflib.plugins import sparql as _load_sparql_before_files_are_refused
from rdflib.plugins.sparql.sparql import SPARQLError
from rdflib.term import BNode, Literal, Node, URIRef

from lod.checks.shacl.extent import DEPTH
from lod.checks.shacl.pyshacl.refusals import TooLongError, blame, time_bound
from lod.checks.shacl.pyshacl.report import ReportReader
from lod.checks.shacl.pyshacl.shapes import cycle, ready, unusable, with_short_lists

try:
    from pyshacl.graph_abstraction import DataGraph
except ImportError:  # before 0.40 pySHACL took graphs as they are
    DataGraph = None  # type: ignore[assignment, misc]

_EITHER = SH.XoneConstraintComponent
_TOO_DEEP = "The shapes are nested too deep for pySHACL."
_LONGEST = 500

__all__ = ["_load_sparql_before_files_are_refused", "validate"]

# What pySHACL and rdflib raise for a shape that they cannot use; rdflib raises a bare Exception
# for prefixes and graphs it does not know, which is told by its type.
_REFUSALS = (
    ReportableRuntimeError,
    SPARQLError,
    ParseBaseException,
    PermissionError,
    NotImplementedError,
    RecursionError,
    ValueError,
    re.error,
)
_POSITION = re.compile(r"\s*\(at char \d+\), \(line:\d+, col:\d+\)")


def validate(payload: bytes) -> bytes:
    """Return as JSON the ``results``, or what was ``refused``, ``failed`` or took too long.

    :param payload: a line of options as JSON (``meta``, ``inference``, ``deadline``), then data and
        shapes as N-Triples, a NUL byte between them.
    """
    head, _, triples = payload.partition(b"\n")
    data, _, shapes = triples.partition(b"\0")
    options = json.loads(head)
    normalizes, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    logging.disable()  # rdflib tells of every ill-typed literal, with where in its code
    try:
        with time_bound(options.get("deadline")), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            answer = _answer(data, shapes, options)
    except TooLongError as error:
        answer = {"late": blame(error)}
    finally:
        rdflib.NORMALIZE_LITERALS = normalizes
        logging.disable(logging.NOTSET)
    return json.dumps(answer).encode()


def _answer(data: bytes, shapes: bytes, options: Mapping[str, Any]) -> dict[str, Any]:
    graph = to_rdflib(shapes)
    if reason := unusable(graph):
        return {"refused": reason}
    if options.get("meta", True) and (found := _meta_check(shapes)):
        return found
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        found = _run(_Engine(to_rdflib(data), graph, options))
    if any(issubclass(each.category, ShapeRecursionWarning) for each in warned):
        return {"refused": _recursion(graph)}
    return found


def _meta_check(shapes: bytes) -> dict[str, Any] | None:
    """Return how a shapes graph fails SHACL's own shapes (SHACL §C), None when it does not."""
    own = resources.files("pyshacl") / "assets" / "shacl-shacl.ttl"
    engine = _Engine(
        with_short_lists(to_rdflib(shapes)),
        to_rdflib(own.read_bytes(), RdfFormat.TURTLE),
        {},
        depth=1,
    )
    try:
        found = _run(engine)
    except TooLongError as error:
        # What pySHACL was at is one of SHACL's own shapes, which tells nobody anything.
        raise error.with_traceback(None) from None
    if "results" in found:
        return {"refused": {"results": _told_once(found["results"])}} if found["results"] else None
    if "refused" in found:
        return {"refused": {"text": found["refused"]["text"]}}
    return {"failed": found["failed"]}


def _told_once(results: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return results without those that only say that a shape is of neither kind, if others do."""
    others = {each["focus"] for each in results if each["component"] != str(_EITHER)}
    return [
        each for each in results if each["component"] != str(_EITHER) or each["focus"] not in others
    ]


def _run(engine: _Engine) -> dict[str, Any]:
    try:
        return {"results": engine.results()}
    except _REFUSALS as error:
        return {"refused": _refusal(error, engine.shapes)}
    except Exception as error:  # noqa: BLE001 - pySHACL has more ways to fail than can be named
        if type(error) is Exception:
            return {"refused": _refusal(error, engine.shapes)}
        return {"failed": f"{type(error).__name__}: {error}", **blame(error)}


def _refusal(error: Exception, shapes: rdflib.Graph) -> dict[str, Any]:
    if isinstance(error, RecursionError) or "path too deep" in str(error):
        found = _recursion(shapes)
        if found["shapes"]:
            return found
        return {"text": _TOO_DEEP, "shapes": blame(error)["shapes"]}
    return {"text": _text(error), **blame(error)}


def _recursion(shapes: rdflib.Graph) -> dict[str, Any]:
    text = "The shape refers to itself, which SHACL leaves undefined."
    return {"text": text, "shapes": cycle(shapes)}


def _text(error: BaseException) -> str:
    """Return in one line what an error says, without what only helps in pySHACL's own code."""
    if isinstance(error, PermissionError):
        return f"A query of the shape reaches outside the project: {error}."
    if isinstance(error, re.error):
        return f"The pattern {error.pattern!r} is no regular expression: {error}."
    said = " ".join(str(getattr(error, "message", None) or error).split())
    if isinstance(error, ParseBaseException):
        said = f"The query is no SPARQL: {_POSITION.sub('', said)}"
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"


class _Collector(Validator):
    """pySHACL's validator, which hands over its results before they become a graph and a text."""

    @classmethod
    def create_validation_report(
        cls, _shapes: object, _conforms: bool, results: Sequence[Any]
    ) -> tuple[Sequence[Any], str]:
        """Return the results as they are."""
        return results, ""


class _Engine:
    """One validation."""

    def __init__(
        self,
        data: rdflib.Graph,
        shapes: rdflib.Graph,
        options: Mapping[str, Any],
        depth: int = DEPTH,
    ) -> None:
        self.shapes = ready(shapes)
        self._depth = depth
        inference = options.get("inference", "none")
        taken: Any = data if DataGraph is None else DataGraph.from_rdflib(data)
        self._validator = _Collector(
            taken,
            shacl_graph=self.shapes,
            # Data inferred from is copied, unless it may be changed; nobody else needs it.
            options={"inference": inference, "inplace": True},
        )

    def results(self) -> list[dict[str, Any]]:
        """Return the results, sorted, with the reasons for each."""
        run: Callable[[], Any] = self._validator.run
        _, raw, _ = run()
        return ReportReader(self._validator, self._depth).results(raw)


def to_rdflib(content: bytes, syntax: RdfFormat = RdfFormat.N_TRIPLES) -> rdflib.Graph:
    """Return N-Triples as an rdflib graph whose literals keep their lexical form."""
    graph = rdflib.Graph()
    convert = _converter()
    for quad in pyoxigraph.parse(BytesIO(content), format=syntax, lenient=True):
        graph.add((convert(quad.subject), convert(quad.predicate), convert(quad.object)))
    return graph


def _converter() -> Callable[[Any], Any]:
    """Return a function from pyoxigraph's terms to rdflib's that makes each IRI once."""
    iris: dict[str, URIRef] = {}

    def convert(term: Any) -> Node:
        if isinstance(term, pyoxigraph.NamedNode):
            value = term.value
            return iris.setdefault(value, URIRef(value))
        if isinstance(term, pyoxigraph.BlankNode):
            return BNode(term.value)
        if term.language:
            return Literal(term.value, lang=term.language)
        datatype = term.datatype.value
        if datatype == "http://www.w3.org/2001/XMLSchema#string":
            return Literal(term.value)
        return Literal(term.value, datatype=URIRef(datatype))

    return convert
