"""How a validation result becomes a finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from lod.checks.shacl.results import Result, to_diagnostic
from lod.diagnostics import Diagnostic, Location, Severity
from lod.rdf.namespaces import SH
from lod.rdf.prefixes import Prefixes

PREFIXES = Prefixes({"ex": "https://data.example/"})
PLACE = Location("data/a.ttl")


def result(
    *,
    component: str = SH.MinCountConstraintComponent.value,
    severity: str = SH.Violation.value,
    focus: str = "<https://data.example/a>",
    shape: str = "<https://data.example/Shape>",
    messages: Mapping[str, str] | None = None,
    path: str | None = None,
    value: str | None = None,
) -> Result:
    said = {"en": "Give one."} if messages is None else messages
    return Result(focus, severity, component, shape, said, path, value)


def read(found: Result, languages: Sequence[str] = ("lt", "en")) -> Diagnostic:
    return to_diagnostic(found, PLACE, languages, PREFIXES)


class TestToDiagnostic:
    def test_result_is_a_finding_like_any_other(self) -> None:
        """A finding of a shape says what is wrong, where, about what, and which shape says so."""
        found = result(path="<https://data.example/p>", value='"x"@en')

        assert read(found) == Diagnostic(
            code="shacl/min-count",
            severity=Severity.ERROR,
            message="Give one.",
            location=PLACE,
            focus="https://data.example/a",
            source="https://data.example/Shape",
            path="ex:p",
            value='"x"@en',
            component="http://www.w3.org/ns/shacl#MinCountConstraintComponent",
        )

    @pytest.mark.parametrize(
        ("component", "code"),
        [
            ("MinCountConstraintComponent", "shacl/min-count"),
            ("ClassConstraintComponent", "shacl/class"),
            ("NodeKindConstraintComponent", "shacl/node-kind"),
            ("UniqueLangConstraintComponent", "shacl/unique-lang"),
            ("QualifiedMinCountConstraintComponent", "shacl/qualified-min-count"),
            ("LessThanOrEqualsConstraintComponent", "shacl/less-than-or-equals"),
            ("SPARQLConstraintComponent", "shacl/sparql"),
            ("JSConstraintComponent", "shacl/js"),
            ("ConstraintComponent", "shacl/constraint"),
        ],
    )
    def test_code_is_the_name_of_the_constraint(self, component: str, code: str) -> None:
        """A code is short and stable, so that [rules] can name it."""
        assert read(result(component=SH[component].value)).code == code

    @pytest.mark.parametrize(
        "component",
        ["https://own.example/IsoDateConstraintComponent", "urn:own:IsoDateConstraintComponent"],
    )
    def test_code_of_an_own_constraint_is_its_last_word(self, component: str) -> None:
        """Constraints of a project's own have codes like the others, whatever their IRIs."""
        assert read(result(component=component)).code == "shacl/iso-date"

    @pytest.mark.parametrize(
        ("severity", "read_as"),
        [
            (SH.Violation.value, Severity.ERROR),
            (SH.Warning.value, Severity.WARNING),
            (SH.Info.value, Severity.INFO),
            ("https://own.example/Dire", Severity.ERROR),
        ],
    )
    def test_severity_says_how_binding_it_is(self, severity: str, read_as: Severity) -> None:
        """A violation must be mended; what is not known is not taken lightly."""
        assert read(result(severity=severity)).severity is read_as

    @pytest.mark.parametrize(
        ("languages", "message"),
        [
            (("lt", "en"), "Nurodyk."),
            (("de",), "Give one."),
            (("pl", "de"), "Give one."),
            (("de", "lt"), "Nurodyk."),
        ],
    )
    def test_message_is_in_the_first_language_there_is(
        self, languages: Sequence[str], message: str
    ) -> None:
        """The author reads the project's own language, else English."""
        found = result(messages={"en": "Give one.", "lt": "Nurodyk.", "": "1"})

        assert read(found, languages).message == message

    @pytest.mark.parametrize(
        ("messages", "message"),
        [
            ({"": "Plain.", "de": "Deutsch."}, "Plain."),
            ({"de": "Deutsch."}, "Deutsch."),
            ({}, "The shape is not met."),
        ],
        ids=["plain", "other", "none"],
    )
    def test_message_is_never_missing(self, messages: Mapping[str, str], message: str) -> None:
        """Where no language fits there is still something to read."""
        assert read(result(messages=messages)).message == message

    @pytest.mark.parametrize("focus", ["_:f0x1", '"text"@en'])
    def test_focus_that_is_no_iri_is_kept_as_it_is(self, focus: str) -> None:
        """A blank node or a literal may be what is wrong."""
        assert read(result(focus=focus)).focus == focus

    def test_shape_without_a_name_is_not_told(self) -> None:
        """The label of a blank node tells nobody anything."""
        assert read(result(shape="_:n1")).source is None

    @pytest.mark.parametrize(
        ("path", "shown"),
        [
            ("<https://data.example/p>", "ex:p"),
            ("^<https://data.example/p>", "^ex:p"),
            (
                "(<https://data.example/p>/<http://other.example/q>*)",
                "(ex:p/<http://other.example/q>*)",
            ),
        ],
    )
    def test_path_is_short(self, path: str, shown: str) -> None:
        """A property path reads as in SPARQL, with the project's prefixes."""
        assert read(result(path=path)).path == shown
