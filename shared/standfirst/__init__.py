"""Standfirst: an article in, a checked standfirst and a short summary out.

The map, from the inside out; imports point only upwards in this list:

    domain/               the words: Article, Draft, Record, HouseStyle, errors, and the ports (no I/O, no clock)
    text/                 sentences, words, figures, dates and quotations, in any language; orders to a machine
    reading/              bytes -> Article
    writing/              Article -> Draft, without a network
    checking/             Draft + Article -> findings and evidence
    write_summary.py      the story of a text: written, checked, revised once, or the article's own sentences
    within_budget.py      a model that costs no more in a day than was agreed
    versions.py           what lies in the bucket, article by article
    settle_version.py     what a version does to a record: the rules that hold whoever asks for a summary
    summarize_article.py  the story of an upload, in domain words, and of the wishes for an upgrade or a regeneration
    summarize_on_request.py  the story of an article that somebody sends and waits for
    answer_message.py     the story of a message: answered, delivered again later, or put aside for a person
    upgrade_summaries.py  the story of the upgrades: the model's turn where the extractive writer stood in
    find_summaries.py     the story of a reader who asks for summaries
    review_summary.py     the story of an editor, who edits, approves or rejects (request_regeneration.py: or wishes)
    api/                  the HTTP API: its routes, what goes in and comes out of them, its OpenAPI document
    adapters/             S3, SQS, DynamoDB, the model, its breaker, the clock: the only importers of boto3 and openai
    settings.py           what a function reads from its environment, once
    model_writer.py       the model writer of a deployment or a shell, if there is one (model_wiring.py builds it)
    article_story.py      the story of a text, put together as a deployment has it
    upload_worker.py      the story of a message, put together as a deployment has it
    request_desk.py       the same for that of an article somebody waits for
    review_desk.py        the same for those of an editor
    cold_start.py         what a function imports first, so that its first answer comes sooner

This file imports nothing, so that a function pays only for the modules it uses.
"""
