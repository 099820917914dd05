"""The outside world: one module per collaborator, each implementing a Protocol of ``domain/ports.py``.

boto3 is imported here and nowhere else, and adapters do not import each other.
"""
