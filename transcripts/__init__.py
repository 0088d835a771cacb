"""Floor 2: sound to text."""
