"""The adapters: each implements a Protocol of ``domain/ports.py`` over AWS, OpenAI's client or the system clock.

boto3 and openai are imported here and nowhere else, and adapters do not import each other.
"""
