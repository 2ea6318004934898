"""The description of all addresses is true: programs made from it meet no surprise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation

from lod.release import Release
from support.apps import served

CHECKS = [
    schemathesis.checks.not_a_server_error,
    schemathesis.checks.status_code_conformance,
    schemathesis.checks.content_type_conformance,
    schemathesis.checks.response_schema_conformance,
    schemathesis.checks.unsupported_method,
]


PLAIN = {"Accept-Encoding": "identity"}
"""In-process, the client would not unpack what it asks for."""

LESS = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@pytest.fixture(scope="module")
def app(herbarium: Release) -> Iterator[Flask]:
    with served(herbarium) as found:
        yield found


@pytest.fixture(scope="module")
def description(app: Flask) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_wsgi("/openapi.json", app)


def operations(description: schemathesis.BaseSchema) -> Iterator[APIOperation[Any, Any, Any, Any]]:
    """Yield what can be asked; a wrong description is an error."""
    for found in description.get_all_operations():
        assert isinstance(found, Ok)
        yield found.ok()


class TestDescription:
    def test_it_is_openapi(self, client: FlaskClient) -> None:
        """The document is valid OpenAPI 3.1."""
        response = client.get("/openapi.json")

        assert response.mimetype == "application/openapi+json"
        OpenAPIV31SpecValidator(response.get_json()).validate()

    def test_every_route_is_described(self, client: FlaskClient) -> None:
        """What the server has is in the description, endings for languages and files aside."""
        said = set(client.get("/openapi.json").get_json()["paths"])
        rules = {
            rule.rule.replace("<", "{").replace(">", "}").replace("path:", "")
            for rule in client.application.url_map.iter_rules()
            if "<language" not in rule.rule and not rule.rule.startswith(("/static/", "/sitemap/"))
        }
        named = {rule.replace("{segment}", "{kind}") for rule in rules}

        assert named - {"/questions/{name}"} == said

    def test_examples_answer(self, client: FlaskClient) -> None:
        """Each GET with its examples answers 200, if need be behind a redirect."""
        for path, operations in client.get("/openapi.json").get_json()["paths"].items():
            asked, address = {}, path
            for each in operations["get"]["parameters"]:
                if each["in"] == "path":
                    address = address.replace(f"{{{each['name']}}}", each.get("example", "thing"))
                elif "example" in each and path != "/data":
                    asked[each["name"]] = each["example"]
            if path == "/data":
                asked = {"default": ""}
            if path == "/browse/{kind}/":
                continue
            response = client.get(address, query_string=asked, follow_redirects=True)
            assert response.status_code == 200, (path, asked)


class TestAnswers:
    def test_answers_are_as_described(self, description: schemathesis.BaseSchema) -> None:
        """Whatever a program made from the description sends, the answer is one that it names."""
        tried = 0
        for operation in operations(description):

            @given(case=operation.as_strategy())
            @LESS
            def call(case: schemathesis.Case[Any]) -> None:
                case.call_and_validate(checks=CHECKS, headers=PLAIN)

            call()
            tried += 1
        assert tried > 15

    def test_rubbish_is_answered_as_described(self, description: schemathesis.BaseSchema) -> None:
        """So it is for requests that the description does not allow."""
        for operation in operations(description):

            @given(case=operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE))
            @LESS
            def call(case: schemathesis.Case[Any]) -> None:
                case.call_and_validate(checks=CHECKS, headers=PLAIN)

            with suppress(Unsatisfiable):  # nothing is wrong for an address without parameters
                call()
