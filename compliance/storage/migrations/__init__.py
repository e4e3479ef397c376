"""The migrations of the storage, in order."""
