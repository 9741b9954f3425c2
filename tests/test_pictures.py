"""Pictures: what a person recognises a file by is on its picture."""

import io

from PIL import Image

from briefs import brief_in
from handbill.pictures import COLOURS, WIDTH, first_page


def picture(tag: str) -> Image.Image:
    return Image.open(io.BytesIO(first_page(brief_in(tag), right_bound=tag == "ar")))


def test_a_picture_has_the_accent_in_its_own_colour_and_the_paper_white() -> None:
    image = picture("en").convert("RGB")
    colours: list[tuple[int, tuple[int, int, int]]] = image.getcolors() or []

    assert image.getpixel((2, 2)) == (255, 255, 255)
    assert sum(count for count, (red, green, blue) in colours if red - max(green, blue) > 30) > 500


def test_a_picture_is_small_and_the_same_from_the_same_file() -> None:
    pdf = brief_in("ar")
    made = first_page(pdf, right_bound=True)

    assert made == first_page(pdf, right_bound=True)
    assert picture("ar").width == WIDTH
    assert len(picture("ar").getcolors() or ()) <= COLOURS
    assert len(made) < 60_000
