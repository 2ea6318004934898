"""What is published at this moment: a release with all that answers for it."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Protocol, TypeVar, cast

from werkzeug.http import http_date

from lod.addresses import Site
from lod.config import Limits
from lod.description import Describer
from lod.engine.client import Engine
from lod.engine.launcher import RunningEngine
from lod.recent import Recent
from lod.release import Release, open_release
from lod.release.manifest import FILE_NAME as MANIFEST
from lod.representation import DocumentWriter, Pages
from lod.representation.place import Edition
from lod.store import ReleaseStore, Store
from lod.web.settings import Pointer

_LOOK_SECONDS = 0.02
"""So often a process looks at the pointer. Each look lets go of the interpreter's lock, and a warm
answer that does so costs twice as much: its thread has to wait for the lock again."""
_SITES_KEPT = 10
"""So many sites are remembered: clients may call the host what they like."""

Made = TypeVar("Made")


class Published:
    """A release, and what pages and queries are answered with.

    :ivar edition: what the frame of every page says about the data.
    :ivar describer: describes what the release holds.
    :ivar writer: writes documents in formats for programs.
    :ivar questions: the project's questions, by name.
    :ivar tag: what tells this edition of the site from all others.
    """

    def __init__(self, release: Release, store: Store) -> None:
        self.release = release
        self.store = store
        self.pages = Pages(release.project)
        self.describer = Describer(store)
        self.writer = DocumentWriter(store.prefixes)
        self._made_for_sites: Recent[object] = Recent(_SITES_KEPT)
        self.questions = {each.name: each for each in release.questions()}
        manifest = release.manifest
        self.edition = Edition(
            release.project,
            release.prefixes,
            manifest.version,
            manifest.issued,
            manifest.counts["triples"],
            has_questions=bool(self.questions),
        )
        self.tag = f"{manifest.digest} {self.pages.digest}"

    @cached_property
    def made(self) -> datetime:
        """When the release was made (UTC), to the second: what ``Last-Modified`` says."""
        seconds = int(self.release.path(MANIFEST).stat().st_mtime)
        return datetime.fromtimestamp(seconds, UTC)

    @cached_property
    def last_modified(self) -> str:
        """The value of ``Last-Modified``."""
        return http_date(self.made)

    def documents(self, where: Site, make: Callable[[Published, Site], Made]) -> Made:
        """Return what is made for a site from this release, made once."""
        found = self._made_for_sites.get((where, make))
        if found is None:
            found = self._made_for_sites.put((where, make), make(self, where))
        return cast(Made, found)

    def etag(self, *parts: str) -> str:
        """Return a tag for the representation that these parts name (RFC 9110 §8.8.3)."""
        text = "\0".join((self.release.manifest.digest, self.pages.digest, *parts))
        return hashlib.sha256(text.encode()).hexdigest()[:24]


class Publication(Protocol):
    """Knows what is published; a request asks once and stays with the answer."""

    def current(self) -> Published:
        """Return what is published now."""


@dataclass
class OwnPublication:
    """One release, with an engine of this process's own that starts with the first query."""

    release: Release
    limits: Limits
    _running: RunningEngine | None = field(default=None, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def __post_init__(self) -> None:
        """Prepare what does not depend on queries."""
        self._published = Published(self.release, ReleaseStore(self.release, self._engine))

    def current(self) -> Published:
        """Return what is published now."""
        return self._published

    def _engine(self) -> Engine:
        with self._lock:
            if self._running is None or not self._running.is_running:
                if self._running is not None:
                    self._running.close()
                self._running = RunningEngine(self.release.engine_sources, self.limits)
            return self._running.engine

    def close(self) -> None:
        """End the engine."""
        with self._lock:
            if self._running is not None:
                self._running.close()


class PointedPublication:
    """Whatever a pointer points at, opened anew whenever it changes."""

    def __init__(self, pointer: Pointer, limits: Limits) -> None:
        self._pointer = pointer
        self._limits = limits
        self._lock = threading.Lock()
        self._state = pointer.state()
        self._published = self._open()
        self._looked = time.monotonic()

    def current(self) -> Published:
        """Return what is published now; requests under way keep what they have."""
        now = time.monotonic()
        if now - self._looked < _LOOK_SECONDS:
            return self._published
        self._looked = now
        try:
            if self._pointer.state() != self._state:
                with self._lock:
                    state = self._pointer.state()
                    if state != self._state:
                        self._published = self._open()
                        self._state = state
        except FileNotFoundError:  # the server is on its way out
            pass
        return self._published

    def _open(self) -> Published:
        folder, address = self._pointer.read()
        release = open_release(folder)
        engine = Engine(address, self._limits)
        return Published(release, ReleaseStore(release, lambda: engine))
