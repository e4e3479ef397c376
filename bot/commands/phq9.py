"""`!phq9`: fill in the PHQ-9; a therapist asks the client of this room to."""

from bot.commands.scale import command_for

COMMAND = command_for("phq9")
