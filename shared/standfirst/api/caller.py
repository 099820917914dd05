"""Who asks: what API Gateway's authorizer found out, never what a request says of itself."""

from collections.abc import Mapping
from typing import Any

from standfirst.domain.errors import CallerUnknown


def caller_of(event: Mapping[str, Any]) -> str:
    """The ARN of an IAM identity, or ``jwt:`` and the subject of a token, which so can pass for nobody else.

    Raises ``CallerUnknown`` where nobody was authorised.

    ``event`` is one of an HTTP API (API Gateway developer guide, "AWS Lambda integrations for HTTP APIs"). Nothing of
    its ``requestContext`` comes from the caller.
    """
    authorizer = event["requestContext"].get("authorizer") or {}
    arn = (authorizer.get("iam") or {}).get("userArn")
    subject = ((authorizer.get("jwt") or {}).get("claims") or {}).get("sub")
    if arn:
        return str(arn)
    if subject:
        return f"jwt:{subject}"
    raise CallerUnknown("The request bears no identity.")
