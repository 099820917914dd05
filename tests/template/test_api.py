"""The API: its routes, who may call them, how often and from where, and what is seen of it."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cloudformation import (
    ALIAS,
    BROWSERS,
    DEFAULTS,
    DESK,
    PARAMETERS,
    TEMPLATE,
    TOKENS,
    allowed_by,
    is_deployed,
    of_type,
    plain,
    properties,
    rule_holds,
    stack,
    variables_of,
)
from standfirst.api.routes.summarize import ANSWER_SECONDS
from standfirst.domain.deadline import STORE_SECONDS

READ, REVIEW, WRITE, ERASE = "summaries:read", "summaries:review", "summaries:write", "summaries:erase"

ROUTES = {
    "GET /summaries": ("ServeSummaries", READ),
    "GET /summaries/{article_id+}": ("ServeSummaries", READ),
    "GET /revisions/{article_id+}": ("ServeSummaries", READ),
    "GET /review/summaries/{article_id+}": ("ServeSummaries", REVIEW),
    "GET /review/revisions/{article_id+}": ("ServeSummaries", REVIEW),
    "GET /openapi.json": ("ServeSummaries", READ),
    "PATCH /summaries/{article_id+}": ("ReviewSummaries", REVIEW),
    "GET /articles/{article_id+}": ("ReviewSummaries", REVIEW),
    "POST /checks": ("ReviewSummaries", REVIEW),
    "POST /regenerations/{article_id+}": ("ReviewSummaries", WRITE),
    "DELETE /summaries/{article_id+}": ("ReviewSummaries", ERASE),
    "GET /queue": ("ServeReviews", REVIEW),
    "GET /queue/counts": ("ServeReviews", REVIEW),
    "PUT /claims/{article_id+}": ("ServeReviews", REVIEW),
    "DELETE /claims/{article_id+}": ("ServeReviews", REVIEW),
    "GET /reviews": ("ServeReviews", REVIEW),
    "POST /summaries": ("SummarizeOnRequest", WRITE),
    "$default": ("ServeSummaries", None),
}
"""The function behind each route, and the scope that its callers need."""

DESK_ROUTES = {"GET /desk", "GET /desk/", "GET /desk/{file+}"}
"""Those of the page, which a browser loads before anybody has signed in."""

PREFLIGHT = "OPTIONS /{proxy+}"
FUNCTIONS = sorted({"ServeDesk"} | {function for function, _ in ROUTES.values()})
POLICIES = {
    "ReadSummariesPolicy": READ,
    "ReviewSummariesPolicy": REVIEW,
    "WriteSummariesPolicy": WRITE,
    "EraseSummariesPolicy": ERASE,
}
EVENTS = sorted((TEMPLATE.parent / "events").glob("http_*.json"))

LONGEST_MILLISECONDS = 30_000
"""API Gateway developer guide, "Quotas for configuring and running an HTTP API"."""


def routes(parameters: Mapping[str, str] = DEFAULTS) -> dict[str, dict[str, Any]]:
    """Every route of a stack with ``parameters``, by its key."""
    deployed = [
        properties(name, parameters) for name in of_type("AWS::ApiGatewayV2::Route") if is_deployed(name, parameters)
    ]
    assert all(route["ApiId"] == {"Ref": "SummariesApi"} for route in deployed)
    return {route["RouteKey"]: route for route in deployed}


def integration_of(route: Mapping[str, Any]) -> dict[str, Any]:
    """How a route hands over."""
    kind, _, name = plain(route["Target"]).partition("/")
    assert kind == "integrations"
    return properties(name.removeprefix("${").removesuffix("}"))


def function_behind(route: Mapping[str, Any]) -> str:
    """The function that answers."""
    return plain(integration_of(route)["IntegrationUri"]).removesuffix(".Alias")


def stage() -> dict[str, Any]:
    """Where the API is served."""
    return properties("SummariesApiStage")


def takes(parameter: str, value: str) -> bool:
    """Whether CloudFormation takes ``value``."""
    return bool(re.fullmatch(stack()["Parameters"][parameter]["AllowedPattern"], value))


# ----------------------------------------------------------------------------------------------------------------------
# Routes
# ----------------------------------------------------------------------------------------------------------------------


def test_each_route_leads_to_its_function() -> None:
    """And there is no other one."""
    assert {key: function_behind(route) for key, route in routes().items()} == {
        key: function for key, (function, _) in ROUTES.items()
    }


def test_a_function_gets_requests_in_the_shape_that_it_reads() -> None:
    """Payload format 2.0, the whole request and the whole answer."""
    for integration in of_type("AWS::ApiGatewayV2::Integration").values():
        assert (integration["IntegrationType"], integration["PayloadFormatVersion"]) == ("AWS_PROXY", "2.0")


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_answers_before_api_gateway_gives_up(function: str) -> None:
    """A function that takes longer is paid for and not heard."""
    (integration,) = [
        integration
        for integration in of_type("AWS::ApiGatewayV2::Integration").values()
        if plain(integration["IntegrationUri"]) == f"{function}.Alias"
    ]

    assert properties(function)["Timeout"] * 1_000 < integration["TimeoutInMillis"] <= LONGEST_MILLISECONDS


def test_a_summary_that_is_waited_for_has_all_the_time_that_is_promised() -> None:
    """And what the function keeps of its own."""
    assert properties("SummarizeOnRequest")["Timeout"] >= ANSWER_SECONDS + STORE_SECONDS


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_is_called_by_this_api_alone(function: str) -> None:
    """Not by any API of the account, let alone of another one."""
    (permission,) = [
        permission
        for permission in of_type("AWS::Lambda::Permission").values()
        if plain(permission["FunctionName"]) == f"{function}.Alias"
    ]

    assert (permission["Principal"], permission["Action"]) == ("apigateway.amazonaws.com", "lambda:InvokeFunction")
    assert plain(permission["SourceArn"]) == (
        "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${SummariesApi}/*"
    )


def test_the_api_is_served_at_its_root_as_soon_as_it_changes() -> None:
    """Without a stage in its paths, which the functions would have to know."""
    assert (stage()["ApiId"], stage()["StageName"], stage()["AutoDeploy"]) == (
        {"Ref": "SummariesApi"},
        "$default",
        True,
    )
    assert properties("SummariesApi")["ProtocolType"] == "HTTP"
    assert stack()["Outputs"]["SummariesApiUrl"]["Value"] == {
        "Fn::Sub": "https://${SummariesApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}"
    }


@pytest.mark.parametrize("path", EVENTS, ids=[path.stem for path in EVENTS])
def test_the_examples_are_of_routes_that_there_are(path: Path) -> None:
    """With somebody who calls, and what API Gateway takes the path and the method for."""
    event = json.loads(path.read_text(encoding="utf-8"))
    context = event["requestContext"]

    assert event["routeKey"] == context["routeKey"]
    assert event["routeKey"] in ROUTES
    assert event["rawPath"] == context["http"]["path"]
    assert context["authorizer"]["iam"]["userArn"].startswith("arn:aws:iam::")
    method, _, template = event["routeKey"].partition(" ")
    assert context["http"]["method"] == method
    assert event["rawPath"] == template.replace("{article_id+}", event.get("pathParameters", {}).get("article_id", ""))


def test_there_is_an_example_of_each_route_that_changes_something() -> None:
    """They are the hardest to call by hand."""
    shown = {json.loads(path.read_text(encoding="utf-8"))["routeKey"] for path in EVENTS}

    assert {key for key in ROUTES if not key.startswith(("GET /openapi", "GET /review", "$"))} <= shown


# ----------------------------------------------------------------------------------------------------------------------
# Who may call
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ROUTES)
def test_requests_are_signed_where_there_is_no_issuer(key: str) -> None:
    """IAM says who may call what; scopes are something that tokens have."""
    route = routes()[key]

    assert route["AuthorizationType"] == "AWS_IAM"
    assert "AuthorizerId" not in route
    assert "AuthorizationScopes" not in route


@pytest.mark.parametrize("key", ROUTES)
def test_requests_bring_a_token_with_the_routes_scope_where_there_is_an_issuer(key: str) -> None:
    """One that allows to read allows nothing else. Whoever may call at all is told that a path leads nowhere.

    API Gateway takes a token with one of a route's scopes; Amazon Cognito's have a slash where others have a colon.
    """
    route = routes(TOKENS)[key]
    scope = ROUTES[key][1]

    assert (route["AuthorizationType"], route["AuthorizerId"]) == ("JWT", {"Ref": "JwtAuthorizer"})
    assert route.get("AuthorizationScopes") == ([scope, scope.replace(":", "/")] if scope else None)


@pytest.mark.parametrize("parameters", PARAMETERS.values(), ids=PARAMETERS.keys())
def test_no_route_is_open_whatever_is_chosen(parameters: dict[str, str]) -> None:
    """But for browsers that ask whether they may ask, and for the page itself."""
    open_to_all = {PREFLIGHT} | DESK_ROUTES
    kinds = {key: route["AuthorizationType"] for key, route in routes(parameters).items() if key not in open_to_all}

    assert set(kinds) == set(ROUTES)
    assert set(kinds.values()) <= {"AWS_IAM", "JWT"}


def test_the_desk_is_served_where_it_is_wanted_and_nowhere_else() -> None:
    """No resource of it is there by itself, and with it come three routes and what answers them."""
    desk = {name for name, resource in stack()["Resources"].items() if resource.get("Condition") == "HasDesk"}

    assert not DESK_ROUTES & set(routes())
    assert set(routes(DESK)) - set(routes(TOKENS)) == DESK_ROUTES
    assert {name for name in stack()["Resources"] if is_deployed(name, DESK) and not is_deployed(name, TOKENS)} == desk
    assert {name for name in desk if not name.endswith("Route") and "Version" not in name} == {
        "ServeDesk",
        f"ServeDesk{ALIAS}",
        "ServeDeskIntegration",
        "ServeDeskLogs",
        "ServeDeskPermission",
        "ServeDeskRole",
    }


@pytest.mark.parametrize("key", sorted(DESK_ROUTES))
def test_a_page_is_loaded_without_a_token_by_a_function_that_can_read_nothing(key: str) -> None:
    """A browser that opens an address has none yet; test_rights.py has what the function may do: log."""
    route = routes(DESK)[key]

    assert route["AuthorizationType"] == "NONE"
    assert function_behind(route) == "ServeDesk"
    assert not set(variables_of("ServeDesk")) & {"SUMMARIES_TABLE", "ARTICLES_BUCKET"}


@pytest.mark.parametrize(
    ("parameters", "deployable"),
    [
        ({}, True),
        (DESK, True),
        ({**TOKENS, "Desk": "on"}, False),
        ({"Desk": "on", "DeskClientId": "desk"}, False),
        ({**TOKENS, "DeskClientId": "desk"}, True),
    ],
    ids=["no desk", "desk", "without a client", "without an issuer", "off, with a client"],
)
def test_a_desk_that_nobody_can_sign_in_to_is_not_deployed(parameters: dict[str, str], deployable: bool) -> None:  # noqa: FBT001
    """A browser signs nothing with IAM credentials, and the issuer has to know who asks."""
    assert rule_holds("DeskNeedsSignIn", parameters) == deployable


def test_the_desk_asks_for_what_an_editor_does_and_not_for_erasing() -> None:
    """A takedown is not made by a key pressed too fast."""
    scopes = stack()["Parameters"]["DeskScope"]["Default"].split()

    assert set(scopes) == {"openid", READ, REVIEW, WRITE}


def test_tokens_are_of_the_issuer_and_for_the_audience_that_were_chosen() -> None:
    """Of one that somebody else issued, or for somebody else, API Gateway makes nothing."""
    authorizer = properties("JwtAuthorizer", TOKENS)

    assert not is_deployed("JwtAuthorizer", {})
    assert is_deployed("JwtAuthorizer", TOKENS)
    assert (authorizer["ApiId"], authorizer["AuthorizerType"]) == ({"Ref": "SummariesApi"}, "JWT")
    assert authorizer["IdentitySource"] == ["$request.header.Authorization"]
    assert authorizer["JwtConfiguration"] == {
        "Issuer": {"Ref": "JwtIssuer"},
        "Audience": {"Fn::Split": [",", {"Ref": "JwtAudience"}]},
    }


@pytest.mark.parametrize(
    ("parameters", "deployable"),
    [
        ({}, True),
        (TOKENS, True),
        ({"JwtIssuer": TOKENS["JwtIssuer"]}, False),
        ({"JwtAudience": TOKENS["JwtAudience"]}, False),
    ],
    ids=["IAM", "issuer and audience", "issuer alone", "audience alone"],
)
def test_an_issuer_without_an_audience_is_not_deployed(parameters: dict[str, str], deployable: bool) -> None:  # noqa: FBT001
    """It would take what the issuer made for somebody else."""
    assert rule_holds("TokensNeedIssuerAndAudience", parameters) == deployable


@pytest.mark.parametrize(
    "issuer", ["", "https://login.newsroom.example", "https://cognito-idp.eu-west-1.amazonaws.com/a"]
)
def test_an_issuer_is_reached_over_tls(issuer: str) -> None:
    """Its keys are fetched from there."""
    assert takes("JwtIssuer", issuer)
    assert not takes("JwtIssuer", issuer.replace("https", "http") or "login.newsroom.example")


@pytest.mark.parametrize(
    ("audience", "taken"),
    [("", True), ("standfirst", True), ("one,two", True), (",", False), ("one,", False), ("one, two", False)],
)
def test_an_audience_that_nobody_has_is_not_deployed(audience: str, taken: bool) -> None:  # noqa: FBT001
    """An empty name would be one."""
    assert takes("JwtAudience", audience) == taken


@pytest.mark.parametrize("policy", POLICIES)
def test_a_policy_for_iam_callers_allows_the_routes_of_one_scope(policy: str) -> None:
    """As a token with that scope would, and no route that is added later by itself."""
    api = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${SummariesApi}/$default/"
    keys = [key.replace("{article_id+}", "*") for key, (_, scope) in ROUTES.items() if scope == POLICIES[policy]]

    allowed = set(allowed_by(properties(policy)["PolicyDocument"]))

    assert allowed == {("execute-api:Invoke", api + key.replace(" ", "")) for key in keys}


@pytest.mark.parametrize("policy", POLICIES)
def test_a_policy_for_iam_callers_can_be_found_and_belongs_to_nobody_yet(policy: str) -> None:
    """Its ARN is an output; whom it is attached to is the account's to say."""
    assert stack()["Outputs"][f"{policy}Arn"]["Value"] == {"Ref": policy}
    assert not properties(policy).keys() & {"Groups", "Roles", "Users"}


# ----------------------------------------------------------------------------------------------------------------------
# Browsers
# ----------------------------------------------------------------------------------------------------------------------


def test_no_web_page_calls_unless_somebody_says_which() -> None:
    """Nothing is answered to a browser that asks, and there is no route without authorisation."""
    assert "CorsConfiguration" not in properties("SummariesApi")
    assert PREFLIGHT not in routes()


def test_the_pages_that_may_call_can_use_the_whole_api() -> None:
    """Its methods, with conditions, keys, signatures and tokens; and they can read what the answers say."""
    cors = properties("SummariesApi", BROWSERS)["CorsConfiguration"]

    assert cors["AllowOrigins"] == {"Fn::Split": [",", {"Ref": "CorsOrigins"}]}
    assert set(cors["AllowMethods"]) == {key.split()[0] for key in ROUTES if " " in key}
    assert set(cors["AllowHeaders"]) == {
        "accept",
        "authorization",
        "content-type",
        "idempotency-key",
        "if-match",
        "if-none-match",
        "x-amz-content-sha256",
        "x-amz-date",
        "x-amz-security-token",
    }
    assert set(cors["ExposeHeaders"]) == {"content-location", "etag", "link", "location", "retry-after"}
    assert 0 < cors["MaxAge"] <= 86_400


def test_no_page_calls_with_what_the_browser_knows_of_its_user() -> None:
    """The API takes no cookies; a page has to have the token itself."""
    assert "AllowCredentials" not in properties("SummariesApi", BROWSERS)["CorsConfiguration"]


@pytest.mark.parametrize("besides", [{}, TOKENS], ids=["IAM", "tokens"])
def test_a_browser_asks_without_saying_who_it_is(besides: dict[str, str]) -> None:
    """The route for all others would refuse it; this one is nothing but that question."""
    found = routes({**BROWSERS, **besides})
    (open_key,) = [key for key, route in found.items() if route["AuthorizationType"] == "NONE"]

    assert open_key == PREFLIGHT
    assert function_behind(found[PREFLIGHT]) == "ServeSummaries"


@pytest.mark.parametrize(
    ("origins", "taken"),
    [
        ("", True),
        ("https://cms.newsroom.example", True),
        ("https://cms.newsroom.example:8443,http://localhost:5173", True),
        ("*", False),
        ("https://*", False),
        ("http://cms.newsroom.example", False),
        ("https://cms.newsroom.example/", False),
        ("https://cms.newsroom.example, https://app.newsroom.example", False),
        ("https://cms.newsroom.example,", False),
        ("cms.newsroom.example", False),
    ],
)
def test_an_origin_is_named_as_browsers_name_it(origins: str, taken: bool) -> None:  # noqa: FBT001
    """Scheme, host and port; no page that came over an open line but one's own, and not just any."""
    assert takes("CorsOrigins", origins) == taken


# ----------------------------------------------------------------------------------------------------------------------
# How often
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "rate", "burst"),
    [
        ("POST /summaries", 5, 10),
        ("PATCH /summaries/{article_id+}", 20, 40),
        ("GET /articles/{article_id+}", 20, 40),
        ("POST /checks", 40, 80),
        ("POST /regenerations/{article_id+}", 20, 40),
        ("DELETE /summaries/{article_id+}", 5, 10),
        ("GET /queue", 20, 40),
        ("GET /queue/counts", 5, 10),
        ("PUT /claims/{article_id+}", 20, 40),
    ],
)
def test_what_costs_money_or_is_done_by_hand_is_throttled_more(key: str, rate: int, burst: int) -> None:
    """A client that runs away is stopped before the bill is seen."""
    settings, usual = stage()["RouteSettings"][key], stage()["DefaultRouteSettings"]

    assert (settings["ThrottlingRateLimit"], settings["ThrottlingBurstLimit"]) == (rate, burst)
    assert rate < usual["ThrottlingRateLimit"]
    assert burst < usual["ThrottlingBurstLimit"]


def test_every_other_route_is_throttled_and_all_are_measured() -> None:
    """A runaway client meets a limit, and it is seen at which route."""
    usual, others = stage()["DefaultRouteSettings"], stage()["RouteSettings"].values()

    assert (usual["ThrottlingRateLimit"], usual["ThrottlingBurstLimit"]) == (100, 200)
    assert all(settings["DetailedMetricsEnabled"] for settings in [usual, *others])


def test_a_limit_waits_for_its_route() -> None:
    """API Gateway refuses settings for a route that is not there yet."""
    waits_for = stack()["Resources"]["SummariesApiStage"]["DependsOn"]

    assert {properties(name)["RouteKey"] for name in waits_for} == set(stage()["RouteSettings"])
    assert all("Condition" not in stack()["Resources"][name] for name in waits_for)


# ----------------------------------------------------------------------------------------------------------------------
# What is seen of it
# ----------------------------------------------------------------------------------------------------------------------


def test_every_request_leaves_a_line_that_a_machine_can_read() -> None:
    """Who asked, signed or with a token, for what and with which outcome."""
    line = json.loads(stage()["AccessLogSettings"]["Format"])

    assert line["caller"] == "$context.identity.userArn"
    assert line["subject"] == "$context.authorizer.claims.sub"
    assert line["route"] == "$context.routeKey"
    assert line["status"] == "$context.status"
    assert line["integration_error"] == "$context.integrationErrorMessage"
    assert stage()["AccessLogSettings"]["DestinationArn"] == {"Fn::GetAtt": ["SummariesApiLogs", "Arn"]}


def test_an_api_that_fails_raises_an_alarm() -> None:
    """After several requests of this API, not after one that met a passing trouble."""
    alarm = properties("SummariesApiErrorsAlarm")

    assert (alarm["Namespace"], alarm["MetricName"], alarm["Statistic"]) == ("AWS/ApiGateway", "5xx", "Sum")
    assert alarm["Dimensions"] == [{"Name": "ApiId", "Value": {"Ref": "SummariesApi"}}]
    assert 1 <= alarm["Threshold"] <= 10
    assert alarm["Period"] * alarm["EvaluationPeriods"] <= 15 * 60


def test_the_alarm_says_where_to_look() -> None:
    """In a log that there is, for a member that its lines have."""
    description = properties("SummariesApiErrorsAlarm")["AlarmDescription"]

    assert "SummariesApiLogs" in description
    assert "integration_error" in description
    assert "SummariesApiLogs" in of_type("AWS::Logs::LogGroup")
