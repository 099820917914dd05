"""Moto's Lambda and Step Functions, made to run the functions of this process.

Moto would run a function in a container, or not at all. Whoever invokes one here, be it the state machine or a client
over HTTP, reaches the function in this process, in the shape that Lambda answers in (Lambda API reference, ``Invoke``).
"""

from __future__ import annotations

import json
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from moto.awslambda.models import LambdaBackend
from moto.core.config import default_user_config

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from standfirst_local.schedule import Invoked

logger = logging.getLogger(__name__)

_functions: dict[str, Invoked] = {}


def adapt_lambda() -> None:
    """Change moto for the rest of the process; doing so twice changes nothing more."""
    LambdaBackend.invoke = _invoke  # type: ignore[assignment,method-assign]
    # Else an execution of a state machine is over at once.
    default_user_config["stepfunctions"] = {"execute_state_machine": True}


@contextmanager
def invocable(functions: Mapping[str, Invoked]) -> Iterator[None]:
    """Has moto invoke ``functions``, by name, while the block runs."""
    _functions.update(functions)
    try:
        yield
    finally:
        for name in functions:
            del _functions[name]


def _invoke(  # noqa: PLR0913, PLR0917 - as moto's
    backend: LambdaBackend,
    function_name: str,
    qualifier: str | None,
    body: Any,  # noqa: ANN401 - as moto's
    headers: Any,  # noqa: ANN401
    response_headers: dict[str, str],
) -> str | bytes | None:
    del backend, qualifier, headers
    function = _functions.get(function_name.rpartition(":")[2])
    if function is None:
        return None
    try:
        payload = json.dumps(function.invoke(json.loads(body or "{}")))
    except Exception as error:  # of any kind: it is the caller's then
        logger.warning("%s raised", function_name, exc_info=True)
        response_headers["x-amz-function-error"] = "Unhandled"
        payload = json.dumps({"errorMessage": str(error), "errorType": type(error).__name__})
    response_headers["Content-Length"] = str(len(payload))
    return payload
