"""What each client has spent of the workers' time of late: a bucket that leaks."""

from __future__ import annotations

LIGHT_SECONDS = 2.0
"""Who has spent less is served before others, and always finds a worker that they do not hold."""

_PERIOD = 60.0
_TRUSTED_SECONDS = 600.0
_MOST_CLIENTS = 10_000


class Budgets:
    """The time of workers that clients have used, by who they are.

    :param seconds: how much one client may use in a minute; 0 sets no bound.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._leak = seconds / _PERIOD
        self._spent: dict[str, tuple[float, float]] = {}
        self._finished: dict[str, float] = {}

    def spent(self, who: str, now: float) -> float:
        """Return what a client has used and that has not leaked away yet, in seconds."""
        seconds, then = self._spent.get(who, (0.0, now))
        return max(0.0, seconds - (now - then) * self._leak)

    def charge(self, who: str, seconds: float, now: float) -> None:
        """Add what a client used; who has no name is not charged."""
        if not who or not self._seconds:
            return
        if len(self._spent) >= _MOST_CLIENTS:
            self._spent = {each: self._spent[each] for each in self._spent if self.spent(each, now)}
        self._spent[who] = self.spent(who, now) + seconds, now

    def pause(self, who: str, now: float) -> float:
        """Return for how many seconds a client is to ask nothing, 0 for one that may ask."""
        over = self.spent(who, now) - self._seconds
        return over / self._leak if self._seconds and over > 0 else 0.0

    def note_finished(self, who: str, now: float) -> None:
        """Note that a query of a client came to its end."""
        if not who or not self._seconds:
            return
        self._finished.pop(who, None)
        if len(self._finished) >= _MOST_CLIENTS:
            del self._finished[next(iter(self._finished))]  # the one longest ago
        self._finished[who] = now

    def is_trusted(self, who: str, now: float) -> bool:
        """Whether a query of a client came to its end of late; who has no name is trusted."""
        return not who or now - self._finished.get(who, -_TRUSTED_SECONDS) < _TRUSTED_SECONDS
