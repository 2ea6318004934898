"""The project's questions: a list of them, and a page for each with its answer of now."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, request

from lod.engine.guard import inspect
from lod.web.context import published, settings, site
from lod.web.entities import resource
from lod.web.pages import Values, query_link, show
from lod.web.results import result_of

bp = Blueprint("questions", __name__)


@bp.get("/questions/")
@bp.get("/questions/index.<language:language>.html")
def questions(language: str | None = None) -> Response:
    """List the questions of the project."""
    asked = published().questions
    if not asked:
        return resource(request.path.removeprefix("/"))
    return show("questions", "questions/", language, lambda _: {"questions": asked})


@bp.get("/questions/<path:name>")
@bp.get("/questions/<path:name>.<language:language>.html")
def question(name: str, language: str | None = None) -> Response:
    """Show a question with its answer; another address below may be an entity's."""
    if name not in published().questions:
        return resource(request.path.removeprefix("/"))
    return show("question", f"questions/{name}", language, lambda shown: _answered(name, shown))


def _answered(name: str, language: str) -> Values:
    here = published()
    asked = here.questions[name]
    operation = inspect(asked.query, settings().limits, here.store.prefixes)
    operation = replace(operation, base=site().absolute("sparql"))
    return {
        "question": asked,
        "result": result_of(operation),
        "query": query_link(asked.query, language),
    }
