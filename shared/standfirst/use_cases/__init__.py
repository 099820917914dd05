"""What the service does, one module per use case; collaborators are passed in, typed by ``domain/ports.py``."""
