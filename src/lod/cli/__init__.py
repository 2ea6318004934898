"""The command line: options → one call → reporter → exit code."""
