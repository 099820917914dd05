"""What `serve_summaries` is compared with: Powertools and boto3 as the template deploys them, and nothing of ours."""

import os
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

logger, metrics, tracer = Logger(), Metrics(), Tracer()
app = APIGatewayHttpResolver()


@cache
def dynamodb() -> "DynamoDBClient":
    """Made once per execution environment."""
    return boto3.client("dynamodb")


@app.get("/summaries/<article_id>")
def get_summary(article_id: str) -> dict[str, Any]:
    """The item as DynamoDB holds it."""
    key = {"article_id": {"S": article_id}, "item": {"S": "CURRENT"}}
    found = dynamodb().get_item(TableName=os.environ["SUMMARIES_TABLE"], Key=key, ConsistentRead=True)
    return dict(found["Item"])


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_HTTP, clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """One request of the HTTP API."""
    answer = app.resolve(event, context)
    metrics.add_metric(name=f"answered_{answer['statusCode']}", unit=MetricUnit.Count, value=1)
    return answer
