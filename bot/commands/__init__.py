"""Commands that people type: one file a command, found by name in `registry`."""
