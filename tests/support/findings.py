"""The six findings every reporter is shown, and what reporters know of their project."""

from __future__ import annotations

from lod.checks.catalogue import Catalogue, Rule
from lod.diagnostics import Diagnostic, Edit, Location, Reason, Report, Severity
from lod.rdf.namespaces import SH
from lod.rdf.prefixes import Prefixes
from lod.reporters import Reporting

BASE = "https://data.example/"
PREFIXES = Prefixes({"ex": BASE, "thing": f"{BASE}id/thing/"})

NO_PLACE = Diagnostic(
    "shacl/node-kind",
    Severity.INFO,
    "Nurodyk esybę, ne tekstą.",
    None,
    focus='"ąžuolas"@lt',
    value='"ąžuolas"@lt',
    component=SH.NodeKindConstraintComponent.value,
)
REPAIR = Diagnostic(
    "lint/language-tag-case",
    Severity.WARNING,
    'Write the language as "en-gb".',
    Location("data/b.ttl", 2, 17, 2, 22),
    cure="Write language tags in lower case.",
    focus=f"{BASE}id/thing/oak",
    source="lint/language-tag-case",
    value='"Oak"@en-GB',
    edits=(Edit(Location("data/b.ttl", 2, 18, 2, 23), "en-gb"),),
    fingerprint="8d1f0a77b1c2d3e4f506",
)
SYNTAX = Diagnostic(
    "turtle/syntax",
    Severity.ERROR,
    "The prefix rdfs: has not been declared.",
    Location("data/b.ttl", 3, 3, 3, 13),
    cure="Add at the top: @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
)
ELSEWHERE = Diagnostic(
    "shacl/min-count",
    Severity.ERROR,
    "Name at least two partners with ex:hasPartner.",
    Location("data/c.ttl", 7),
    focus=f"{BASE}id/thing/oak",
    source=f"{BASE}shapes/Thing-hasPartner",
    path="ex:hasPartner",
    related=(
        Location("data/d.ttl", 1, 1, 1, 9),
        Location("data/e.ttl"),
        Location("data/f.ttl", 4, 3),
        Location("data/g.ttl", 5, 3),
        Location("data/g.ttl", 6, 3),
    ),
    origin=Location("shapes/thing.ttl", 12, 1),
    component=SH.MinCountConstraintComponent.value,
    fingerprint="0b5c9aa2d0f1e2d3c4b5",
)
REASONED = Diagnostic(
    "shacl/or",
    Severity.WARNING,
    "Link to a place.",
    Location("data/c.ttl", 9, 3, 11, 4),
    focus="https://other.example/x",
    source=f"{BASE}shapes/Thing-place",
    path="(ex:part/^ex:owns*)",
    value=f"<{BASE}id/thing/elm>",
    reasons=(
        Reason(
            "A place has a label.",
            focus=f"{BASE}id/thing/elm",
            path="ex:label",
            location=Location("data/e.ttl", 3, 1, 3, 10),
            reasons=(Reason("Use words.", value='"1"^^<http://www.w3.org/2001/XMLSchema#int>'),),
        ),
        Reason("A region has a parent.", location=Location("data/c.ttl", 9, 3, 11, 4)),
    ),
    component=SH.OrConstraintComponent.value,
)
HOSTILE = Diagnostic(
    "shacl/pattern",
    Severity.WARNING,
    "Two\nlines\r::error file=a::no, a \x1b[31mcolour, \u202eturned, ##[error]x, "
    "50 % <script>|`*`|</script> ]]> [a](https://evil.example) @everyone",
    Location("data/::f,1%: <b>|\n`x`.ttl", 12, 1, 12, 4),
    focus="_:f0x1",
    path="ex:note",
    value='"tab\\tand 😀 and ]]> \u202e1.50"^^<https://data.example/unit>',
    cure="Write one\rline.",
    component=SH.PatternConstraintComponent.value,
)
FINDINGS = (NO_PLACE, REPAIR, SYNTAX, ELSEWHERE, REASONED, HOSTILE)
REPORT = Report(
    FINDINGS,
    files=7,
    triples=1234,
    shapes=2,
    rules=18,
    engines=("pyshacl",),
    waived=2,
    accepted=5,
)

LINES = {
    ("data/b.ttl", 1): "thing:oak",
    ("data/b.ttl", 2): '  ex:name "Oak"@en-GB ;',
    ("data/b.ttl", 3): '  rdfs:label "Oak"@en .',
    ("data/c.ttl", 9): "  ex:place thing:elm ,",
}

CATALOGUE = Catalogue(
    {
        "lint/language-tag-case": Rule(
            "lint/language-tag-case",
            Severity.WARNING,
            why="Programs compare language tags letter by letter, whatever the standards say.",
            fix="Write language tags in lower case.",
            failing='thing:oak ex:name "Oak"@en-GB .\n',
            passing='thing:oak ex:name "Oak"@en-gb .\n',
        ),
        "shacl/min-count": Rule(
            "shacl/min-count",
            Severity.ERROR,
            why="The shape asks for more values than there are.",
            fix="Add the values the message asks for.",
            failing="# ``` closes no fence\n",
        ),
    }
)
REPORTING = Reporting(
    PREFIXES,
    CATALOGUE,
    version="1.2.3",
    source=lambda place: LINES.get((place.path, place.line or 0)),
    rules_page="https://docs.example/rules/{code}.html",
)
