"""The identity of the caller, from API Gateway's authorizer; nothing in a request can claim one."""

from collections.abc import Mapping
from typing import Any

from standfirst.domain.errors import CallerUnknown


def caller_of(event: Mapping[str, Any]) -> str:
    """Returns the ARN of an IAM identity, or ``jwt:`` and the subject of a token; the prefix keeps the two apart.

    Raises ``CallerUnknown`` if the event has no identity. ``requestContext`` is set by API Gateway alone (developer
    guide, "AWS Lambda integrations for HTTP APIs").
    """
    authorizer = event["requestContext"].get("authorizer") or {}
    arn = (authorizer.get("iam") or {}).get("userArn")
    subject = ((authorizer.get("jwt") or {}).get("claims") or {}).get("sub")
    if arn:
        return str(arn)
    if subject:
        return f"jwt:{subject}"
    raise CallerUnknown("The request bears no identity.")
