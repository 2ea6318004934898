"""curl asks as people do in a terminal."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

from acceptance.servers import Server
from clients.garden import BROKEN, CONSTRUCT, OAK, OAK_LABEL, SELECT, sent_path

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")

THING = sent_path(OAK)
DOCUMENT = THING.replace("/id/", "/doc/")
DUMP = "/downloads/latest/sodas.nt"
TURTLE = ("-H", "Accept: text/turtle")


@dataclass(frozen=True, slots=True)
class Shown:
    """What curl shows with ``-i``: the last answer of all, and how many there were."""

    status: int
    headers: Message
    body: bytes
    answers: int

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


def curl(server: Server, path: str, *options: str | Path) -> Shown:
    """Run curl for a path of the server."""
    done = subprocess.run(
        ["curl", "-q", "-sS", "-i", *options, f"{server.address.rstrip('/')}{path}"],
        capture_output=True,
        timeout=30,
        check=True,
    )
    answers, rest = 0, done.stdout
    while rest.startswith(b"HTTP/"):
        head, _, rest = rest.partition(b"\r\n\r\n")
        answers += 1
    first, _, lines = head.decode("latin-1").partition("\r\n")
    return Shown(int(first.split()[1]), Parser().parsestr(lines), rest, answers)


class TestDocuments:
    def test_redirect_is_shown(self, garden: Server) -> None:
        """Without -L one sees where a thing's document is."""
        shown = curl(garden, THING, *TURTLE)

        assert (shown.status, shown.body) == (303, b"")
        assert shown.headers["Location"].endswith(DOCUMENT)

    @pytest.mark.parametrize(
        "media_type",
        ["text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"],
    )
    def test_redirect_is_followed(self, garden: Server, media_type: str) -> None:
        """With -L one gets the document, in the format asked for."""
        shown = curl(garden, THING, "-L", "-H", f"Accept: {media_type}")

        assert (shown.status, shown.answers) == (200, 2)
        assert shown.headers.get_content_type() == media_type
        assert "Žaliūkas" in shown.text

    def test_letters_in_the_address(self, garden: Server) -> None:
        """An address may be pasted with its letters; curl sends them as they are."""
        shown = curl(garden, "/id/augalas/ąžuolas", "-L", *TURTLE)

        assert shown.status == 200
        assert OAK_LABEL in shown.text

    def test_without_accept(self, garden: Server) -> None:
        """Who takes anything gets a page."""
        shown = curl(garden, THING, "-L")

        assert (shown.status, shown.headers.get_content_type()) == (200, "text/html")

    def test_nothing_fits(self, garden: Server) -> None:
        """A format that is not there is refused with those that are."""
        shown = curl(garden, DOCUMENT, "-H", "Accept: image/png")

        assert shown.status == 406
        assert "text/turtle" in shown.text

    def test_head(self, garden: Server) -> None:
        """-I shows the head of what a GET would bring."""
        whole, head = curl(garden, DOCUMENT, *TURTLE), curl(garden, DOCUMENT, "-I", *TURTLE)

        assert (head.status, head.body) == (200, b"")
        for name in ("ETag", "Content-Type", "Content-Length", "Link", "Vary"):
            assert head.headers[name] == whole.headers[name]
        assert int(whole.headers["Content-Length"]) == len(whole.body)

    def test_compressed(self, garden: Server) -> None:
        """With --compressed a page comes in fewer bytes, and with another ETag."""
        plain = curl(garden, "/sparql.lt.html")
        small = curl(garden, "/sparql.lt.html", "--compressed")

        assert small.headers["Content-Encoding"] == "gzip"
        assert int(small.headers["Content-Length"]) < len(plain.body)
        assert small.body == plain.body
        assert small.headers["ETag"] != plain.headers["ETag"]
        assert "Content-Encoding" not in plain.headers


class TestConditions:
    def test_etag_is_kept_and_compared(self, garden: Server, tmp_path: Path) -> None:
        """An ETag is kept in a file, and the second time nothing is sent."""
        kept = tmp_path / "etag"
        first = curl(garden, DOCUMENT, *TURTLE, "--etag-save", kept)

        second = curl(garden, DOCUMENT, *TURTLE, "--etag-compare", kept)

        assert first.status == 200
        assert (second.status, second.body) == (304, b"")
        assert second.headers["ETag"] == first.headers["ETag"]

    def test_time_of_the_copy(self, garden: Server, tmp_path: Path) -> None:
        """-z with the copy one has: what is not newer is not sent again."""
        copy = tmp_path / "sodas.nt"
        copy.write_bytes(curl(garden, DUMP).body)

        again = curl(garden, DUMP, "-z", copy)
        since_long_ago = curl(garden, DUMP, "-z", "1 Jan 2001")

        assert (again.status, again.body) == (304, b"")
        assert (since_long_ago.status, since_long_ago.body) == (200, copy.read_bytes())

    @pytest.mark.parametrize(
        ("part", "place"),
        [("0-9", slice(0, 10)), ("100-", slice(100, None)), ("-20", slice(-20, None))],
    )
    def test_range(self, garden: Server, part: str, place: slice) -> None:
        """-r brings a part of a dump."""
        whole = curl(garden, DUMP).body

        shown = curl(garden, DUMP, "-r", part)

        assert (shown.status, shown.body) == (206, whole[place])
        assert shown.headers["Content-Range"].endswith(f"/{len(whole)}")

    def test_range_behind_the_end(self, garden: Server) -> None:
        """A part that is not there is refused with the size."""
        size = len(curl(garden, DUMP).body)

        shown = curl(garden, DUMP, "-r", f"{size}-")

        assert shown.status == 416
        assert shown.headers["Content-Range"] == f"bytes */{size}"

    def test_continued_download(self, garden: Server, tmp_path: Path) -> None:
        """-C - goes on where a download broke off."""
        whole, begun = curl(garden, DUMP).body, tmp_path / "sodas.nt"
        begun.write_bytes(whole[:50])

        subprocess.run(
            ["curl", "-q", "-sS", "-C", "-", "-o", begun, f"{garden.address.rstrip('/')}{DUMP}"],
            timeout=30,
            check=True,
        )

        assert begun.read_bytes() == whole


class TestQueries:
    @pytest.mark.parametrize(
        "options",
        [("-G", "--data-urlencode"), ("--data-urlencode",)],
        ids=["get", "form"],
    )
    def test_encoded(self, garden: Server, options: tuple[str, ...]) -> None:
        """--data-urlencode sends a query, by GET with -G."""
        shown = curl(garden, "/sparql", *options, f"query={SELECT}", "-H", "Accept: text/csv")

        assert shown.status == 200
        assert OAK_LABEL in shown.text

    def test_file(self, garden: Server, tmp_path: Path) -> None:
        """A query in a file is sent as it is."""
        file = tmp_path / "žymės.rq"
        file.write_text(CONSTRUCT, "utf-8")

        shown = curl(
            garden,
            "/sparql",
            *("--data-binary", f"@{file}", "-H", "Content-Type: application/sparql-query"),
            *TURTLE,
        )

        assert (shown.status, shown.headers.get_content_type()) == (200, "text/turtle")
        assert OAK_LABEL in shown.text

    def test_broken_query(self, garden: Server) -> None:
        """A wrong query is refused with its place; -f would make curl fail."""
        shown = curl(garden, "/sparql", "-G", "--data-urlencode", f"query={BROKEN}")

        assert shown.status == 400
        assert shown.headers.get_content_type() in {"application/problem+json", "text/html"}

    def test_forgotten_media_type(self, garden: Server) -> None:
        """A body is a form unless told otherwise: the refusal says what is missing."""
        shown = curl(garden, "/sparql", "--data-binary", SELECT, "-H", "Accept: application/json")

        assert shown.status == 400
        assert "query" in shown.text
