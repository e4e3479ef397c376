"""From what came in and what we know to one typed intent: pure, table-tested."""
