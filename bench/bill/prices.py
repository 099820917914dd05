"""What AWS charges, in US dollars: list prices of us-east-1, without free tiers and discounts.

Taken in November 2026 from pages that repeat AWS's price list as of February to June 2026; look up those of your region
(AWS Pricing Calculator). The model's prices are in ``standfirst/model/prices.py``.
"""

from dataclasses import dataclass

REGION, AS_OF = "us-east-1 (N. Virginia)", "June 2026"

MILLION = 1_000_000
GIGABYTE = 10**9


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for so many units of something; ``page`` has AWS's own price."""

    what: str
    usd: float
    units: float
    unit: str
    page: str

    def of(self, amount: float) -> float:
        """Returns the price of an amount."""
        return amount * self.usd / self.units


LAMBDA_SECONDS = Price("Lambda, arm64", 13.3334, MILLION, "million GB-seconds", "lambda/pricing")
LAMBDA_REQUESTS = Price("Lambda", 0.20, MILLION, "million requests", "lambda/pricing")
WRITES = Price("DynamoDB on demand", 0.625, MILLION, "million write units", "dynamodb/pricing/on-demand")
READS = Price("DynamoDB on demand", 0.125, MILLION, "million read units", "dynamodb/pricing/on-demand")
TABLE_STORAGE = Price("DynamoDB", 0.25, GIGABYTE, "GB-month", "dynamodb/pricing/on-demand")
RECOVERY = Price("DynamoDB, point-in-time recovery", 0.20, GIGABYTE, "GB-month", "dynamodb/pricing/on-demand")
PUTS = Price("S3 Standard", 5.00, MILLION, "million PUT requests", "s3/pricing")
GETS = Price("S3 Standard", 0.40, MILLION, "million GET requests", "s3/pricing")
BUCKET_STORAGE = Price("S3 Standard", 0.023, GIGABYTE, "GB-month", "s3/pricing")
QUEUE_REQUESTS = Price("SQS standard queue", 0.40, MILLION, "million requests", "sqs/pricing")
API_REQUESTS = Price("API Gateway, HTTP API", 1.00, MILLION, "million requests", "api-gateway/pricing")
EVENTS = Price("EventBridge", 1.00, MILLION, "million custom events", "eventbridge/pricing")
PIPES = Price("EventBridge Pipes", 0.40, MILLION, "million requests after the filter", "eventbridge/pricing")
LOGS = Price("CloudWatch Logs", 0.50, GIGABYTE, "GB taken in", "cloudwatch/pricing")
LOG_STORAGE = Price("CloudWatch Logs", 0.03, GIGABYTE, "GB-month, compressed", "cloudwatch/pricing")
METRICS = Price("CloudWatch", 0.30, 1, "custom metric and month", "cloudwatch/pricing")
ALARMS = Price("CloudWatch", 0.10, 1, "metric of an alarm and month", "cloudwatch/pricing")
DASHBOARDS = Price("CloudWatch", 3.00, 1, "dashboard and month", "cloudwatch/pricing")
TRACES = Price("X-Ray", 5.00, MILLION, "million traces recorded", "xray/pricing")
SECRETS = Price("Secrets Manager", 0.40, 1, "secret and month", "secrets-manager/pricing")

PRICES = (
    LAMBDA_SECONDS,
    LAMBDA_REQUESTS,
    WRITES,
    READS,
    TABLE_STORAGE,
    RECOVERY,
    PUTS,
    GETS,
    BUCKET_STORAGE,
    QUEUE_REQUESTS,
    API_REQUESTS,
    EVENTS,
    PIPES,
    LOGS,
    LOG_STORAGE,
    METRICS,
    ALARMS,
    DASHBOARDS,
    TRACES,
    SECRETS,
)
