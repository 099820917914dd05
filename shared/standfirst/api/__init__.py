"""The HTTP API: its routes, what goes in and comes out of them, and how errors of ours are told."""
