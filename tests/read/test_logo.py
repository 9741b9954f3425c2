"""A logo is printed as it is, or refused with the way out; nothing in it loads, runs or needs a font."""

import io
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from handbill.errors import CallError
from handbill.model import Logo
from handbill.read.logo import LARGEST, MOST_SHAPES, read_logo

BEGIN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 30 10"'
SQUARE = '<rect width="9" height="9" fill="#00f"/>'


def svg(folder: Path, inside: str = SQUARE, begin: str = f"{BEGIN}>") -> Logo:
    (folder / "logos").mkdir(exist_ok=True)
    (folder / "logos" / "a.svg").write_text(f"{begin}{inside}</svg>", encoding="utf-8")
    return read_logo(folder, "logos/a.svg")


def png(folder: Path, image: Image.Image, info: PngInfo | None = None) -> Logo:
    (folder / "logos").mkdir(exist_ok=True)
    image.save(folder / "logos" / "a.png", pnginfo=info)
    return read_logo(folder, "logos/a.png")


def shapes(logo: Logo) -> list[tuple[str, dict[str, str]]]:
    root = ET.fromstring(logo.drawing.content)
    return [(each.tag.rpartition("}")[2], dict(each.attrib)) for each in root.iter()]


def test_shapes_are_kept_and_what_a_drawing_program_keeps_for_itself_is_not(tmp_path: Path) -> None:
    inside = (
        "<title>River</title><metadata><a xmlns='x:y'/></metadata><!-- made at home --><defs/>"
        "<g xmlns:i='x:i' id='layer' i:label='1' transform='scale(2)'>"
        "<path d='M0 0h9' style='fill:none;stroke:#123456;stroke-width:2px;fill-opacity:1;font-size:9pt'/></g>"
    )
    doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    assert shapes(svg(tmp_path, inside, f'{doctype}{BEGIN} width="3in" fill="#fff">')) == [
        ("svg", {"viewBox": "0 0 30 10"}),
        ("g", {"fill": "#fff"}),
        ("g", {"transform": "scale(2)"}),
        ("path", {"d": "M0 0h9", "fill": "none", "stroke": "#123456", "stroke-width": "2px"}),
    ]


def test_a_size_in_pixels_does_where_there_is_no_view_box(tmp_path: Path) -> None:
    logo = svg(tmp_path, begin='<svg xmlns="http://www.w3.org/2000/svg" width="40px" height="20">')
    assert shapes(logo)[0] == ("svg", {"viewBox": "0 0 40 20"})


@pytest.mark.parametrize(
    ("inside", "what", "way_out"),
    [
        ("<text>River</text>", "<text>", "letters into outlines"),
        ('<g><image href="photo.png"/></g>', "<image>", "Take the picture out"),
        ("<script>x()</script>", "<script>", "Take it out"),
        ("<style>rect { fill: red }</style>", "<style>", "presentation attributes"),
        ("<defs><linearGradient id='a'/></defs>", "<defs>", "plain colours"),
        ('<use xlink:href="#a"/>', "<use>", "plain shapes"),
        ('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>', "<foreignObject>", "shapes"),
        ('<svg><rect width="3" height="3"/></svg>', "<svg>", "plain shapes"),
        ('<rect fill="url(#a)"/>', 'fill="url', "plain shapes"),
        ('<rect style="fill:url(https://example.org/a)"/>', 'fill="url', "plain shapes"),
        ('<rect onclick="x()"/>', "onclick", "plain shapes"),
        ('<rect opacity="0.5"/>', "opacity", "plain shapes"),
        ('<rect fill="#11223344"/>', "fill", "plain shapes"),
        ('<rect filter="url(#a)"/>', "filter", "plain shapes"),
        ('<g display="none"><rect/></g>', "display", "plain shapes"),
        ('<rect xlink:href="https://example.org"/>', "href", "plain shapes"),
        ("<g>" * 50 + "</g>" * 50, "stand in each other", "plain shapes"),
        ("<g/>" * MOST_SHAPES, "elements", "implify"),
    ],
)
def test_what_would_look_otherwise_on_paper_is_refused(
    tmp_path: Path, inside: str, what: str, way_out: str
) -> None:
    with pytest.raises(CallError, match=r"logos/a\.svg") as refused:
        svg(tmp_path, inside)
    assert what in refused.value.message
    assert way_out in refused.value.remedy


@pytest.mark.parametrize(
    ("begin", "what"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg">', "how large"),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="9">', "how large"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 9">', "no size"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 nan 9">', "no size"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 9">', "mere line"),
        ("<svg>", "no SVG"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">', "entities"),
        ("", "broken"),
    ],
)
def test_what_is_no_svg_or_has_no_size_is_refused(tmp_path: Path, begin: str, what: str) -> None:
    with pytest.raises(CallError, match=what):
        svg(tmp_path, SQUARE, begin)


def test_a_png_is_set_on_white_and_loses_all_but_its_pixels(tmp_path: Path) -> None:
    info = PngInfo()
    info.add_text("Author", "Someone at Home")
    half = Image.new("RGBA", (40, 20), (255, 0, 0, 0))
    half.paste((255, 0, 0, 255), (0, 0, 20, 20))
    logo = png(tmp_path, half, info)
    printed = Image.open(io.BytesIO(logo.drawing.content))

    assert (logo.pixels, printed.mode, printed.info) == ((40, 20), "RGB", {})
    assert (printed.getpixel((1, 1)), printed.getpixel((39, 1))) == ((255, 0, 0), (255, 255, 255))
    assert b"Someone" not in logo.drawing.content


def test_a_png_without_a_colour_is_grey(tmp_path: Path) -> None:
    logo = png(tmp_path, Image.new("P", (20, 20), 3))
    assert Image.open(io.BytesIO(logo.drawing.content)).mode in ("L", "RGB")
    grey = png(tmp_path, Image.new("RGB", (20, 20), (90, 90, 90)))
    assert Image.open(io.BytesIO(grey.drawing.content)).mode == "L"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\x89PNG\r\n\x1a\n", "no PNG"),
        (b"\xff\xd8\xff\xe0 a JPEG by another name", "no PNG"),
        (b"\0" * (LARGEST + 1), "larger than"),
    ],
)
def test_a_file_that_is_no_png_or_too_large_is_refused(tmp_path: Path, content: bytes, what: str) -> None:
    (tmp_path / "logos").mkdir()
    (tmp_path / "logos" / "a.png").write_bytes(content)
    with pytest.raises(CallError, match=what):
        read_logo(tmp_path, "logos/a.png")


def test_a_png_of_too_many_pixels_is_refused_before_they_are_read(tmp_path: Path) -> None:
    with pytest.raises(CallError, match="4 million pixels"):
        png(tmp_path, Image.new("1", (2100, 2000)))


@pytest.mark.parametrize("place", ["logos", "logos/a.svg"])
def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path, place: str) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "statement"
    folder.mkdir()
    outside.mkdir()
    svg(outside)
    if place == "logos":
        (folder / "logos").symlink_to(outside / "logos")
    else:
        (folder / "logos").mkdir()
        (folder / "logos" / "a.svg").symlink_to(outside / "logos" / "a.svg")
    with pytest.raises(CallError, match="leads out of the folder"):
        read_logo(folder, "logos/a.svg")


def test_a_logo_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CallError, match=r"logos/a\.svg: there is no such file"):
        read_logo(tmp_path, "logos/a.svg")
