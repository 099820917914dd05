"""Drafts by a model through OpenAI's client and its Responses API: of OpenAI, of Bedrock, or of what speaks the same.

    summarizer.py   the ``Summarizer``: an assignment in, a draft out, whatever it takes in between
    exchange.py     one request and one answer, in the words of the API
    faults.py       what the client's exceptions mean
    connections.py  the client, and how it proves who is asking

One adapter in four modules, and the only importer of openai, which takes half a second to import: nothing is imported
here. Neither an article nor a draft ever gets into a message or a log.
"""
