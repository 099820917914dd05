"""The routes of the HTTP API, one file per function that serves them."""
