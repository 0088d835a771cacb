"""Floor 2: sound to text that can be trusted. `transcripts.transcriber.Transcriber` is the way in."""
