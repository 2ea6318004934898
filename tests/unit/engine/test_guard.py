"""The guard reads a query before the engine does."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.config import Limits
from lod.engine.guard import inspect, position
from lod.engine.operation import QueryForm, QueryOperation
from lod.errors import QueryError

LIMITS = Limits()
KNOWN = {"ex": "https://data.example/"}
SECONDS_PER_CHARACTER = 2 / 100_000
"""A text of 100 kB must not keep the server longer than two seconds."""


def passed(text: str, limits: Limits = LIMITS) -> QueryOperation:
    return inspect(text, limits, KNOWN)


def refusal(text: str, limits: Limits = LIMITS) -> QueryError:
    with pytest.raises(QueryError) as caught:
        inspect(text, limits, KNOWN)
    return caught.value


class TestForm:
    @pytest.mark.parametrize(
        ("text", "form"),
        [
            ("SELECT * { ?s ?p ?o }", QueryForm.SELECT),
            ("select * { ?s ?p ?o }", QueryForm.SELECT),
            ("ASK { ?s ?p ?o }", QueryForm.ASK),
            ("CONSTRUCT WHERE { ?s ?p ?o }", QueryForm.CONSTRUCT),
            ("DESCRIBE <https://data.example/a>", QueryForm.DESCRIBE),
            ("BASE <https://a.example/> PREFIX a: <b> ASK { a:c ?p ?o }", QueryForm.ASK),
            ("# SELECT\nASK { ?s ?p ?o }", QueryForm.ASK),
            ("PREFIX select: <x:> ASK { select:a ?p ?o }", QueryForm.ASK),
            ('VERSION "1.2" SELECT * { ?s ?p ?o }', QueryForm.SELECT),
        ],
    )
    def test_first_word_behind_the_prologue_is_the_form(self, text: str, form: QueryForm) -> None:
        """The form of a query is known before it is asked, so that formats can be chosen."""
        assert passed(text).form is form

    @pytest.mark.parametrize("text", ["", "  \n\t", "# nothing but a remark", "PREFIX a: <b>"])
    def test_query_without_a_form_is_called_empty(self, text: str) -> None:
        """A text that asks for nothing is refused as empty."""
        assert refusal(text).code == "query/empty"

    @pytest.mark.parametrize("text", ["FETCH ?s", "{ ?s ?p ?o }", "?x", "SELECTED * {}", ")"])
    def test_text_that_is_no_query_is_refused_with_its_place(self, text: str) -> None:
        """What is no query is refused with the place of the first word that does not fit."""
        error = refusal(f"\n  {text}")

        assert error.code == "query/syntax"
        assert (error.line, error.column) == (2, 3)


class TestUpdates:
    @pytest.mark.parametrize(
        "text",
        [
            "INSERT DATA { <x:a> <x:b> <x:c> }",
            "insert data { <x:a> <x:b> <x:c> }",
            "DELETE WHERE { ?s ?p ?o }",
            "WITH <x:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
            "LOAD <https://other.example/>",
            "CLEAR ALL",
            "DROP GRAPH <x:g>",
            "CREATE GRAPH <x:g>",
            "ADD <x:a> TO <x:b>",
            "MOVE <x:a> TO <x:b>",
            "COPY <x:a> TO <x:b>",
            "PREFIX ex: <x:> INSERT DATA { ex:a ex:b ex:c }",
            "# a remark\nDELETE DATA { <x:a> <x:b> <x:c> }",
        ],
    )
    def test_update_is_refused_as_such(self, text: str) -> None:
        """An update is refused with the reason that the data is read-only, and what to do."""
        error = refusal(text)

        assert error.code == "query/update"
        assert error.line is not None
        assert error.cure


SERVICE = "<https://other.example/sparql> { ?s ?p ?o }"


class TestService:
    @pytest.mark.parametrize(
        "text",
        [
            f"SELECT * {{ SERVICE {SERVICE} }}",
            f"SELECT * {{ service {SERVICE} }}",
            f"SELECT * {{ SeRvIcE SILENT {SERVICE} }}",
            f"SELECT*{{SERVICE{SERVICE}}}",
            f"SELECT * {{ ?a ?b 1.SERVICE {SERVICE} }}",
            f"SELECT * {{ ?a ?b 1e1SERVICE {SERVICE} }}",
            f"SELECT * {{ ?a ?b 'x'SERVICE {SERVICE} }}",
            f"SELECT * {{ ?a ?b '''x'''SERVICE {SERVICE} }}",
            f"SELECT * {{ ?a ?b <x:c>.SERVICE {SERVICE} }}",
            f"SELECT * {{ ?a ?b ?c FILTER(1<2)SERVICE {SERVICE} }}",
            f"SELECT * {{ OPTIONAL{{SERVICE {SERVICE}}} }}",
            f"SELECT * {{ {{ SELECT * {{ SERVICE {SERVICE} }} }} }}",
            f"SELECT * {{ FILTER EXISTS {{ SERVICE {SERVICE} }} }}",
            f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE {SERVICE} }}",
            "SELECT * { SERVICE ?where { ?s ?p ?o } }",
            f"SELECT * {{ ?a ?b ?c # a remark\rSERVICE {SERVICE} }}",
            f"SELECT * {{ ?a ?b '\\\\' . SERVICE {SERVICE} }}",
            f'SELECT * {{ ?a ?b """a\\"""" . SERVICE {SERVICE} }}',
        ],
    )
    def test_service_in_any_place_is_refused(self, text: str) -> None:
        """A query that would ask another endpoint is refused wherever it says so."""
        assert refusal(text).code == "query/service"

    @pytest.mark.parametrize(
        "text",
        [
            f"SELECT * {{ SERV\\u0049CE {SERVICE} }}",
            f"SELECT * {{ \\u0053ERVICE {SERVICE} }}",
            f"SELECT * {{ \\U00000053ERVICE {SERVICE} }}",
            f"SELECT * {{ \\u0053\\u0045\\u0052\\u0056\\u0049\\u0043\\u0045 {SERVICE} }}",
            f"SELECT * {{ ?a ?b 'c\\u0027 . SERVICE {SERVICE} BIND('\\u0027 AS ?d) }}",
            f"SELECT * {{ ?a ?b <x:c\\u003E . SERVICE {SERVICE} }}",
        ],
    )
    def test_service_spelt_with_code_points_is_refused(self, text: str) -> None:
        """Escapes, which SPARQL reads before words (§19.2), hide no SERVICE."""
        assert refusal(text).code == "query/service"

    @pytest.mark.parametrize(
        "text",
        [
            f"SELECT * {{ SERVICESILENT{SERVICE} }}",
            f"SELECT * {{ ?a ?b trueSERVICE {SERVICE} }}",
            f"SELECT * {{ ?a ?b falseSERVICE {SERVICE} }}",
            f"PREFIX ex: <x:> SELECT * {{ ?a ?b ex:.SERVICE {SERVICE} }}",
            f"SELECT * {{ ?a ?b ?c FILTER(?a<?b)SERVICE#>\n{SERVICE} }}",
        ],
        ids=["silent", "true", "false", "empty-local-name", "less-than"],
    )
    def test_service_the_engine_would_read_between_glued_words_is_refused(self, text: str) -> None:
        """What the engine would take for SERVICE is refused, even where no space sets it off."""
        assert refusal(text).code == "query/service"

    @pytest.mark.parametrize(
        "text",
        [
            "SELECT ?SERVICE { ?SERVICE ?p ?o }",
            "SELECT $service { $service ?p ?o }",
            "SELECT * { ?s ?p 'SERVICE' }",
            'SELECT * { ?s ?p "SERVICE <x:y> { }" }',
            'SELECT * { ?s ?p """a "SERVICE" b""" }',
            "SELECT * { ?s ?p '''it''s SERVICE''' }",
            "SELECT * { ?s ?p 'it\\'s SERVICE' }",
            "SELECT * { ?s ?p 'SERV\\u0049CE' }",
            "SELECT * { ?s ?p ?o # SERVICE\n}",
            "SELECT * { ?s <https://data.example/SERVICE> ?o }",
            "PREFIX ex: <x:> SELECT * { ?s ex:SERVICE ?o }",
            "PREFIX SERVICE: <x:> SELECT * { ?s SERVICE:a ?o }",
            "SELECT * { _:SERVICE ?p ?o }",
            "SELECT * { ?s ?p 'x'@en-SERVICE }",
            "SELECT * { ?s ?p ?oSERVICE }",
        ],
    )
    def test_word_that_is_no_keyword_passes(self, text: str) -> None:
        """Texts, remarks, addresses, variables and names may hold the word SERVICE."""
        assert passed(text).form is QueryForm.SELECT

    def test_place_is_that_of_the_word(self) -> None:
        """The refusal names line and column of SERVICE, counted in characters."""
        text = f"SELECT *\n{{ ?s ?p '𝄞'.\n  SERVICE {SERVICE} }}"

        error = refusal(text)

        assert (error.line, error.column) == (3, 3)
        assert str(error).startswith("query/service: line 3, column 3: SERVICE is refused")

    def test_place_is_that_of_the_word_behind_an_escape(self) -> None:
        """The column counts the characters as written, escapes before SERVICE included."""
        text = f"SELECT * {{ ?s ?p '\\u0041\\u0042' . SERV\\u0049CE {SERVICE} }}"

        error = refusal(text)

        assert (error.line, error.column) == (1, text.index("SERV") + 1)


class TestFromClauses:
    def test_clauses_are_told_apart(self) -> None:
        """FROM and FROM NAMED are read as written, in order."""
        text = "SELECT * FROM <x:a> FROM NAMED <x:b> FROM <x:c> WHERE { ?s ?p ?o }"

        clauses = passed(text).clauses

        assert clauses.default == ("<x:a>", "<x:c>")
        assert clauses.named == ("<x:b>",)

    def test_names_are_kept_with_the_prologue_that_makes_them_whole(self) -> None:
        """A prefixed graph name keeps the declarations it needs."""
        text = "PREFIX g: <https://data.example/graph/>\nASK FROM g:a FROM NAMED <rel> { ?s ?p ?o }"

        clauses = passed(text).clauses

        assert clauses.default == ("g:a",)
        assert clauses.named == ("<rel>",)
        assert clauses.prologue == "PREFIX g: <https://data.example/graph/>\n"

    @pytest.mark.parametrize(
        "text",
        [
            "SELECT * { ?s ?p 'FROM <x:a>' }",
            "SELECT ?from { ?from ?p ?o }",
            "SELECT * { ?s <x:FROM> ?o }",
            "SELECT * # FROM <x:a>\n{ ?s ?p ?o }",
        ],
    )
    def test_word_that_is_no_clause_names_no_graph(self, text: str) -> None:
        """Only the clause FROM names graphs, not a text, variable, address or remark."""
        assert passed(text).clauses.default == ()


class TestPrefixes:
    def test_undeclared_prefix_is_refused_with_the_line_to_add(self) -> None:
        """A forgotten declaration of a known prefix comes with the line to copy."""
        error = refusal("SELECT * {\n  ?s ex:name ?o }")

        assert error.code == "query/undeclared-prefix"
        assert (error.line, error.column) == (2, 6)
        assert error.cure == "Add at the top: PREFIX ex: <https://data.example/>"

    def test_unknown_prefix_is_refused_with_a_pattern_to_fill(self) -> None:
        """A prefix nobody knows comes with the line to complete."""
        assert refusal("ASK { ?s who:knows ?o }").cure == "Add at the top: PREFIX who: <…>"

    @pytest.mark.parametrize(
        "text",
        [
            "PREFIX ex: <x:> ASK { ?s ex:a ?o }",
            "prefix ex: <x:> ASK { ?s ex: ?o }",
            "PREFIX : <x:> ASK { ?s :a ?o }",
            "PREFIX a.b: <x:> ASK { ?s a.b:c ?o }",
            "PREFIX ä: <x:> ASK { ?s ä:ö ?o }",
            "PREFIX a: <x:> PREFIX b: <y:> ASK { a:c:d b:%20 a:e\\,f }",
            "ASK { ?s ?p 'ex:a' . ?s <ex:a> ?o # ex:a\n }",
            "ASK { _:a ?p ?o }",
        ],
    )
    def test_declared_names_pass(self, text: str) -> None:
        """Declared prefixes, and colons that are part of something else, are no mistake."""
        assert passed(text).form is QueryForm.ASK

    def test_known_prefixes_count_as_declared_when_wanted(self) -> None:
        """On the command line the project's prefixes need not be declared."""
        operation = inspect("ASK { ?s ex:a ?o }", LIMITS, KNOWN, declare=True)

        assert operation.prefixes == KNOWN

    def test_graph_is_written_with_the_prefixes_of_project_and_query(self) -> None:
        """A graph is answered with the query's own prefixes, which win over the project's."""
        text = "PREFIX ex: <x:> PREFIX my: <y:> CONSTRUCT WHERE { ex:a my:b ?c }"

        namespaces = inspect(text, LIMITS, {**KNOWN, "foaf": "f:"}).namespaces

        assert namespaces == {"ex": "x:", "my": "y:", "foaf": "f:"}


class TestBounds:
    def test_longest_query_passes_and_one_character_more_does_not(self) -> None:
        """The bound on length is exact, and the refusal names both numbers."""
        limits = Limits(query_length=2000)
        text = "ASK { ?s ?p ?o }".ljust(2000)

        assert passed(text, limits).form is QueryForm.ASK
        assert refusal(f"{text} ", limits).code == "query/too-long"
        assert "2,001" in refusal(f"{text} ", limits).message

    @pytest.mark.parametrize(("opening", "closing"), ["{}", "()", "[]"])
    def test_nesting_is_bounded_with_its_place(self, opening: str, closing: str) -> None:
        """Brackets of any kind may nest so deep and no deeper."""
        limits = Limits(query_nesting=10)
        allowed = f"ASK {opening * 10}{closing * 10}"
        too_deep = f"ASK {opening * 11}{closing * 11}"

        error = refusal(too_deep, limits)

        assert passed(allowed, limits).form is QueryForm.ASK
        assert error.code == "query/too-deep"
        assert (error.line, error.column) == (1, len("ASK ") + 11)

    def test_brackets_in_texts_are_not_counted(self) -> None:
        """A text full of brackets nests nothing."""
        assert passed(f"ASK {{ ?s ?p '{'{' * 99}' }}", Limits(query_nesting=3))

    @pytest.mark.parametrize(
        "link", ["||1", "&&1", "/<x:a>", "|<x:a>", "+1", "UNION{}", "OPTIONAL{}", " BIND(1 AS ?x)"]
    )
    def test_chains_are_bounded(self, link: str) -> None:
        """Long chains, which make the engine's parser call itself, are refused."""
        limits = Limits(query_chain=20)

        assert passed(f"ASK {{ {link * 20} }}", limits).form is QueryForm.ASK
        assert refusal(f"ASK {{ {link * 21} }}", limits).code == "query/too-many-parts"

    def test_list_of_values_is_no_chain(self) -> None:
        """VALUES and IN may hold many: they are what the refusal of a chain advises."""
        values = " ".join(f"<x:{number}>" for number in range(5000))

        assert passed(f"SELECT * {{ VALUES ?s {{ {values} }} ?s ?p ?o }}")


HOSTILE = [
    *('"', '"""', "'a", '"\\', "'\\", '"""\\', "'''\\", "'\\\\", "''' '"),
    *("<", "<a", "<a>", "?", "?a", "_:a.", "@a-", "@a@"),
    *("a", "a.", "a-", ":", "a:b.", "a:.", "a.b:", "a:%2", "a:\\", "\\"),
    *("\\u0041", "\\u0053ERVICE", "\\U0000", "#", "#\n", " ", "\0", "1", "1.", "1e", "^", "|"),
    *("é", "e\u0301", "a\u00b7", "𝄞", "\ud800", "İ", "{", "}", "( ", "[ ]"),
    *("PREFIX a:", "BASE ", "FROM <a> ", "SELECT ", "SERVICE", "aSERVICE "),
]


def seconds_of(text: str) -> float:
    """Return the CPU time the guard takes to pass or refuse a text."""
    began = time.process_time()
    try:
        passed(text)
    except QueryError as error:
        assert error.code.startswith("query/")  # noqa: PT017 - most, not all, are refused
    return time.process_time() - began


class TestHostileTexts:
    @pytest.mark.parametrize("length", [10_000, pytest.param(100_000, marks=pytest.mark.thorough)])
    @pytest.mark.parametrize("unit", HOSTILE, ids=ascii)
    def test_time_grows_with_the_length_alone(self, unit: str, length: int) -> None:
        """No text of 100 kB keeps the server busy, and none is answered by anything but a word."""
        text = (unit * length)[:length]

        # Other work on the machine only slows a try down, so one good one is enough.
        assert any(seconds_of(text) < length * SECONDS_PER_CHARACTER for _ in range(4))

    @given(st.text(alphabet=st.sampled_from(sorted({*"".join(HOSTILE), *"SELCTRVID{}"}))))
    def test_any_text_passes_or_is_refused(self, text: str) -> None:
        """No text makes the guard fail."""
        try:
            operation = passed(text)
        except QueryError as error:
            assert error.code.startswith("query/")  # noqa: PT017 - either is right
        else:
            assert operation.text == text


class TestPosition:
    @pytest.mark.parametrize(
        ("text", "index", "place"),
        [
            ("abc", 0, (1, 1)),
            ("abc", 2, (1, 3)),
            ("a\nbc", 2, (2, 1)),
            ("a\nbc", 3, (2, 2)),
            ("a\n\nb", 3, (3, 1)),
            ("𝄞b", 1, (1, 2)),
            ("", 0, (1, 1)),
        ],
    )
    def test_lines_and_columns_count_from_one(
        self, text: str, index: int, place: tuple[int, int]
    ) -> None:
        """Places are told as editors count them."""
        assert position(text, index) == place
