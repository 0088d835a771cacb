"""Floor 3: who is due and why."""
