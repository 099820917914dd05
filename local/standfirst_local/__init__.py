"""The whole service on one machine: the stack of template.yaml in moto, the same handlers, and the command line."""
