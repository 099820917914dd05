"""What may be read but never served or obeyed: orders to a machine, addresses, unprintable characters."""
