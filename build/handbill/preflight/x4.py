"""X-4: whether a finished file keeps the rules of PDF/X-4 (ISO 15930-7), rule by rule.

In: a PDF. Out: a row for each rule of `RULES`: the question, whether it was answered with yes or no, did not apply,
or could not be answered, and what was found. The file is walked anew here, with nothing of the code that made it.

No text of ISO 15930-7 was at hand: its rules are here as makers of prepress software describe them, and a row gives
the clause of ISO 32000-1 that says what the words of the rule mean. Rules of the house, which are stricter, say so.
A print shop's own check has the last word.
"""

import io
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import cached_property
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont, TTLibError
from pikepdf import Array, Dictionary, Name, Object, Pdf, Rectangle, Stream

from handbill.colour import INK_LIMIT
from handbill.errors import CallError, ContentError
from handbill.preflight.painted import Paint, Painted, painted_by, space_name
from handbill.xmp import properties

HAIRLINE = 0.25
"""Points under which a line breaks up on the plate."""

_CLOSE = 0.01
"""Points and per cent by which two numbers may differ and be the same: numbers are written with few decimals."""


class Result(Enum):
    """The answer to a rule's question."""

    PASS = "pass"
    FAIL = "fail"
    NOT_APPLICABLE = "not applicable"
    BROKEN = "could not be checked"


class Origin(Enum):
    """Who asks for a rule."""

    STANDARD = "PDF/X-4"
    HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Row:
    """A rule and its answer.

    Attributes:
        rule: The rule's id.
        origin: Who asks for it.
        clause: Where the words of the rule are defined.
        question: What is asked; yes is the sound answer.
        result: The answer.
        found: What was found.
    """

    rule: str
    origin: Origin
    clause: str
    question: str
    result: Result
    found: str


def check_x4(pdf: bytes, *, ink_limit: float = INK_LIMIT) -> tuple[Row, ...]:
    """Check a file against every rule.

    Args:
        pdf: The file.
        ink_limit: The most ink that a paint may have, in per cent of all inks together.

    Raises:
        CallError: It is no PDF that can be opened.
    """
    try:
        opened = pikepdf.open(io.BytesIO(pdf))
    except pikepdf.PdfError as error:
        raise CallError(f"No PDF that can be opened: {error}.", "Check the file and its name.") from None
    with opened:
        return check_file(File(opened, ink_limit))


def check_file(file: "File") -> tuple[Row, ...]:
    """Check an opened file against every rule."""
    return tuple(_row(rule, file) for rule in RULES)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rule's check says, and what it found."""

    result: Result
    found: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule; see `Row` for what it is made of. `ask` checks it."""

    id: str
    origin: Origin
    clause: str
    question: str
    ask: Callable[["File"], Answer]


def _row(rule: Rule, file: "File") -> Row:
    try:
        answer = rule.ask(file)
    except Exception as error:  # a check that breaks is neither a yes nor a no
        answer = Answer(Result.BROKEN, f"{type(error).__name__}: {error}")
    return Row(rule.id, rule.origin, rule.clause, rule.question, answer.result, answer.found)


def _judge(faults: list[str], found: str) -> Answer:
    """Yes where there are no faults; else no, with the first of them."""
    if not faults:
        return Answer(Result.PASS, found)
    rest = f" and {len(faults) - 3} more" if len(faults) > 3 else ""
    return Answer(Result.FAIL, "; ".join(faults[:3]) + rest)


class File:
    """An opened file with what several rules ask of it."""

    def __init__(self, pdf: Pdf, ink_limit: float) -> None:
        self.pdf = pdf
        self.ink_limit = ink_limit

    @cached_property
    def painted(self) -> Painted:
        """What all pages paint."""
        return painted_by(self.pdf)

    @cached_property
    def said(self) -> Mapping[str, tuple[str, ...]]:
        """The properties of the XMP packet; none where there is none."""
        packet = self.pdf.Root.get("/Metadata")
        return properties(packet.read_bytes()) if isinstance(packet, Stream) else {}

    @cached_property
    def dictionaries(self) -> list[Object]:
        """All dictionaries and streams of the file, those inside other objects too."""
        return list(_dictionaries(list(self.pdf.objects)))

    @property
    def intents(self) -> list[Object]:
        """The output intents for PDF/X."""
        intents = self.pdf.Root.get("/OutputIntents", Array())
        return [intent for intent in intents if intent.get("/S") == Name.GTS_PDFX]

    def boxes(self) -> Iterator[tuple[int, dict[str, Rectangle]]]:
        """The boxes that each page has, by their key."""
        for number, page in enumerate(self.pdf.pages, 1):
            keys = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")
            found = {key: Rectangle(Array(page[key])) for key in keys if key in page}
            yield number, {"/MediaBox": Rectangle(page.mediabox), **found}


def _dictionaries(objects: list[Any]) -> Iterator[Object]:
    waiting = list(objects)
    while waiting:
        each = waiting.pop()
        if isinstance(each, Dictionary | Stream):
            yield each
            waiting += [each[key] for key in each.keys() if _is_direct(each[key])]  # noqa: SIM118 (a stream too)
        elif isinstance(each, Array):
            waiting += [value for value in each if _is_direct(value)]


def _is_direct(value: Any) -> bool:
    return isinstance(value, Dictionary | Array) and not value.is_indirect


# The rules.


def _header(file: File) -> Answer:
    versions = [file.pdf.pdf_version]
    if "/Version" in file.pdf.Root:
        versions.append(str(file.pdf.Root.Version).lstrip("/"))
    newest = max(versions, key=lambda version: tuple(int(part) for part in version.split(".")))
    return _judge([] if newest in ("1.3", "1.4", "1.5", "1.6") else [f"PDF {newest}"], f"PDF {newest}")


def _identifier(file: File) -> Answer:
    identifier = file.pdf.trailer.get("/ID")
    is_whole = (
        isinstance(identifier, Array) and len(identifier) == 2 and all(len(bytes(each)) for each in identifier)
    )
    return _judge([] if is_whole else ["no identifier"], "two strings")


def _encryption(file: File) -> Answer:
    is_locked = file.pdf.is_encrypted or "/Encrypt" in file.pdf.trailer
    return _judge(["encrypted"] if is_locked else [], "not encrypted")


def _external_streams(file: File) -> Answer:
    streams = [each for each in file.dictionaries if isinstance(each, Stream)]
    outside = [f"object {each.objgen[0]}" for each in streams if "/F" in each]
    return _judge(outside, f"{len(streams)} streams")


def _embedded_files(file: File) -> Answer:
    carried = [
        f"object {each.objgen[0]}"
        for each in file.dictionaries
        if each.get("/Type") == Name.EmbeddedFile or "/EmbeddedFiles" in each or "/EF" in each or "/AF" in each
    ]
    return _judge(carried, "none")


def _postscript(file: File) -> Answer:
    faults = []
    for each in file.dictionaries:
        if each.get("/Subtype") == Name.PS:
            faults.append(f"object {each.objgen[0]}: PostScript")
        elif each.get("/Subtype") in (Name.Form, Name.Image):
            keys = [key for key in ("/PS", "/OPI", "/Ref", "/Alternates") if key in each]
            faults += [f"object {each.objgen[0]}: {key[1:]}" for key in keys]
    return _judge(faults, "none")


def _output_intent(file: File) -> Answer:
    count = len(file.intents)
    return _judge([] if count == 1 else [f"{count} of them"], "one")


def _condition(file: File) -> Answer:
    if not file.intents:
        return Answer(Result.NOT_APPLICABLE, "no output intent")
    intent = file.intents[0]
    asked = ["/OutputConditionIdentifier", "/Info"]
    if intent.get("/OutputConditionIdentifier") != "Custom":  # a registered condition says where it is registered
        asked.append("/RegistryName")
    missing = [key for key in asked if not str(intent.get(key, ""))]
    told = ", ".join(str(intent[key]) for key in asked if key in intent)
    return _judge(missing, told)


def _output_profile(file: File) -> Answer:
    if not file.intents:
        return Answer(Result.NOT_APPLICABLE, "no output intent")
    stream = file.intents[0].get("/DestOutputProfile")
    if not isinstance(stream, Stream):
        return Answer(Result.FAIL, "no profile in the file")
    profile = stream.read_bytes()
    device_class, space = profile[12:16].decode("latin-1"), profile[16:20].decode("latin-1")
    faults = []
    if len(profile) < 128 or profile[36:40] != b"acsp":
        faults.append("no ICC profile")
    elif (device_class, space) != ("prtr", "CMYK"):
        faults.append(f"class {device_class}, {space}")
    if stream.get("/N") != 4:
        faults.append(f"{stream.get('/N')} components")
    return _judge(faults, f"class {device_class}, {space.strip()}, {len(profile)} bytes")


def _trim_box(file: File) -> Answer:
    faults, sizes = [], set()
    for page, boxes in file.boxes():
        if ("/TrimBox" in boxes) == ("/ArtBox" in boxes):
            faults.append(f"page {page}: {'both' if '/TrimBox' in boxes else 'neither'}")
        elif "/TrimBox" in boxes:
            sizes.add(f"{boxes['/TrimBox'].width:.2f} × {boxes['/TrimBox'].height:.2f} pt")
    return _judge(faults, ", ".join(sorted(sizes)))


_OUTWARD = ("/BleedBox", "/CropBox", "/MediaBox")


def _nested_boxes(file: File) -> Answer:
    faults = []
    for page, boxes in file.boxes():
        for inner in ("/TrimBox", "/ArtBox", *_OUTWARD):
            around = _OUTWARD[_OUTWARD.index(inner) + 1 :] if inner in _OUTWARD else _OUTWARD
            faults += [
                f"page {page}: {inner[1:]} leaves {outer[1:]}"
                for outer in around
                if inner in boxes and outer in boxes and not _is_inside(boxes[inner], boxes[outer])
            ]
    return _judge(faults, f"{len(file.pdf.pages)} pages")


def _is_inside(inner: Rectangle, outer: Rectangle) -> bool:
    return (
        inner.llx >= outer.llx - _CLOSE
        and inner.lly >= outer.lly - _CLOSE
        and inner.urx <= outer.urx + _CLOSE
        and inner.ury <= outer.ury + _CLOSE
    )


def _viewer_areas(file: File) -> Answer:
    preferences = file.pdf.Root.get("/ViewerPreferences", Dictionary())
    keys = [key for key in ("/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip") if key in preferences]
    if not keys:
        return Answer(Result.NOT_APPLICABLE, "no such preference")
    wrong = [
        f"{key[1:]} {preferences[key]}" for key in keys if preferences[key] not in (Name.MediaBox, Name.BleedBox)
    ]
    return _judge(wrong, ", ".join(key[1:] for key in keys))


def _device_colour(file: File) -> Answer:
    return _judge(_places([p for p in file.painted.paints if "DeviceRGB" in p.space]), _spaces(file))


def _house_colours(file: File) -> Answer:
    ours = ("DeviceCMYK", "DeviceGray", "Separation All", "Pattern")
    return _judge(_places([p for p in file.painted.paints if p.space not in ours]), _spaces(file))


def _spaces(file: File) -> str:
    return ", ".join(sorted({paint.space for paint in file.painted.paints})) or "nothing painted"


def _places(paints: list[Paint]) -> list[str]:
    """Where paints are, each place once."""
    return list(dict.fromkeys(f"page {paint.page}: {paint.kind} in {paint.space}" for paint in paints))


def _group_colour(file: File) -> Answer:
    groups = [each for each in file.dictionaries if each.get("/S") == Name.Transparency]
    if not groups:
        return Answer(Result.NOT_APPLICABLE, "no transparency group")
    spaces = [space_name(group.get("/CS"), Dictionary()) for group in groups]
    return _judge([space for space in spaces if space not in ("DeviceCMYK", "none")], ", ".join(set(spaces)))


def _transparency(file: File) -> Answer:
    faults = [
        f"page {page}: {key[1:]}"
        for page, key, value in file.painted.states
        if (key in ("/ca", "/CA") and float(value) < 1)
        or (key == "/BM" and value not in (Name.Normal, Name.Compatible))
        or (key == "/SMask" and value != Name("/None"))
    ]
    return _judge(list(dict.fromkeys(faults)), "none")


def _transfer_functions(file: File) -> Answer:
    faults = [
        f"page {page}: {key[1:]}"
        for page, key, value in file.painted.states
        if key in ("/TR", "/HTP") or (key in ("/TR2", "/HT") and value != Name.Default)
    ]
    return _judge(list(dict.fromkeys(faults)), "none")


def _layers(file: File) -> Answer:
    return _judge(["layers"] if "/OCProperties" in file.pdf.Root else [], "none")


def _embedded_fonts(file: File) -> Answer:
    return _fonts(file, lambda font: font.Subtype == Name.Type3 or _font_program(font) is not None)


def _subset_fonts(file: File) -> Answer:
    return _fonts(file, lambda font: re.match(r"/[A-Z]{6}\+", str(font.get("/BaseFont", ""))) is not None)


def _copied_fonts(file: File) -> Answer:
    return _fonts(file, lambda font: "/ToUnicode" in font)


def _no_type3(file: File) -> Answer:
    return _fonts(file, lambda font: bool(font.Subtype != Name.Type3))


def _fonts(file: File, is_sound: Callable[[Object], bool]) -> Answer:
    """The answer for all fonts that letters are set in."""
    if not file.painted.fonts:
        return Answer(Result.NOT_APPLICABLE, "no letters")
    names = {key: str(font.get("/BaseFont", font.Subtype))[1:] for key, font in file.painted.fonts.items()}
    wrong = [names[key] for key, font in file.painted.fonts.items() if not is_sound(font)]
    return _judge(wrong, ", ".join(sorted(names.values())))


def _font_program(font: Object) -> Stream | None:
    """The font in the file, or None."""
    inner = font.DescendantFonts[0] if font.Subtype == Name.Type0 else font
    descriptor = inner.get("/FontDescriptor", Dictionary())
    programs = [descriptor.get(key) for key in ("/FontFile", "/FontFile2", "/FontFile3")]
    return next((program for program in programs if isinstance(program, Stream)), None)


def _glyphs(file: File) -> Answer:
    composite = {key: font for key, font in file.painted.fonts.items() if font.Subtype == Name.Type0}
    if not composite:
        return Answer(Result.NOT_APPLICABLE, "no letters in composite fonts")
    faults, count = [], 0
    for key, font in composite.items():
        codes = file.painted.glyphs[key]
        count += len(codes)
        total = _glyph_count(font)
        wrong = sorted(code for code in codes if not 0 < _glyph_of(code, font) < total)
        faults += [f"{str(font.BaseFont)[1:]}: code {code}" for code in wrong]
    return _judge(faults, f"{count} glyphs")


def _glyph_of(code: int, font: Object) -> int:
    """The glyph of a code in a font encoded by Identity-H (ISO 32000-1, 9.7.4.2 and 9.7.5.2)."""
    table = font.DescendantFonts[0].get("/CIDToGIDMap")
    return int.from_bytes(table.read_bytes()[2 * code : 2 * code + 2]) if isinstance(table, Stream) else code


def _glyph_count(font: Object) -> int:
    program = _font_program(font)
    if program is None:
        return 0
    try:
        return int(TTFont(io.BytesIO(program.read_bytes()), lazy=True)["maxp"].numGlyphs)
    except (TTLibError, KeyError):
        return 65_536  # a bare CFF has no such table; glyph 0 is told all the same


def _annotations(file: File) -> Answer:
    faults, count = [], 0
    for number, page in enumerate(file.pdf.pages, 1):
        printed = Rectangle(Array(page.get("/BleedBox", page.get("/TrimBox", page.mediabox))))
        for note in page.get("/Annots", Array()):
            count += 1
            is_of_prepress = note.Subtype in (Name.TrapNet, Name.PrinterMark)
            if not is_of_prepress and _overlap(Rectangle(Array(note.Rect)), printed):
                faults.append(f"page {number}: {str(note.Subtype)[1:]}")
    return _judge(faults, f"{count} annotations")


def _overlap(one: Rectangle, other: Rectangle) -> bool:
    return one.llx < other.urx and other.llx < one.urx and one.lly < other.ury and other.lly < one.ury


_ACTIONS = frozenset(
    {
        "/GoTo",
        "/GoToR",
        "/GoToE",
        "/Launch",
        "/Thread",
        "/URI",
        "/Sound",
        "/Movie",
        "/Hide",
        "/Named",
        "/SubmitForm",
        "/ResetForm",
        "/ImportData",
        "/JavaScript",
        "/SetOCGState",
        "/Rendition",
        "/Trans",
        "/GoTo3DView",
    }
)
"""Kinds of action (ISO 32000-1, table 198)."""


def _actions(file: File) -> Answer:
    faults = []
    for each in file.dictionaries:
        if str(each.get("/S")) in _ACTIONS and each.get("/Type") != Name.StructElem:
            faults.append(f"object {each.objgen[0]}: {str(each.S)[1:]}")
        keys = [key for key in ("/OpenAction", "/AA", "/JavaScript") if key in each]
        faults += [f"object {each.objgen[0]}: {key[1:]}" for key in keys]
    return _judge(faults, "none")


def _forms(file: File) -> Answer:
    return _judge([key[1:] for key in ("/AcroForm", "/XFA") if key in file.pdf.Root], "none")


def _packet(file: File) -> Answer:
    packet = file.pdf.Root.get("/Metadata")
    if not isinstance(packet, Stream):
        return Answer(Result.FAIL, "no packet")
    try:
        count = len(file.said)
    except ContentError as error:
        return Answer(Result.FAIL, error.message)
    return _judge(["compressed"] if "/Filter" in packet else [], f"{count} properties")


def _version_key(file: File) -> Answer:
    version = _one(file, "pdfxid:GTS_PDFXVersion")
    faults = [] if version == "PDF/X-4" else [version or "none"]
    # PDF/X-1a and 3 have theirs elsewhere; beside that of X-4 it would be a second claim.
    faults += [f"{key} too" for key in ("pdfx:GTS_PDFXVersion", "pdfx:GTS_PDFXConformance") if key in file.said]
    return _judge(faults, version)


def _packet_keys(file: File) -> Answer:
    wanted = (
        "dc:title",
        "xmp:CreateDate",
        "xmp:ModifyDate",
        "xmp:MetadataDate",
        "xmpMM:DocumentID",
        "xmpMM:RenditionClass",
        "xmpMM:VersionID",
        "pdf:Trapped",
    )
    return _judge([key for key in wanted if not _one(file, key)], f"{len(wanted)} properties")


def _information(file: File) -> Answer:
    pairs = (("/Title", "dc:title"), ("/Keywords", "pdf:Keywords"), ("/Trapped", "pdf:Trapped"))
    dates = (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate"))
    faults = []
    for key, name in pairs:
        if str(file.pdf.docinfo.get(key, "")).lstrip("/") != _one(file, name):
            faults.append(f"{key[1:]} and {name}")
    for key, name in dates:
        if _moment(str(file.pdf.docinfo.get(key, ""))) != _moment(_one(file, name)):
            faults.append(f"{key[1:]} and {name}")
    return _judge(faults, f"{len(pairs) + len(dates)} entries")


def _trapped(file: File) -> Answer:
    value = file.pdf.docinfo.get("/Trapped")
    is_known = value in (Name("/True"), Name("/False")) and _one(file, "pdf:Trapped") in ("True", "False")
    return _judge([] if is_known else [f"{value}, {_one(file, 'pdf:Trapped') or 'none'}"], str(value).lstrip("/"))


def _one(file: File, name: str) -> str:
    """The first value of a property, or ""."""
    return "".join(file.said.get(name, ())[:1])


def _moment(text: str) -> datetime | None:
    """A moment as the information dictionary or XMP writes it (ISO 32000-1, 7.9.4; ISO 8601); None if it is none.

    >>> _moment("D:20250131103000+05'30'") == _moment("2025-01-31T05:00:00Z")
    True
    """
    written = re.fullmatch(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-]\d\d)'?(\d\d)'?)", text)
    if written:
        year, month, day, hour, minute, second, zone, part = written.groups()
        text = f"{year}-{month}-{day}T{hour}:{minute}:{second}{zone or '+00'}:{part or '00'}"
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _black_text(file: File) -> Answer:
    black = [paint for paint in file.painted.paints if paint.kind == "text" and paint.is_solid_black]
    if not black:
        return Answer(Result.NOT_APPLICABLE, "no text in black")
    wrong = [paint for paint in black if not (paint.overprints and paint.mode == 1)]
    return _judge(_places(wrong), f"{len(black)} pieces of text")


def _knockout(file: File) -> Answer:
    wrong = [p for p in file.painted.paints if p.overprints and not (p.kind == "text" and p.is_solid_black)]
    return _judge(_places(wrong), "nothing")


def _hairlines(file: File) -> Answer:
    lines = [paint for paint in file.painted.paints if paint.thickness < math.inf]
    # What is thinner than that by far is the edge that a shape and its clipping path share.
    thin = [p for p in lines if p.thickness < HAIRLINE - _CLOSE and (p.kind == "stroke" or p.thickness > _CLOSE)]
    thinnest = min((p.thickness for p in lines if p.thickness > _CLOSE), default=math.inf)
    faults = [f"page {p.page}: {p.kind} of {p.thickness:.3f} pt" for p in thin]
    return _judge(list(dict.fromkeys(faults)), f"thinnest {thinnest:.3f} pt" if lines else "no lines")


def _ink(file: File) -> Answer:
    """Each paint by itself: what black text overprints is under it as well, and no image is looked into."""
    most = max(file.painted.paints, key=lambda paint: paint.ink, default=None)
    if most is None:
        return Answer(Result.NOT_APPLICABLE, "nothing painted")
    over = [paint for paint in file.painted.paints if paint.ink > file.ink_limit + _CLOSE]
    faults = list(dict.fromkeys(f"page {paint.page}: {paint.kind} with {paint.ink:.0f} %" for paint in over))
    return _judge(faults, f"at most {most.ink:.0f} % (page {most.page}), limit {file.ink_limit:.0f} %")


def _rules() -> Iterator[Rule]:
    """All rules, in the order of the table."""
    standard, house = Origin.STANDARD, Origin.HOUSE
    for id_, origin, clause, question, ask in (
        ("header", standard, "7.5.2", "Is it PDF 1.6 or an older version?", _header),
        ("identifier", standard, "14.4", "Does the file have an identifier?", _identifier),
        ("encryption", standard, "7.6", "Can it be read without a key?", _encryption),
        ("external-streams", standard, "7.3.8", "Is the content of every stream in the file?", _external_streams),
        ("embedded-files", standard, "7.11.4", "Is it without files in the file?", _embedded_files),
        (
            "postscript",
            standard,
            "8.8.2",
            "Is it without PostScript, OPI and references to other files?",
            _postscript,
        ),
        ("output-intent", standard, "14.11.5", "Is there exactly one output intent for PDF/X?", _output_intent),
        ("condition", standard, "14.11.5", "Does it name a registered printing condition?", _condition),
        ("output-profile", standard, "14.11.5", "Is the CMYK profile of a press in it?", _output_profile),
        ("trim-box", standard, "14.11.2", "Has every page either a trim box or an art box?", _trim_box),
        (
            "nested-boxes",
            standard,
            "14.11.2",
            "Is the trim in the bleed, and the bleed in the media?",
            _nested_boxes,
        ),
        ("viewer-areas", standard, "12.2", "Do viewers show and print no less than the bleed?", _viewer_areas),
        ("device-colour", standard, "8.6.4", "Does device colour suit the output intent (no RGB)?", _device_colour),
        ("house-colours", house, "8.6", "Is everything in CMYK, grey or registration colour?", _house_colours),
        ("group-colour", standard, "11.4.7", "Do transparency groups blend in CMYK?", _group_colour),
        ("transparency", house, "11.6.4", "Is everything opaque?", _transparency),
        (
            "transfer-functions",
            standard,
            "10.4",
            "Is it without transfer functions and halftones?",
            _transfer_functions,
        ),
        ("layers", house, "8.11", "Is it without layers?", _layers),
        ("embedded-fonts", standard, "9.9", "Is every font in the file?", _embedded_fonts),
        ("subset-fonts", house, "9.6.4", "Is every font cut down to what is used?", _subset_fonts),
        ("copied-fonts", house, "9.10.3", "Can the letters of every font be copied?", _copied_fonts),
        ("font-kind", house, "9.6.5", "Is every font made of outlines?", _no_type3),
        ("glyphs", house, "9.7.4", "Is there a glyph for every letter?", _glyphs),
        ("annotations", standard, "12.5", "Are all annotations outside the bleed?", _annotations),
        ("actions", standard, "12.6", "Is it without actions and scripts?", _actions),
        ("forms", standard, "12.7", "Is it without forms?", _forms),
        ("packet", standard, "14.3.2", "Is there an XMP packet, in clear?", _packet),
        ("version-key", standard, "14.3.2", "Does it say PDF/X-4, and nothing else of PDF/X?", _version_key),
        ("packet-keys", standard, "14.3.2", "Are the properties there that PDF/X-4 asks for?", _packet_keys),
        ("information", standard, "14.3.3", "Does the information dictionary say the same?", _information),
        ("trapped", standard, "14.11.6", "Does it say whether it is trapped?", _trapped),
        ("black-text", house, "8.6.7", "Is black text printed over what is under it?", _black_text),
        ("knockout", house, "8.6.7", "Does nothing else overprint?", _knockout),
        ("hairlines", house, "8.4.3.2", f"Is every line at least {HAIRLINE} pt thick?", _hairlines),
        ("ink", house, "8.6.4.4", "Is no paint over the ink limit?", _ink),
    ):
        yield Rule(id_, origin, f"ISO 32000-1, {clause}", question, ask)


RULES: tuple[Rule, ...] = tuple(_rules())
"""All rules."""
