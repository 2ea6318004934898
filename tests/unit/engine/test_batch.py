"""Many questions over one dataset, answered in a process of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

import pytest

from lod.engine.batch import Answers, Derivation, Part, Question, ask_all
from lod.errors import ProcessError

A, B, C = "urn:a", "urn:b", "urn:c"
TRIPLES = b"<x:1> <x:p> _:f0x-1 .\n_:f0x-1 <x:q> _:f0xoak .\n"
ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o FILTER(?a = ?o) }"


def asked(
    parts: Sequence[tuple[bytes, Sequence[str]]],
    *texts: str,
    graphs: Sequence[str] = (A,),
    derivation: Derivation | None = None,
    seconds: int = 30,
) -> Answers:
    return ask_all(
        [BytesIO(b"".join(content for content, _ in parts))],
        [Part(len(content), tuple(names)) for content, names in parts],
        [Question(str(number), text, tuple(graphs)) for number, text in enumerate(texts)],
        derivation,
        seconds=seconds,
    )


def rows(*arguments: object, **more: object) -> Sequence[Mapping[str, str]]:
    answers = asked(*arguments, **more)  # type: ignore[arg-type]
    assert answers.failed == {}
    return answers.rows["0"]


class TestAskAll:
    def test_blank_nodes_keep_their_labels(self) -> None:
        """A blank node in an answer is called as in what was loaded, so that it is found again."""
        found = rows([(TRIPLES, [A])], "SELECT * { ?s <x:q> ?o }")

        assert found == [{"s": "_:f0x-1", "o": "_:f0xoak"}]

    def test_graphs_share_blank_nodes(self) -> None:
        """A part that is put in two graphs is the same in both."""
        query = "SELECT ?n { GRAPH <urn:a> { <x:1> ?p ?n } GRAPH <urn:b> { ?n ?q ?m } }"

        assert rows([(TRIPLES, [A, B])], query) == [{"n": "_:f0x-1"}]

    def test_parts_go_where_they_belong(self) -> None:
        """Each question sees the graphs it names, and may ask the others by name."""
        parts = [(b"<x:1> <x:p> 1 .\n".replace(b" 1 ", b' "1" '), [A]), (TRIPLES, [B]), (b"", [C])]
        count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"

        found = [rows(parts, count, graphs=[each])[0]["n"][1] for each in (A, B, C)]

        assert found == ["1", "2", "0"]

    def test_solution_stands_once(self) -> None:
        """What two graphs say is found once."""
        found = rows([(TRIPLES, [A, B])], "SELECT ?s { ?s <x:q> ?o }", graphs=[A, B])

        assert len(found) == 1

    def test_variable_without_a_value_is_left_out(self) -> None:
        """An unbound variable is no empty text."""
        found = rows([(TRIPLES, [A])], "SELECT ?s ?x { ?s <x:q> ?o OPTIONAL { ?s <x:x> ?x } }")

        assert found == [{"s": "_:f0x-1"}]

    def test_texts_are_those_of_canonical_triples(self) -> None:
        """Lines, quotes and letters of any script come through."""
        text = rb'<x:1> <x:p> "_:no \"node\"\n\u0105 \U0001F600"@en .' + b"\n"

        assert rows([(text, [A])], "SELECT ?o { ?s ?p ?o }") == [
            {"o": '"_:no \\"node\\"\\n\u0105 \U0001f600"@en'}
        ]

    def test_from_has_no_say(self) -> None:
        """No question reads a file, whatever it asks for."""
        query = "SELECT ?s FROM <file:///etc/passwd> { ?s <x:q> ?o }"

        assert rows([(TRIPLES, [A])], query) == [{"s": "_:f0x-1"}]

    def test_derived_triples_are_there_for_all(self) -> None:
        """What is derived comes first, in a graph of its own."""
        derivation = Derivation(("CONSTRUCT { ?o <x:of> ?s } { ?s <x:p> ?o }",), (A,), B)

        found = rows([(TRIPLES, [A])], "SELECT * { ?s ?p ?o }", graphs=[B], derivation=derivation)

        assert found == [{"s": "_:f0x-1", "p": "<x:of>", "o": "<x:1>"}]

    def test_nothing_to_ask_about(self) -> None:
        """A dataset without a triple can be asked."""
        assert rows([], "SELECT * { ?s ?p ?o }") == []


class TestFailed:
    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("SELECT * {", "error at 1:11"),
            ("ASK { ?s ?p ?o }", "A rule must be a SELECT query."),
            ("CONSTRUCT WHERE { ?s ?p ?o }", "A rule must be a SELECT query."),
        ],
    )
    def test_bad_question_is_named_and_the_others_answered(self, query: str, said: str) -> None:
        """What is no SELECT query fails alone."""
        answers = asked([(TRIPLES, [A])], query, "SELECT ?s { ?s <x:q> ?o }")

        assert answers.failed["0"].startswith(said)
        assert answers.rows == {"1": [{"s": "_:f0x-1"}]}

    def test_question_without_end(self) -> None:
        """Whoever asks too much is stopped in time."""
        triples = b"".join(b"<x:%d> <x:p> <x:%d> .\n" % (each, each + 1) for each in range(300))

        with pytest.raises(ProcessError) as caught:
            asked([(triples, [A])], ENDLESS, seconds=2)

        assert caught.value.code == "process/time"

    def test_question_that_breaks_the_engine(self) -> None:
        """A query so deep that the engine's process ends does no harm to this one."""
        deep = f"SELECT * {'{' * 100_000}{'}' * 100_000}"

        with pytest.raises(ProcessError):
            asked([(TRIPLES, [A])], deep)
