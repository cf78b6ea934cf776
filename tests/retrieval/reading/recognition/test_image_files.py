"""Image files: what of them is decoded, and how it lies."""

from __future__ import annotations

import zlib
from io import BytesIO

import pytest
from PIL import Image, UnidentifiedImageError

from retrieval.reading.recognition.image_files import frames_of


def file(image: Image.Image, kind: str, **options: object) -> bytes:
    written = BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_formats(kind: str) -> None:
    (frame,) = frames_of(file(Image.new("RGB", (40, 60), "white"), kind))
    picture = frame.picture()
    assert (frame.pixels, picture.image.mode, picture.image.getpixel((9, 9))) == (2400, "L", 255)


def test_the_longer_side_stands_for_that_of_a4() -> None:
    (frame,) = frames_of(file(Image.new("L", (842, 421)), "PNG"))
    assert frame.picture().dpi == 72


def test_an_image_lies_as_the_camera_says() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6  # the orientation: to be turned by a quarter
    (frame,) = frames_of(file(Image.new("L", (40, 60)), "JPEG", exif=turned.tobytes()))
    assert frame.picture().image.size == (60, 40)


def test_what_is_transparent_is_white() -> None:
    (frame,) = frames_of(file(Image.new("RGBA", (4, 4), (0, 0, 0, 0)), "PNG"))
    assert frame.picture().image.getpixel((0, 0)) == 255


def test_the_pages_of_a_tiff_are_frames_and_those_of_an_animation_are_none() -> None:
    first, second = Image.new("L", (4, 4), 10), Image.new("L", (8, 4), 20)
    frames = list(frames_of(file(first, "TIFF", save_all=True, append_images=[second])))
    assert [frame.picture().image.getpixel((0, 0)) for frame in frames] == [10, 20]
    assert [frame.pixels for frame in frames] == [16, 32]
    assert len(list(frames_of(file(first, "WEBP", save_all=True, append_images=[first])))) == 1


def test_the_size_of_a_huge_image_is_known_before_it_is_decoded() -> None:
    data = bytearray(file(Image.new("1", (8, 8)), "PNG"))
    data[16:24] = (40_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    (frame,) = frames_of(bytes(data))
    assert frame.pixels == 1_600_000_000


def test_what_is_no_image_is_not_read() -> None:
    with pytest.raises(UnidentifiedImageError):
        list(frames_of(b"no image"))
    with pytest.raises(UnidentifiedImageError):  # a format that nobody asked for
        list(frames_of(file(Image.new("L", (4, 4)), "GIF")))
