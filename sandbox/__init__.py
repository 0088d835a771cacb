"""A Telegram on your own machine: a local Bot API and a browser chat. Knows nothing of the rest."""
