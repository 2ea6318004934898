"""What was measured with: the machine and the versions of everything."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.stage import PEERS

_OWN = ("lod-toolkit", "granian", "flask", "pyoxigraph", "rdflib")
_PEERS = ("oxigraph", "rdflib-endpoint", "rdflib", "uvicorn")
_VERSION = re.compile(r"\d+(?:\.\d+)+")


def facts(arguments: Sequence[str]) -> list[str]:
    """Return lines that say what was run, where and with which versions."""
    command = " ".join(["python -m benchmarks", *arguments])
    own = ", ".join(f"{name} {version(name)}" for name in _OWN)
    return [
        "The figures are of one run on one machine; read the ratios, not the numbers.",
        "",
        f"- command: `{command}`",
        f"- machine: {os.cpu_count()} × {_processor()}, {_memory()} GiB, {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}",
        f"- lod: {own}",
        f"- peers: {_peers()}, nginx {_said('nginx', '-v')}",
        f"- load: wrk {_said('wrk', '-v')} with one thread and 8 connections; "
        "single requests and downloads by http.client",
    ]


def missing() -> list[str]:
    """Return the programs that are not there."""
    path = f"{os.environ['PATH']}:/usr/sbin"
    found = [name for name in ("wrk", "nginx") if shutil.which(name, path=path) is None]
    peers = ("oxigraph", "rdflib-endpoint")
    return found + [name for name in peers if not (PEERS / "bin" / name).exists()]


def install() -> None:
    """Install the peers in a virtual environment of their own."""
    subprocess.run([sys.executable, "-m", "venv", str(PEERS)], check=True)
    pip = [str(PEERS / "bin" / "python"), "-m", "pip", "install", "--quiet", "--upgrade"]
    subprocess.run([*pip, "oxigraph", "rdflib-endpoint[cli]"], check=True)


def _peers() -> str:
    program = "import importlib.metadata as m, sys; print(*map(m.version, sys.argv[1:]))"
    command = [str(PEERS / "bin" / "python"), "-c", program, *_PEERS]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return ", ".join(f"{name} {number}" for name, number in zip(_PEERS, said, strict=True))


def _said(program: str, option: str) -> str:
    path = f"{os.environ['PATH']}:/usr/sbin"
    command = [shutil.which(program, path=path) or program, option]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    found = _VERSION.search(done.stdout + done.stderr)
    return found[0] if found else "of unknown version"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
