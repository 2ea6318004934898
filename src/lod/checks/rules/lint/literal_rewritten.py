"""literal-rewritten (info)   Scope: data, ontology, separate

Why: query engines keep the value of a number or date, not its spelling, so that answers differ from
 the files and the downloads.
Fix: Write the form that engines give back.
Says: Engines rewrite "{written}" to "{kept}"{types}.

Fails:
  ex:oak ex:height "01.50"^^xsd:decimal .
Passes:
  ex:oak ex:height "1.5"^^xsd:decimal .
"""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import Literal

from lod.engine.batch import kept_as
from lod.rdf.datatypes import datatype_name


def judge(literal: Literal) -> Mapping[str, str] | None:
    """Return the two forms of a literal that engines do not keep as it is."""
    kept = kept_as(literal)
    if kept == literal:
        return None
    is_other = kept.datatype != literal.datatype
    types = f", and {_name(literal)} to {_name(kept)}" if is_other else ""
    return {"written": literal.value, "kept": kept.value, "types": types}


def _name(literal: Literal) -> str:
    iri = literal.datatype.value
    name = datatype_name(iri)
    return f"<{iri}>" if name is None else f"xsd:{name}"
