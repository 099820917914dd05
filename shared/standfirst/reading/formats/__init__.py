"""The readers, a file or a folder a format."""
