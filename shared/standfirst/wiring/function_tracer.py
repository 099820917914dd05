"""The tracer of a function."""

from aws_lambda_powertools import Tracer


def function_tracer() -> Tracer:
    """Returns the function's tracer, which traces the calls of AWS.

    Left to itself it would look for every library that X-Ray's SDK knows, and load those of them that Python brings.
    """
    return Tracer(patch_modules=("botocore",))
