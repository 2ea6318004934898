"""Look at processes as the system shows them under ``/proc``."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Process:
    """One living process."""

    number: int
    parent: int
    command: str
    cpu_seconds: float


def all_processes() -> dict[int, Process]:
    """Return the processes of the machine that have not ended, by number."""
    found = {}
    for folder in Path("/proc").iterdir():
        process = look_at(int(folder.name)) if folder.name.isdigit() else None
        if process is not None:
            found[process.number] = process
    return found


def look_at(number: int) -> Process | None:
    """Return a process, None when it has ended."""
    folder = Path("/proc", str(number))
    try:
        status = (folder / "stat").read_text().rpartition(")")[2].split()
        command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    except (FileNotFoundError, ProcessLookupError):
        return None
    if status[0] in "ZX":
        return None
    cpu = (int(status[11]) + int(status[12])) / TICKS
    return Process(number, int(status[1]), command, cpu)


def descendants(number: int) -> list[Process]:
    """Return the children of a process, their children and so on."""
    living = all_processes()
    found: list[Process] = []
    parents = {number}
    while parents:
        children = [each for each in living.values() if each.parent in parents]
        found += children
        parents = {each.number for each in children}
    return found


def cpu_of(number: int) -> float:
    """Return the seconds of processor time the descendants of a process have used so far."""
    return sum(each.cpu_seconds for each in descendants(number))


def still_alive(numbers: set[int]) -> set[int]:
    """Return those of the processes that have not ended."""
    return {number for number in numbers if look_at(number) is not None}


def eventually(condition: Callable[[], bool], seconds: float = 5.0) -> bool:
    """Return whether a condition comes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return condition()
