"""Why a query was not answered, in a sentence of the reader's language.

What exactly is wrong is told by the guard and the engine, in English.
"""

from __future__ import annotations

from collections.abc import Callable

Gettext = Callable[[str], str]


def refusal(code: str, _: Gettext) -> str:
    """Return the sentence for the code of a failure, such as ``query/syntax``."""
    sentences = {
        "query/syntax": _("The query is not valid SPARQL."),
        "query/service": _("Queries that ask other servers are refused."),
        "query/update": _("This server answers questions; it changes nothing."),
        "query/too-long": _("The query is too long."),
        "query/too-deep": _("The query is too deeply nested."),
        "engine/time": _("The query took too long."),
        "engine/memory": _("The query needs too much memory."),
        "engine/too-large": _("The answer is too large."),
        "engine/busy": _("The server is busy; try again in a moment."),
        "engine/budget": _("You have used your share of query time; wait a little."),
        "engine/crowded": _("Others were waiting, so this long query gave way."),
        "engine/starting": _("The server is still starting; try again in a moment."),
    }
    return sentences.get(code) or _("The query cannot be answered.")
