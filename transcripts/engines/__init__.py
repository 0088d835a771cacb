"""What turns samples into segments, and which of them to take."""

from transcripts.engines.choice import choose, explain
from transcripts.engines.shape import Clip, Engine

__all__ = ["Clip", "Engine", "choose", "explain"]
