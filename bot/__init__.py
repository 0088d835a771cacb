"""Floor 5: wiring, settings, command line, the clock, Telegram in and out."""
