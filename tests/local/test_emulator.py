"""What runs on this machine stays on it, and starts on ports that are free or not at all."""

import http.client
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import boto3
import pytest

from standfirst_local.emulator import emulated_aws
from standfirst_local.stack import Ports, running_stack


def test_a_port_that_is_taken_is_an_error_at_once() -> None:
    """Nothing waits for it, and nothing is left running."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        for ports in (Ports(s3=port), Ports(api=port)):
            with pytest.raises(OSError, match="in use"), running_stack(ports):
                pass


def test_the_process_forgets_every_real_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """A profile or an endpoint of the user's own must not win over loopback."""
    monkeypatch.setenv("AWS_PROFILE", "production")
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9")

    with emulated_aws() as url:
        client = boto3.client("s3")

        assert client.meta.endpoint_url == url
        assert client.list_buckets()["Buckets"] == []


OUR_HOSTS = ["127.0.0.1", "localhost", "[::1]", "articles.localhost", "LocalHost"]
OTHER_HOSTS = ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "evillocalhost", "127.0.0.2", ""]
FOREIGN_PAGES = {
    "fetch": {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"},
    "a form": {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    "an old browser's form": {"Origin": "https://evil.example"},
    "a sandbox": {"Origin": "null", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
    "an image": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
    "a frame": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
}
OUR_CLIENTS = {
    "a program": {},
    "a page of this machine": {
        "Origin": "http://localhost:5173",
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "cors",
    },
    "a link": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
    "the address bar": {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
}
PATHS = {"S3": "/articles/ferry.txt", "API": "/openapi.json"}


@pytest.fixture(scope="module")
def servers() -> Iterator[dict[str, int]]:
    """The ports of the whole service; its S3 has one article in the bucket articles."""
    with running_stack() as stack:
        s3 = boto3.client("s3", endpoint_url=stack.aws_url)
        s3.create_bucket(Bucket="articles", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
        s3.put_object(Bucket="articles", Key="ferry.txt", Body=b"The ferry returns.", ACL="public-read")
        yield {name: urlsplit(url).port or 0 for name, url in (("S3", stack.aws_url), ("API", stack.api_url))}


def asked(port: int, method: str, path: str, headers: dict[str, str]) -> tuple[int, set[str]]:
    """The status of a request of exactly these headers, and the origins that the answer is granted to."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.putheader("Content-Length", "0")
    connection.endheaders()
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, {value for name, value in answer.getheaders() if name.lower().startswith("access-control-")}


@pytest.mark.parametrize("server", PATHS)
def test_a_server_answers_to_the_names_of_this_machine_only(servers: dict[str, int], server: str) -> None:
    """A page whose own name resolves to 127.0.0.1 is of the same origin for a browser, and would read everything."""
    port = servers[server]

    statuses = {host: asked(port, "GET", PATHS[server], {"Host": host and f"{host}:{port}"})[0] for host in OUR_HOSTS}
    refused = {host: asked(port, "GET", PATHS[server], {"Host": host and f"{host}:{port}"})[0] for host in OTHER_HOSTS}

    # S3 takes the name before localhost for a bucket.
    assert set(statuses.values()) <= {200, 404}
    assert statuses["localhost"] == 200
    assert set(refused.values()) == {403}


@pytest.mark.parametrize("server", PATHS)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS"])
def test_a_page_from_elsewhere_neither_reads_nor_writes(servers: dict[str, int], server: str, method: str) -> None:
    """Whatever the browser says of it."""
    answers = {page: asked(servers[server], method, PATHS[server], each) for page, each in FOREIGN_PAGES.items()}

    assert answers == dict.fromkeys(FOREIGN_PAGES, (403, set()))


@pytest.mark.parametrize("server", PATHS)
def test_programs_and_pages_of_this_machine_are_answered(servers: dict[str, int], server: str) -> None:
    """Nothing is granted that was not asked for."""
    answers = {client: asked(servers[server], "GET", PATHS[server], each) for client, each in OUR_CLIENTS.items()}

    assert {status for status, _ in answers.values()} == {200}
    assert all(not granted for client, (_, granted) in answers.items() if "Origin" not in OUR_CLIENTS[client])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_aws_tools_reach_the_bucket(servers: dict[str, int], host: str) -> None:
    """With the bucket in the path, as they have it at an endpoint of one's own, or in the name of the host."""
    s3 = boto3.client("s3", endpoint_url=f"http://{host}:{servers['S3']}")

    s3.put_object(Bucket="articles", Key="tram.txt", Body=b"The tram returns.", ACL="public-read")

    assert s3.get_object(Bucket="articles", Key="tram.txt")["Body"].read() == b"The tram returns."
    assert asked(servers["S3"], "GET", "/tram.txt", {"Host": f"articles.localhost:{servers['S3']}"})[0] == 200
