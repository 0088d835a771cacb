"""How a picture looks: near-same pictures have near-same hashes, whatever their size or compression."""

from __future__ import annotations

import warnings
from io import BytesIO

LARGEST_PIXELS = 80_000_000


def look(content: bytes) -> str | None:
    """A perceptual hash of 64 bits in hex; None for what is no picture or would not fit in memory."""
    import imagehash  # loads SciPy's and NumPy's arrays, which only pictures need
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(content)) as picture:
            if picture.width * picture.height > LARGEST_PIXELS:
                return None
            picture.draft("L", (256, 256))
            return str(imagehash.phash(picture))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
