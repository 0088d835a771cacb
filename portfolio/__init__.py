"""Floor 3: questions about a borrower or the whole book."""
