"""Match texts against a pattern, where it might take forever in a limited process."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from lod.checks.shacl.compiled.patterns import read_pattern
from lod.errors import ProcessError
from lod.process import run_limited

_QUICK = 3_000_000
"""Steps that a pattern may take in this process; each is some tens of nanoseconds."""
_SECONDS, _MEMORY_MB = 20, 1024


class Matcher:
    """Says which texts a pattern matches somewhere.

    :param owner: what asks for the pattern, in words.
    :raises re.error: when it is no regular expression.
    """

    def __init__(self, pattern: str, flags: str, owner: str) -> None:
        read = read_pattern(pattern, flags)
        self._given = (pattern, flags)
        self._owner = owner
        self._power = read.power
        self._search = re.compile(read.text, read.flags).search
        self._known: dict[str, bool] = {}

    def matched(self, texts: Iterable[str]) -> set[str]:
        """Return the texts that match.

        :raises ProcessError: when that does not end in time.
        """
        known, long = self._known, []
        new = {text for text in texts if text not in known}
        for text in new:
            if self._is_quick(text):
                known[text] = self._search(text) is not None
            else:
                long.append(text)
        if long:
            known.update(zip(long, self._limited(long), strict=True))
        return {text for text in texts if known[text]}

    def _is_quick(self, text: str) -> bool:
        length = max(len(text), 2)
        steps = 2.0 ** min(length, 60) if self._power is None else float(length) ** self._power
        return steps <= _QUICK

    def _limited(self, texts: list[str]) -> list[bool]:
        payload = json.dumps([*self._given, texts]).encode()
        name = "lod.checks.shacl.compiled.matching:match"
        try:
            answer = run_limited(name, payload, seconds=_SECONDS, memory_mb=_MEMORY_MB)
        except ProcessError as error:
            if error.code != "process/time":
                raise
            raise ProcessError(
                "shacl/time",
                f"The pattern {self._given[0]!r} of {self._owner} did not end within {_SECONDS} s.",
                cure="Write it without a repetition in a repetition, such as (a+)+.",
            ) from None
        found: list[bool] = json.loads(answer)
        return found


def match(payload: bytes) -> bytes:
    """Return as JSON which of some texts match; runs in the limited process."""
    pattern, flags, texts = json.loads(payload)
    read = read_pattern(pattern, flags)
    search = re.compile(read.text, read.flags).search
    return json.dumps([search(text) is not None for text in texts]).encode()
