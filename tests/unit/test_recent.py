"""A bounded memory."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from lod.recent import Recent


class TestRecent:
    def test_what_was_put_is_there(self) -> None:
        """A value is found by its key, others are not."""
        recent: Recent[str] = Recent(2)

        assert recent.put("a", "1") == "1"
        assert (recent.get("a"), recent.get("b")) == ("1", None)

    def test_it_holds_no_more_than_two_shelves(self) -> None:
        """However much is put, what is kept is bounded."""
        recent: Recent[int] = Recent(10)

        for number in range(1000):
            recent.put(number, number)

        kept = [each for each in reversed(range(1000)) if recent.get(each) is not None]
        assert kept[:10] == list(reversed(range(990, 1000)))
        assert len(kept) <= 20

    def test_what_is_asked_for_again_stays(self) -> None:
        """A value in use outlives any number of others."""
        recent: Recent[str] = Recent(10)
        recent.put("used", "yes")

        for number in range(1000):
            recent.put(number, "no")
            assert recent.get("used") == "yes"

    def test_threads_may_share_it(self) -> None:
        """Each gets the value of the key it asked for, or none."""
        recent: Recent[int] = Recent(5)

        def use(key: int) -> bool:
            recent.put(key, key)
            return recent.get(key) in {key, None}

        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(use, [number % 20 for number in range(5000)]))
