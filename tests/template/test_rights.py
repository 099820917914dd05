"""What each function may do, and nothing else."""

import pytest

from cloudformation import PARAMETERS, SECRET, of_type, plain, properties, rights

ACCOUNT = "arn:${{AWS::Partition}}:{service}:${{AWS::Region}}:${{AWS::AccountId}}"

RUNS = f"{ACCOUNT.format(service='states')}:stateMachine:standfirst-backfill-${{AWS::StackId}}"

# Everything a function may do, by role, as (action, resource). A new right is a decision: it is made here too.
RIGHTS = {
    "SummarizeUploadsRole": {
        ("sqs:ReceiveMessage", "UploadsQueue.Arn"),
        ("sqs:DeleteMessage", "UploadsQueue.Arn"),
        ("sqs:ChangeMessageVisibility", "UploadsQueue.Arn"),
        ("sqs:GetQueueAttributes", "UploadsQueue.Arn"),
        ("sqs:SendMessage", "UploadsDeadLetterQueue.Arn"),
        ("s3:GetObject", "${ArticlesBucket.Arn}/${ArticlePrefix}*"),
        ("s3:ListBucket", "ArticlesBucket.Arn"),
        ("dynamodb:ConditionCheckItem", "SummariesTable.Arn"),
        ("dynamodb:GetItem", "SummariesTable.Arn"),
        ("dynamodb:PutItem", "SummariesTable.Arn"),
        ("dynamodb:Query", "SummariesTable.Arn"),
        ("dynamodb:UpdateItem", "SummariesTable.Arn"),
        ("dynamodb:GetItem", "GenerationsTable.Arn"),
        ("dynamodb:PutItem", "GenerationsTable.Arn"),
        ("dynamodb:UpdateItem", "GenerationsTable.Arn"),
        ("dynamodb:DeleteItem", "GenerationsTable.Arn"),
        ("dynamodb:GetItem", "ModelStateTable.Arn"),
        ("dynamodb:PutItem", "ModelStateTable.Arn"),
        ("dynamodb:UpdateItem", "ModelStateTable.Arn"),
        ("logs:CreateLogStream", "SummarizeUploadsLogs.Arn"),
        ("logs:PutLogEvents", "SummarizeUploadsLogs.Arn"),
        ("xray:PutTraceSegments", "*"),
        ("xray:PutTelemetryRecords", "*"),
    },
    "BackfillArticlesRole": {
        ("sqs:ReceiveMessage", "BackfillQueue.Arn"),
        ("sqs:DeleteMessage", "BackfillQueue.Arn"),
        ("sqs:ChangeMessageVisibility", "BackfillQueue.Arn"),
        ("sqs:GetQueueAttributes", "BackfillQueue.Arn"),
        ("sqs:SendMessage", "BackfillDeadLetterQueue.Arn"),
        ("s3:GetObject", "${ArticlesBucket.Arn}/${ArticlePrefix}*"),
        ("s3:ListBucket", "ArticlesBucket.Arn"),
        ("dynamodb:ConditionCheckItem", "SummariesTable.Arn"),
        ("dynamodb:GetItem", "SummariesTable.Arn"),
        ("dynamodb:PutItem", "SummariesTable.Arn"),
        ("dynamodb:Query", "SummariesTable.Arn"),
        ("dynamodb:UpdateItem", "SummariesTable.Arn"),
        ("dynamodb:GetItem", "GenerationsTable.Arn"),
        ("dynamodb:PutItem", "GenerationsTable.Arn"),
        ("dynamodb:UpdateItem", "GenerationsTable.Arn"),
        ("dynamodb:DeleteItem", "GenerationsTable.Arn"),
        ("dynamodb:GetItem", "ModelStateTable.Arn"),
        ("dynamodb:PutItem", "ModelStateTable.Arn"),
        ("dynamodb:UpdateItem", "ModelStateTable.Arn"),
        ("logs:CreateLogStream", "BackfillArticlesLogs.Arn"),
        ("logs:PutLogEvents", "BackfillArticlesLogs.Arn"),
        ("xray:PutTraceSegments", "*"),
        ("xray:PutTelemetryRecords", "*"),
    },
    "BackfillRunsRole": {
        ("s3:GetObject", "${ArticlesBucket.Arn}/${ArticlePrefix}*"),
        ("s3:ListBucket", "ArticlesBucket.Arn"),
        ("s3:DeleteObject", "${BackfillBucket.Arn}/*"),
        ("s3:GetObject", "${BackfillBucket.Arn}/*"),
        ("s3:PutObject", "${BackfillBucket.Arn}/*"),
        ("s3:ListBucket", "BackfillBucket.Arn"),
        ("dynamodb:GetItem", "SummariesTable.Arn"),
        ("dynamodb:Query", "SummariesTable.Arn"),
        ("dynamodb:ConditionCheckItem", "GenerationsTable.Arn"),
        ("dynamodb:DeleteItem", "GenerationsTable.Arn"),
        ("dynamodb:GetItem", "GenerationsTable.Arn"),
        ("dynamodb:PutItem", "GenerationsTable.Arn"),
        ("dynamodb:GetItem", "ModelStateTable.Arn"),
        ("dynamodb:PutItem", "ModelStateTable.Arn"),
        ("dynamodb:UpdateItem", "ModelStateTable.Arn"),
        ("sqs:GetQueueAttributes", "BackfillQueue.Arn"),
        ("sqs:SendMessage", "BackfillQueue.Arn"),
        ("states:StartExecution", RUNS),
        ("logs:CreateLogStream", "BackfillRunsLogs.Arn"),
        ("logs:PutLogEvents", "BackfillRunsLogs.Arn"),
        ("xray:PutTraceSegments", "*"),
        ("xray:PutTelemetryRecords", "*"),
    },
    "UpgradeSummariesRole": {
        ("dynamodb:Query", "${SummariesTable.Arn}/index/by_degraded"),
        ("dynamodb:Query", "${SummariesTable.Arn}/index/by_queue"),
        ("dynamodb:UpdateItem", "SummariesTable.Arn"),
        ("dynamodb:GetItem", "ModelStateTable.Arn"),
        ("sqs:GetQueueAttributes", "BackfillQueue.Arn"),
        ("sqs:SendMessage", "BackfillQueue.Arn"),
        ("logs:CreateLogStream", "UpgradeSummariesLogs.Arn"),
        ("logs:PutLogEvents", "UpgradeSummariesLogs.Arn"),
        ("xray:PutTraceSegments", "*"),
        ("xray:PutTelemetryRecords", "*"),
    },
    "ServeSummariesRole": {
        ("dynamodb:GetItem", "SummariesTable.Arn"),
        ("dynamodb:Query", "SummariesTable.Arn"),
        ("dynamodb:Query", "${SummariesTable.Arn}/index/by_update"),
        ("dynamodb:Query", "${SummariesTable.Arn}/index/by_status"),
        ("logs:CreateLogStream", "ServeSummariesLogs.Arn"),
        ("logs:PutLogEvents", "ServeSummariesLogs.Arn"),
        ("xray:PutTraceSegments", "*"),
        ("xray:PutTelemetryRecords", "*"),
    },
    "ReviewSummariesRole": {
        ("dynamodb:DeleteItem", "SummariesTable.Arn"),
        ("dynamodb:GetItem", "SummariesTable.Arn"),
        ("dynamodb:PutItem", "SummariesTable.Arn"),
        ("dynamodb:Query", "SummariesTable.Arn"),
        ("dynamodb:GetItem", "ReviewsTable.Arn"),
        ("dynamodb:PutItem", "ReviewsTable.Arn"),
        ("dynamodb:UpdateItem", "ReviewsTable.Arn"),
        ("dynamodb:DeleteItem", "GenerationsTable.Arn"),
        ("dynamodb:Query", "${GenerationsTable.Arn}/index/by_content"),
        ("s3:DeleteObject", "${ArticlesBucket.Arn}/${ArticlePrefix}*"),
        ("s3:DeleteObjectVersion", "${ArticlesBucket.Arn}/${ArticlePrefix}*"),
        ("s3:ListBucketVersions", "ArticlesBucket.Arn"),
        ("s3:GetObject", "${ArticlesBucket.Arn}/${ArticlePrefix}*"),
        ("s3:GetObjectVersion", "${ArticlesBucket.Arn}/${ArticlePrefix}*"),
        ("s3:ListBucket", "ArticlesBucket.Arn"),
        ("sqs:SendMessage", "UploadsQueue.Arn"),
        ("logs:CreateLogStream", "ReviewSummariesLogs.Arn"),
        ("logs:PutLogEvents", "ReviewSummariesLogs.Arn"),
        ("xray:PutTraceSegments", "*"),
        ("xray:PutTelemetryRecords", "*"),
    },
    "ServeReviewsRole": {
        ("dynamodb:Query", "ReviewsTable.Arn"),
        ("dynamodb:BatchGetItem", "ReviewsTable.Arn"),
        ("dynamodb:PutItem", "ReviewsTable.Arn"),
        ("dynamodb:DeleteItem", "ReviewsTable.Arn"),
        ("dynamodb:Query", "${SummariesTable.Arn}/index/by_queue"),
        ("logs:CreateLogStream", "ServeReviewsLogs.Arn"),
        ("logs:PutLogEvents", "ServeReviewsLogs.Arn"),
        ("xray:PutTraceSegments", "*"),
        ("xray:PutTelemetryRecords", "*"),
    },
    "SummarizeOnRequestRole": {
        ("s3:GetObject", "${ArticlesBucket.Arn}/${ArticlePrefix}*"),
        ("s3:PutObject", "${ArticlesBucket.Arn}/${ArticlePrefix}*"),
        ("s3:ListBucket", "ArticlesBucket.Arn"),
        ("dynamodb:ConditionCheckItem", "SummariesTable.Arn"),
        ("dynamodb:GetItem", "SummariesTable.Arn"),
        ("dynamodb:PutItem", "SummariesTable.Arn"),
        ("dynamodb:Query", "SummariesTable.Arn"),
        ("dynamodb:GetItem", "GenerationsTable.Arn"),
        ("dynamodb:PutItem", "GenerationsTable.Arn"),
        ("dynamodb:UpdateItem", "GenerationsTable.Arn"),
        ("dynamodb:DeleteItem", "GenerationsTable.Arn"),
        ("dynamodb:GetItem", "ModelStateTable.Arn"),
        ("dynamodb:PutItem", "ModelStateTable.Arn"),
        ("dynamodb:UpdateItem", "ModelStateTable.Arn"),
        ("logs:CreateLogStream", "SummarizeOnRequestLogs.Arn"),
        ("logs:PutLogEvents", "SummarizeOnRequestLogs.Arn"),
        ("xray:PutTraceSegments", "*"),
        ("xray:PutTelemetryRecords", "*"),
    },
    "ServeDeskRole": {
        ("logs:CreateLogStream", "ServeDeskLogs.Arn"),
        ("logs:PutLogEvents", "ServeDeskLogs.Arn"),
        ("xray:PutTraceSegments", "*"),
        ("xray:PutTelemetryRecords", "*"),
    },
}

ON_BEDROCK = ("bedrock-mantle:CreateInference", f"{ACCOUNT.format(service='bedrock-mantle')}:project/*")

# What a function that asks the model may do besides, by the choice of parameters that asks for it.
OF_THE_MODEL = {
    "as it is": set(),
    "OpenAI, key in a secret": {("secretsmanager:GetSecretValue", "ModelKeySecretArn")},
    "OpenAI, key in a parameter": {
        ("ssm:GetParameter", f"{ACCOUNT.format(service='ssm')}:parameter${{ModelKeyParameter}}"),
    },
    "Bedrock": {ON_BEDROCK},
    "a second reader on Bedrock": {ON_BEDROCK, ("secretsmanager:GetSecretValue", "ModelKeySecretArn")},
    "a second reader of OpenAI": {
        ON_BEDROCK,
        ("ssm:GetParameter", f"{ACCOUNT.format(service='ssm')}:parameter${{SecondReaderKeyParameter}}"),
    },
    "a second reader with the writer's key": {ON_BEDROCK, ("secretsmanager:GetSecretValue", "ModelKeySecretArn")},
    "a second reader elsewhere": {
        ("ssm:GetParameter", f"{ACCOUNT.format(service='ssm')}:parameter${{ModelKeyParameter}}"),
        ("secretsmanager:GetSecretValue", "SecondReaderKeySecretArn"),
    },
}

# What the one may that sends batches and nothing else: the writer's key, if that is OpenAI's.
OF_BATCHES = {choice: OF_THE_MODEL[choice] for choice in ("OpenAI, key in a secret", "OpenAI, key in a parameter")} | {
    "a second reader on Bedrock": OF_THE_MODEL["OpenAI, key in a secret"],
    "a second reader elsewhere": OF_THE_MODEL["OpenAI, key in a parameter"],
}

ASKERS = ("SummarizeUploadsRole", "BackfillArticlesRole", "SummarizeOnRequestRole")


def test_every_function_has_a_role_of_its_own() -> None:
    """Least privilege: what one needs, the others do not get."""
    roles = [plain(function["Role"]) for function in of_type("AWS::Lambda::Function").values()]

    assert sorted(roles) == sorted(f"{role}.Arn" for role in RIGHTS)


@pytest.mark.parametrize("role", RIGHTS)
def test_a_role_allows_what_is_written_here_and_nothing_else(role: str) -> None:
    """Without managed policies, which allow more."""
    assert set(rights(role)) == RIGHTS[role]
    assert "ManagedPolicyArns" not in properties(role)


@pytest.mark.parametrize("role", RIGHTS)
def test_a_role_is_taken_on_by_lambda_alone(role: str) -> None:
    """Nobody else runs with what a function may do."""
    (statement,) = properties(role)["AssumeRolePolicyDocument"]["Statement"]

    assert (statement["Effect"], statement["Principal"]) == ("Allow", {"Service": "lambda.amazonaws.com"})


@pytest.mark.parametrize("choice", OF_THE_MODEL)
def test_who_writes_may_ask_the_model_it_has_and_no_other(choice: str) -> None:
    """One secret, one parameter or Bedrock: each only where it is chosen, and nothing else changes."""
    for role, allowed in RIGHTS.items():
        besides = OF_THE_MODEL[choice] if role in ASKERS else set()
        besides = OF_BATCHES.get(choice, set()) if role == "BackfillRunsRole" else besides
        assert set(rights(role, PARAMETERS[choice])) == allowed | besides


@pytest.mark.parametrize("role", ASKERS)
def test_a_key_that_is_not_used_may_not_be_read(role: str) -> None:
    """Somebody who goes over to Bedrock and forgets the secret in the parameters has closed it all the same."""
    forgotten = {"ModelProvider": "bedrock", "ModelKeySecretArn": SECRET, "ModelKeyParameter": "/standfirst/openai"}
    forgotten |= {"SecondReaderKeySecretArn": SECRET}

    assert set(rights(role, forgotten)) == RIGHTS[role] | OF_THE_MODEL["Bedrock"]


@pytest.mark.parametrize("role", RIGHTS)
def test_no_right_is_a_wildcard_but_for_traces(role: str) -> None:
    """X-Ray knows no resources; every other right names its action and its resource, articles by their prefix."""
    wild = {(action, resource) for action, resource in rights(role) if "*" in action + resource}

    assert {resource for action, resource in wild if not action.startswith("xray:")} <= {
        "${ArticlesBucket.Arn}/${ArticlePrefix}*",
        "${BackfillBucket.Arn}/*",
    }
    assert not [action for action, _ in wild if "*" in action]
