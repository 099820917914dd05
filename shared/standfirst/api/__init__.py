"""The HTTP API: routes, schemas, and errors as problem details (RFC 9457)."""
