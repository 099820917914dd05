"""A service whose summaries have one text more, run as a program: prints what the model was asked and what came of it.

The text is declared before anything else is imported, as if it were in ``domain/texts.py``.
"""

import json
import os
import sys

from standfirst.domain import texts
from standfirst.domain.style import Range, TextLimits

SEO_TITLE = texts.TextKind(
    name="seo_title",
    title="SEO title",
    limits=TextLimits(Range(1, 1), Range(4, 12), max_characters=60),
    brief="a title for search engines: what a reader would search for.",
    description="The title for search engines",
    example="Sele ferry returns in June",
    max_characters=70,
    is_required=False,
    is_prose=False,
)
texts.TEXTS = (*texts.TEXTS, SEO_TITLE)

import boto3  # noqa: E402 - after the declaration

import model_server as play  # noqa: E402
from builders import STORY  # noqa: E402
from http_events import an_event, as_json, body_of  # noqa: E402
from standfirst.api.whole_api import document  # noqa: E402
from standfirst_local.deployment import PROJECT, read_deployment  # noqa: E402
from standfirst_local.emulator import create_storage, emulated_aws  # noqa: E402
from standfirst_local.functions import LocalFunction  # noqa: E402

ID = "politics/ferry.txt"
STANDFIRST = "Brackenford’s council voted on Tuesday to bring back the crossing, which stopped in 2019 after a flood."
SUMMARY = (
    "The town council of Brackenford voted on Tuesday to reopen the ferry across the Sele. It stopped in 2019, when "
    "its landing stage was washed away by a flood. Repairs will cost 240,000 crowns, the council said."
)


def drafted(seo_title: str) -> play.Answer:
    """A model's answer."""
    draft = {"standfirst": STANDFIRST, "summary": SUMMARY, "key_points": [], "seo_title": seo_title}
    return play.text(json.dumps(draft))


def main() -> None:
    """Upload an article, read its summary, edit the text that was added, and read the history."""
    said = {}
    with emulated_aws(), play.playing_models() as host, play.playing_model(host) as model:
        storage = create_storage(read_deployment({}))
        boto3.client("ssm").put_parameter(Name="/key", Value="sk", Type="SecureString")
        os.environ |= {
            "POWERTOOLS_METRICS_NAMESPACE": "Standfirst",
            "SUMMARIES_TABLE": storage["SummariesTable"],
            "REVIEWS_TABLE": storage["ReviewsTable"],
            "GENERATIONS_TABLE": storage["GenerationsTable"],
            "MODEL_STATE_TABLE": storage["ModelStateTable"],
            "UPLOADS_QUEUE_URL": storage["UploadsQueue"],
            "DEAD_LETTER_QUEUE_URL": storage["UploadsDeadLetterQueue"],
            "ARTICLES_BUCKET": storage["ArticlesBucket"],
            "MAX_RECEIVES": "5",
            "MODEL_PROVIDER": "openai",
            "SECOND_READER": "off",
            "MODEL_BASE_URL": model.base_url,
            "MODEL_KEY_PARAMETER": "/key",
        }
        worker, serve, review = (
            LocalFunction(name, PROJECT / "functions" / name, memory_mb=1024, timeout_seconds=90)
            for name in ("summarize_uploads", "serve_summaries", "review_summaries")
        )
        # The number is wrong in the first draft: the text is checked like the others, and revised.
        model.answers(
            drafted("Ferry repairs cost 290,000 crowns"), drafted("Council voted to reopen the ferry across the Sele")
        )
        boto3.client("s3").put_object(Bucket=storage["ArticlesBucket"], Key=ID, Body=STORY.encode())
        entry = {"key": ID, "sequencer": "0A"}
        bucket = {"name": storage["ArticlesBucket"]}
        worker.invoke({"Records": [{"eventSource": "aws:s3", "s3": {"bucket": bucket, "object": entry}}]})
        asked, revised = (request.body for request in model.requests)
        said["asked"] = json.dumps(asked)
        said["schema"] = sorted(asked["text"]["format"]["schema"]["required"])
        said["revised"] = json.dumps(revised)
        read = serve.invoke(an_event("http_get_summary", ID))
        said["served"] = body_of(read)
        patch = {"seo_title": "Sele ferry back in May, after seven years"}
        headers = {"if-match": read["headers"]["ETag"]}
        said["edited"] = body_of(review.invoke(an_event("http_patch_summary", ID, headers=headers, **as_json(patch))))
        too_long = {"seo_title": "Ferry " * 20}
        said["refused"] = review.invoke(
            an_event("http_patch_summary", ID, headers={"if-match": "*"}, **as_json(too_long))
        )["statusCode"]
        said["history"] = body_of(serve.invoke(an_event("http_get_revisions", ID)))
        key = {"article_id": {"S": ID}, "item": {"S": "CURRENT"}}
        said["stored"] = boto3.client("dynamodb").get_item(TableName=storage["SummariesTable"], Key=key)["Item"][
            "seo_title"
        ]
    said["documented"] = json.loads(document())["components"]["schemas"]
    sys.stdout.write(f"{json.dumps(said)}\n")


if __name__ == "__main__":
    main()
