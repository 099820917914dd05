"""What every alarm does; those of the queues, of the model and of the API stand with these."""

from cloudformation import of_type


def test_every_alarm_goes_to_the_topic_and_says_what_it_means() -> None:
    """When it goes off and when it is over; silence is no reason for one."""
    for alarm in of_type("AWS::CloudWatch::Alarm").values():
        told = {"Fn::If": ["HasAlarmTopic", [{"Ref": "AlarmTopicArn"}], {"Ref": "AWS::NoValue"}]}
        assert (alarm["AlarmActions"], alarm["OKActions"]) == (told, told)
        assert alarm["TreatMissingData"] == "notBreaching"
        assert alarm["AlarmDescription"].endswith(".")


def test_every_alarm_goes_off_above_its_threshold() -> None:
    """None waits for silence, and none for a metric that may be small."""
    alarms = of_type("AWS::CloudWatch::Alarm")

    assert {alarm["ComparisonOperator"] for alarm in alarms.values()} == {"GreaterThanThreshold"}
