"""The page's files over HTTP: what they may do in a browser, what is sent again, and that no path leads elsewhere."""

import gzip
from collections.abc import Iterator

import pytest

from api_client import Answer, Client, serving
from standfirst_local.deployment import PROJECT
from standfirst_local.environment import environment
from standfirst_local.functions import LocalFunction
from standfirst_local.http_api import Route

PATHS = ("/desk", "/desk/", "/desk/{file+}")


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """A client of the desk's routes, where nobody has to sign in."""
    quiet = {"POWERTOOLS_METRICS_NAMESPACE": "Standfirst", "POWERTOOLS_METRICS_DISABLED": "true", "JWT_ISSUER": ""}
    with environment(quiet):
        function = LocalFunction("ServeDesk", PROJECT / "functions" / "serve_desk", 1024, 10)
        with serving(*(Route("GET", path, function) for path in PATHS)) as client:
            yield client


def policy_in(answer: Answer) -> dict[str, str]:
    """The directives of the content security policy."""
    directives = answer.headers["content-security-policy"].split("; ")
    return {name: value for name, _, value in (each.partition(" ") for each in directives)}


def test_the_page_is_found_without_its_slash(client: Client) -> None:
    """By a relative address, because a domain name may map the API to a path of its own."""
    answer = client.ask("GET", "/desk")

    assert (answer.status, answer.headers["location"]) == (308, "desk/")


def test_the_page_may_load_and_ask_nothing_but_its_own_origin(client: Client) -> None:
    """No script or style inline, nothing from elsewhere, in no frame, and no text that becomes markup."""
    answer = client.ask("GET", "/desk/")

    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert policy_in(answer) == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }


@pytest.mark.parametrize("path", ["/desk/", "/desk/sign_in.js", "/desk/config.json", "/desk/missing"])
def test_every_answer_keeps_a_browser_from_guessing_and_from_telling(client: Client, path: str) -> None:
    """Neither another content type nor the address, which may hold a code, nor the window goes anywhere."""
    headers = client.ask("GET", path).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "microphone=()" in headers["permissions-policy"]


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("sign_in.js", "text/javascript; charset=utf-8"),
        ("preact.js", "text/javascript; charset=utf-8"),
        ("style.css", "text/css; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
        ("index.html", "text/html; charset=utf-8"),
    ],
)
def test_a_file_has_the_content_type_of_its_name(client: Client, name: str, content_type: str) -> None:
    """A browser runs no module of another type."""
    answer = client.ask("GET", f"/desk/{name}")

    assert (answer.status, answer.headers["content-type"]) == (200, content_type)


def test_the_library_exports_what_the_page_imports(client: Client) -> None:
    """It lies in a package that is not imported: that is a plugin of something that is not installed."""
    library = client.ask("GET", "/desk/preact.js").content.decode()

    assert all(name in library.rpartition("export{")[2] for name in (" as html", " as render", " as useState"))


def test_a_file_is_asked_for_each_time_and_sent_when_it_has_changed(client: Client) -> None:
    """After a deployment no browser shows half of the old page."""
    first = client.ask("GET", "/desk/sign_in.js")

    again = client.ask("GET", "/desk/sign_in.js", headers=[("If-None-Match", first.headers["etag"])])
    another = client.ask("GET", "/desk/sign_in.js", headers=[("If-None-Match", '"0"')])

    assert first.headers["cache-control"] == "no-cache"
    assert (again.status, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert (another.status, another.content) == (200, first.content)


def test_a_file_is_compressed_for_who_takes_it(client: Client) -> None:
    """With an ETag of its own: it is another representation."""
    plain = client.ask("GET", "/desk/preact.js", headers=[("Accept-Encoding", "br, gzip;q=0")])

    compressed = client.ask("GET", "/desk/preact.js", headers=[("Accept-Encoding", "br, gzip;q=0.5")])

    assert compressed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(compressed.content) == plain.content
    assert len(compressed.content) < len(plain.content) / 2
    assert "content-encoding" not in plain.headers
    assert compressed.headers["etag"] != plain.headers["etag"]
    assert compressed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "path",
    [
        "../app.py",
        "%2e%2e/app.py",
        "..%2Fapp.py",
        "%2e%2e%2fapp.py",
        "..%5Capp.py",
        "%2Fetc%2Fpasswd",
        "/etc/passwd",
        "lang/../../app.py",
        "index.html%00",
        "index.html%00.js",
        "%00",
        "index.html/",
        "./index.html",
        "INDEX.HTML",
        "lang",
        "__pycache__",
        "app.py",
        "requirements.txt",
        "%EF%BF%BD",
    ],
)
def test_no_path_leads_out_of_the_folder(client: Client, path: str) -> None:
    """A file is found by its exact name among those that were loaded, and no path is put together."""
    answer = client.ask("GET", f"/desk/{path}")

    assert answer.status == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json["status"] == 404


def test_nobody_signs_in_where_there_is_no_issuer(client: Client) -> None:
    """As on a developer's machine."""
    answer = client.ask("GET", "/desk/config.json")

    assert answer.json == {"api": "", "sign_in": None, "undo_seconds": 5}
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", sorted(path.name for path in (PROJECT / "functions/serve_desk/desk").rglob("*.*")))
def test_nothing_in_the_folder_is_inline(name: str) -> None:
    """What the policy would refuse in an editor's browser is refused here first."""
    (path,) = (PROJECT / "functions/serve_desk/desk").rglob(name)
    content = path.read_text(encoding="utf-8")

    assert not [word for word in ("<style", "javascript:", "innerHTML", "eval(") if word in content]
    assert content.count("<script") == content.count('<script type="module" src=')
