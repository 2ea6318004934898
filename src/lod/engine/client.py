"""Ask the engine: lend a worker from the broker, send it the query, stream its answer."""

from __future__ import annotations

import json
import math
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from lod.config import Limits
from lod.engine import wire
from lod.engine.loans import SOON, Loans
from lod.engine.operation import QueryOperation
from lod.engine.request import Request
from lod.errors import EngineError, QueryError


class Answer(Protocol):
    """Pieces of an answer; ``close`` ends the query if it has not ended by itself."""

    def __iter__(self) -> Iterator[bytes]: ...
    def close(self) -> None: ...  # noqa: D102


class Engine:
    """The engine of one release, as its broker's socket; free to share between threads."""

    def __init__(self, socket: Path, limits: Limits) -> None:
        self.socket = socket
        self.limits = limits
        # Longer than the broker itself allows, so that its word comes first.
        self._loans = Loans(socket, limits.wait_seconds + limits.query_seconds + 5)

    def query(self, operation: QueryOperation, extension: str, *, most_rows: int = 0) -> Answer:
        """Return the answer in the format with this extension, its first piece already computed.

        :param extension: of a SPARQL result or RDF format, or ``TABLE``.
        :param most_rows: for ``TABLE``, after how many rows to stop.
        :raises QueryError: when the engine finds the query wrong or refuses it.
        :raises EngineError: when no worker is free in time, or the query costs too much.
        """
        lease = _Lease(self._loans, self.limits, operation)
        try:
            lease.send(self._request(operation, extension, most_rows))
            return _Stream(lease)
        except BaseException:
            lease.close()
            raise

    def close(self) -> None:
        """Hang up with the broker."""
        self._loans.close()

    def _request(self, operation: QueryOperation, extension: str, most_rows: int) -> Request:
        return Request(
            query=operation.text,
            format=extension,
            base=operation.base,
            declared=operation.prefixes,
            prologue=operation.clauses.prologue,
            from_default=operation.clauses.default,
            from_named=operation.clauses.named,
            default_graphs=operation.default_graphs,
            named_graphs=operation.named_graphs,
            prefixes={name: iri for name, iri in operation.namespaces.items() if ":" in iri},
            star=operation.star.index if operation.star else None,
            variables=operation.star.variables if operation.star else (),
            are_columns=operation.star is not None and operation.star.are_columns,
            most_rows=most_rows,
            most_bytes=self.limits.answer_mb * 1_000_000,
            is_whole=operation.reads_named,
            seconds=math.ceil(self.limits.query_seconds),
        )


class _Lease:
    """A worker on loan; ``close`` gives it back when its answer was whole, else it is ended."""

    def __init__(self, loans: Loans, limits: Limits, operation: QueryOperation) -> None:
        self._loans = loans
        self._limits = limits
        self._who = operation.client
        self._is_whole = self._is_over = False
        self._loan, reply = loans.take(self._who, whole=operation.reads_named)
        if "worker" not in reply:
            loans.put_idle(self._loan)
            raise _busy(reply, limits)

    def send(self, request: Request) -> None:
        """Hand the worker its query."""
        try:
            self._loan.send(request.to_json())
        except OSError:
            raise _ended(self._loan.why_ended(), self._limits) from None

    def receive(self) -> tuple[bytes, bool]:
        """Return the next piece, and whether it is the last."""
        try:
            kind, content = self._loan.receive()
        except (wire.Closed, TimeoutError):
            raise _ended(self._loan.why_ended(), self._limits) from None
        self._is_whole = kind != wire.DATA
        if kind == wire.ERROR:
            raise _told_error(json.loads(content), self._limits)
        return content, self._is_whole

    def close(self) -> None:
        """End the loan; closing twice is no harm."""
        if self._is_over:
            return
        self._is_over = True
        if self._is_whole:
            self._loans.put(self._loan, self._who)
        else:
            self._loan.close()


class _Stream:
    def __init__(self, lease: _Lease) -> None:
        self._lease = lease
        self._next, self._is_last = lease.receive()
        if self._is_last:
            lease.close()

    def __iter__(self) -> Iterator[bytes]:
        try:
            while not self._is_last:
                if self._next:
                    yield self._next
                self._next, self._is_last = self._lease.receive()
            self.close()  # the worker is free before the last piece is sent
            if self._next:
                yield self._next
        finally:
            self.close()

    def close(self) -> None:
        self._lease.close()


def _busy(reply: Mapping[str, Any], limits: Limits) -> EngineError:
    if "over" in reply:
        return EngineError(
            "engine/budget",
            f"Queries from one address may take {limits.client_seconds} s a minute.",
            retry_after=math.ceil(reply["over"]),
            cure="Wait as long as Retry-After says, or take a dump and query that.",
        )
    if reply.get("starting"):
        return EngineError(
            "engine/starting",
            "The query engine is still loading the data.",
            retry_after=5,
            cure=SOON,
        )
    return EngineError(
        "engine/busy",
        "All query workers are busy.",
        retry_after=5,
        cure="Ask again in a moment, or take a dump and query that.",
    )


def _ended(reply: Mapping[str, Any], limits: Limits) -> EngineError:
    ended = reply.get("ended")
    if ended == "time" or (ended == "died" and reply.get("code") == -signal.SIGXCPU):
        return EngineError(
            "engine/time",
            f"The query did not end within {limits.query_seconds} s.",
            cure="Make it smaller (fewer patterns, a LIMIT), or take a dump and query that.",
        )
    if ended == "crowded":
        return EngineError(
            "engine/crowded",
            "The query took long while others waited, and gave way to them.",
            retry_after=10,
            cure="Ask again when less is going on, make it smaller, or take a dump.",
        )
    if ended == "died":
        return EngineError(
            "engine/memory",
            f"The query needed more than {limits.query_memory_mb} MB, or broke the engine.",
            cure="Make it smaller, or take a dump and query that.",
        )
    return EngineError(
        "engine/lost", "The query engine restarted meanwhile.", retry_after=2, cure=SOON
    )


def _told_error(reason: Mapping[str, Any], limits: Limits) -> QueryError | EngineError:
    kind, message = reason["kind"], reason["message"]
    if kind == "too-large":
        return EngineError(
            "engine/too-large",
            f"The answer is larger than {limits.answer_mb} MB.",
            cure="Ask for less at a time (LIMIT and OFFSET), or take a dump.",
        )
    if kind == "internal":
        return EngineError("engine/internal", f"The query engine failed: {message}.")
    if kind == "memory":
        return _ended({"ended": "died"}, limits)
    return QueryError(
        f"query/{kind}", message, line=reason.get("line"), column=reason.get("column")
    )
