"""The second reader: what a model is asked about the sentences of a draft, and its answer."""
