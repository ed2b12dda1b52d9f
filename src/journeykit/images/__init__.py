"""Pictures beside journeys: read within limits and only if they are what they say, so that they can be embedded.

A picture lies inside its repository, and no part of its path is a link. Its content says what it is, not its name. PNG
and JPEG are decoded once, so that a damaged one is found here, and turned upright; where Pillow is not installed, only
their ends are checked, and nothing is drawn. An SVG must be a plain drawing.
"""

from __future__ import annotations

import os
import struct
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from journeykit.errors import without_pictures
from journeykit.files import MEBIBYTE, RefusedError, leads_inside, read_regular_file

MAX_BYTES = 4 * MEBIBYTE
MAX_PIXELS = 16_000_000
"""Of a PNG or JPEG, so that decoding it takes little time and memory."""

MediaType: TypeAlias = Literal["image/png", "image/jpeg", "image/svg+xml"]


class ImageFile(NamedTuple):
    """A picture that can be shown: its bytes, what they are, and its size in pixels (of an SVG in its own units)."""

    data: bytes
    media_type: MediaType
    width: float
    height: float


class ImageError(Exception):
    """A picture that cannot be shown; `help` says what to do about it."""

    def __init__(self, reason: str, help: str) -> None:
        super().__init__(reason)
        self.reason, self.help = reason, help


def read_image(journey: Path, file: str, root: Path) -> ImageFile:
    """Return a picture by its path relative to a journey's file. Raises ImageError if it cannot be shown.

    `root` is the folder that it may not lie outside of.
    """
    path = Path(os.path.normpath(journey.parent / file))
    if not leads_inside(root, path):
        inside = Path(os.path.abspath(path)).is_relative_to(os.path.abspath(root))  # noqa: PTH100
        if not inside:
            raise ImageError("it lies outside of the repository", "put a copy into the repository")
        if path.is_symlink() or path.exists():
            raise ImageError("a part of its path is a link", "put the file itself there")
    try:
        data = read_regular_file(path, MAX_BYTES, follow=False)
    except FileNotFoundError:
        raise ImageError("there is no such file", "the path starts at the folder of this file") from None
    except (RefusedError, IsADirectoryError, NotADirectoryError, PermissionError, OSError) as error:
        raise ImageError(f"it cannot be read: {error.strerror}", "it must be a file of at most 4 MiB") from None
    return image_of(data)


def image_of(data: bytes) -> ImageFile:
    """Return the picture that bytes are. Raises ImageError if they are none that can be shown."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _raster(data, "image/png", _png_size(data))
    if data.startswith(b"\xff\xd8\xff"):
        return _raster(data, "image/jpeg", _jpeg_size(data))
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        try:
            from journeykit.images.svg import svg_size  # few journeys have pictures, and it compiles patterns

            return ImageFile(data, "image/svg+xml", *svg_size(data))
        except ValueError as error:
            raise ImageError(f"this SVG cannot be shown: {error}", "save it as a plain SVG, or as a PNG") from None
    raise ImageError("it is no PNG, JPEG or SVG", "save it as one of them; what it is called does not count")


def _raster(data: bytes, media_type: MediaType, size: tuple[int, int] | None) -> ImageFile:
    """Return a PNG or JPEG that can be decoded; one that a camera held upright is as high as it is seen."""
    kind = "PNG" if media_type == "image/png" else "JPEG"
    if size is None or 0 in size:
        raise ImageError(f"this {kind} is damaged", "save it again")
    if size[0] * size[1] > MAX_PIXELS:
        raise ImageError(f"it has {size[0]} × {size[1]} pixels", "save it with at most 16 million pixels")
    if find_spec("PIL") is None:
        if not _is_whole(data):
            raise ImageError(f"this {kind} is damaged", "save it again")
        return ImageFile(data, media_type, *size)
    from io import BytesIO

    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(data), formats=(kind,)) as picture:
            upright = ImageOps.exif_transpose(picture)
            upright.load()
            return ImageFile(data, media_type, *upright.size)
    except (OSError, ValueError, SyntaxError, struct.error, MemoryError, TypeError, IndexError, KeyError):
        raise ImageError(f"this {kind} is damaged", "save it again") from None


def _is_whole(data: bytes) -> bool:
    """Return whether a PNG or JPEG has its end, which is all that is checked where nothing can decode it."""
    return data.rstrip(b"\0").endswith((b"IEND\xaeB`\x82", b"\xff\xd9"))


def _png_size(data: bytes) -> tuple[int, int] | None:
    return struct.unpack(">II", data[16:24]) if data[12:16] == b"IHDR" and len(data) > 24 else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Return the size that the frame header of a JPEG states; None without one."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        if marker == 0xD8 or 0xD0 <= marker <= 0xD7 or marker == 0x01:
            at += 2
            continue
        at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    return None


def resized(image: ImageFile, width: int, height: int) -> ImageFile:
    """Return a PNG or JPEG encoded anew, at most so large, without what a camera or an editor wrote beside the picture.

    An SVG stays as it is.
    """
    if image.media_type == "image/svg+xml":
        return image
    if find_spec("PIL") is None:
        raise without_pictures("a chart with pictures", "Pillow")
    from io import BytesIO

    from PIL import Image, ImageOps

    kind = "PNG" if image.media_type == "image/png" else "JPEG"
    with Image.open(BytesIO(image.data), formats=(kind,)) as opened:
        picture = ImageOps.exif_transpose(opened)
        transparent = "A" in picture.getbands() or "transparency" in picture.info
        picture = picture.convert("RGBA" if transparent else "RGB")
        picture.thumbnail((width, height), Image.Resampling.LANCZOS)
        clean = Image.new(picture.mode, picture.size)
        clean.paste(picture)
    target = BytesIO()
    if kind == "JPEG":
        clean.save(target, "JPEG", quality=88, optimize=True)
    else:
        clean.save(target, "PNG", optimize=True)
    return ImageFile(target.getvalue(), image.media_type, *clean.size)
