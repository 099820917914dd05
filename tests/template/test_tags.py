"""Tags of the stack reach everything that is charged, so that a bill can be divided by them."""

from cloudformation import stack

TAGGED = {
    "AWS::ApiGatewayV2::Api",
    "AWS::ApiGatewayV2::Stage",
    "AWS::AppConfig::Application",
    "AWS::AppConfig::ConfigurationProfile",
    "AWS::ApplicationSignals::ServiceLevelObjective",
    "AWS::CloudWatch::Alarm",
    "AWS::CloudWatch::Dashboard",
    "AWS::CodeDeploy::Application",
    "AWS::CodeDeploy::DeploymentGroup",
    "AWS::DynamoDB::Table",
    "AWS::Events::Rule",
    "AWS::IAM::Role",
    "AWS::Lambda::EventSourceMapping",
    "AWS::Lambda::Function",
    "AWS::Logs::LogGroup",
    "AWS::Pipes::Pipe",
    "AWS::S3::Bucket",
    "AWS::SQS::Queue",
    "AWS::StepFunctions::StateMachine",
}
"""Types to which CloudFormation hands the stack's tags: ``tagging.tagOnCreate`` of their schemas (cfn-lint 1.58)."""

FREE = {
    "AWS::ApiGatewayV2::Authorizer",
    "AWS::ApiGatewayV2::Integration",
    "AWS::ApiGatewayV2::Route",
    "AWS::AppConfig::HostedConfigurationVersion",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Policy",
    "AWS::Lambda::Alias",
    "AWS::Lambda::LayerVersion",
    "AWS::Lambda::Permission",
    "AWS::Lambda::Version",
    "AWS::S3::BucketPolicy",
    "AWS::SNS::Subscription",
    "AWS::SQS::QueuePolicy",
}
"""Types that CloudFormation cannot tag, and that nothing is charged for by themselves."""

SAM = "lambda:createdBy"
"""The tag that SAM gives whatever it makes."""


def test_every_resource_that_is_charged_for_gets_the_tags_of_the_stack() -> None:
    """A new type belongs to one of the two, or needs tags of its own in the template."""
    used = {resource["Type"] for resource in stack()["Resources"].values()}

    assert used - TAGGED - FREE == set()


def test_no_resource_has_tags_that_hide_those_of_the_stack() -> None:
    """The resource's own would win."""
    own = {}
    for name, resource in stack()["Resources"].items():
        tags = resource.get("Properties", {}).get("Tags", {})
        names = tags if isinstance(tags, dict) else {tag["Key"] for tag in tags}
        if set(names) - {SAM}:
            own[name] = tags

    assert own == {}
