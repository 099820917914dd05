"""The logger of a function, and what else may log beside it."""

import logging

from aws_lambda_powertools import Logger


def function_logger() -> Logger:
    """Returns the function's logger, at ``POWERTOOLS_LOG_LEVEL``. Libraries are heard from INFO on.

    Lambda sets ``ApplicationLogLevel`` for every logger there is. At DEBUG, boto3 and openai log whole requests and
    responses, and with them articles under embargo, texts and keys.
    """
    root = logging.getLogger()
    root.setLevel(max(root.level, logging.INFO))
    return Logger()
