"""Floor 1: every word said, to models and to people."""
