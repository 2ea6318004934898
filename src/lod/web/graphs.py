"""Graphs as a whole (SPARQL 1.1 Graph Store HTTP Protocol), to read: what is published stays."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from lod.engine.operation import QueryForm, QueryOperation
from lod.errors import QueryError
from lod.rdf.formats import GRAPH_FORMATS, Format
from lod.sparql.protocol import absolute_iri
from lod.web.context import client, published, site
from lod.web.downloads import send_dump
from lod.web.errors import Problem, ProblemError
from lod.web.language import error_words
from lod.web.negotiation import Offer, wanted
from lod.web.streaming import computed

bp = Blueprint("graphs", __name__)

_VARY = ("Accept",)


@bp.get("/data")
def graph() -> Response:
    """Send the default graph (``?default``) or a named one (``?graph=``)."""
    name = _name()
    if name and name not in {each.iri for each in published().store.graphs()}:
        abort(404)
    _ = error_words()
    chosen = wanted(
        Offer(
            GRAPH_FORMATS,
            lambda: [(each.name, site().path("downloads/")) for each in GRAPH_FORMATS[:1]],
            _("A graph is not to be had in any of the formats asked for."),
        )
    )
    response = _default(chosen) if name is None else None
    return response or computed(_all_of(name), chosen, _VARY)


def _name() -> str | None:
    """Return the graph asked for, None for the default graph.

    :raises ProblemError: unless exactly one is named.
    """
    names = request.args.getlist("graph")
    if len(names) + ("default" in request.args) != 1:
        raise ProblemError(
            Problem(
                400,
                "Name one graph: ?default, or ?graph= with its IRI.",
                f"Their list is in the service description: {site().absolute('sparql')}",
                "graph/parameter",
                language="en",
            )
        )
    try:
        return absolute_iri(names[0]) if names else None
    except QueryError as error:
        raise ProblemError(Problem(400, error.message, code="graph/name", language="en")) from error


def _default(chosen: Format) -> Response | None:
    """Return the dump, which is the default graph; None when there is none in this format."""
    response = send_dump(chosen)
    if response is not None:
        response.vary.update(_VARY)
    return response


def _all_of(name: str | None) -> QueryOperation:
    here = published()
    return QueryOperation(
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        QueryForm.CONSTRUCT,
        default_graphs=() if name is None else (name,),
        namespaces=here.store.prefixes,
        client=client(),
    )
