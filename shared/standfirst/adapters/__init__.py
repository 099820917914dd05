"""The outside world: one module, or one package, per collaborator, each implementing a Protocol of ``domain/ports.py``.

boto3 and openai are imported here and nowhere else, and adapters do not import each other.
"""
