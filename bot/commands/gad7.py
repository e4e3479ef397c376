"""`!gad7`: fill in the GAD-7; a therapist asks the client of this room to."""

from bot.commands.scale import command_for

COMMAND = command_for("gad7")
