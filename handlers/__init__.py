"""Floor 4: one file a kind of talk."""
