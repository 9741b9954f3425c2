"""Painted: everything that the pages of a PDF paint, one by one.

In: an opened PDF. Out: each text, shape, line and image with its page, its colour as the operators have it, how it
overprints and how thin it is, the glyphs of each font, and what each piece of marked content shows and where.
Nothing is changed; the walk shares no code with what rewrites a file, so that it can judge it.
"""

import math
import re
import struct
from binascii import unhexlify
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Object, Pdf, Rectangle


@dataclass(frozen=True, slots=True)
class Paint:
    """Something painted.

    Attributes:
        page: On which page, counted from 1.
        kind: "text", "fill", "stroke", "image" or "gradient".
        space: Colour space: "DeviceCMYK", "ICCBased 3", "Separation All".
        components: Of the colour.
        overprints: Whether overprinting is on for it.
        mode: Overprint mode (ISO 32000-1, 8.6.7).
        thickness: Of a line or bar, in points; infinite for everything else.
        size: Of letters, in points; 0 for everything else.
        resolution: Of an image, in pixels to the inch of paper; infinite for everything else.
        tag: The tag of the marked content that it is in, the outermost; "" where it is in none.
    """

    page: int
    kind: str
    space: str
    components: tuple[float, ...]
    overprints: bool
    mode: int
    thickness: float = math.inf
    size: float = 0.0
    resolution: float = math.inf
    tag: str = ""

    @property
    def is_solid_black(self) -> bool:
        """Whether it is in nothing but solid black ink."""
        return (self.space, self.components) in (("DeviceCMYK", (0, 0, 0, 1)), ("DeviceGray", (0,)))

    @property
    def ink(self) -> float:
        """All inks together in per cent; registration marks are outside what is printed and have none."""
        if self.space == "DeviceCMYK":
            return 100 * sum(self.components)
        return 100 * (1 - sum(self.components)) if self.space == "DeviceGray" else 0.0


Font = tuple[int, int]
"""A font by the number of its object."""


@dataclass(slots=True)
class Piece:
    """A piece of marked content (ISO 32000-1, 14.6).

    Attributes:
        page: On which page, counted from 1.
        tag: Its tag: "Span", "Artifact".
        number: By which the structure refers to it (MCID); None where it has none.
        written: The words written beside it (/ActualText); None where there are none.
        shown: What it shows: the font, and the bytes of the strings shown at once.
        place: Where its first letter stands, in points from left and foot of the page; None without letters.
        size: Size of its first letter in points.
    """

    page: int
    tag: str
    number: int | None
    written: str | None
    shown: list[tuple[Font, bytes]] = field(default_factory=list)
    place: tuple[float, float] | None = None
    size: float = 0.0


@dataclass
class _Graphics:
    """The graphics state (ISO 32000-1, 8.4.1) as far as it is followed; of the clip, the box around it."""

    ctm: Matrix
    clip: Rectangle
    fill_space: str = "DeviceGray"
    fill: tuple[float, ...] = (0.0,)
    stroke_space: str = "DeviceGray"
    stroke: tuple[float, ...] = (0.0,)
    line: float = 1.0
    text_mode: int = 0
    font: Object | None = None
    is_composite: bool = False
    size: float = 0.0
    text: Matrix = field(default_factory=Matrix)
    fill_overprints: bool = False
    stroke_overprints: bool = False
    overprint_mode: int = 0

    @property
    def scale(self) -> float:
        """Points in a unit of length."""
        return _scale(self.ctm)

    def copy(self) -> "_Graphics":
        """The same once more, in a tenth of the time that `replace` takes."""
        copied = object.__new__(_Graphics)
        copied.__dict__.update(self.__dict__)
        return copied


@dataclass(slots=True)
class Painted:
    """What a walk over all content streams found.

    Attributes:
        paints: Everything painted, in order.
        states: Page, key and value of each entry of a graphics state that was set, and of soft masks.
        glyphs: The character codes shown in each font.
        fonts: The fonts that letters are shown in, by their object.
        pieces: The pieces of marked content, in the order in which they begin.
    """

    paints: list[Paint] = field(default_factory=list)
    states: list[tuple[int, str, Object]] = field(default_factory=list)
    glyphs: dict[tuple[int, int], set[int]] = field(default_factory=dict)
    fonts: dict[tuple[int, int], Object] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)


def painted_by(pdf: Pdf) -> Painted:
    """Walk every page, with the forms and patterns that it uses."""
    painted = Painted()
    for number, page in enumerate(pdf.pages, 1):
        graphics = _Graphics(Matrix(), Rectangle(page.mediabox))
        _Walker(painted, number).stream(page, page.resources, graphics)
    return painted


_INITIAL_COMPONENTS = {"DeviceCMYK": (0.0, 0.0, 0.0, 1.0), "DeviceRGB": (0.0, 0.0, 0.0), "DeviceGray": (0.0,)}

_DEVICE = {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}

_SAYING_NOTHING = frozenset({"ET", "J", "j", "M", "d", "ri", "i", "h", "MP", "DP", "BX", "EX", "d0", "d1"})
"""Operators that paint nothing and change nothing that is followed."""

_OF_TEXT = frozenset({"BT", "Tm", "Td", "TD", "Tf", "Tr", "Tj", "TJ", "'", '"'})

_DEEPEST = 40
"""Forms within forms that are followed; a form that draws itself has no end."""

_SHORT = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK", "I": "Indexed"}


class _Walker:
    """Walks the content streams of one page, forms and patterns included, wherever they are used."""

    def __init__(self, painted: Painted, page: int) -> None:
        self.painted = painted
        self.page = page
        self._patterns: set[tuple[int, int]] = set()
        self._open: list[Piece] = []
        self._depth = 0

    def stream(self, stream: Any, resources: Object, graphics: _Graphics) -> None:
        """Walk a content stream that begins in a graphics state."""
        if self._depth == _DEEPEST:
            raise ValueError(f"page {self.page} draws forms within forms without end")
        self._depth += 1
        self._walk(stream, resources, graphics)
        self._depth -= 1

    def _walk(self, stream: Any, resources: Object, graphics: _Graphics) -> None:
        now, saved, outside = graphics.copy(), [], len(self._open)
        path: list[tuple[float, float]] = []
        is_clipping = False
        for instruction in pikepdf.parse_content_stream(stream):
            operator = str(instruction.operator)
            if operator in _SAYING_NOTHING:
                continue
            if operator == "q":
                saved.append(now.copy())
            elif operator == "Q" and saved:
                now = saved.pop()
            elif operator in _OF_TEXT:
                self._letters(operator, instruction.operands, resources, now)
            elif operator in ("BMC", "BDC"):
                self._begin(list(instruction.operands), resources)
            elif operator == "EMC":
                del self._open[max(outside, len(self._open) - 1) :]
            elif operator in ("m", "l", "c", "v", "y", "re"):
                path += _points(operator, [float(number) for number in instruction.operands])
            elif operator in ("W", "W*"):
                is_clipping = True
            elif operator in ("f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "n"):
                self._path(operator, path, now)
                if is_clipping:
                    now.clip = _box(path, now.ctm) & now.clip
                path, is_clipping = [], False
            elif isinstance(instruction, pikepdf.ContentStreamInlineImage):
                self._image(instruction.iimage.obj, resources, now)
            else:
                self._other(operator, list(instruction.operands), resources, now)

    def _begin(self, operands: list[Any], resources: Object) -> None:
        said = operands[1] if len(operands) > 1 else Dictionary()
        if isinstance(said, Name):
            said = resources.get("/Properties", Dictionary()).get(str(said), Dictionary())
        written = str(said.ActualText) if "/ActualText" in said else None
        number = int(said.MCID) if "/MCID" in said else None
        self._open.append(Piece(self.page, str(operands[0])[1:], number, written))
        self.painted.pieces.append(self._open[-1])

    def _letters(self, operator: str, operands: Any, resources: Object, now: _Graphics) -> None:
        if operator == "BT":
            now.text = Matrix()
        elif operator == "Tm":
            now.text = Matrix(*map(float, operands))
        elif operator == "Tf":
            now.font, now.size = resources.Font[str(operands[0])], float(operands[1])
            now.is_composite = is_composite(now.font)
        elif operator == "Tr":
            now.text_mode = int(operands[0])
        elif operator in ("Td", "TD"):
            now.text = Matrix(1, 0, 0, 1, float(operands[0]), float(operands[1])) @ now.text
        else:
            self._text(operands[0] if operator == "TJ" else [operands[-1]], now)

    def _other(self, operator: str, operands: list[Any], resources: Object, now: _Graphics) -> None:
        if operator == "cm":
            now.ctm = Matrix(*map(float, operands)) @ now.ctm
        elif operator == "w":
            now.line = float(operands[0])
        elif operator == "gs":
            self._state(resources.ExtGState[str(operands[0])], now)
        elif operator == "Do":
            self._draw(resources.XObject[str(operands[0])], resources, now)
        elif operator == "sh":
            space = space_name(resources.Shading[str(operands[0])].ColorSpace, resources)
            self._add("gradient", space, (), now)
        elif operator.lower() in ("g", "rg", "k", "cs", "sc", "scn"):
            self._colour(operator, operands, resources, now)

    def _colour(self, operator: str, operands: list[Any], resources: Object, now: _Graphics) -> None:
        space = now.stroke_space if operator.isupper() else now.fill_space
        components = tuple(round(float(each), 4) for each in operands if not isinstance(each, Name))
        if operator.lower() in ("g", "rg", "k"):
            space = _DEVICE[len(operands)]
        elif operator.lower() == "cs":
            space = space_name(operands[0], resources)
            components = _INITIAL_COMPONENTS.get(space, ())
        elif operands and isinstance(operands[-1], Name):
            self._pattern(resources.Pattern[str(operands[-1])], resources, now)
        if operator.isupper():
            now.stroke_space, now.stroke = space, components
        else:
            now.fill_space, now.fill = space, components

    def _state(self, state: Object, now: _Graphics) -> None:
        for key, value in state.items():
            self.painted.states.append((self.page, key, value))
        if "/LW" in state:
            now.line = float(state.LW)
        if "/OP" in state:
            now.stroke_overprints = bool(state.OP)
            now.fill_overprints = bool(state.OP)
        if "/op" in state:
            now.fill_overprints = bool(state.op)
        if "/OPM" in state:
            now.overprint_mode = int(state.OPM)

    def _path(self, operator: str, path: list[tuple[float, float]], now: _Graphics) -> None:
        if not path:
            return
        if operator[0] in "fFBb":
            seen = _box(path, now.ctm) & now.clip
            self._add("fill", now.fill_space, now.fill, now, min(seen.width, seen.height))
        if operator[0] in "BbSs":
            self._add("stroke", now.stroke_space, now.stroke, now, now.line * now.scale)

    def _text(self, strings: Any, now: _Graphics) -> None:
        if now.font is not None:
            font: Font = now.font.objgen
            self.painted.fonts[font] = now.font
            used = self.painted.glyphs.setdefault(font, set())
            shown = _strings(strings)
            if now.is_composite and any(length % 2 for length in set(map(len, shown))):
                shown = [each[: len(each) // 2 * 2] for each in shown]  # no code goes on in the next string
            joined = b"".join(shown)
            used.update(codes_of(joined, now.is_composite))
            self._show(joined, font, now)
        if now.text_mode in (0, 2, 4, 6):
            self._add("text", now.fill_space, now.fill, now, size=now.size * _scale(now.text @ now.ctm))
        if now.text_mode in (1, 2, 5, 6):
            self._add("stroke", now.stroke_space, now.stroke, now, now.line * now.scale)

    def _show(self, shown: bytes, font: Font, now: _Graphics) -> None:
        """Note what the pieces of marked content that are open show, and where each begins."""
        for piece in self._open:
            piece.shown += [(font, shown)] if shown else []
            if piece.place is None:
                at = now.text @ now.ctm
                piece.place, piece.size = (at.e, at.f), now.size * _scale(at)

    def _draw(self, drawn: Object, resources: Object, now: _Graphics) -> None:
        if drawn.Subtype == Name.Form:
            matrix = Matrix(*(float(number) for number in drawn.get("/Matrix", (1, 0, 0, 1, 0, 0))))
            inside = replace(now, ctm=matrix @ now.ctm)
            self.stream(drawn, drawn.get("/Resources", resources), inside)
        elif drawn.Subtype == Name.Image:
            self._image(drawn, resources, now)

    def _image(self, image: Object, resources: Object, now: _Graphics) -> None:
        if "/SMask" in image:
            self.painted.states.append((self.page, "/SMask", image.SMask))
        if image.get("/ImageMask", image.get("/IM", False)):
            self._add("fill", now.fill_space, now.fill, now, resolution=_resolution(image, now.ctm))
        else:
            space = space_name(image.get("/ColorSpace", image.get("/CS")), resources)
            self._add("image", space, (), now, resolution=_resolution(image, now.ctm))

    def _pattern(self, pattern: Object, resources: Object, now: _Graphics) -> None:
        if pattern.objgen in self._patterns:
            return
        self._patterns.add(pattern.objgen)
        if pattern.PatternType == 2:
            self._add("gradient", space_name(pattern.Shading.ColorSpace, resources), (), now)
        else:
            everywhere = Rectangle(-1e6, -1e6, 1e6, 1e6)
            matrix = Matrix(*(float(number) for number in pattern.get("/Matrix", (1, 0, 0, 1, 0, 0))))
            self.stream(pattern, pattern.get("/Resources", resources), _Graphics(matrix, everywhere))

    def _add(
        self,
        kind: str,
        space: str,
        components: tuple[float, ...],
        now: _Graphics,
        thickness: float = math.inf,
        *,
        size: float = 0.0,
        resolution: float = math.inf,
    ) -> None:
        overprints = now.stroke_overprints if kind == "stroke" else now.fill_overprints
        tag = self._open[0].tag if self._open else ""
        self.painted.paints.append(
            Paint(
                self.page, kind, space, components, overprints, now.overprint_mode, thickness, size, resolution, tag
            )
        )


def _strings(shown: Any) -> list[bytes]:
    """The strings that an operator shows, without the numbers between them."""
    written = shown.unparse() if isinstance(shown, Array) else b"("
    plain = not written.replace(b"()", b"").translate(None, _OF_GLYPHS)
    if plain and b"<<" not in written and written.rfind(b"[") == 0:
        # Numbers and strings in hexadecimal, as qpdf writes those that are no plain text.
        return list(map(unhexlify, _HEXADECIMAL.findall(written)))
    # Numbers are none of pikepdf's own objects.
    return [bytes(each) for each in shown if isinstance(each, Object)]


_OF_GLYPHS = b"0123456789abcdef<>[] .-"
_HEXADECIMAL = re.compile(rb"<([0-9a-f]*)>")


def _scale(matrix: Matrix) -> float:
    """Points in a unit of length."""
    return math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))


def _resolution(image: Object, ctm: Matrix) -> float:
    """Pixels of an image to the inch, the fewer of its two directions."""
    across, down = math.hypot(ctm.a, ctm.b), math.hypot(ctm.c, ctm.d)
    width, height = (
        float(image.get(long, image.get(short, 0))) for long, short in (("/Width", "/W"), ("/Height", "/H"))
    )
    return min(72 * width / across, 72 * height / down) if across and down else math.inf


def _points(operator: str, numbers: list[float]) -> list[tuple[float, float]]:
    """The points a path operator names; a curve lies within its handles."""
    if operator == "re":
        x, y, width, height = numbers
        return [(x, y), (x + width, y + height)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _box(path: list[tuple[float, float]], ctm: Matrix) -> Rectangle:
    """The rectangle around a path, in points of the page."""
    xs, ys = [x for x, _ in path], [y for _, y in path]
    if not path:
        return Rectangle(0, 0, 0, 0)
    return ctm.transform(Rectangle(min(xs), min(ys), max(xs), max(ys)))


def space_name(space: Object | None, resources: Object) -> str:
    """A colour space in words: its family, and what tells it from others of the family."""
    if space is None:
        return "none"
    if isinstance(space, Name):
        named = resources.get("/ColorSpace", Dictionary()).get(str(space))
        short = str(space).lstrip("/")
        return space_name(named, resources) if named is not None else _SHORT.get(short, short)
    family = str(space[0]).lstrip("/")
    if family == "ICCBased":
        return f"ICCBased {int(space[1].N)}"
    if family == "Separation":
        return f"Separation {str(space[1]).lstrip('/')}"
    if family in ("Indexed", "I") or (family == "Pattern" and len(space) > 1):
        return f"{family} of {space_name(space[1], resources)}"
    return family


def is_composite(font: Object) -> bool:
    """Whether a font is composite: its codes are of two bytes each, in all of ours (ISO 32000-1, 9.7)."""
    return bool(font.get("/Subtype") == Name.Type0)


def codes_of(string: bytes, composite: bool) -> Sequence[int]:
    """Character codes of a string in a font that is composite or simple."""
    return struct.unpack(f">{len(string) // 2}H", string[: len(string) // 2 * 2]) if composite else string
