"""The project's one configuration file, read once into a frozen ``Project``."""

from lod.config.fields import FILE_NAME
from lod.config.project import (
    Claims,
    Kind,
    Limits,
    Paths,
    Project,
    Server,
    Site,
    Text,
)
from lod.config.reading import read_project, read_settings, thaw_project

__all__ = [
    "FILE_NAME",
    "Claims",
    "Kind",
    "Limits",
    "Paths",
    "Project",
    "Server",
    "Site",
    "Text",
    "read_project",
    "read_settings",
    "thaw_project",
]
