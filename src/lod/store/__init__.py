"""What pages and queries ask of the published data, and the release that answers it."""

from lod.store.protocol import (
    Display,
    Graph,
    Hit,
    Hits,
    Kind,
    Label,
    Link,
    Links,
    Located,
    Record,
    Statistic,
    Store,
)
from lod.store.release_store import ReleaseStore

__all__ = [
    "Display",
    "Graph",
    "Hit",
    "Hits",
    "Kind",
    "Label",
    "Link",
    "Links",
    "Located",
    "Record",
    "ReleaseStore",
    "Statistic",
    "Store",
]
