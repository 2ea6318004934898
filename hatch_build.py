"""Compile the gettext catalogues into the wheel; run time needs only the standard library."""

from pathlib import Path
from typing import Any

import polib
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueBuildHook(BuildHookInterface[Any]):
    """Writes ``lod.mo`` beside each ``lod.po``."""

    def initialize(
        self,
        version: str,  # noqa: ARG002 - the hook's own signature
        build_data: dict[str, Any],
    ) -> None:
        """Compile before the files are gathered, for wheels and editable installs alike."""
        for source in sorted(Path(self.root, "src/lod").rglob("*.po")):
            target = source.with_suffix(".mo")
            polib.pofile(str(source)).save_as_mofile(str(target))
            build_data["artifacts"].append(target.relative_to(self.root).as_posix())
