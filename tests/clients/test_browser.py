"""A page of another site, in headless Chromium, reads the data with fetch()."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from acceptance.servers import Server
from clients.garden import BROKEN, OAK, OAK_LABEL, SELECT, sent_path

pytestmark = pytest.mark.clients

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--no-first-run", "--disable-component-update", "--disable-sync"),
    *("--dump-dom", "--virtual-time-budget=10000"),
)
PAGE = """\
<!doctype html>
<meta charset="utf-8">
<title>Kita svetainė</title>
<pre id="found">waiting</pre>
<script type="module">
const server = SERVER, query = QUERY, broken = BROKEN, thing = THING;
const found = {};
async function told(name, work) {
  try { found[name] = await work(); } catch (error) { found[name] = {error: String(error)}; }
}
const post = (text) => fetch(server + "/sparql", {
  method: "POST",
  headers: {"Content-Type": "application/sparql-query",
            "Accept": "application/sparql-results+json"},
  body: text,
});
await told("select", async () => {
  const answer = await post(query);
  return {status: answer.status, rows: (await answer.json()).results.bindings};
});
await told("get", async () => {
  const answer = await fetch(server + "/sparql?" + new URLSearchParams({query}),
                             {headers: {"Accept": "text/csv"}});
  return {status: answer.status, text: await answer.text(), etag: answer.headers.get("ETag")};
});
await told("broken", async () => {
  const answer = await post(broken);
  return {status: answer.status, problem: await answer.json()};
});
let etag = null;
await told("turtle", async () => {
  const answer = await fetch(server + thing, {headers: {"Accept": "text/turtle"}});
  etag = answer.headers.get("ETag");
  return {status: answer.status, redirected: answer.redirected, address: answer.url,
          type: answer.headers.get("Content-Type"), etag, link: answer.headers.get("Link"),
          vary: answer.headers.get("Vary"), text: await answer.text()};
});
await told("unchanged", async () => {
  const answer = await fetch(server + thing.replace("/id/", "/doc/"), {
    headers: {"Accept": "text/turtle", "If-None-Match": etag}, cache: "no-store"});
  return {status: answer.status, etag: answer.headers.get("ETag")};
});
await told("part", async () => {
  const answer = await fetch(server + "/downloads/latest/sodas.nt",
                             {headers: {"Range": "bytes=0-9"}});
  return {status: answer.status, length: (await answer.arrayBuffer()).byteLength,
          range: answer.headers.get("Content-Range")};
});
await told("missing", async () => {
  const answer = await fetch(server + "/id/augalas/nėra",
                             {headers: {"Accept": "application/json"}});
  return {status: answer.status, problem: await answer.json()};
});
document.getElementById("found").textContent = JSON.stringify(found);
</script>
"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as it is there
        """Say nothing."""


@contextmanager
def other_site(folder: Path) -> Iterator[str]:
    """Serve a folder from a port of its own, which makes it another origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


@pytest.fixture(scope="module")
def found(garden: Server, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What the page's script has found, as it shows it."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    folder = tmp_path_factory.mktemp("other-site")
    page = PAGE
    for name, value in (
        ("SERVER", garden.address.rstrip("/")),
        ("QUERY", SELECT),
        ("BROKEN", BROKEN),
        ("THING", sent_path(OAK)),
    ):
        page = page.replace(f"= {name}", f"= {json.dumps(value)}")
    (folder / "index.html").write_text(page, "utf-8")
    with other_site(folder) as address:
        done = subprocess.run(
            [CHROMIUM, *FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}", address],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    shown = unescape(done.stdout.partition('<pre id="found">')[2].partition("</pre>")[0])
    assert shown.startswith("{"), done.stdout + done.stderr[-2000:]
    return json.loads(shown)


class TestPageOfAnotherSite:
    def test_query_by_post(self, found: Any) -> None:
        """A query sent as such needs leave of the server first, and gets it."""
        select = found["select"]

        assert select["status"] == 200, select
        assert select["rows"][1]["vardas"] == {
            "type": "literal",
            "value": OAK_LABEL,
            "xml:lang": "lt",
        }

    def test_query_by_get(self, found: Any) -> None:
        """A query in the address needs no leave."""
        assert found["get"]["status"] == 200, found["get"]
        assert OAK_LABEL in found["get"]["text"]

    def test_refusal_can_be_read(self, found: Any) -> None:
        """A page can show what is wrong with a query."""
        assert found["broken"]["status"] == 400, found["broken"]
        assert found["broken"]["problem"]["code"] == "query/syntax"

    def test_turtle(self, found: Any) -> None:
        """From a thing's address a page comes to the Turtle about it, and may read its headers."""
        turtle = found["turtle"]

        assert (turtle["status"], turtle["redirected"]) == (200, True), turtle
        assert turtle["address"].endswith(sent_path(OAK).replace("/id/", "/doc/"))
        assert turtle["type"] == "text/turtle; charset=utf-8"
        assert turtle["etag"]
        assert 'rel="alternate"' in turtle["link"]
        assert "Accept" in turtle["vary"]
        assert OAK_LABEL in turtle["text"]

    def test_unchanged_document(self, found: Any) -> None:
        """A page that keeps a document learns that it is still the one."""
        assert found["unchanged"]["status"] == 304, found["unchanged"]

    def test_part_of_a_dump(self, found: Any) -> None:
        """A page may read a part of a dump."""
        assert (found["part"]["status"], found["part"]["length"]) == (206, 10), found["part"]

    def test_missing_thing(self, found: Any) -> None:
        """A page learns that a thing is not there, and why."""
        assert found["missing"]["status"] == 404, found["missing"]
        assert found["missing"]["problem"]["status"] == 404
