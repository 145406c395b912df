"""The schema lists every route, says every answer, and its committed copy is fresh."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from werkzeug.test import Client

from config.api_schema import document

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
pytestmark = pytest.mark.django_db


def routes(patterns: Any, prefix: str = "/") -> set[tuple[str, str]]:
    """Read every method and address of the API from the resolver."""
    found: set[tuple[str, str]] = set()
    for pattern in patterns:
        address = prefix + plain(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            found |= routes(pattern.url_patterns, address)
        elif isinstance(pattern, URLPattern) and address.startswith("/api/v1/"):
            found |= {(method, address) for method in pattern.callback.actions if method != "head"}
    return found


def plain(pattern: str) -> str:
    """Turn a pattern of the router into an address of the schema."""
    for name, said in (
        ("reference", "reference"),
        ("code", "code"),
        ("name", "name"),
        ("entry", "entry"),
        ("pk", "id"),
    ):
        start = pattern.find(f"(?P<{name}>")
        if start >= 0:
            depth, end = 0, start
            while depth or end == start:  # a group of its own may stand inside
                depth += {"(": 1, ")": -1}.get(pattern[end], 0)
                end += 1
            pattern = pattern[:start] + "{" + said + "}" + pattern[end:]
    pattern = re.sub(r"<\w+:(\w+)>", r"{\1}", pattern)  # as `path` writes it
    return pattern.replace("^", "").replace("$", "").replace("\\Z", "")


def test_every_route_is_in_the_schema_and_nothing_else() -> None:
    said = {
        (method, path) for path, item in document("en")["paths"].items() for method in item if method != "parameters"
    }
    assert said == routes(get_resolver().url_patterns)


def test_the_committed_copy_is_fresh() -> None:
    call_command("write_schema", check=True)


def test_it_is_served_as_json_and_as_yaml_to_anybody(program: Any) -> None:
    answer = program().get("/api/schema/")
    assert answer.status_code == 200
    assert answer.json()["openapi"].startswith("3.")
    assert b"openapi: 3." in program().get("/api/schema/?format=yaml").content


@pytest.mark.parametrize(("path", "step"), [("complaints", "acknowledge"), ("victims", "record_rescue")])
def test_steps_are_documented_from_their_table(path: str, step: str) -> None:
    made = document("en")
    operation = made["paths"][f"/api/v1/{path}/{{reference}}/steps/"]["post"]
    name = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    body = made["components"]["schemas"][name]
    assert step in body["properties"]["step"]["enum"]
    assert body["additionalProperties"] is False
    assert set(operation["responses"]) == {"200", "400", "401", "403", "404", "409", "413", "415", "422"}


def test_the_page_of_the_api_names_every_route(browser: Any, analyst: Any) -> None:
    page = browser(analyst).get("/api/docs/").content.decode().replace("<wbr>", "")
    for path in document("en")["paths"]:
        assert path in page
    assert "<script>" not in page
    assert "style=" not in page


def conforms(case: Any, token: str) -> None:
    """Send one case with a token and hold the answer against the schema."""
    case.headers = {**(case.headers or {}), "Authorization": token, "Accept-Language": "en"}
    case.call_and_validate(checks=CHECKS)


@pytest.fixture
def token(supervisor: Any, complaint: Any, program: Any) -> Iterator[str]:
    """A supervisor's token, where there is a complaint with people; requests stay in the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield str(program(supervisor)._credentials["HTTP_AUTHORIZATION"])
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def schema_of_ours(*, coverage: bool) -> Any:
    """Load the document; `coverage` tries every boundary of every field, which takes minutes."""
    made = schemathesis.openapi.from_dict(document("en"))
    made.app = WSGIHandler()
    made.config.phases.coverage.enabled = coverage
    return made


schema, thorough = schema_of_ours(coverage=False), schema_of_ours(coverage=True)
RELAXED = [
    HealthCheck.function_scoped_fixture,
    HealthCheck.too_slow,
    HealthCheck.filter_too_much,
    HealthCheck.data_too_large,
]


@schema.parametrize()
@settings(max_examples=5, deadline=None, suppress_health_check=RELAXED, derandomize=True)
def test_answers_conform(case: Any, token: str) -> None:
    conforms(case, token)


@pytest.mark.long
@thorough.parametrize()
@settings(max_examples=400, deadline=None, suppress_health_check=RELAXED)
def test_answers_conform_at_length(case: Any, token: str) -> None:
    conforms(case, token)


def test_full_answers_conform(token: str, complaint: Any) -> None:
    """Lists with rows, and one complaint and one person in full."""
    client = Client(schema.app)
    for path, reference in (
        ("complaints/", ""),
        ("victims/", ""),
        ("indicators/", ""),
        ("provinces/", ""),
        ("provinces/{code}/communes/", "18"),
        ("complaints/{reference}/", complaint.reference),
        ("victims/{reference}/", complaint.victims.first().reference),
    ):
        address = path.format(reference=reference, code=reference)
        answer = client.get(f"/api/v1/{address}", headers={"Authorization": token})
        assert answer.status_code == 200
        schema[f"/api/v1/{path}"]["GET"].validate_response(answer)
