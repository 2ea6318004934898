"""What a change is answerable for, against a definition of its own; and what edits leave alone."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from lod.checks import Result
from lod.checks.check import Codes
from lod.checks.scope import Scope, check_within
from lod.config import read_project
from lod.dataset import open_dataset
from lod.diagnostics import Diagnostic, Report
from lod.rdf.namespaces import SH
from support.checking import EX, commit, dataset_of

CODES = Codes(("shacl", "lint/language-tag-case", "lint/literal-ill-typed", "lint/prefix-unused"))
NAMES = ("data/a.ttl", "data/b.ttl", "ontology/c.ttl")
SHAPES = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n<x:S> a sh:NodeShape .\n"
VALUES = (
    *('"x"@EN', '"x"@de', '"x"^^<http://www.w3.org/2001/XMLSchema#byte>', "1", "[ ex:q 1 ]"),
    *('[ ex:q "x"@EN ]', '"x"^^<http://www.w3.org/2001/XMLSchema#integer>', "ex:a", "ex:b", "ex:c"),
)

Block = tuple[str, str, str]
State = Mapping[str, Sequence[Block]]

blocks = st.tuples(st.sampled_from("abc"), st.sampled_from("pq"), st.sampled_from(VALUES))
states = st.dictionaries(st.sampled_from(NAMES), st.lists(blocks, max_size=4), min_size=1)


class Referred:
    """An engine that wants every entity that is referred to to have ex:q."""

    name = "referred"
    is_quick: bool = True

    def validate(self, data: bytes, shapes: bytes) -> list[Result]:
        triples = [quad.triple for quad in parse(data, format=RdfFormat.N_TRIPLES)]
        has = {each.subject for each in triples if each.predicate.value.endswith("q")}
        referred = {each.object for each in triples if str(each.object).startswith("<https:")}
        return [
            Result(
                str(each),
                SH.Violation.value,
                SH.MinCountConstraintComponent.value,
                "<x:S>",
                {"en": "Give one."},
            )
            for each in sorted(referred - has, key=str)
        ]


def written(folder: Path, state: State) -> None:
    """Let a folder hold the project in a state."""
    for name in NAMES:
        (folder / name).unlink(missing_ok=True)
    unused = "@prefix no: <https://data.example/no> .\n"
    files = {
        name: EX
        + unused
        + "ex:z ex:z 1 .\n"
        + "".join(f"ex:{s} ex:{p} {o} .\n" for s, p, o in lines)
        for name, lines in state.items()
    }
    dataset_of(folder, {**files, "shapes/s.ttl": SHAPES})


def found(folder: Path, since: str | None = None) -> Report:
    dataset = open_dataset(read_project(folder))
    return check_within(
        dataset, Referred(), lambda _: None, Scope(CODES, since=since, environment=os.environ)
    )


def said(folder: Path) -> dict[str, set[tuple[str, str]]]:
    """Return what is said of each entity, read by another parser than ours."""
    entities: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for name in NAMES:
        if (folder / name).is_file():
            graph = rdflib.Graph().parse(folder / name, format="turtle")
            for subject, predicate, value in graph:
                if isinstance(subject, rdflib.URIRef):
                    shown = "_" if isinstance(value, rdflib.BNode) else value.n3()
                    entities[str(subject)].add((str(predicate), shown))
    return entities


def text_of(folder: Path, name: str) -> str | None:
    return (folder / name).read_text("utf-8") if (folder / name).is_file() else None


class TestSince:
    @settings(max_examples=40)
    @given(states, states)
    def test_equals_the_whole_restricted_to_what_changed(self, before: State, after: State) -> None:
        """Told is what is about what changed, and what was not so before; nothing else is."""
        with TemporaryDirectory() as place:
            old, new = Path(place, "old"), Path(place, "new")
            written(old, before)
            written(new, before)
            revision = commit(new)
            written(new, after)

            known = {each.fingerprint for each in found(old).findings}
            one, other = said(old), said(new)

            def concerns(finding: Diagnostic) -> bool:
                if finding.fingerprint not in known:
                    return True
                if re.match("https?:", finding.focus or ""):
                    return one.get(finding.focus or "") != other.get(finding.focus or "")
                name = finding.location.path if finding.location else ""
                return text_of(old, name) != text_of(new, name)

            expected = tuple(each for each in found(new).findings if concerns(each))

            assert found(new, since=revision).findings == expected

    @settings(max_examples=10)
    @given(states)
    def test_nothing_changed_is_nothing_told(self, state: State) -> None:
        """Whatever is wrong, a change that changes nothing is not to blame."""
        with TemporaryDirectory() as place:
            folder = Path(place)
            written(folder, state)

            assert found(folder, since=commit(folder)).findings == ()


class TestFingerprints:
    @settings(max_examples=40)
    @given(states, st.data())
    def test_edits_elsewhere_leave_findings_what_they_are(
        self, state: State, data: st.DataObject
    ) -> None:
        """Blocks in another order, new ones and comments between them make no finding another."""
        with TemporaryDirectory() as place:
            folder = Path(place)
            written(folder, state)
            before = {each.fingerprint for each in found(folder).findings}
            more = st.tuples(st.sampled_from("xyz"), st.just("q"), st.sampled_from(VALUES))
            edited = {
                name: data.draw(st.permutations([*lines, *data.draw(st.lists(more, max_size=2))]))
                for name, lines in state.items()
            }
            written(folder, edited)
            for name in edited:
                path = folder / name
                lines = [
                    f"# {number}\n\n{line}"
                    for number, line in enumerate(path.read_text("utf-8").splitlines(keepends=True))
                ]
                path.write_text("".join(lines), "utf-8")

            after = [each.fingerprint for each in found(folder).findings]

            assert before <= set(after)
            assert len(after) == len(set(after))
