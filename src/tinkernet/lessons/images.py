"""Images of a lesson: read from its own folder, checked, and sent with its text."""

import base64
import io
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from tinkernet.protocol.lesson import Image

FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
LARGEST_BYTES = 2_000_000
MOST_PIXELS = 4000
"""Along one side."""


def load_image(folder: Path, address: str, alt: str) -> Image:
    """The image with this address in the folder.

    Raises:
        ValueError: there is none, it is outside of the folder, or not an image that can be shown.
    """
    path = PurePosixPath(unquote(address))
    if "\\" in address or ":" in address or path.is_absolute() or ".." in path.parts:
        raise ValueError("an image must be in the folder of its lesson")
    if not alt.strip():
        raise ValueError("an image needs a description for those who cannot see it, as ![description](file.png)")
    try:
        # Neither a link of the file system leads out of the folder.
        found = (folder / path).resolve(strict=True)
        if not found.is_relative_to(folder.resolve()) or not found.is_file():
            raise ValueError("an image must be in the folder of its lesson")
        with found.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
    except OSError:
        raise ValueError(f"there is no image “{address}” in the folder of the lesson") from None
    if len(content) > LARGEST_BYTES:
        raise ValueError(f"“{address}” is larger than 2 MB")
    try:
        with Pillow.open(io.BytesIO(content), formats=list(FORMATS)) as image:
            kind, (width, height) = FORMATS[str(image.format)], image.size
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Pillow.DecompressionBombError):
        raise ValueError(f"“{address}” is not a PNG, JPEG, GIF or WebP image") from None
    if max(width, height) > MOST_PIXELS:
        raise ValueError(f"“{address}” has more than {MOST_PIXELS} pixels along one side")
    source = f"data:{kind};base64,{base64.b64encode(content).decode()}"
    return Image(alt=alt, source=source, width=width, height=height)
