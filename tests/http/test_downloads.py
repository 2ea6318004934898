"""Dumps over HTTP: whole, by range, with validators and checksums."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lod.release import Release
from lod.web.settings import Settings
from support.apps import served
from support.html import Page
from support.places import links


@dataclass(frozen=True)
class Download:
    """A file of a release and a client to fetch it with."""

    client: FlaskClient
    name: str
    version: str
    content: bytes

    @property
    def tag(self) -> str:
        """The strong tag of the file."""
        return f'"{hashlib.sha256(self.content).hexdigest()}"'

    def get(self, version: str = "", **headers: str) -> TestResponse:
        """Fetch the file; headers are written with underscores."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(f"/downloads/{version or self.version}/{self.name}", headers=sent)


@pytest.fixture(params=["nt", "ttl.gz"])
def file(client: FlaskClient, release: Release, request: pytest.FixtureRequest) -> Download:
    name = f"{release.manifest.name}.{request.param}"
    content = release.path(f"dumps/{name}").read_bytes()
    return Download(client, name, release.manifest.version, content)


class TestWhole:
    def test_every_file_is_what_it_says(self, client: FlaskClient, release: Release) -> None:
        """Every dump of the release can be fetched, byte by byte, with its size and its type."""
        for each in release.dumps:
            name = each.path.rpartition("/")[2]
            response = client.get(f"/downloads/latest/{name}")

            assert response.status_code == 200
            assert response.content_length == each.bytes
            assert hashlib.sha256(response.data).hexdigest() == each.sha256
            assert response.headers["ETag"] == f'"{each.sha256}"'
            assert response.headers["Accept-Ranges"] == "bytes"
            assert (response.mimetype == "application/gzip") == name.endswith(".gz")

    def test_compressed_file_is_a_file(self, client: FlaskClient, release: Release) -> None:
        """A .gz is handed out as it is, never unpacked on the way (no Content-Encoding)."""
        name = f"{release.manifest.name}.nt.gz"

        response = client.get(
            f"/downloads/latest/{name}", headers={"Accept-Encoding": "gzip, identity;q=0"}
        )

        assert "Content-Encoding" not in response.headers
        assert response.data[:2] == b"\x1f\x8b"

    def test_version_never_changes_and_latest_may(self, file: Download) -> None:
        """The version's own address may be kept for ever, latest may not."""
        own = file.get().headers["Cache-Control"]
        latest = file.get("latest").headers["Cache-Control"]

        assert "immutable" in own
        assert "max-age=31536000" in own
        assert "immutable" not in latest
        assert file.get("latest").data == file.get().data

    @pytest.mark.parametrize("version", ["0", "2000.01", "..", "latest.", "%2e%2e", "LATEST"])
    def test_other_version_is_404(self, file: Download, version: str) -> None:
        """A version this server does not have is not taken for another."""
        assert file.get(version).status_code == 404

    @pytest.mark.parametrize(
        "name",
        [
            "nothing.nt",
            "manifest.json",
            "index.sqlite",
            "..%2Fmanifest.json",
            "../manifest.json",
            "%2e%2e%2fproject.json",
            "..\\manifest.json",
            "dumps",
            "",
        ],
    )
    def test_nothing_but_the_files_is_handed_out(self, client: FlaskClient, name: str) -> None:
        """No path leads out of the dumps."""
        response = client.get(f"/downloads/latest/{name}")

        assert response.status_code in {404, 308}
        assert b"fingerprint" not in response.data

    def test_downloads_lead_back_to_their_page(self, file: Download) -> None:
        """Each file links to the collection it belongs to, and that answers."""
        (link,) = [each for each in links(file.get()) if each.relation == "collection"]

        assert file.client.get(link.target).status_code == 200

    def test_page_lists_every_file(self, client: FlaskClient, release: Release) -> None:
        """The page has each file with its bytes and its checksum."""
        response = client.get("/downloads/", headers={"Accept": "text/html"})
        words = Page(response.get_data(as_text=True)).one("table").words

        for each in release.dumps:
            assert each.path.rpartition("/")[2] in words
            assert each.sha256 in words

    def test_checksums_can_be_verified(self, client: FlaskClient, release: Release) -> None:
        """SHA256SUMS has a line for each file, as sha256sum reads it."""
        response = client.get("/downloads/latest/SHA256SUMS")
        lines = response.get_data(as_text=True).splitlines()

        told = {line.partition("  ")[2]: line.partition("  ")[0] for line in lines}

        assert response.mimetype == "text/plain"
        assert told == {
            each.path.rpartition("/")[2]: hashlib.sha256(
                release.path(each.path).read_bytes()
            ).hexdigest()
            for each in release.dumps
        }


class TestRanges:
    @pytest.mark.parametrize(
        ("wish", "start", "stop"),
        [
            ("bytes=0-0", 0, 1),
            ("bytes=0-99", 0, 100),
            ("bytes=100-199", 100, 200),
            ("bytes=500-", 500, None),
            ("bytes=-1", -1, None),
            ("bytes=-100", -100, None),
            ("bytes=0-", 0, None),
            ("bytes=10-999999999999", 10, None),
        ],
    )
    def test_part_is_the_part_asked_for(
        self, file: Download, wish: str, start: int, stop: int | None
    ) -> None:
        """A part has its bytes, its length, and its place in the whole."""
        expected = file.content[start:stop]
        first = len(file.content) + start if start < 0 else start

        response = file.get(Range=wish)

        assert response.status_code == 206
        assert response.data == expected
        assert response.content_length == len(expected)
        assert response.headers["Content-Range"] == (
            f"bytes {first}-{first + len(expected) - 1}/{len(file.content)}"
        )
        assert response.headers["ETag"] == file.tag

    @pytest.mark.parametrize("wish", ["bytes={size}-", "bytes={size}-{size}"])
    def test_part_behind_the_end_is_416(self, file: Download, wish: str) -> None:
        """A part that cannot be had is refused with the size of the whole."""
        response = file.get(Range=wish.format(size=len(file.content)))

        assert response.status_code == 416
        assert response.headers["Content-Range"] == f"bytes */{len(file.content)}"

    def test_last_part_longer_than_the_file_is_the_file(self, file: Download) -> None:
        """The last so many bytes of a shorter file are all of it (RFC 9110 §14.1.2)."""
        response = file.get(Range="bytes=-999999999999")

        assert response.status_code in {200, 206}
        assert response.data == file.content

    @pytest.mark.parametrize(
        "wish",
        [
            "",
            "bytes",
            "bytes=",
            "bytes=a-b",
            "bytes=5-2",
            "lines=0-5",
            "bytes=0-1,3-4",
            "bytes=--1",
            "bytes=1.5-2",
            "=0-1",
            "\xff",
        ],
    )
    def test_wish_that_means_no_one_part_gives_the_whole(self, file: Download, wish: str) -> None:
        """Several parts, other units and nonsense give the whole file (RFC 9110 §14.2)."""
        response = file.get(Range=wish)

        assert response.status_code == 200
        assert response.data == file.content

    def test_part_of_the_same_file_goes_on(self, file: Download) -> None:
        """If-Range with the file's own tag continues a download."""
        response = file.get(Range="bytes=10-19", If_Range=file.tag)

        assert response.status_code == 206
        assert response.data == file.content[10:20]

    @pytest.mark.parametrize(
        "condition", ['"other"', "W/{tag}", "Fri, 01 Jan 2100 00:00:00 GMT", "nonsense", ""]
    )
    def test_part_of_another_file_starts_again(self, file: Download, condition: str) -> None:
        """If-Range with anything but the strong tag gives the whole (RFC 9110 §13.1.5)."""
        response = file.get(Range="bytes=10-19", If_Range=condition.format(tag=file.tag))

        assert response.status_code == 200
        assert response.data == file.content

    def test_head_of_a_part_has_no_content(self, file: Download) -> None:
        """HEAD tells the size and gives nothing."""
        address = f"/downloads/latest/{file.name}"

        response = file.client.head(address)

        assert response.data == b""
        assert response.content_length == len(file.content)

    def test_parts_put_together_are_the_file(self, file: Download) -> None:
        """A download that is continued piece by piece is the file."""
        size, found = 10_000, b""

        while len(found) < len(file.content):
            wish = f"bytes={len(found)}-{len(found) + size - 1}"
            found += file.get(Range=wish, If_Range=file.tag).data

        assert found == file.content


class TestValidators:
    @pytest.mark.parametrize("wish", ["{}", '"other", {}', "W/{}", "*"])
    def test_client_that_has_it_gets_304(self, file: Download, wish: str) -> None:
        """Who has the file already is told so, in whatever way it says it."""
        response = file.get(If_None_Match=wish.format(file.tag))

        assert response.status_code == 304
        assert response.data == b""
        assert response.headers["ETag"] == file.tag

    def test_304_wins_over_a_range(self, file: Download) -> None:
        """A condition is looked at before a part is cut (RFC 9110 §13.2.2)."""
        response = file.get(If_None_Match=file.tag, Range="bytes=0-9")

        assert response.status_code == 304

    def test_unsatisfiable_range_of_a_known_file_is_304(self, file: Download) -> None:
        """The condition wins even where the part is not there."""
        response = file.get(If_None_Match=file.tag, Range="bytes=999999999999-")

        assert response.status_code == 304


class TestEditing:
    def test_version_is_not_final_while_files_are_edited(self, herbarium: Release) -> None:
        """A server that reloads on save lets nobody keep a version that may still change."""
        name = f"/downloads/{herbarium.manifest.version}/{herbarium.manifest.name}.nt"

        with served(herbarium, Settings(max_age=0)) as app:
            control = app.test_client().get(name).headers["Cache-Control"]

        assert "immutable" not in control
        assert "max-age=0" in control
