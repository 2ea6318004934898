"""Methods, validators, links, and what every answer carries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.http import http_date, parse_date
from werkzeug.test import TestResponse

from lod.config import Server
from lod.rdf.formats import DOCUMENT_FORMATS
from lod.release import Release
from lod.web.settings import Settings
from support.apps import served
from support.html import Page
from support.places import Place, links, vary

EXTENSIONS = [each.extension for each in DOCUMENT_FORMATS]
DUMP = "/downloads/latest/{}.nt"
QUERY = "/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D"
EVERY_KIND = [
    ("GET", "/"),
    ("GET", "/dataset"),
    ("GET", "/doc/dataset"),
    ("GET", "/doc/dataset.ttl"),
    ("GET", "/browse/"),
    ("GET", "/search?q=a"),
    ("GET", "/about/"),
    ("GET", "/downloads/"),
    ("GET", "/downloads/latest/SHA256SUMS"),
    ("GET", "/sparql"),
    ("GET", QUERY),
    ("GET", "/sparql?query=rubbish"),
    ("GET", "/sparql?update=CLEAR+ALL"),
    ("POST", "/sparql"),
    ("GET", "/.well-known/void"),
    ("GET", "/healthz"),
    ("GET", "/robots.txt"),
    ("GET", "/resolve?iri=x"),
    ("GET", "/static/nothing.css"),
    ("GET", "/nothing/here"),
    ("GET", "/doc/dataset?format=nothing"),
    ("GET", "/browse/nothing/"),
    ("PUT", "/doc/dataset"),
    ("DELETE", "/sparql"),
    ("OPTIONS", "/sparql"),
    ("OPTIONS", "/doc/dataset"),
    ("HEAD", "/doc/dataset"),
]


def every_answer(client: FlaskClient) -> Iterator[TestResponse]:
    """Yield an answer of each kind the server gives."""
    for method, path in EVERY_KIND:
        yield client.open(path, method=method)
    etag = client.get("/doc/dataset.ttl").headers["ETag"]
    yield client.get("/doc/dataset.ttl", headers={"If-None-Match": etag})
    yield client.get("/doc/dataset", headers={"Accept": "image/png"})
    yield client.post("/sparql", data=b"\xff", content_type="application/sparql-query")


class TestEveryAnswer:
    def test_pages_of_other_sites_may_read_it(self, client: FlaskClient) -> None:
        """Results, errors, redirects and 304 alike can be read from any page (CORS)."""
        for response in every_answer(client):
            assert response.headers["Access-Control-Allow-Origin"] == "*"
            exposed = {
                each.strip().lower()
                for each in response.headers["Access-Control-Expose-Headers"].split(",")
            }
            assert exposed >= {"link", "etag", "content-location", "location", "vary"}
            assert "Access-Control-Allow-Credentials" not in response.headers

    def test_browsers_are_told_to_be_careful(self, client: FlaskClient) -> None:
        """No guessing of types, no framing, no script, no address passed on."""
        for response in every_answer(client):
            policy = response.headers["Content-Security-Policy"]
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Referrer-Policy"] == "no-referrer"
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert "script-src" not in policy

    def test_server_keeps_its_versions_to_itself(self, client: FlaskClient) -> None:
        """No answer names the server's software with its version, and none sets a cookie."""
        for response in every_answer(client):
            assert not any(each.isdigit() for each in response.headers.get("Server", ""))
            assert "X-Powered-By" not in response.headers
            assert "Set-Cookie" not in response.headers


class TestMethods:
    def test_head_is_get_without_content(self, document: Place) -> None:
        """HEAD has the status and headers of GET, its length included, and nothing else."""
        for suffix in ("", *(f".{each}" for each in EXTENSIONS)):
            full, head = document.get(suffix=suffix), document.ask("HEAD", suffix=suffix)

            assert head.status_code == full.status_code
            assert dict(head.headers) == dict(full.headers)
            assert head.data == b""

    @pytest.mark.parametrize("path", ["/", "/dataset", "/sparql", QUERY, "/downloads/", "/nothing"])
    def test_head_works_everywhere(self, client: FlaskClient, path: str) -> None:
        """Every address that answers GET answers HEAD, with the same status."""
        full, head = client.get(path), client.head(path)

        assert head.status_code == full.status_code
        assert head.data == b""
        assert head.headers.get("Content-Type") == full.headers.get("Content-Type")
        assert head.headers.get("Content-Length", "") in {
            "",
            full.headers.get("Content-Length", ""),
        }

    @pytest.mark.parametrize("path", ["/", "/dataset", "/doc/dataset", "/sparql", "/downloads/"])
    def test_options_says_what_is_allowed(self, client: FlaskClient, path: str) -> None:
        """OPTIONS answers with the methods, and lets other sites send what queries need."""
        response = client.options(path)

        assert response.status_code in {200, 204}
        assert {"GET", "HEAD", "OPTIONS"} <= _methods(response)
        allowed = response.headers["Access-Control-Allow-Headers"].lower()
        assert {"content-type", "accept"} <= {each.strip() for each in allowed.split(",")}
        methods = response.headers["Access-Control-Allow-Methods"]
        assert {"GET", "HEAD", "POST"} <= {each.strip() for each in methods.split(",")}
        assert int(response.headers["Access-Control-Max-Age"]) > 0

    @pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "POST", "BREW"])
    @pytest.mark.parametrize("path", ["/", "/dataset", "/doc/dataset.ttl", "/downloads/", "/nope"])
    def test_other_methods_are_refused_with_those_allowed(
        self, client: FlaskClient, method: str, path: str
    ) -> None:
        """What only reads cannot be written: 405 with Allow."""
        response = client.open(path, method=method)

        assert response.status_code == 405
        assert {"GET", "HEAD", "OPTIONS"} == _methods(response)

    @pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
    def test_endpoint_takes_queries_alone(self, client: FlaskClient, method: str) -> None:
        """The endpoint allows GET and POST besides HEAD and OPTIONS."""
        response = client.open("/sparql", method=method)

        assert response.status_code == 405
        assert {"GET", "HEAD", "OPTIONS", "POST"} == _methods(response)


def _methods(response: TestResponse) -> set[str]:
    return {each.strip() for each in response.headers["Allow"].split(",")}


class TestValidators:
    def test_every_representation_has_its_own_strong_tag(self, document: Place) -> None:
        """Two representations of a document never share a tag."""
        languages = document.release.project.languages
        suffixes = [*(f".{each}" for each in EXTENSIONS if each != "html")]
        suffixes += [f".{each}.html" for each in languages]

        tags = [document.get(suffix=each).headers["ETag"] for each in suffixes]

        assert len(set(tags)) == len(tags)
        assert all(tag.startswith('"') and tag.endswith('"') for tag in tags)

    def test_documents_do_not_share_tags(self, client: FlaskClient) -> None:
        """Two documents never share a tag."""
        paths = ["/doc/dataset.ttl", "/", "/browse/", "/about/", "/downloads/", "/search?q=a"]
        paths += ["/search?q=b", "/search"]

        tags = [client.get(path).headers["ETag"] for path in paths]

        assert len(set(tags)) == len(tags)

    @pytest.mark.parametrize(
        "wish", ["{}", "W/{}", '"other", {}', '"a","b" , W/{} , "c"', "*", '{}, "with, comma"']
    )
    @pytest.mark.parametrize("suffix", ["", ".ttl", ".html"])
    def test_client_that_has_it_gets_304(self, sample: Place, wish: str, suffix: str) -> None:
        """If-None-Match by list, weakly or by * gives 304 with the headers a cache needs."""
        full = sample.get(suffix=suffix)

        response = sample.get(suffix=suffix, If_None_Match=wish.format(full.headers["ETag"]))

        assert response.status_code == 304
        assert response.data == b""
        assert response.headers["ETag"] == full.headers["ETag"]
        assert vary(response) == vary(full)
        assert response.headers["Cache-Control"] == full.headers["Cache-Control"]
        assert "Content-Type" not in response.headers
        assert response.headers.get("Content-Length", "0") == "0"

    @pytest.mark.parametrize("wish", ['"other"', "W/", '"', "garbage", ""])
    def test_client_that_has_another_gets_it_all(self, sample: Place, wish: str) -> None:
        """A tag that is not this one's gives the whole document."""
        assert sample.get(If_None_Match=wish).status_code == 200

    def test_tag_of_one_format_does_not_serve_another(self, sample: Place) -> None:
        """Who has Turtle and now wants HTML gets HTML."""
        turtle = sample.get("text/turtle").headers["ETag"]

        assert sample.get("text/html", If_None_Match=turtle).status_code == 200
        assert sample.get("text/turtle", If_None_Match=turtle).status_code == 304

    def test_tag_wins_over_the_date(self, sample: Place) -> None:
        """With If-None-Match, If-Modified-Since does not count (RFC 9110 §13.2.2)."""
        response = sample.get(
            If_None_Match='"other"', If_Modified_Since="Fri, 01 Jan 2100 00:00:00 GMT"
        )

        assert response.status_code == 200

    def test_caches_may_keep_documents(self, sample: Place) -> None:
        """Documents say how long they may be kept."""
        assert "max-age" in sample.get().headers["Cache-Control"]
        assert "public" in sample.get().headers["Cache-Control"]

    @pytest.mark.parametrize(
        "path", ["/doc/dataset.ttl", "/doc/dataset", "/downloads/latest/{}.nt"]
    )
    def test_time_of_the_release_is_told(
        self, client: FlaskClient, release: Release, path: str
    ) -> None:
        """Who asks since then gets 304, who asks since earlier or has another tag all of it."""
        path = path.format(release.manifest.name)
        first = client.get(path)
        made = parse_date(first.headers["Last-Modified"])
        assert made is not None

        def asked(since: datetime, **more: str) -> int:
            return client.get(
                path, headers={"If-Modified-Since": http_date(since), **more}
            ).status_code

        assert asked(made) == asked(made + timedelta(days=9)) == 304
        assert asked(made - timedelta(seconds=1)) == 200
        assert asked(made, **{"If-None-Match": '"other"'}) == 200

    def test_errors_are_not_kept_as_documents(self, client: FlaskClient) -> None:
        """An error has no tag by which it could be taken for the document later."""
        assert "ETag" not in client.get("/nothing").headers


class TestLinks:
    def test_every_link_answers_with_its_type(self, document: Place) -> None:
        """What a document links to on this server answers, in the type the link states."""
        found = links(document.get())

        assert found
        for link in found:
            if link.target.startswith("/"):
                response = document.client.get(link.target, follow_redirects=True)
                assert response.status_code == 200
                assert response.mimetype == link.parameters.get("type", response.mimetype)
                if "hreflang" in link.parameters:
                    assert response.headers["Content-Language"] == link.parameters["hreflang"]

    def test_every_representation_has_the_same_links(self, document: Place) -> None:
        """Links are there for HEAD and for data as well as for pages."""
        expected = document.get().headers["Link"]

        for extension in EXTENSIONS:
            assert document.ask("HEAD", suffix=f".{extension}").headers["Link"] == expected

    def test_alternates_are_all_formats_and_languages(self, document: Place) -> None:
        """Each other format and each language is an alternate with its type."""
        alternates = [each for each in links(document.get()) if each.relation == "alternate"]
        languages = {each.parameters.get("hreflang") for each in alternates} - {None}

        assert {each.parameters["type"] for each in alternates} == {
            each.media_type for each in DOCUMENT_FORMATS
        }
        assert languages == set(document.release.project.languages)

    @pytest.mark.parametrize(
        "relation", ["alternate", "license", "collection", "describedby", "canonical", "cite-as"]
    )
    def test_signposts_are_there(self, sample: Place, relation: str) -> None:
        """Machines find formats, licence, metadata, dataset and lasting address by headers."""
        assert relation in {each.relation for each in links(sample.get(suffix=".ttl"))}

    def test_pages_have_them_in_their_head(self, document: Place) -> None:
        """Who reads HTML alone finds the same relations there."""
        page = Page(document.get("text/html").get_data(as_text=True))
        said = {each.get("rel") for each in page.all("link")}

        assert {each.relation for each in links(document.get())} <= said

    def test_licence_is_the_projects(self, sample: Place) -> None:
        """The licence link leads to the licence of the data."""
        licences = [each.target for each in links(sample.get()) if each.relation == "license"]

        assert licences == [sample.release.project.licence]


@pytest.fixture(scope="module")
def behind_proxy(herbarium: Release) -> Iterator[FlaskClient]:
    settings = Settings(server=Server(address="https://mirror.example/plants/"))
    with served(herbarium, settings) as app:
        yield app.test_client()


class TestMount:
    @pytest.mark.parametrize("path", ["/", "/arten", "/browse/", "/sparql?query=ASK%7B%7D"])
    def test_proxy_may_take_the_path_away_or_not(
        self, behind_proxy: FlaskClient, path: str
    ) -> None:
        """Below a path the site answers alike, whichever way the proxy hands requests on."""
        taken, left = behind_proxy.get(path), behind_proxy.get(f"/plants{path}")

        assert (left.status_code, left.data) == (taken.status_code, taken.data)
        assert left.headers == taken.headers


FORWARDED = {
    "X-Forwarded-For": "203.0.113.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "plants.example",
    "X-Forwarded-Prefix": "/herbarium",
}


class TestForwarding:
    def test_nobody_is_believed_unasked(self, herbarium_client: FlaskClient) -> None:
        """Without proxies in the settings, what a client says of itself changes nothing."""
        plain = herbarium_client.get("/", headers={"Accept": "text/html"})
        told = herbarium_client.get("/", headers={"Accept": "text/html", **FORWARDED})

        assert told.data == plain.data
        assert told.headers == plain.headers

    def test_named_proxy_is_believed(self, herbarium: Release) -> None:
        """With one, addresses are those the client sees."""
        with served(herbarium, Settings(server=Server(proxies=1))) as app:
            client = app.test_client()
            location = client.get("/dataset", headers=FORWARDED).headers["Location"]
            service = client.get("/sparql", headers={"Accept": "text/turtle", **FORWARDED})

        assert location == "/herbarium/doc/dataset"
        assert "<https://plants.example/herbarium/sparql>" in service.text


class TestPublicAddress:
    @pytest.mark.parametrize("path", ["/", "/arten", "/doc/dataset", "/browse/", "/sparql"])
    def test_pages_link_below_the_public_address(
        self, behind_proxy: FlaskClient, path: str
    ) -> None:
        """Behind a proxy every address on a page is the one the public sees."""
        page = Page(behind_proxy.get(path, headers={"Accept": "text/html"}).get_data(as_text=True))

        for _, address in page.addresses():
            parts = urlsplit(address)
            if not parts.netloc and parts.path:
                assert parts.path.startswith("/plants/")
            assert parts.netloc != "localhost"

    def test_redirects_lead_below_the_public_address(self, behind_proxy: FlaskClient) -> None:
        """Redirects lead to the public address, too."""
        location = behind_proxy.get("/dataset").headers["Location"]

        assert urlsplit(location).path == "/plants/doc/dataset"

    def test_data_keep_their_names(self, behind_proxy: FlaskClient) -> None:
        """The names in the data are canonical, wherever they are served."""
        turtle = behind_proxy.get("/arten.nt").get_data(as_text=True)

        assert "mirror.example" not in turtle
        assert "<https://pflanzen.example/arten#stieleiche>" in turtle

    def test_service_names_the_public_endpoint(self, behind_proxy: FlaskClient) -> None:
        """The service description names the endpoint as the public reaches it."""
        response = behind_proxy.get("/sparql", headers={"Accept": "application/n-triples"})

        assert "<https://mirror.example/plants/sparql>" in response.get_data(as_text=True)

    def test_host_header_decides_without_a_public_address(
        self, herbarium_client: FlaskClient
    ) -> None:
        """Without a configured address the server is where the client reached it."""
        response = herbarium_client.get(
            "/sparql", headers={"Accept": "application/n-triples", "Host": "plants.example:8080"}
        )

        assert "<http://plants.example:8080/sparql>" in response.get_data(as_text=True)
