"""The API with JwtIssuer: tokens of a Cognito pool instead of signatures, and the desk."""

import base64
import json
import ssl
import time
from dataclasses import dataclass
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import boto3
import pytest
from botocore.credentials import Credentials
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from deployed import Deploy, Stack
from ministack import Ministack
from routes_by_scope import ROUTES, routes_of, routes_open_to
from standfirst_local.environment import REGION

SCOPES = ("read", "review", "write", "erase")


@dataclass(frozen=True, slots=True)
class Pool:
    """A user pool, with the resource server and clients that docs/deploy.md makes."""

    id: str
    ministack: Ministack

    @classmethod
    def make(cls, name: str, ministack: Ministack) -> "Pool":
        """Makes one."""
        cognito = boto3.client("cognito-idp")
        made = cognito.create_user_pool(PoolName=name)["UserPool"]["Id"]
        scopes = [{"ScopeName": scope, "ScopeDescription": scope} for scope in SCOPES]
        cognito.create_resource_server(UserPoolId=made, Identifier="summaries", Name="Standfirst", Scopes=scopes)  # type: ignore[arg-type]
        return cls(made, ministack)

    @property
    def issuer(self) -> str:
        """As its tokens have it in ``iss``."""
        return f"https://cognito-idp.{REGION}.amazonaws.com/{self.id}"

    def client(self, *scopes: str) -> tuple[str, str]:
        """The id and the secret of a new client that gets tokens with these scopes."""
        made = boto3.client("cognito-idp").create_user_pool_client(
            UserPoolId=self.id,
            ClientName="-".join(scopes),
            GenerateSecret=True,
            AllowedOAuthFlowsUserPoolClient=True,
            AllowedOAuthFlows=["client_credentials"],
            AllowedOAuthScopes=[f"summaries/{scope}" for scope in scopes],
        )["UserPoolClient"]
        return made["ClientId"], made["ClientSecret"]

    def token(self, client: tuple[str, str]) -> str:
        """An access token, as a program gets it."""
        basic = base64.b64encode(":".join(client).encode()).decode()
        request = Request(
            f"{self.ministack.url}/oauth2/token",
            urlencode({"grant_type": "client_credentials"}).encode(),
            {"Authorization": f"Basic {basic}", "Content-Type": "application/x-www-form-urlencoded"},
        )
        trusted = ssl.create_default_context(cafile=str(self.ministack.certificate))
        with urlopen(request, context=trusted) as answer:
            return str(json.load(answer)["access_token"])

    def signed(self, token: str, **claims: object) -> str:
        """``token`` with other claims, signed as the pool itself would."""
        header, payload, _ = token.split(".")
        changed = _unpadded(json.dumps({**json.loads(base64.urlsafe_b64decode(payload + "==")), **claims}).encode())
        pem = (self.ministack.folder / f"state/cognito-pool-keys/{self.id}-access.pem").read_bytes()
        key = serialization.load_pem_private_key(pem, password=None)
        assert isinstance(key, rsa.RSAPrivateKey)
        signature = key.sign(f"{header}.{changed}".encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{header}.{changed}.{_unpadded(signature)}"


def _unpadded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


@pytest.fixture(scope="module")
def pool(ministack: Ministack) -> Pool:
    """The newsroom's."""
    return Pool.make("newsroom", ministack)


@pytest.fixture(scope="module")
def clients(pool: Pool) -> dict[str, tuple[str, str]]:
    """A program for each scope."""
    return {scope: pool.client(scope) for scope in SCOPES}


@pytest.fixture(scope="module")
def tokens(deploy: Deploy, pool: Pool, clients: dict[str, tuple[str, str]]) -> Stack:
    """A stack that takes the tokens of these programs, with a desk."""
    audience = ",".join(client for client, _ in clients.values())
    desk = {"Desk": "on", "DeskClientId": "desk"}
    return deploy("tokens", {"JwtIssuer": pool.issuer, "JwtAudience": audience, **desk})


@pytest.mark.parametrize("scope", SCOPES)
def test_a_token_may_do_what_its_scope_says(
    tokens: Stack, pool: Pool, clients: dict[str, tuple[str, str]], scope: str
) -> None:
    """And is refused everything else."""
    assert routes_open_to(tokens, pool.token(clients[scope])) == routes_of(scope)


def test_the_bearer_of_a_token_is_recorded(tokens: Stack, pool: Pool, clients: dict[str, tuple[str, str]]) -> None:
    """As who has sent the article."""
    by = pool.token(clients["write"])

    answer = tokens.ask(by, "POST", "/summaries?article_id=a.txt", b"The ferry returns to Brackenford. " * 5)

    assert answer.status == 201, answer.content
    assert clients["write"][0] in answer.json["updated_by"]


def test_what_is_no_valid_token_of_the_issuer_is_refused(
    tokens: Stack, pool: Pool, clients: dict[str, tuple[str, str]], ministack: Ministack
) -> None:
    """One that has expired, is another program's or issuer's, or was signed by somebody else; a signature; nothing."""
    good, other = pool.token(clients["read"]), Pool.make("another", ministack)
    others = other.token(other.client("read"))
    header, payload, _ = good.split(".")
    refused = {
        "expired": pool.signed(good, exp=int(time.time()) - 1),
        "another client": pool.token(pool.client("read")),
        "another issuer": others,
        "not signed by the pool": other.signed(good),
        "without its signature": f"{header}.{payload}.",
        "no token": "summaries:read",
        "IAM": Credentials("local", "local"),
        "nobody": None,
    }

    answers = {name: tokens.ask(by, "GET", "/summaries").status for name, by in refused.items()}

    assert tokens.ask(pool.signed(good), "GET", "/summaries").status == 200
    assert answers == dict.fromkeys(refused, 401)


def test_every_route_asks_for_its_scope(tokens: Stack) -> None:
    """In both spellings; only the desk's page asks for none."""
    routes = boto3.client("apigatewayv2").get_routes(ApiId=tokens.resources["SummariesApi"])["Items"]

    scopes = {each["RouteKey"]: sorted(each.get("AuthorizationScopes", [])) for each in routes}
    asked = {route: [f"summaries/{scope}", f"summaries:{scope}"] for route, scope in ROUTES.items()}
    assert {route: found for route, found in scopes.items() if route in ROUTES} == asked
    open_routes = {each["RouteKey"] for each in routes if each["AuthorizationType"] == "NONE"}
    assert {route for route in open_routes if "/desk" not in route} <= {"$default", "OPTIONS /{proxy+}"}


def test_everybody_may_load_the_files_of_the_desk(tokens: Stack) -> None:
    """They have no articles in them."""
    script = tokens.ask(None, "GET", "/desk/main.js")

    assert (script.status, script.headers["Content-Type"].partition(";")[0]) == (200, "text/javascript")


@pytest.mark.lacking_in_ministack("the path /desk/ loses its slash, and the page sends the browser there again")
def test_everybody_may_load_the_page_of_the_desk(tokens: Stack) -> None:
    """It has a path that ends in a slash."""
    assert tokens.ask(None, "GET", "/desk/").status == 200
