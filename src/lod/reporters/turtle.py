"""Findings of shapes as a SHACL validation report (§3.6), in Turtle."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from itertools import count

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from lod.diagnostics import Diagnostic, Reason, Report, Severity
from lod.errors import ConfigError
from lod.rdf.namespaces import RDF, SH
from lod.rdf.prefixes import Prefixes
from lod.rdf.terms import is_blank, term_text
from lod.rdf.turtle import write_turtle
from lod.reporters.escaping import escaped, whole
from lod.reporters.property_paths import PathError, Row, path_as_rdf
from lod.reporters.reporting import Reporting
from lod.reporters.wording import counted

_SEVERITIES = {
    Severity.ERROR: SH.Violation,
    Severity.WARNING: SH.Warning,
    Severity.INFO: SH.Info,
}
_NODE = "_:report"
_BLANK = re.compile(r"_:\S+")


def report_turtle(report: Report, reporting: Reporting) -> str:
    """Return a ``sh:ValidationReport`` with a result for each finding that a shape made.

    Findings of syntax and of lint rules are counted in a comment and left out: a result must name
    its constraint component (§3.6.2), and they have none.
    """
    found = [finding for finding in report.findings if _iri(finding.component)]
    left_out = len(report.findings) - len(found)
    # Unchecked shapes are no reason to say that the data conforms.
    was_checked = report.is_complete and bool(report.engines or not report.shapes)
    conforms = Literal(was_checked and not found)
    writer = _Writer(reporting.prefixes)
    writer.say(_NODE, RDF.type, str(SH.ValidationReport))
    writer.say(_NODE, SH.conforms, str(conforms))
    for finding in found:
        writer.result(finding)
    comment = ""
    if left_out:
        comment += f"# Left out, as no shape made it: {counted(left_out, 'finding')}.\n"
    if not was_checked:
        comment += "# The shapes were not checked, or not over all the data.\n"
    return comment + write_turtle(writer.rows, reporting.prefixes)


class _Writer:
    """Collects the triples of a report."""

    def __init__(self, prefixes: Prefixes) -> None:
        self.rows: list[Row] = []
        self._prefixes = prefixes
        self._blank = (f"_:b{number:06}" for number in count(1))
        self._named: dict[str, str] = {}

    def say(self, subject: str, predicate: NamedNode, value: str | None) -> None:
        """Note a triple, unless it has no value."""
        if value is not None:
            self.rows.append((subject, str(predicate), value))

    def result(self, finding: Diagnostic) -> None:
        """Note a finding."""
        node = next(self._blank)
        self.say(_NODE, SH.result, node)
        self.say(node, RDF.type, str(SH.ValidationResult))
        self.say(node, SH.resultSeverity, str(_SEVERITIES[finding.severity]))
        self.say(node, SH.sourceConstraintComponent, _iri(finding.component))
        self.say(node, SH.sourceShape, _iri(finding.source))
        self._common(node, finding)
        self._details(node, finding.reasons)

    def _details(self, node: str, reasons: Sequence[Reason]) -> None:
        waiting = [(node, reason) for reason in reasons]
        while waiting:
            parent, reason = waiting.pop()
            detail = next(self._blank)
            self.say(parent, SH.detail, detail)
            # A reason does not know its component, so it is a result in the wider sense.
            self.say(detail, RDF.type, str(SH.AbstractResult))
            self._common(detail, reason)
            waiting.extend((detail, each) for each in reason.reasons)

    def _common(self, node: str, finding: Diagnostic | Reason) -> None:
        if finding.focus or isinstance(finding, Diagnostic):
            self.say(node, SH.focusNode, self._focus(finding.focus))
        self.say(node, SH.resultPath, self._path(finding.path))
        self.say(node, SH.value, self._value(finding.value))
        message = str(Literal(whole(finding.message)))
        self.say(node, SH.resultMessage, escaped(message))

    def _focus(self, text: str | None) -> str:
        """Return the term of a focus node; what has a name for people alone is a blank node."""
        if not text:
            return next(self._blank)
        term = _iri(text) or _term(text)
        return self._blank_for(text) if term is None or is_blank(term) else term

    def _value(self, text: str | None) -> str | None:
        if not text:
            return None
        return self._blank_for(text) if _BLANK.fullmatch(text) else _term(text)

    def _blank_for(self, text: str) -> str:
        if text not in self._named:
            self._named[text] = next(self._blank)
        return self._named[text]

    def _path(self, text: str | None) -> str | None:
        if text is None:
            return None
        try:
            node, rows = path_as_rdf(text, self._expand, self._blank)
        except PathError:
            return None
        self.rows.extend(rows)
        return node

    def _expand(self, name: str) -> str:
        try:
            iri = _iri(self._prefixes.expand(name))
        except ConfigError:
            iri = None
        if iri is None:
            raise PathError(name)
        return iri


def _iri(text: str | None) -> str | None:
    """Return an IRI as a term, None for a text that is no IRI."""
    if text is None:
        return None
    try:
        return escaped(str(NamedNode(text)))
    except ValueError:
        return None


def _term(text: str) -> str | None:
    """Return a term given as N-Triples, None for a text that is not one term."""
    line = f"<x:s> <x:p> {text} .\n"
    try:
        quads = list(parse(BytesIO(line.encode()), format=RdfFormat.N_TRIPLES))
    except (SyntaxError, ValueError):
        return None
    return escaped(term_text(quads[0].object)) if len(quads) == 1 else None
