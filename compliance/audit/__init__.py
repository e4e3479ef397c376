"""The audit record: what may be written, the tree it is written to, checkpoints, and how it is verified."""
