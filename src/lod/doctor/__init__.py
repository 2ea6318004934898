"""Look at a deployment: the machine, a release on it, and a server as its clients meet it."""

from lod.doctor.machine import look_at_machine, look_at_release
from lod.doctor.remark import Remark
from lod.doctor.site import look_at_site

__all__ = ["Remark", "look_at_machine", "look_at_release", "look_at_site"]
