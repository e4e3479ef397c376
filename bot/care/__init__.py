"""Use cases: each carries an intent out inside one unit of work. Nothing else writes."""
