"""The rules of the checks, a file each."""
