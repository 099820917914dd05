"""Standfirst: turns a news article into a checked standfirst and a short summary.

The packages; imports point only upwards in this list:

    domain/      Article, Draft, Record, HouseStyle, errors, and the ports (standard library and pydantic; no I/O)
    use_cases/   what the service does: handle a message, summarize an upload or a request, review a summary
    text/        sentences, words, numbers, dates and quotations, in any language
    safety/      prompt injection, and other content that no article may bring
    model/       what every model is asked with and answers in: prompts, JSON, tokens, prices; no network
    reading/     bytes -> Article
    writing/     Article -> Draft: by extraction, or what a model is asked for and answers; no network
    checking/    Draft + Article -> findings and evidence; what a second reader's verdicts come to
    second_reader/  what a second reader is asked and answers; no network
    adapters/    S3, SQS, DynamoDB, the model, the clock: the only importers of boto3 and openai
    api/         the HTTP API: routes, schemas, problem details, OpenAPI document
    wiring/      settings, and what builds the use cases for ``functions/`` and ``local/``

``reading``, ``writing``, ``checking`` and ``second_reader`` are independent of each other, and of ``use_cases``.
This file imports nothing, so that a function pays only for the modules it uses.
"""
