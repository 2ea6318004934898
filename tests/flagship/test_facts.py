"""Every fact of the page can be found, together with its passage."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from lod.config import Limits
from lod.engine.client import Engine
from lod.engine.guard import inspect
from lod.release import Release
from support.facts import read_facts

LEAST = {
    "belgium": 27,
    "colophon": 11,
    "france": 41,
    "general": 52,
    "germany": 83,
    "header": 2,
    "hungary": 30,
    "netherlands": 19,
    "nordic-countries": 208,
    "poland": 81,
    "portugal": 28,
    "switzerland": 8,
    "united-kingdom": 100,
    "united-states": 151,
}
"""How many facts a section has at least: more may be found in it, none may be lost."""


FACTS = read_facts()
SECTIONS = sorted({each.section for each in FACTS})
Ask = Callable[[str], bool]


@pytest.fixture(scope="module")
def ask(flagship: Release, flagship_engine: Engine) -> Ask:
    """Ask the default graph of the flagship whether it holds a pattern."""

    def holds(pattern: str) -> bool:
        operation = inspect(f"ASK {{ {pattern} }}", Limits(), flagship.prefixes, declare=True)
        answer = json.loads(b"".join(flagship_engine.query(operation, "json")))
        return bool(answer["boolean"])

    return holds


class TestFacts:
    @pytest.mark.parametrize("section", SECTIONS)
    def test_fact_is_found_with_its_passage(self, ask: Ask, section: str) -> None:
        """A query for a fact finds it in the default graph, and the passage that states it."""
        facts = [each for each in FACTS if each.section == section]

        missing = [each for each in facts if not ask(each.pattern)]

        assert facts
        assert missing == []

    def test_what_the_page_does_not_say_is_not_found(self, ask: Ask) -> None:
        """A query for another value, or for another passage, finds nothing."""
        subject, predicate, value = FACTS[0].triple

        assert not ask(f"{subject} {predicate} partner:nowhere")
        assert not ask(f"{subject} {predicate} {value} ; dcterms:source passage-colophon:5")

    def test_claim_cites_the_sentence(self, ask: Ask) -> None:
        """A claim that names its sentences names that of each of its facts."""
        uncited = [
            each
            for each in FACTS
            if ask(f"{each.triple[0]} coop:citation []")
            and not ask(f'{each.triple[0]} coop:citation "{each.citation}"')
        ]

        assert uncited == []


class TestCounts:
    def test_no_fact_is_lost(self) -> None:
        """The number of facts of a section may only grow."""
        found = Counter(each.section for each in FACTS)

        assert {
            section: found[section] for section in LEAST if found[section] < LEAST[section]
        } == {}

    def test_no_fact_counts_twice(self) -> None:
        """Each line of the list is another triple of its passage, and other words."""
        triples = Counter((each.passage, each.triple) for each in FACTS)
        words = Counter((each.citation, each.words) for each in FACTS)

        assert [each for each, count in triples.items() if count > 1] == []
        assert [each for each, count in words.items() if count > 1] == []

    @pytest.mark.parametrize("section", SECTIONS)
    def test_every_paragraph_of_a_section_is_there(self, ask: Ask, section: str) -> None:
        """No paragraph of a modelled section is passed over."""
        passages = {each.passage for each in FACTS if each.section == section}
        others = " , ".join(f'"{each}"' for each in sorted(passages))

        assert all(ask(f'[] a coop:Passage ; dcterms:identifier "{each}"') for each in passages)
        assert not ask(
            f"[] a coop:Passage ; dcterms:isPartOf section:{section} ; dcterms:identifier ?id . "
            f"FILTER (?id NOT IN ({others}))"
        )

    def test_no_sentence_is_passed_over(self) -> None:
        """The sentences of a paragraph are there from the first on, without a gap."""
        sentences = defaultdict(set)
        for each in FACTS:
            sentences[each.passage].add(each.sentence)

        assert {
            passage: numbers
            for passage, numbers in sentences.items()
            if numbers != set(range(1, len(numbers) + 1))
        } == {}


class TestShortcuts:
    def test_every_rule_derives_its_link(
        self, flagship: Release, flagship_engine: Engine, repository: Path
    ) -> None:
        """Each rule gives the plain link it is named after."""
        graph = f"{flagship.project.base}graph/derived"
        query = f"SELECT DISTINCT ?p {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        operation = inspect(query, Limits(), flagship.prefixes)

        answer = json.loads(b"".join(flagship_engine.query(operation, "json")))

        derived = {
            flagship.prefixes.shorten(each["p"]["value"]) for each in answer["results"]["bindings"]
        }
        assert derived == {named_after(path) for path in (repository / "rules").glob("*.rq")}

    @pytest.mark.parametrize(
        ("claim", "link"),
        [
            ("a coop:Participation ; coop:status status:actual", True),
            ("a coop:Participation ; coop:status status:considered", False),
        ],
    )
    def test_only_what_is_actual_becomes_a_plain_link(
        self, ask: Ask, claim: str, link: bool
    ) -> None:
        """Who asks naively is never told of a plan as if it were a fact."""
        assert ask(f"?claim {claim}")

        assert link == ask(
            f"?claim {claim} ; coop:participatesIn ?in ; coop:hasParticipant ?partner . "
            "?in coop:hasPartner ?partner "
            "FILTER NOT EXISTS { ?other coop:participatesIn ?in ; coop:hasParticipant ?partner . "
            "FILTER (?other != ?claim) }"
        )


def named_after(rule: Path) -> str:
    """Return ``coop:hasPartner`` for ``has-partner.rq``."""
    first, *rest = rule.stem.split("-")
    return f"coop:{first}{''.join(map(str.capitalize, rest))}"
