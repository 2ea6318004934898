"""Hostile requests are answered with a word or not at all, and harm nobody else."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from hostile import requests
from hostile.besieged import PAGE, Besieged, must_be_decent
from hostile.raw import request
from hostile.requests import CLOSED, DUMP, Raw

SECRETS = (b"root:x:", b"query_memory_mb")
"""What stands in files that are nobody's business."""


def cases(group: Sequence[Raw]) -> pytest.MarkDecorator:
    """Run a test with each request of a group."""
    return pytest.mark.parametrize("raw", [pytest.param(each, id=each.name) for each in group])


def attack(target: Besieged, raw: Raw) -> None:
    """Send a request; fail unless it is answered as it should and all is well after it."""
    reply = target.exchange(raw.data)

    if reply is None:
        assert CLOSED in raw.allowed
    else:
        must_be_decent(reply, {*raw.allowed})
        assert not any(secret in reply.body for secret in SECRETS)
    target.must_be_well()


class TestHostileRequests:
    @cases(requests.METHODS)
    def test_method(self, target: Besieged, raw: Raw) -> None:
        """A method that means nothing here is refused."""
        attack(target, raw)

    @cases(requests.ADDRESSES)
    def test_address(self, target: Besieged, raw: Raw) -> None:
        """No address leads out of what is published, adds a header, or takes long."""
        attack(target, raw)

    @cases(requests.HEADERS)
    def test_header(self, target: Besieged, raw: Raw) -> None:
        """No header is too long or too odd to be answered."""
        attack(target, raw)

    @cases(requests.BODIES)
    def test_body(self, target: Besieged, raw: Raw) -> None:
        """No body is too large, too small or too broken to be answered."""
        attack(target, raw)

    @cases(requests.NO_HTTP)
    def test_what_is_no_request(self, target: Besieged, raw: Raw) -> None:
        """What is not HTTP is refused."""
        attack(target, raw)


class TestTrace:
    def test_it_tells_nothing(self, target: Besieged) -> None:
        """TRACE does not send back what was sent, cookies included."""
        reply = target.exchange(request("TRACE", PAGE, "Cookie: secret=1"))

        assert reply is not None
        assert b"secret" not in reply.body


class TestRanges:
    def test_many_ranges_send_no_more_than_the_file(self, target: Besieged) -> None:
        """Thousands of overlapping ranges are not answered with the file thousands of times."""
        whole = target.exchange(request("GET", DUMP))
        reply = target.exchange(request("GET", DUMP, "Range: bytes=" + ",".join(["0-"] * 5000)))

        assert whole is not None
        assert reply is not None
        assert len(reply.body) <= len(whole.body)


class TestAfterwards:
    def test_everything_is_as_before(self, target: Besieged) -> None:
        """After all of it there are as many workers, descriptors and megabytes as at the start."""
        target.must_be_well()
        target.must_be_as_before()
