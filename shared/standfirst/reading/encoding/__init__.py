"""Bytes to characters."""
