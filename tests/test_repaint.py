"""Every operator that sets a colour is rewritten, in forms and patterns too; what cannot be is refused by name."""

from collections.abc import Mapping
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from handbill.errors import ContentError
from handbill.repaint import Paint, Recipe, repaint
from printed import form, opened, operators, saved, stream, tiny, written


def marked(paint: Paint) -> Paint:
    """A mixer whose paints can be told: black to black ink, CMYK as it is, all else to cyan, magenta, yellow."""
    if len(paint) == 4:
        return paint
    values = paint * 3 if len(paint) == 1 else paint
    return (0, 0, 0, 1) if not any(values) else (*(1 - value for value in values), 0)


INK = Recipe(marked, thinnest_line=0.25, overprint_black=True)
GREY = Recipe(lambda paint: (sum(paint) / len(paint),))
START = ["0 0 0 1 k", "0 0 0 1 K"]


def repainted(content: str, recipe: Recipe = INK, resources: Mapping[str, Any] | None = None) -> bytes:
    """A tiny PDF of this content, repainted."""
    with opened(tiny(content, resources)) as pdf:
        repaint(pdf, recipe)
        return saved(pdf)


def icc(components: int) -> Array:
    return Array([Name.ICCBased, stream("profile", N=components)])


SPACES = {
    "/ColorSpace": Dictionary(
        Rgb=icc(3),
        Grey=icc(1),
        Cmyk=icc(4),
        CalRgb=Array([Name.CalRGB, Dictionary(WhitePoint=[1, 1, 1])]),
        Lab=Array([Name.Lab, Dictionary(WhitePoint=[1, 1, 1])]),
        Spot=Array([Name.Separation, Name("/Gold"), Name.DeviceCMYK, Dictionary(FunctionType=2)]),
    )
}


@pytest.mark.parametrize(
    ("content", "written_as"),
    [
        pytest.param("1 0.5 0 rg", ["0 0.5 1 0 k"], id="RGB for filling"),
        pytest.param("1 0.5 0 RG", ["0 0.5 1 0 K"], id="RGB for stroking"),
        pytest.param("0 g 0.25 G", ["0 0 0 1 k", "0.75 0.75 0.75 0 K"], id="grey"),
        pytest.param("0.1 0.2 0.3 0.4 k", ["0.1 0.2 0.3 0.4 k"], id="CMYK goes through the mixer too"),
        pytest.param("/DeviceRGB cs 1 0 0 sc", ["0 0 0 1 k", "0 1 1 0 k"], id="a space and a paint in it"),
        pytest.param("/Rgb CS 1 0 0 SCN", ["0 0 0 1 K", "0 1 1 0 K"], id="a profile of three components"),
        pytest.param("/CalRgb cs 1 0 0 scn", ["0 0 0 1 k", "0 1 1 0 k"], id="calibrated RGB"),
        pytest.param("/Grey cs 1 scn", ["0 0 0 1 k", "0 0 0 0 k"], id="a profile of one component"),
        pytest.param("/Cmyk cs", ["0 0 0 1 k"], id="CMYK begins with black ink"),
        pytest.param(
            "/Rgb cs q /DeviceGray cs 1 scn Q 1 0 0 scn",
            ["0 0 0 1 k", "q", "0 0 0 1 k", "0 0 0 0 k", "Q", "0 1 1 0 k"],
            id="a space is restored with the state",
        ),
        pytest.param("q q 1 0 0 rg", ["q", "q", "0 1 1 0 k", "Q", "Q"], id="a state that was left open is closed"),
        pytest.param("Q 1 0 0 rg", ["0 1 1 0 k"], id="one that was never opened is not closed"),
        pytest.param("1 0 0 1 5 5 cm [3 2] 0 d 1 J", ["1 0 0 1 5 5 cm", "[3 2] 0 d", "1 J"], id="nothing else"),
    ],
)
def test_a_colour_is_mixed_anew(content: str, written_as: list[str]) -> None:
    said = [line.replace("[ ", "[").replace(" ]", "]") for line in operators(repainted(content, INK, SPACES))]
    assert said == [*START, *written_as]


def test_grey_needs_no_word_at_the_beginning() -> None:
    assert operators(repainted("1 0.5 0 rg 0 0 9 9 re f", GREY)) == ["0.5 g", "0 0 9 9 re", "f"]


def test_an_empty_page_stays_empty() -> None:
    with opened(tiny("")) as pdf:
        del pdf.pages[0]["/Contents"]
        repaint(pdf, GREY)
        assert pdf.pages[0].Contents.read_bytes() == b""


def test_what_no_operator_names_any_more_leaves_the_resources() -> None:
    states = Dictionary(Opaque=Dictionary(ca=1))
    made = repainted("/Opaque gs /Rgb cs 1 0 0 scn", INK, {**SPACES, "/ExtGState": states})
    with opened(made) as pdf:
        assert set(pdf.pages[0].Resources.keys()) == {"/Font"}


# Forms and patterns


def test_a_form_is_rewritten_once_however_often_it_is_drawn() -> None:
    forms = {"/XObject": Dictionary(Form=form("1 0 0 rg 0 0 9 9 re f"))}
    with opened(repainted("/Form Do /Form Do", INK, forms)) as pdf:
        drawn = pdf.pages[0].Resources.XObject.Form
        assert [written(each) for each in pikepdf.parse_content_stream(drawn)] == ["0 1 1 0 k", "0 0 9 9 re", "f"]


def test_a_form_in_a_form_without_resources_of_its_own_is_rewritten_too() -> None:
    inner = form("1 0 0 rg")
    del inner["/Resources"]
    outer = form("/Inner Do 0 1 0 rg")
    del outer["/Resources"]
    with opened(repainted("/Outer Do", INK, {"/XObject": Dictionary(Inner=inner, Outer=outer)})) as pdf:
        forms = pdf.pages[0].Resources.XObject
        assert [written(each) for each in pikepdf.parse_content_stream(forms.Inner)] == ["0 1 1 0 k"]
        assert [written(each) for each in pikepdf.parse_content_stream(forms.Outer)] == ["/Inner Do", "1 0 1 0 k"]


def test_an_opaque_group_is_opened_up() -> None:
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    forms = {"/XObject": Dictionary(Form=form("1 0 0 rg", Group=group))}
    with opened(repainted("/Form Do", INK, forms)) as pdf:
        assert "/Group" not in pdf.pages[0].Resources.XObject.Form


def pattern(content: str, paint_type: int = 1) -> dict[str, Any]:
    box = Array([0, 0, 9, 9])
    cell = stream(
        content,
        Type=Name.Pattern,
        PatternType=1,
        PaintType=paint_type,
        TilingType=1,
        BBox=box,
        XStep=9,
        YStep=9,
        Resources=Dictionary(),
    )
    return {"/Pattern": Dictionary(Cell=cell)}


def test_a_pattern_is_rewritten_and_begins_in_black_ink() -> None:
    made = repainted("/Pattern cs /Cell scn 0 0 9 9 re f", INK, pattern("0 0 2 2 re f 1 0 0 rg"))
    assert operators(made)[2:4] == ["/Pattern cs", "/Cell scn"]
    with opened(made) as pdf:
        cell = pdf.pages[0].Resources.Pattern.Cell
        said = [written(each) for each in pikepdf.parse_content_stream(cell)]
    assert said == [*START, "0 0 2 2 re", "f", "0 1 1 0 k"]


def test_images_in_grey_and_masks_stay() -> None:
    def image(**entries: Any) -> pikepdf.Stream:
        return stream("a", Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8, **entries)

    images = Dictionary(Grey=image(ColorSpace=icc(1)), Mask=image(ImageMask=True))
    with opened(repainted("/Grey Do /Mask Do", INK, {"/XObject": images})) as pdf:
        assert pdf.pages[0].Resources.XObject.Grey.ColorSpace == Name.DeviceGray
        assert "/ColorSpace" not in pdf.pages[0].Resources.XObject.Mask


INLINE = "BI /W 1 /H 1 /BPC 8 /CS {space} ID\n{pixels}\nEI"


def test_an_inline_image_in_grey_stays() -> None:
    assert any(
        "INLINE" in line or "BI" in line for line in operators(repainted(INLINE.format(space="/G", pixels="a")))
    )


# Overprinting


def test_only_letters_in_solid_black_overprint() -> None:
    content = "BT /F 9 Tf (black) Tj 1 0 0 rg (red) Tj 0 g (black) Tj ET 0 0 9 9 re f BT (black) Tj ET"
    made = repainted(content)
    assert operators(made) == [
        *START,
        "BT",
        "/F 9 Tf",
        "/Overprint gs",
        "(black) Tj",
        "0 1 1 0 k",
        "/Knockout gs",
        "(red) Tj",
        "0 0 0 1 k",
        "/Overprint gs",
        "(black) Tj",
        "ET",
        "/Knockout gs",
        "0 0 9 9 re",
        "f",
        "BT",
        "/Overprint gs",
        "(black) Tj",
        "ET",
    ]
    with opened(made) as pdf:
        states = pdf.pages[0].Resources.ExtGState
        assert [bool(states.Overprint[key]) for key in ("/OP", "/op")] == [True, True]
        assert [bool(states.Knockout[key]) for key in ("/OP", "/op")] == [False, False]
        assert (int(states.Overprint.OPM), int(states.Knockout.OPM)) == (1, 0)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("BT /F 9 Tf 0.5 g (grey) Tj ET", id="grey letters"),
        pytest.param("BT /F 9 Tf 1 Tr (outline) Tj ET", id="letters that are lines"),
        pytest.param("0 0 9 9 re f", id="a black shape"),
        pytest.param("q BT /F 9 Tf 3 Tr (unseen) Tj ET Q", id="letters that are not seen"),
        pytest.param("/Pattern cs /Cell scn BT /F 9 Tf (pattern) Tj ET", id="letters in a pattern"),
    ],
)
def test_nothing_else_overprints(content: str) -> None:
    said = operators(repainted(content, INK, pattern("0 0 2 2 re f")))
    assert "/Overprint gs" not in said


def test_overprinting_ends_with_the_state_it_was_set_in() -> None:
    said = operators(repainted("q BT /F 9 Tf (black) Tj ET Q 0 0 9 9 re f"))
    assert said.count("/Overprint gs") == 1 and "/Knockout gs" not in said


def test_letters_in_a_form_overprint_only_in_a_black_of_the_form_s_own() -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    resources = Dictionary(Font=Dictionary(F=font))
    inherits = form("BT /F 9 Tf (black) Tj ET", Resources=resources)
    its_own = form("0 g BT /F 9 Tf (black) Tj ET", Resources=resources)
    forms = {"/XObject": Dictionary(Inherits=inherits, Own=its_own)}
    with opened(repainted("BT /F 9 Tf (black) Tj ET /Inherits Do /Own Do", INK, forms)) as pdf:
        page = [written(each) for each in pikepdf.parse_content_stream(pdf.pages[0])]
        drawn = pdf.pages[0].Resources.XObject
        assert page[page.index("/Inherits Do") - 1] == "/Knockout gs"
        assert b"Overprint" not in drawn.Inherits.read_bytes()
        assert b"/Overprint gs" in drawn.Own.read_bytes()


# Lines


@pytest.mark.parametrize(
    ("content", "widths"),
    [
        pytest.param("0.5 w 0 0 m 9 9 l S", ["0.5 w"], id="a line that is thick enough stays"),
        pytest.param("0.1 w 0 0 m 9 9 l S", ["0.1 w", "0.25 w"], id="a thinner one is made as thick as that"),
        pytest.param("0 w 0 0 m 9 9 l S", ["0 w", "0.25 w"], id="and one of no width"),
        pytest.param("0.1 0 0 0.1 0 0 cm 1 w 0 0 m 9 9 l S", ["1 w", "2.5 w"], id="the unit counts"),
        pytest.param("q 0.1 w 0 0 m 9 9 l S Q 0 0 m 9 9 l S", ["0.1 w", "0.25 w"], id="only where it was thin"),
        pytest.param(
            "0.1 w q 0.5 0 0 0.5 0 0 cm 0 0 m 9 9 l S Q 4 0 0 4 0 0 cm 0 0 m 9 9 l S",
            ["0.1 w", "0.5 w"],
            id="and only as long as the unit is small: 0.1 of four points is thick enough",
        ),
        pytest.param("0.1 w 0 0 9 9 re 2 2 5 5 re S", ["0.1 w", "0.25 w"], id="never inside a path"),
        pytest.param("0.1 w BT /F 9 Tf 1 Tr (a) Tj ET", ["0.1 w", "0.25 w"], id="the outline of letters too"),
    ],
)
def test_no_line_is_thinner_than_a_plate_holds(content: str, widths: list[str]) -> None:
    said = operators(repainted(content))
    assert [line for line in said if line.endswith(" w")] == widths
    for at, line in enumerate(said):
        assert not (line.endswith((" w", " gs")) and said[at - 1].endswith((" m", " l", " re"))), said


# What is refused

SHADING = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 1, 1])
STATES = Dictionary(
    Faint=Dictionary(ca=0.5),
    Multiply=Dictionary(BM=Name.Multiply),
    Masked=Dictionary(SMask=Dictionary(S=Name.Alpha)),
    Curve=Dictionary(TR=Name.Identity),
)


def picture(**entries: Any) -> dict[str, Any]:
    pixel = stream("abc", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8, **entries)
    return {"/XObject": Dictionary(Picture=pixel)}


@pytest.mark.parametrize(
    ("mode", "space", "pixel"), [("L", "/DeviceGray", b"b"), ("CMYK", "/DeviceCMYK", bytes((158, 157, 156, 0)))]
)
def test_an_image_in_rgb_is_written_as_it_is_printed(mode: str, space: str, pixel: bytes) -> None:
    with opened(tiny("/Picture Do /Picture Do", picture(ColorSpace=Name.DeviceRGB))) as pdf:
        repaint(pdf, Recipe(lambda paint: (0.0,), lambda image: image.convert(mode)))
        written = pdf.pages[0].resources.XObject.Picture
        assert (str(written.ColorSpace), written.read_bytes()) == (space, pixel)


@pytest.mark.parametrize(
    ("content", "resources", "what"),
    [
        pytest.param("/S sh", {"/Shading": Dictionary(S=SHADING)}, "a gradient", id="gradient"),
        pytest.param(
            "/Pattern cs /G scn",
            {"/Pattern": Dictionary(G=Dictionary(PatternType=2, Shading=SHADING))},
            "a gradient",
            id="gradient as a pattern",
        ),
        pytest.param(
            "/Pattern cs /Cell scn",
            pattern("", paint_type=2),
            "a pattern without a colour",
            id="uncoloured pattern",
        ),
        pytest.param("/Faint gs", {"/ExtGState": STATES}, "transparency", id="half opaque"),
        pytest.param("/Multiply gs", {"/ExtGState": STATES}, "transparency", id="blended"),
        pytest.param("/Masked gs", {"/ExtGState": STATES}, "transparency", id="soft mask"),
        pytest.param("/Curve gs", {"/ExtGState": STATES}, "sets /TR", id="transfer function"),
        pytest.param("/Lab cs", SPACES, "a colour in the space Lab", id="Lab"),
        pytest.param("/Spot cs", SPACES, "a colour in the space Separation", id="spot colour"),
        pytest.param("1 1 scn", {}, "a paint of 2 components in a colour space of 1", id="another space's paint"),
        pytest.param("/Picture Do", picture(ColorSpace=Name.DeviceRGB), "an image in colour", id="RGB image"),
        pytest.param("/Picture Do", picture(), "an image in colour", id="image that keeps its colours to itself"),
        pytest.param(
            "/Picture Do",
            picture(ColorSpace=Name.DeviceGray, SMask=stream("a")),
            "an image that is transparent",
            id="transparent image",
        ),
        pytest.param(INLINE.format(space="/RGB", pixels="abc"), {}, "an image in colour", id="inline RGB image"),
        pytest.param(
            INLINE.format(space="/Grey", pixels="a"),
            SPACES,
            "a colour space of its own",
            id="inline, space by name",
        ),
        pytest.param(
            "BT /T3 9 Tf ET",
            {"/Font": Dictionary(T3=Dictionary(Type=Name.Font, Subtype=Name.Type3))},
            "a Type 3 font",
            id="letters that are pictures",
        ),
        pytest.param("/Gone Do", {}, "the name /Gone", id="a name for nothing"),
    ],
)
def test_what_cannot_be_rewritten_is_refused_with_its_page(
    content: str, resources: Mapping[str, Any], what: str
) -> None:
    with opened(tiny("0 g", resources, pages=2)) as pdf:
        pdf.pages[1].Contents = pdf.make_stream(content.encode())
        with pytest.raises(ContentError, match="Page 2") as refused:
            repaint(pdf, INK)
    assert what in refused.value.message
    assert refused.value.remedy
