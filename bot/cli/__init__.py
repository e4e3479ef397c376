"""The command `stillroom`: one module a subcommand."""
