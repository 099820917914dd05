"""Which scope each route of the API asks for (docs/api.md), and how to ask for it without doing harm."""

from deployed import Caller, Stack

ROUTES = {
    "GET /summaries": "read",
    "GET /summaries/{article_id+}": "read",
    "GET /revisions/{article_id+}": "read",
    "GET /openapi.json": "read",
    "GET /review/summaries/{article_id+}": "review",
    "GET /review/revisions/{article_id+}": "review",
    "GET /articles/{article_id+}": "review",
    "POST /checks": "review",
    "PATCH /summaries/{article_id+}": "review",
    "GET /queue": "review",
    "GET /queue/counts": "review",
    "PUT /claims/{article_id+}": "review",
    "DELETE /claims/{article_id+}": "review",
    "GET /reviews": "review",
    "POST /summaries": "write",
    "POST /regenerations/{article_id+}": "write",
    "DELETE /summaries/{article_id+}": "erase",
}


def routes_of(*scopes: str) -> set[str]:
    """The routes that ask for one of these scopes."""
    return {route for route, scope in ROUTES.items() if scope in scopes}


def routes_open_to(stack: Stack, by: Caller) -> set[str]:
    """The routes at which ``by`` gets past the door, asking about an article that there is not."""
    answers = {}
    for route in ROUTES:
        method, path = route.replace("{article_id+}", "nowhere/to-be-found.txt").split()
        answers[route] = stack.ask(by, method, path)
    assert {answer.status for answer in answers.values()}.isdisjoint({500, 502, 503, 504}), answers
    return {route for route, answer in answers.items() if answer.status not in {401, 403}}
