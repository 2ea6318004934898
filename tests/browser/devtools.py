"""Headless Chromium by its DevTools protocol, through pipes: that needs no package."""

from __future__ import annotations

import base64
import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--no-first-run", "--disable-component-update", "--disable-sync"),
    "--remote-debugging-pipe",
)
_PATIENCE = 30
_START = """\
import os, sys
# Out of the way first: they may have each other's numbers.
pipes = [os.dup(os.dup(os.dup(int(each)))) for each in sys.argv[1:3]]
for number, each in enumerate(pipes, 3):
    os.dup2(each, number)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Gives the pipes the numbers that the browser reads from and writes to, and becomes it."""


class DevToolsError(Exception):
    """A command that the browser refused."""


@dataclass
class Browser:
    """A running Chromium.

    The protocol is one JSON object after the other, each ended by a zero byte, on the descriptors
    3 and 4 of the browser.
    """

    to: int
    answers: queue.Queue[dict[str, Any] | None] = field(default_factory=queue.Queue)
    number: int = 0
    events: list[dict[str, Any]] = field(default_factory=list)

    def listen(self, source: int) -> None:
        """Take in all that the browser says, to its end."""
        rest = b""
        while piece := os.read(source, 1 << 16):
            *whole, rest = (rest + piece).split(b"\0")
            for text in whole:
                self.answers.put(json.loads(text))
        self.answers.put(None)

    def send(self, method: str, session: str = "", **parameters: Any) -> dict[str, Any]:
        """Send a command and return its result; what happens meanwhile is kept in ``events``."""
        self.post(method, session, **parameters)
        while True:
            answer = self._next()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise DevToolsError(f"{method}: {answer['error']}")
                result: dict[str, Any] = answer["result"]
                return result
            self.events.append(answer)

    def post(self, method: str, session: str, **parameters: Any) -> None:
        """Send a command whose result nobody waits for."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        rest = json.dumps(message).encode() + b"\0"
        while rest:
            rest = rest[os.write(self.to, rest) :]

    def wait(self, name: str) -> dict[str, Any]:
        """Return the next event with this name, one that came already first."""
        while True:
            for position, each in enumerate(self.events):
                if each.get("method") == name:
                    return self.events.pop(position)
            self.events.append(self._next())

    def _next(self) -> dict[str, Any]:
        answer = self.answers.get(timeout=_PATIENCE)
        if answer is None:
            raise DevToolsError("the browser has ended")
        return answer


@contextmanager
def browsing(profile: Path) -> Iterator[Browser]:
    """Yield a browser with an empty profile, and end it."""
    assert PROGRAM is not None
    command = (PROGRAM, *FLAGS, f"--user-data-dir={profile}")
    (its_in, our_out), (our_in, its_out) = os.pipe(), os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-c", _START, *map(str, (its_in, its_out)), *command],
        pass_fds=(its_in, its_out),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(its_in)
    os.close(its_out)
    browser = Browser(our_out)
    listener = threading.Thread(target=browser.listen, args=[our_in], daemon=True)
    listener.start()
    try:
        yield browser
    finally:
        os.close(our_out)
        process.terminate()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        listener.join(_PATIENCE)
        os.close(our_in)


class Tab:
    """A page of the browser, as wide as a test wants it."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        target = browser.send("Target.createTarget", url="about:blank")["targetId"]
        attached = browser.send("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        self._faked: str | None = None
        for domain in ("Page", "Network", "Log", "Audits", "Runtime"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command to the page."""
        return self._browser.send(method, self._session, **parameters)

    def open(self, address: str, **headers: str) -> None:
        """Open an address, and wait until all of it is loaded."""
        self._browser.events.clear()
        self.send("Network.setExtraHTTPHeaders", headers=headers)
        # The answer comes when the page does, which may wait for a fake.
        self._browser.post("Page.navigate", self._session, url=address)
        if self._faked is not None:
            self._let_through()
        self._browser.wait("Page.loadEventFired")

    def wait_for_page(self) -> None:
        """Wait until what was just followed or sent has been loaded."""
        self._browser.wait("Page.loadEventFired")

    def look(self, width: int, scheme: str) -> None:
        """Show the page in a window of this width, in light or dark."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=800,
            deviceScaleFactor=1,
            mobile=False,
        )
        features = [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        self.send("Emulation.setEmulatedMedia", features=features)

    def evaluate(self, expression: str) -> Any:
        """Return what an expression is worth, a promise's when it is kept."""
        answer = self.send(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise DevToolsError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def press(self, key: str, *, shift: bool = False, text: str = "") -> None:
        """Press a key."""
        code = {"Tab": 9, "Enter": 13}[key]
        for kind in ("keyDown", "keyUp"):
            self.send(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                code=key,
                windowsVirtualKeyCode=code,
                modifiers=8 if shift else 0,
                **({"text": text} if text and kind == "keyDown" else {}),
            )

    def type(self, text: str) -> None:
        """Write a text where the focus is."""
        self.send("Input.insertText", text=text)

    def fake(self, content: str) -> None:
        """Put a content into the next page, whose status and headers stay what the server sent."""
        pattern = {"resourceType": "Document", "requestStage": "Response"}
        self.send("Fetch.enable", patterns=[pattern])
        self._faked = content

    def stop_faking(self) -> None:
        """Let pages be."""
        self.send("Fetch.disable")
        self._faked = None

    def _let_through(self) -> None:
        assert self._faked is not None
        paused = self._browser.wait("Fetch.requestPaused")["params"]
        self.send(
            "Fetch.fulfillRequest",
            requestId=paused["requestId"],
            responseCode=paused["responseStatusCode"],
            responseHeaders=[
                each
                for each in paused["responseHeaders"]
                if each["name"].lower() not in {"content-length", "content-encoding"}
            ],
            body=base64.b64encode(self._faked.encode()).decode(),
        )

    def requests(self) -> list[str]:
        """Return the addresses that were asked for since the page was opened."""
        return [
            each["params"]["request"]["url"] for each in self._events("Network.requestWillBeSent")
        ]

    def complaints(self) -> list[str]:
        """Return what the browser has complained about since the page was opened."""
        self.evaluate("new Promise(resolve => setTimeout(resolve, 0))")
        return [
            json.dumps(each["params"])
            for name in ("Log.entryAdded", "Audits.issueAdded", "Runtime.exceptionThrown")
            for each in self._events(name)
        ]

    def _events(self, name: str) -> list[dict[str, Any]]:
        return [each for each in self._browser.events if each.get("method") == name]

    def picture(self, target: Path) -> None:
        """Write a picture of the whole page to a file."""
        answer = self.send("Page.captureScreenshot", captureBeyondViewport=True)
        target.write_bytes(base64.b64decode(answer["data"]))
