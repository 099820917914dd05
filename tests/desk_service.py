"""`standfirst local`, where a request may name its editor: for journeys that two people make.

The service of one machine knows one caller; here the header ``Standfirst-Editor`` is another one's name, as API Gateway
would tell of another one's signature. Run as a program.
"""

import sys
from base64 import b64encode
from functools import partialmethod
from typing import Any

from standfirst_local.cli import main
from standfirst_local.functions import LocalFunction

EDITOR = "Standfirst-Editor"
"""The header that names who asks."""

SIGNED = {"Authorization": f"Basic {b64encode(b'local:local').decode()}"}
"""The header with which an object may be replaced: to moto, who sends none is a stranger."""


def arn_of(editor: str) -> str:
    """What the records call an editor."""
    return f"arn:aws:iam::123456789012:user/{editor}"


def _invoke(function: LocalFunction, event: dict[str, Any], invoke: Any) -> Any:  # noqa: ANN401 - as the function does
    editor = event.get("headers", {}).get(EDITOR.lower())
    if editor:
        context = event["requestContext"]
        context["authorizer"] = {"iam": {**context["authorizer"]["iam"], "userArn": arn_of(editor)}}
    return invoke(function, event)


if __name__ == "__main__":
    LocalFunction.invoke = partialmethod(_invoke, invoke=LocalFunction.invoke)  # type: ignore[assignment,method-assign]
    sys.exit(main(["local"]))
