"""Failures: what stops a run, said with a stable code, the place and the cure."""

from __future__ import annotations


class LodError(Exception):
    """A run that cannot go on.

    :param code: stable name of the failure, ``area/what``.
    :param message: what happened, in one sentence.
    :param place: where, as ``file`` or ``file:line[:column]``.
    :param cure: what the person can do about it.
    """

    def __init__(
        self, code: str, message: str, *, place: str | None = None, cure: str | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.place = place
        self.cure = cure

    def __str__(self) -> str:
        parts = [f"{self.code}: "]
        if self.place:
            parts.append(f"{self.place}: ")
        parts.append(self.message)
        if self.cure:
            parts.append(f" {self.cure}")
        return "".join(parts)


class ConfigError(LodError):
    """``lod.toml`` is missing, unreadable or says something it cannot mean."""


class ProjectError(LodError):
    """The project folder does not hold what a run needs."""


class ReleaseError(LodError):
    """A release could not be written, or a folder is not a whole release."""


class ProcessError(LodError):
    """A limited child process ended without a result: too long, too large or crashed."""


class QueryError(LodError):
    """A query that is wrong or refused; ``line`` and ``column`` count from 1 when known."""

    def __init__(
        self,
        code: str,
        message: str,
        *,
        line: int | None = None,
        column: int | None = None,
        cure: str | None = None,
    ) -> None:
        place = None if line is None else f"line {line}" + (f", column {column}" if column else "")
        super().__init__(code, message, place=place, cure=cure)
        self.line = line
        self.column = column


class EngineError(LodError):
    """The query engine gave no answer; ``retry_after`` says in how many seconds to ask again."""

    def __init__(
        self, code: str, message: str, *, retry_after: int | None = None, cure: str | None = None
    ) -> None:
        super().__init__(code, message, cure=cure)
        self.retry_after = retry_after
