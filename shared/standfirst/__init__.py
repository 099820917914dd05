"""Standfirst: an article in, a checked standfirst and a short summary out.

The map, from the inside out; imports point only upwards in this list:

    domain/      Article, Draft, Record, HouseStyle, errors, and the ports (standard library and pydantic; no I/O)
    use_cases/   what the service does, in domain words: handle a message, summarize an upload or a request, review
    text/        sentences, words, numbers, dates and quotations, in any language
    safety/      orders to a machine, and what else is no part of an article's text
    reading/     bytes -> Article
    writing/     Article -> Draft, without a network: by extraction, or by a model
    checking/    Draft + Article -> findings and evidence
    adapters/    S3, SQS, DynamoDB, the model, the clock: the only importers of boto3 and openai
    api/         the HTTP API: its routes, what goes in and comes out of them, its OpenAPI document
    wiring/      settings, and what puts the parts together for ``functions/`` and ``local/``

``reading``, ``writing`` and ``checking`` are independent of each other, and of ``use_cases``.
This file imports nothing, so that a function pays only for the modules it uses.
"""
