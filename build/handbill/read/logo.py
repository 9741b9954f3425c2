"""Logos: a file in a statement's folder becomes a drawing that every edition can print.

In: a folder and the name of an SVG or PNG file in it. Out: a `Logo`. An SVG is drawn anew of plain shapes in plain
colours, with nothing in it that loads, runs or needs a font; a PNG is set on white and loses all that is no pixel.
What would look otherwise on paper (a gradient, transparency, letters) is refused with the way out.
"""

import hashlib
import io
import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from pathlib import Path

import defusedxml.ElementTree
from defusedxml import DefusedXmlException
from PIL import Image, ImageChops

from handbill.errors import CallError
from handbill.files import read_bytes
from handbill.model import Asset, Logo

LARGEST = 524_288
"""Bytes of the largest logo."""

MOST_PIXELS = 4_000_000
MOST_SHAPES, DEEPEST = 2_000, 40
"""Elements of an SVG, and how many stand in each other."""

SLIMMEST = 20
"""How many times as wide as high a logo may be, or as high as wide."""

_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = frozenset({"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_UNSEEN = frozenset({"title", "desc", "metadata"})
_WAYS_OUT: Mapping[str, str] = {
    "text": "turn its letters into outlines",
    "image": "take the picture out, or save the whole logo as PNG",
    "style": "save it with presentation attributes instead of style sheets",
    "linearGradient": "give it plain colours, or save it as PNG",
    "radialGradient": "give it plain colours, or save it as PNG",
    "script": "take it out",
}
_ELSE = "save it as plain shapes, or as PNG"

_NUMBERS = re.compile(r"[0-9eE.,+\-\s%]*(px|pt|mm|cm|in)?")
_DRAWN: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(
        (
            *("x", "y", "width", "height", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "points"),
            *("stroke-width", "stroke-miterlimit", "stroke-dashoffset", "viewBox"),
        ),
        _NUMBERS,
    ),
    "d": re.compile(r"[0-9eE.,+\-\sMmLlHhVvCcSsQqTtAaZz]*"),
    "transform": re.compile(r"([a-zA-Z]+\s*\([0-9eE.,+\-\s]*\)[\s,]*)*"),
    **dict.fromkeys(
        ("fill", "stroke"),
        re.compile(r"none|[a-z]+|#[0-9a-fA-F]{3}|#[0-9a-fA-F]{6}|rgb\(\s*\d+%?\s*,\s*\d+%?\s*,\s*\d+%?\s*\)"),
    ),
    **dict.fromkeys(("fill-rule", "clip-rule"), re.compile("nonzero|evenodd")),
    "stroke-linecap": re.compile("butt|round|square"),
    "stroke-linejoin": re.compile("miter|round|bevel"),
    "stroke-dasharray": re.compile(r"none|[0-9.,\s]*"),
}
"""What an attribute may say that is drawn."""

_WITHOUT_EFFECT: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(("opacity", "fill-opacity", "stroke-opacity"), re.compile(r"1(\.0*)?|100%")),
    "display": re.compile("inline|block"),
    "visibility": re.compile("visible"),
    "mix-blend-mode": re.compile("normal"),
    "preserveAspectRatio": re.compile("xMidYMid( meet)?"),
    "overflow": re.compile("visible|hidden"),
    **dict.fromkeys(
        ("version", "baseProfile", "id", "class", "role", "enable-background", "color", "isolation", "paint-order"),
        re.compile(".*", re.DOTALL),
    ),
}
"""What it may say that is left out, as nothing looks otherwise without it."""

_IGNORED = re.compile(r"(data|aria|font|text|letter|word|-inkscape|-webkit)-.*")


def read_logo(folder: Path, name: str) -> Logo:
    """Read a logo.

    Args:
        folder: The statement's.
        name: Of the file below it.

    Raises:
        CallError: It is not there, leads out of the folder, or cannot be printed as it is.
    """
    path = folder / name
    if path.exists() and not path.resolve().is_relative_to(folder.resolve()):
        raise CallError(f"{path}: this is a link that leads out of the folder.", "Put the file itself there.")
    raw = read_bytes(path, LARGEST)
    try:
        drawing, pixels = _painted(raw) if path.suffix == ".png" else (_drawn(raw), None)
    except _RefusedError as error:
        raise CallError(f"{path}: {error.args[0]}.", f"{error.args[1][:1].upper()}{error.args[1][1:]}.") from None
    return Logo(name, hashlib.sha256(raw).hexdigest(), pixels, drawing)


class _RefusedError(Exception):
    """A logo cannot be printed: what is wrong, and the way out."""


def _painted(raw: bytes) -> tuple[Asset, tuple[int, int]]:
    """A PNG on white, without anything but its pixels; in grey if it has no colour."""
    try:
        with Image.open(io.BytesIO(raw), formats=["PNG"]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise _RefusedError(
                    f"it has more than {MOST_PIXELS // 1_000_000} million pixels",
                    "make it smaller; 600 to the inch do",
                )
            _refuse_slim(opened.width, opened.height)
            image = opened.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise _RefusedError("it is no PNG, or a broken one", "save it again") from None
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image)
    flat = paper.convert("RGB")
    red, green, blue = flat.split()
    is_grey = not any(ImageChops.difference(red, other).getbbox() for other in (green, blue))
    written = io.BytesIO()
    (red if is_grey else flat).save(written, "PNG")
    return Asset(written.getvalue(), "image/png"), image.size


def _drawn(raw: bytes) -> Asset:
    """An SVG drawn anew."""
    try:
        root = defusedxml.ElementTree.fromstring(raw)
    except DefusedXmlException:
        raise _RefusedError("it defines entities, or loads something", "save it as plain SVG") from None
    except (ET.ParseError, ValueError, LookupError):
        raise _RefusedError("it is no SVG, or a broken one", "save it again") from None
    if root.tag != f"{_SVG}svg":
        raise _RefusedError("it is no SVG", "save it again")
    if sum(1 for _ in root.iter()) > MOST_SHAPES:
        raise _RefusedError(f"it has more than {MOST_SHAPES} elements", "simplify it, or save it as PNG")
    box = _box(root)
    _refuse_slim(box[2], box[3])
    ET.register_namespace("", _SVG.strip("{}"))
    drawn = ET.Element(f"{_SVG}svg", {"viewBox": " ".join(f"{number:g}" for number in box)})
    inherited = _attributes(root, outermost=True)
    group = ET.SubElement(drawn, f"{_SVG}g", dict(inherited))
    _draw(root, group, DEEPEST)
    return Asset(ET.tostring(drawn), "image/svg+xml")


def _draw(element: ET.Element, into: ET.Element, depth: int) -> None:
    if not depth:
        raise _RefusedError(f"its groups stand in each other {DEEPEST} deep", _ELSE)
    for child in element:
        if not isinstance(child.tag, str) or (child.tag.startswith("{") and not child.tag.startswith(_SVG)):
            continue  # a comment, or what a drawing program keeps for itself
        name = child.tag.removeprefix(_SVG)
        if name in _UNSEEN or (name == "defs" and not len(child)):
            continue
        if name not in _SHAPES or name == "svg":
            raise _RefusedError(
                f"it has <{name[:40]}>, which cannot be printed with certainty", _way_out(child, name)
            )
        _draw(child, ET.SubElement(into, f"{_SVG}{name}", dict(_attributes(child))), depth - 1)


def _way_out(element: ET.Element, name: str) -> str:
    inside = (each.tag.removeprefix(_SVG) for each in element.iter() if isinstance(each.tag, str))
    return next((_WAYS_OUT[each] for each in (name, *inside) if each in _WAYS_OUT), _ELSE)


def _attributes(element: ET.Element, outermost: bool = False) -> Iterator[tuple[str, str]]:
    """The attributes of an element that are drawn, those of its style among them."""
    for name, text in _said(element):
        value = text.strip()
        if outermost and name in ("x", "y", "width", "height", "viewBox"):
            continue
        if name in _DRAWN and _DRAWN[name].fullmatch(value):
            yield name, value
        elif not ((name in _WITHOUT_EFFECT and _WITHOUT_EFFECT[name].fullmatch(value)) or _IGNORED.fullmatch(name)):
            raise _RefusedError(f'it has {name[:40]}="{value[:40]}", which cannot be printed with certainty', _ELSE)


def _said(element: ET.Element) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        if name == "style":
            parts = (part.partition(":") for part in value.split(";") if part.strip())
            yield from ((key.strip(), said) for key, _, said in parts)
        elif not name.startswith("{") or name.endswith("}href"):
            yield name.rpartition("}")[2], value


def _box(root: ET.Element) -> tuple[float, float, float, float]:
    """The part of the plane that is shown: its corner, its width and its height."""
    try:
        if "viewBox" in root.attrib:
            x, y, width, height = (float(number) for number in root.attrib["viewBox"].replace(",", " ").split())
        else:
            x, y = 0.0, 0.0
            width, height = (float(root.attrib[key].removesuffix("px")) for key in ("width", "height"))
    except (KeyError, ValueError):
        raise _RefusedError("it does not say how large it is", "save it with a viewBox") from None
    return x, y, width, height


def _refuse_slim(width: float, height: float) -> None:
    is_sound = math.isfinite(width) and math.isfinite(height) and width > 0 and height > 0
    if not is_sound or max(width / height, height / width) > SLIMMEST:
        raise _RefusedError("it has no size, or is a mere line", "cut it to what it shows")
