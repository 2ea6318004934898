"""Finished answers that are kept: what they may take."""

from __future__ import annotations

from collections.abc import Iterable

from lod.web.cache import Environ, ResponseCache, StartResponse

_BODY = b"x" * 100
_MOST = 1_000_000


class _Counting:
    """An application whose answers may be kept; it counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, _: Environ, start_response: StartResponse) -> Iterable[bytes]:
        self.asked += 1
        headers = [("ETag", '"a"'), ("Cache-Control", "public"), ("Content-Length", "100")]
        start_response("200 OK", headers)
        return [_BODY]


def _ask(cache: ResponseCache, accept: str) -> None:
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "HTTP_ACCEPT": accept}
    assert b"".join(cache(environ, lambda *_: None)) == _BODY


class TestResponseCache:
    def test_what_is_asked_counts_like_what_is_answered(self) -> None:
        """Who asks with long headers makes the cache forget no later than with long answers."""
        counting = _Counting()
        cache = ResponseCache(counting, lambda: "1", _MOST)
        long = "x" * 50_000
        for number in range(30):
            _ask(cache, f"{number}{long}")

        _ask(cache, f"29{long}")
        assert counting.asked == 30, "the last is kept"
        _ask(cache, f"0{long}")
        assert counting.asked == 31, "the first went when more than a megabyte was kept"

    def test_short_ones_are_all_kept(self) -> None:
        counting = _Counting()
        cache = ResponseCache(counting, lambda: "1", _MOST)
        for number in [*range(30), *range(30)]:
            _ask(cache, f"text/x-{number}")

        assert counting.asked == 30
