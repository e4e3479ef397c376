"""Hours, quiet periods, slots, reminders and calendar files: pure, no input or output."""
