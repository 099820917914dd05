"""The pieces of a text in any language: its sentences and its content words. Below reading, writing and checking."""
