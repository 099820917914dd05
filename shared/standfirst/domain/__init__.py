"""The words of the newsroom and the rules that need nothing but them: no I/O, no clock, no environment."""
