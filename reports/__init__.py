"""Floor 3: the way of a report: received, transcribed, read, confirmed, flagged."""
