"""Matrix, conversations, commands, care, calendar and the command line."""
