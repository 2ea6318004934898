"""No request, however strange, makes the server fail."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

PATHS = [
    "/",
    "/dataset",
    "/doc/dataset",
    "/arten",
    "/arten.ttl",
    "/browse/",
    "/browse/baum/",
    "/search",
    "/downloads/latest/herbarium.nt",
    "/downloads/",
    "/sparql",
    "/sparql.de.html",
    "/resolve",
    "/about/",
    "/healthz",
    "/static/x.css",
    "/.well-known/void",
    "/doc/dataset/links",
    "/nothing",
]
HEADERS = [
    "Accept",
    "Accept-Language",
    "Accept-Encoding",
    "Accept-Charset",
    "Range",
    "If-None-Match",
    "If-Match",
    "If-Range",
    "If-Modified-Since",
    "If-Unmodified-Since",
    "Content-Type",
    "Cookie",
    "Host",
    "Origin",
    "Referer",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "Forwarded",
    "Expect",
    "Access-Control-Request-Method",
    "Access-Control-Request-Headers",
    "Content-Encoding",
    "Authorization",
    "Accept-Datetime",
    "Upgrade",
    "TE",
    "Via",
    "User-Agent",
]
PIECES = [
    *("*", "/", ";", ",", "=", "q", "q=", "q=0", "q=1.0", "q=2", '"', "W/", "text/html"),
    *("text/turtle", "bytes=", "0-", "-", "9" * 30, "lt", "de", " ", "\t", "é", "\xff", "%", "\\"),
    *("charset=", "utf-8", "application/sparql-query", "application/x-www-form-urlencoded"),
    *("multipart/form-data", "boundary=", "localhost", "a.b:80", "[::1]", "gzip"),
]
values = st.lists(
    st.sampled_from(PIECES)
    | st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=8),
    max_size=8,
).map("".join)
headers = st.lists(st.tuples(st.sampled_from(HEADERS), values), max_size=4)
segments = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "..",
            ".",
            "%2e%2e",
            "%00",
            "%ff",
            "%C3%28",
            "a.ttl",
            "a.de.html",
            ".html",
            "doc",
            "id",
            "links",
            "index.de.html",
            "arten",
            "arten.",
            "dataset",
            "\\",
            "//",
            "%2F",
            "?",
            "#",
            "~",
        ]
    ),
)
PATIENT = settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def is_answered(client: FlaskClient, method: str, path: str, **more: object) -> bool:
    """Whether a request is answered with anything but an error of the server."""
    try:
        response = client.open(path, method=method, **more)  # type: ignore[arg-type]
    except ValueError:
        return True  # the test's own client cannot send it: the application answers its errors
    response.close()
    return response.status_code < 500


class TestHeaders:
    @PATIENT
    @given(st.sampled_from(PATHS), st.sampled_from(["GET", "HEAD", "OPTIONS", "POST"]), headers)
    @example("/doc/dataset", "GET", [("Accept", "text/html;q=0.0001")])
    @example("/downloads/latest/herbarium.nt", "GET", [("Range", "bytes=-")])
    @example("/downloads/latest/herbarium.nt", "GET", [("Range", "bytes=5-2"), ("If-Range", '"')])
    @example("/", "GET", [("Host", "")])
    @example("/", "GET", [("Host", "a b<>")])
    @example("/sparql", "POST", [("Content-Type", "application/sparql-query; charset=\xff")])
    def test_any_header_is_answered(
        self, herbarium_client: FlaskClient, path: str, method: str, sent: list[tuple[str, str]]
    ) -> None:
        """Headers that make no sense are passed over or refused, never an error of the server."""
        assert is_answered(herbarium_client, method, path, headers=sent)


class TestAddresses:
    @PATIENT
    @given(st.lists(segments, max_size=5), st.sampled_from(["text/html", "text/turtle", "*/*"]))
    @example(["doc", "x" * 3000], "text/html")
    @example(["doc", "a" + "/b" * 300], "text/turtle")
    @example(["doc", "\ud800"], "text/html")
    def test_any_path_is_answered(
        self, herbarium_client: FlaskClient, parts: list[str], accept: str
    ) -> None:
        """Any path leads to something or to 404."""
        path = "/" + "/".join(parts)

        assert is_answered(herbarium_client, "GET", path, headers={"Accept": accept})

    @PATIENT
    @given(
        st.sampled_from(PATHS),
        st.dictionaries(
            st.sampled_from(
                ["q", "kind", "page", "after", "property", "apart", "format", "iri", "query"]
            ),
            st.text(max_size=20) | st.sampled_from(["1", "ttl", "https://pflanzen.example/arten"]),
        ),
    )
    def test_any_query_is_answered(
        self, herbarium_client: FlaskClient, path: str, fields: dict[str, str]
    ) -> None:
        """Any field of any page may hold anything."""
        assert is_answered(herbarium_client, "GET", path, query_string=fields)

    @pytest.mark.parametrize(
        "query", [b"%", b"%zz", b"a=%ff", b"&&&==", b"q=%00", b"q", b"page=1&page=2", b"\xff=\xfe"]
    )
    def test_malformed_query_strings_are_answered(
        self, herbarium_client: FlaskClient, query: bytes
    ) -> None:
        """A query string that is no query string is no accident."""
        environ = {"QUERY_STRING": query.decode("latin-1")}

        for path in PATHS:
            assert is_answered(herbarium_client, "GET", path, environ_overrides=environ)

    @pytest.mark.parametrize("path", [b"/\xff", b"/doc/\xc3", b"/doc/\xed\xa0\x80", b"/a\0b", b""])
    def test_path_that_is_no_text_is_answered(
        self, herbarium_client: FlaskClient, path: bytes
    ) -> None:
        """A path whose bytes are no UTF-8 is no accident."""
        environ = {"PATH_INFO": path.decode("latin-1")}

        assert is_answered(herbarium_client, "GET", "/", environ_overrides=environ)

    @pytest.mark.parametrize(
        "path",
        [
            "/../etc/passwd",
            "/doc/../../etc/passwd",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/downloads/latest/../../manifest.json",
            "/static/../app.py",
            "/..%5c..%5cwindows",
            "/doc/%00",
            "//etc/passwd",
            "/./dataset",
            "/doc//dataset",
            "/file:///etc/passwd",
        ],
    )
    def test_path_that_tries_to_climb_finds_nothing(
        self, herbarium_client: FlaskClient, path: str
    ) -> None:
        """No path leads to a file of the machine."""
        response = herbarium_client.get(path, follow_redirects=False)

        assert response.status_code in {404, 308}
        assert b"root:" not in response.data

    def test_redirect_stays_on_this_host(self, herbarium_client: FlaskClient) -> None:
        """No path makes the server redirect to another host."""
        for path in (
            "//other.example/browse",
            "//other.example/dataset",
            "/\\other.example/browse",
        ):
            response = herbarium_client.get("/", environ_overrides={"PATH_INFO": path})
            location = urljoin("http://localhost/", response.headers.get("Location", ""))
            assert urlsplit(location).netloc == "localhost"


class TestBodies:
    @PATIENT
    @given(
        st.sampled_from(
            [
                "application/sparql-query",
                "application/x-www-form-urlencoded",
                "text/plain",
                "",
                "multipart/form-data; boundary=x",
                "application/sparql-query; charset=utf-16",
            ]
        ),
        st.binary(max_size=60),
    )
    def test_any_body_is_answered(
        self, herbarium_client: FlaskClient, content_type: str, body: bytes
    ) -> None:
        """Any bytes sent to the endpoint are a query or refused."""
        assert is_answered(
            herbarium_client, "POST", "/sparql", data=body, content_type=content_type
        )


class TestHonesty:
    def test_body_cut_short_is_no_query(self, client: FlaskClient) -> None:
        """Half of what was announced is never taken for the whole."""
        response = client.post(
            "/sparql",
            data=b"ASK {}",
            content_type="application/sparql-query",
            environ_overrides={"CONTENT_LENGTH": "100"},
        )

        assert response.status_code == 400
        assert response.get_json()["code"] in {"query/incomplete", "http/400"}

    @pytest.mark.parametrize("path", ["/browse", "/downloads?a=1"])
    def test_redirect_to_a_folder_names_no_host(self, client: FlaskClient, path: str) -> None:
        """Whoever sets the Host header cannot lead others away."""
        response = client.get(path, headers={"Host": "evil.example"})
        folder, mark, query = path.partition("?")

        assert response.status_code == 308
        assert response.headers["Location"] == f"{folder}/{mark}{query}"

    def test_long_chain_of_marks_is_refused(self, client: FlaskClient) -> None:
        """Twenty thousand marks are not the engine's to take apart."""
        query = f"ASK {{ FILTER({'!' * 20_000}true) }}"

        response = client.post("/sparql", data={"query": query})

        assert response.get_json()["code"] == "query/too-many-parts"
