"""The data, the rules and the ports of the service: no I/O, no clock, no environment."""
