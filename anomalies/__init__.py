"""Floor 2: records and history to flags, and cases."""
