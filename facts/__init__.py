"""Floor 2: text to values, each with the words that say it."""
