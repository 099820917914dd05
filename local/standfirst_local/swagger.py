"""Swagger UI, to try the local API with: the copy that Powertools brings along, over the API's own OpenAPI document.

It loads nothing from the internet, which its content security policy enforces. It is no route of the template.
"""

from importlib.resources import files

from werkzeug.wrappers import Response

PATH = "/docs"

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Standfirst</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.min.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.min.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"""

_START = """SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  // It would send the document to its makers.
  validatorUrl: null,
});
"""

_BUNDLED = {"swagger-ui-bundle.min.js": "text/javascript", "swagger-ui.min.css": "text/css"}
_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"


def page_at(path: str) -> Response | None:
    """What a browser gets for ``path``; ``None`` where that is none of ours."""
    name = path.removeprefix(f"{PATH}/")
    if path == PATH:
        return _page(_PAGE.encode(), "text/html")
    if name == "start.js":
        return _page(_START.encode(), "text/javascript")
    if name in _BUNDLED:
        bundle = files("aws_lambda_powertools") / "event_handler" / "openapi" / "swagger_ui"
        return _page((bundle / name).read_bytes(), _BUNDLED[name])
    return None


def _page(content: bytes, kind: str) -> Response:
    return Response(content, content_type=f"{kind}; charset=utf-8", headers={"Content-Security-Policy": _POLICY})
