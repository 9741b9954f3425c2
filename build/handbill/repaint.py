"""Repainting: every colour of a PDF becomes the ink that prints it.

In: an opened PDF that is painted in grey, RGB or CMYK, and a `Recipe`. Out: the same PDF painted in grey or in
CMYK, whichever the recipe mixes. Only operators that set a colour or the width of lines are rewritten (ISO 32000-1,
8.4.4 and 8.6.8), and the pixels of images in RGB, so no letter moves. What cannot be rewritten without a loss (a
gradient, transparency, an image in another space) is refused with its page.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, Page, Pdf
from PIL import Image

from handbill.errors import ContentError

Paint = tuple[float, ...]
"""A colour by its components from 0 to 1: one is grey, three are RGB, four are CMYK."""

Mixer = Callable[[Paint], Paint]
"""Gives the paint to print with for a paint of the page."""

Separation = Callable[[Image.Image], Image.Image]
"""Gives an image to print with for one in RGB: in grey (mode "L"), or in CMYK with its inks from 0 to 255."""

_SPACE_OF = {"L": Name.DeviceGray, "CMYK": Name.DeviceCMYK}
"""The colour space of an image in each mode of Pillow."""

_BLACK_INK: Paint = (0, 0, 0, 1)

_SETS_PAINT = {1: ("g", "G"), 4: ("k", "K")}
"""Operators that set a paint of so many components: for filling, for stroking (8.6.8)."""

_COMPONENTS = {
    "/DeviceGray": 1,
    "/CalGray": 1,
    "/G": 1,
    "/DeviceRGB": 3,
    "/CalRGB": 3,
    "/RGB": 3,
    "/DeviceCMYK": 4,
    "/CMYK": 4,
}
"""Components of the colour spaces, the short names of inline images among them (8.6.4, 8.6.5, 8.9.7)."""

_OPAQUE = {"/ca": (1,), "/CA": (1,), "/BM": (Name.Normal, Name.Compatible), "/SMask": (Name("/None"),)}
"""What a graphics state may say of transparency without there being any (ISO 32000-1, 11.6.4)."""

_WITHOUT_EFFECT = frozenset({"/Type", "/SA", "/AIS", "/TK"})

_REMEDY = (
    "A brief for paper is made of letters, rules and filled shapes in opaque colours: take it out of the layout."
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a PDF is repainted.

    Attributes:
        mix: Gives the paint to print with, always with as many components: one for grey, four for CMYK.
        separate: Does the same for an image in RGB; where there is none, images in colour are refused.
        thinnest_line: Lines are made at least so thick, in points.
        overprint_black: Whether letters in nothing but solid black ink are printed on top of what is under them.
    """

    mix: Mixer
    separate: Separation | None = None
    thinnest_line: float = 0.0
    overprint_black: bool = False


def repaint(pdf: Pdf, recipe: Recipe) -> None:
    """Rewrite every content stream of the PDF.

    Raises:
        ContentError: A page has something that cannot be rewritten without a loss.
    """
    _Repainting(pdf, recipe).run()


@dataclass(slots=True)
class _State:
    """The part of the graphics state that decides what is written (8.4.1).

    Attributes:
        fill: The paint for filling as it is written; None for a pattern, or where it is not known.
        fill_space: Components of the colour space for filling, of the page as it was.
        stroke_space: The same for stroking.
        scale: Points in a unit of length.
        line: Width of lines as the page has it, in units.
        written_line: Width of lines as it is written.
        mode: Text rendering mode (9.3.6).
        is_overprinting: Whether overprinting is on as it is written.
    """

    fill: Paint | None
    fill_space: int = 1
    stroke_space: int = 1
    scale: float = 1.0
    line: float = 1.0
    written_line: float = 1.0
    mode: int = 0
    is_overprinting: bool = False


class _Repainting:
    """One run over a PDF: what is shared between its streams."""

    def __init__(self, pdf: Pdf, recipe: Recipe) -> None:
        self.pdf = pdf
        self.recipe = recipe
        self.black = recipe.mix((0.0,))
        self._done: set[tuple[int, int]] = set()
        self._resources: dict[tuple[int, int], Dictionary] = {}
        self._states_used: dict[tuple[int, int], set[str]] = {}

    def run(self) -> None:
        """Rewrite all pages, then leave in the resources what is still used."""
        for number, page in enumerate(self.pdf.pages, 1):
            if "/Group" in page:
                del page["/Group"]
            resources = self._own_resources(page.obj, page.resources)
            rewritten = self.rewrite(page, resources, number, _State(self.black), begins=True)
            page.Contents = self.pdf.make_stream(rewritten)
        for key, resources in self._resources.items():
            self._tidy(resources, self._states_used.get(key, set()))

    def rewrite(
        self, stream: Page | pikepdf.Object, resources: Dictionary, page: int, state: _State, begins: bool = False
    ) -> bytes:
        """The operators of a page, form or pattern, rewritten; what begins anew says that it begins in black."""
        writer = _Writer(self, resources, page, state)
        if begins and len(self.black) > 1:
            writer.write_paint(self.black, is_stroke=False)
            writer.write_paint(self.black, is_stroke=True)
        for instruction in pikepdf.parse_content_stream(stream):
            writer.take(instruction)
        return writer.finished()

    def rewrite_once(
        self, stream: pikepdf.Object, around: Dictionary, page: int, state: _State, begins: bool
    ) -> None:
        """Rewrite a form or pattern where it is met first; a form that has no resources uses those around it."""
        if not self.is_first(stream):
            return
        resources = self._own_resources(stream, stream.Resources) if "/Resources" in stream else around
        if "/Group" in stream:
            # Nothing in it is transparent, or it is refused below: without the group it looks the same (11.4.1).
            del stream["/Group"]
        stream.write(self.rewrite(stream, resources, page, state, begins))

    def is_first(self, drawn: pikepdf.Object) -> bool:
        """Whether a form, pattern or image is met for the first time; what was rewritten is not to be again."""
        is_first = drawn.objgen not in self._done
        self._done.add(drawn.objgen)
        return is_first

    def use(self, resources: Dictionary, name: str) -> None:
        """Remember that a stream with these resources uses a graphics state of ours."""
        self._states_used.setdefault(resources.objgen, set()).add(name)

    def _own_resources(self, owner: pikepdf.Object, resources: pikepdf.Object) -> Dictionary:
        """The resources of a page, form or pattern as an object that can be told from others."""
        if not resources.is_indirect or "/Resources" not in owner:
            owner.Resources = self.pdf.make_indirect(resources)
        own = owner.Resources
        assert isinstance(own, Dictionary)
        self._resources[own.objgen] = own
        return own

    def _tidy(self, resources: Dictionary, used: set[str]) -> None:
        """Drop colour spaces and graphics states that no operator names any more; add those of ours."""
        for key in ("/ColorSpace", "/ExtGState", "/Shading"):
            if key in resources:
                del resources[key]
        if used:
            resources.ExtGState = Dictionary({name: self._graphics_state(name) for name in sorted(used)})

    def _graphics_state(self, name: str) -> Dictionary:
        """Overprinting on or off, for filling and stroking (8.6.7)."""
        is_on = name == "/Overprint"
        return Dictionary(Type=Name.ExtGState, OP=is_on, op=is_on, OPM=int(is_on))


@dataclass(slots=True)
class _Writer:
    """Rewrites the operators of one content stream."""

    run: _Repainting
    resources: Dictionary
    page: int
    state: _State
    stack: list[_State] = field(default_factory=list)
    written: list[Any] = field(default_factory=list)

    def finished(self) -> bytes:
        """The stream, with every state that was saved restored."""
        self.written += [((), Operator("Q"))] * len(self.stack)
        return pikepdf.unparse_content_stream(self.written)

    def take(self, instruction: Any) -> None:
        """Write an instruction as it is, or what takes its place."""
        operator = str(instruction.operator)
        take = _TAKES.get(operator)
        if take is None or take(self, operator, list(instruction.operands)):
            self.written.append(instruction)
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            self._check_inline_image(instruction.iimage.obj)

    def write(self, operator: str, *operands: object) -> None:
        """Write an instruction of ours."""
        self.written.append((operands, Operator(operator)))

    def write_paint(self, paint: Paint, is_stroke: bool) -> None:
        """Write the operator that sets a paint."""
        self.write(_SETS_PAINT[len(paint)][is_stroke], *(_number(component) for component in paint))

    def refuse(self, what: str) -> ContentError:
        """The error that says what the page has."""
        return ContentError(f"Page {self.page} has {what}, which cannot be printed with certainty.", _REMEDY)

    # What takes the place of an operator; each returns whether the instruction is to be written as it is.

    def save(self, operator: str, operands: list[Any]) -> bool:
        """Save or restore the state: q, Q."""
        if operator == "q":
            self.stack.append(replace(self.state))
            return True
        if not self.stack:
            return False  # one too many; readers pass over it
        self.state = self.stack.pop()
        return True

    def transform(self, operator: str, operands: list[Any]) -> bool:
        """Change the units: cm."""
        a, b, c, d = (float(number) for number in operands[:4])
        self.state.scale *= math.sqrt(abs(a * d - b * c))
        return True

    def set_line(self, operator: str, operands: list[Any]) -> bool:
        """Set the width of lines: w."""
        self.state.line = self.state.written_line = float(operands[0])
        return True

    def set_mode(self, operator: str, operands: list[Any]) -> bool:
        """Set how letters are painted: Tr."""
        self.state.mode = int(operands[0])
        return True

    def set_font(self, operator: str, operands: list[Any]) -> bool:
        """Choose a font: Tf. A Type 3 font paints its glyphs with operators of its own."""
        if self._resource("/Font", operands[0]).get("/Subtype") == Name.Type3:
            raise self.refuse("letters that are pictures (a Type 3 font)")
        return True

    def set_state(self, operator: str, operands: list[Any]) -> bool:
        """Set several parameters at once: gs. What is without effect on an opaque page is left out."""
        for key, value in self._resource("/ExtGState", operands[0]).items():
            if key in _OPAQUE and value not in _OPAQUE[key]:
                raise self.refuse("transparency")
            if key not in _OPAQUE and key not in _WITHOUT_EFFECT:
                raise self.refuse(f"a graphics state that sets {key}")
        return False

    def set_device_paint(self, operator: str, operands: list[Any]) -> bool:
        """Set a paint and its space: g, rg, k and their like for strokes."""
        self._set_space(len(operands), is_stroke=operator.isupper())
        self._set_paint(tuple(float(number) for number in operands), is_stroke=operator.isupper())
        return False

    def set_space(self, operator: str, operands: list[Any]) -> bool:
        """Set the colour space, and with it the paint it begins with: cs, CS (8.6.8)."""
        is_stroke = operator.isupper()
        if operands[0] == Name.Pattern:
            self._set_space(0, is_stroke)
            return True
        components = self._components(self._space(operands[0]))
        self._set_space(components, is_stroke)
        self._set_paint((0.0, 0.0, 0.0, 1.0) if components == 4 else (0.0,) * components, is_stroke)
        return False

    def set_paint(self, operator: str, operands: list[Any]) -> bool:
        """Set a paint in the space that was set: sc, scn, SC, SCN."""
        is_stroke = operator.isupper()
        if operands and isinstance(operands[-1], Name):
            self._take_pattern(operands[-1])
            if not is_stroke:
                self.state.fill = None
            return True
        components = self.state.stroke_space if is_stroke else self.state.fill_space
        if len(operands) != components:
            raise self.refuse(f"a paint of {len(operands)} components in a colour space of {components}")
        self._set_paint(tuple(float(number) for number in operands), is_stroke)
        return False

    def begin_path(self, operator: str, operands: list[Any]) -> bool:
        """Begin a path: m, re. Only its own operators may stand inside it (8.2), so the state is set before."""
        self._thicken_lines()
        self._overprint(False)
        return True

    def show(self, operator: str, operands: list[Any]) -> bool:
        """Paint letters: Tj, TJ, ' and "."""
        self._overprint(self.state.mode == 0 and self.state.fill == _BLACK_INK)
        if self.state.mode in (1, 2, 5, 6):
            self._thicken_lines()
        return True

    def shade(self, operator: str, operands: list[Any]) -> bool:
        """Paint a gradient: sh."""
        raise self.refuse("a gradient")

    def draw(self, operator: str, operands: list[Any]) -> bool:
        """Paint a form or an image: Do."""
        self._overprint(False)
        drawn = self._resource("/XObject", operands[0])
        if drawn.get("/Subtype") == Name.Image:
            if self.run.is_first(drawn):
                self._check_image(drawn)
                self._separate(drawn)
        elif drawn.get("/Subtype") == Name.Form:
            matrix = [float(number) for number in drawn.get("/Matrix", (1, 0, 0, 1, 0, 0))]
            scale = self.state.scale * math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
            # A form may be drawn again under another paint, so the one it meets here is not counted on.
            inside = replace(self.state, fill=None, scale=scale)
            self.run.rewrite_once(drawn, self.resources, self.page, inside, begins=False)
        else:
            raise self.refuse(f"an object of the kind {drawn.get('/Subtype')}")
        return True

    def draw_inline(self, operator: str, operands: list[Any]) -> bool:
        """Paint an image that stands among the operators: BI, ID, EI."""
        self._overprint(False)
        return True

    # What those have in common.

    def _separate(self, image: pikepdf.Object) -> None:
        """Write an image in the space it is printed in; a mask, or one in grey, stays as it is."""
        if image.get("/ImageMask", False):
            return
        if self._components(self._space(image.ColorSpace)) == 1:
            image.ColorSpace = Name.DeviceGray
            return
        separate = self.run.recipe.separate
        assert separate and isinstance(image, pikepdf.Stream)
        separated = separate(pikepdf.PdfImage(image).as_pil_image().convert("RGB"))
        image.write(separated.tobytes())
        image.ColorSpace, image.BitsPerComponent = _SPACE_OF[separated.mode], 8

    def _set_space(self, components: int, is_stroke: bool) -> None:
        if is_stroke:
            self.state.stroke_space = components
        else:
            self.state.fill_space = components

    def _set_paint(self, paint: Paint, is_stroke: bool) -> None:
        mixed = self.run.recipe.mix(paint)
        self.write_paint(mixed, is_stroke)
        if not is_stroke:
            self.state.fill = tuple(round(component, 4) for component in mixed)

    def _overprint(self, is_wanted: bool) -> None:
        is_wanted = is_wanted and self.run.recipe.overprint_black
        if is_wanted != self.state.is_overprinting:
            name = "/Overprint" if is_wanted else "/Knockout"
            self.write("gs", Name(name))
            self.run.use(self.resources, name)
            self.state.is_overprinting = is_wanted

    def _thicken_lines(self) -> None:
        """Write the width that the next line needs; it depends on the units, which may have changed since w."""
        thinnest = self.run.recipe.thinnest_line / self.state.scale if self.state.scale else 0.0
        needed = self.state.line if self.state.line >= thinnest - 1e-6 else math.ceil(thinnest * 10_000) / 10_000
        if needed != self.state.written_line:
            self.write("w", _number(needed))
            self.state.written_line = needed

    def _take_pattern(self, name: Name) -> None:
        pattern = self._resource("/Pattern", name)
        if pattern.get("/PatternType") != 1:
            raise self.refuse("a gradient")
        if pattern.get("/PaintType") != 1:
            raise self.refuse("a pattern without a colour of its own")
        state = _State(self.run.black, scale=self._pattern_scale(pattern))
        self.run.rewrite_once(pattern, self.resources, self.page, state, begins=True)

    @staticmethod
    def _pattern_scale(pattern: pikepdf.Object) -> float:
        """Points in a unit of a pattern; its matrix leads to the page, not to where it is used (8.7.3.1)."""
        matrix = [float(number) for number in pattern.get("/Matrix", (1, 0, 0, 1, 0, 0))]
        return math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))

    def _check_image(self, image: pikepdf.Object) -> None:
        """Let through masks, which are painted as a shape is, and opaque images in grey or separable RGB."""
        if image.get("/ImageMask", image.get("/IM", False)):
            return
        if "/SMask" in image or image.get("/SMaskInData"):
            raise self.refuse("an image that is transparent")
        space = image.get("/ColorSpace", image.get("/CS"))
        is_separable = self.run.recipe.separate and isinstance(image, pikepdf.Stream) and "/Decode" not in image
        if space is None or self._components(self._space(space)) not in ((1, 3) if is_separable else (1,)):
            raise self.refuse("an image in colour")

    def _check_inline_image(self, image: pikepdf.Object) -> None:
        """The same for an image among the operators; a space that it names would be gone with the resources."""
        self._check_image(image)
        space = image.get("/ColorSpace", image.get("/CS"))
        if space is not None and str(space) not in _COMPONENTS:
            raise self.refuse("an image with a colour space of its own")

    def _space(self, space: pikepdf.Object) -> pikepdf.Object:
        """A colour space, looked up where it is named."""
        named = self.resources.get("/ColorSpace", Dictionary())
        return named[str(space)] if isinstance(space, Name) and str(space) in named else space

    def _components(self, space: pikepdf.Object) -> int:
        """How many components a space has that we can convert."""
        family = str(space[0]) if isinstance(space, Array) else str(space)
        if family in _COMPONENTS:
            return _COMPONENTS[family]
        if family == "/ICCBased" and int(space[1].N) in _SETS_PAINT.keys() | {3}:
            return int(space[1].N)
        raise self.refuse(f"a colour in the space {family.lstrip('/')}")

    def _resource(self, kind: str, name: Any) -> pikepdf.Object:
        found = self.resources.get(kind, Dictionary()).get(str(name))
        if found is None:
            raise self.refuse(f"the name {name}, for which there is no entry in {kind}")
        return found


_TAKES: dict[str, Callable[[_Writer, str, list[Any]], bool]] = {
    operator: take
    for operators, take in (
        (("q", "Q"), _Writer.save),
        (("cm",), _Writer.transform),
        (("w",), _Writer.set_line),
        (("gs",), _Writer.set_state),
        (("g", "G", "rg", "RG", "k", "K"), _Writer.set_device_paint),
        (("cs", "CS"), _Writer.set_space),
        (("sc", "SC", "scn", "SCN"), _Writer.set_paint),
        (("m", "re"), _Writer.begin_path),
        (("Tr",), _Writer.set_mode),
        (("Tf",), _Writer.set_font),
        (("Tj", "TJ", "'", '"'), _Writer.show),
        (("sh",), _Writer.shade),
        (("Do",), _Writer.draw),
        (("INLINE IMAGE",), _Writer.draw_inline),
    )
    for operator in operators
}
"""What is done with an operator; all others stay as they are."""


def _number(value: float) -> int | Decimal:
    """A number as it is written: at most four decimals, whole ones without a point."""
    rounded = round(value, 4)
    return int(rounded) if rounded == int(rounded) else Decimal(f"{rounded:.4f}".rstrip("0"))
