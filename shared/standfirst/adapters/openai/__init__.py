"""The model behind its port: the only importers of the openai client."""
