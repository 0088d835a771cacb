"""Photos as Telegram keeps them: JPEG without metadata, in sizes, the longest side 2560 at most."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from sandbox.errors import bad
from sandbox.files import Files

LONGEST = 2560
SMALL = 320


def keep_photo(files: Files, content: bytes) -> list[dict[str, Any]]:
    """Telegram's PhotoSize list, smallest first; raises ApiError when the bytes are no picture."""
    picture = _open(content)
    if sum(picture.size) > 10_000 or max(picture.size) > 20 * min(picture.size):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    sizes = [_keep(files, _shrunk(picture, LONGEST))]
    if max(picture.size) > SMALL:
        sizes.insert(0, _keep(files, _shrunk(picture, SMALL)))
    return sizes


def _open(content: bytes) -> Image.Image:
    try:
        return ImageOps.exif_transpose(Image.open(BytesIO(content))).convert("RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        raise bad("IMAGE_PROCESS_FAILED") from None


def _shrunk(picture: Image.Image, longest: int) -> Image.Image:
    copy = picture.copy()
    copy.thumbnail((longest, longest))
    return copy


def _keep(files: Files, picture: Image.Image) -> dict[str, Any]:
    out = BytesIO()
    picture.save(out, "JPEG", quality=87)
    file = files.add("photo", out.getvalue(), "image/jpeg")
    width, height = picture.size
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "width": width,
        "height": height,
    }
