"""What the service does, in domain words; collaborators are passed in, typed by ``domain/ports.py``."""
