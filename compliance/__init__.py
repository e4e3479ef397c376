"""The layer that every record and every word to a room passes through."""
