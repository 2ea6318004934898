"""Publish another release as soon as it lies where the one that is served lay."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from lod.errors import LodError
from lod.release import Release, find_release, open_release

_EVERY_SECONDS = 0.5


class Follower(threading.Thread):
    """Looks at which release a path means, and publishes another as soon as it is whole.

    :param place: a release, or a folder of releases, whose ``latest`` may come to mean another.
    :param publish: is given each new release.
    :param say: is told what came of it; of a damaged one, once.
    """

    def __init__(
        self, place: Path, publish: Callable[[Release], None], say: Callable[[str], None]
    ) -> None:
        super().__init__(name="lod-follower", daemon=True)
        self._place = place
        self._publish = publish
        self._say = say
        self._seen = self._meant()

    def run(self) -> None:
        """Look until the process ends."""
        while True:
            time.sleep(_EVERY_SECONDS)
            target = self._meant()
            if target is not None and target != self._seen:
                self._seen = target
                self._take(target)

    def _meant(self) -> Path | None:
        found = find_release(self._place)
        return None if found is None else found.resolve()

    def _take(self, target: Path) -> None:
        try:
            release = open_release(target)
            self._publish(release)
        except (LodError, OSError) as error:
            self._say(f"lod: {error}\nStill serving the last good state.")
        else:
            self._say(f"Now serving {release.manifest.folder_name}.")
