"""Every rule of PDF/X-4 says yes to the press edition, and no to a file in which that one thing is damaged."""

import io
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, String
from PIL import Image

from conftest import require
from handbill.colour import INK_LIMIT, load_profile
from handbill.errors import CallError
from handbill.preflight.x4 import RULES, Origin, Result, Row, check_x4
from printed import opened, press, screen

NOT_THERE = {"viewer-areas", "group-colour"}
"""Rules about what the press edition has not got."""


def rows(pdf: bytes) -> dict[str, Row]:
    return {row.rule: row for row in check_x4(pdf)}


def failed(answers: Mapping[str, Row]) -> set[str]:
    return {id_ for id_, row in answers.items() if row.result in (Result.FAIL, Result.BROKEN)}


def test_there_is_a_row_for_each_rule_in_order_and_no_id_twice() -> None:
    answers = check_x4(press())
    assert [row.rule for row in answers] == [rule.id for rule in RULES]
    assert len({row.rule for row in answers}) == len(answers)
    assert all(row.question.endswith("?") and row.clause and row.found for row in answers)


@pytest.mark.parametrize("marks", [False, True], ids=["without marks", "with marks"])
@pytest.mark.parametrize("tag", ["", "ar", "zh-Hans", "my"], ids=["brief", "ar", "zh-Hans", "my"])
def test_the_press_edition_keeps_every_rule(tag: str, marks: bool) -> None:
    answers = rows(press(tag, marks))
    assert {id_ for id_, row in answers.items() if row.result is Result.NOT_APPLICABLE} == NOT_THERE
    assert [row for row in answers.values() if row.result not in (Result.PASS, Result.NOT_APPLICABLE)] == []


def test_the_screen_edition_does_not() -> None:
    answers = rows(screen())
    assert {
        "header",
        "output-intent",
        "device-colour",
        "annotations",
        "version-key",
        "packet-keys",
        "trapped",
    } <= {id_ for id_, row in answers.items() if row.result is Result.FAIL}
    assert answers["output-profile"].result is answers["condition"].result is Result.NOT_APPLICABLE


# One damage for each rule


def as_it_was(pdf: Pdf, version: str = "1.6", **options: Any) -> bytes:
    """The file as the press edition is written, and no otherwise."""
    written = io.BytesIO()
    pdf.save(written, force_version=version, fix_metadata_version=False, **options)
    return written.getvalue()


def without_identifier(pdf: Pdf) -> bytes:
    """Each file gets an identifier when it is written, so its name is changed afterwards."""
    written = as_it_was(pdf)
    assert written.count(b"/ID [") == 1
    return written.replace(b"/ID [", b"/IX [")


@dataclass(frozen=True)
class Damage:
    """How a sound file is damaged.

    Attributes:
        rule: The rule that must say no.
        found: What the answer must name.
        does: What is changed.
        write: How the file is written.
        others: Rules that cannot but say no with it.
    """

    rule: str
    found: str
    does: Callable[[Pdf], object] = id
    write: Callable[[Pdf], bytes] = as_it_was
    others: frozenset[str] = frozenset()


def set_in(place: str, key: str, value: Any) -> Callable[[Pdf], object]:
    """Sets an entry of the catalogue ("Root"), the first page, the first font or the output intent."""
    return lambda pdf: PLACES[place](pdf).__setitem__(f"/{key}", value)


def taken_from(place: str, key: str) -> Callable[[Pdf], object]:
    return lambda pdf: PLACES[place](pdf).__delitem__(f"/{key}")


PLACES: Mapping[str, Callable[[Pdf], Any]] = {
    "root": lambda pdf: pdf.Root,
    "page": lambda pdf: pdf.pages[0].obj,
    "font": lambda pdf: next(iter(pdf.pages[0].Resources.Font.values())),
    "font program": lambda pdf: PLACES["font"](pdf).DescendantFonts[0].FontDescriptor,
    "intent": lambda pdf: pdf.Root.OutputIntents[0],
    "profile": lambda pdf: pdf.Root.OutputIntents[0].DestOutputProfile,
    "information": lambda pdf: pdf.docinfo,
    "packet": lambda pdf: pdf.Root.Metadata,
    "preferences": lambda pdf: pdf.Root.ViewerPreferences,
    "bookmark": lambda pdf: pdf.Root.Outlines.First,
}


def content(operators: str) -> Callable[[Pdf], object]:
    """Adds operators to the second page; FONT is the name of a font of the page."""

    def damage(pdf: Pdf) -> None:
        font = min(pdf.pages[1].Resources.Font.keys())
        pdf.pages[1].contents_add(operators.replace("FONT", font).encode())

    return damage


def state(**entries: Any) -> Callable[[Pdf], object]:
    """Sets a graphics state on the second page."""

    def damage(pdf: Pdf) -> None:
        pdf.pages[1].Resources.ExtGState.Damage = Dictionary(**entries)
        pdf.pages[1].contents_add(b"q /Damage gs Q")

    return damage


def packet(before: str, after: str) -> Callable[[Pdf], object]:
    """Changes the words of the packet."""

    def damage(pdf: Pdf) -> None:
        text = pdf.Root.Metadata.read_bytes().decode()
        assert before in text
        pdf.Root.Metadata.write(text.replace(before, after).encode())

    return damage


def annotation(pdf: Pdf) -> None:
    pdf.pages[1].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[9, 9, 20, 20])])


def form_that_refers(pdf: Pdf) -> None:
    form = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9], Ref=Dictionary(Page=0))
    pdf.pages[1].Resources.XObject = Dictionary(Form=form)


def type_3_letters(pdf: Pdf) -> None:
    glyphs = Dictionary(a=pdf.make_stream(b"9 0 d0 0 0 9 9 re f"))
    box, matrix = [0, 0, 9, 9], [1, 0, 0, 1, 0, 0]
    pdf.pages[1].Resources.Font.T3 = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontMatrix=matrix, FontBBox=box, CharProcs=glyphs
    )
    pdf.pages[1].contents_add(b"BT 0 0 0 0.5 k /T3 9 Tf (a) Tj ET")


def profile_of_a_screen(pdf: Pdf) -> None:
    content = load_profile().content
    pdf.Root.OutputIntents[0].DestOutputProfile.write(content[:12] + b"mntrRGB " + content[20:])


OF_COLOUR = frozenset({"house-colours"})
SECOND_CLAIM = (
    '<pdfx:GTS_PDFXVersion xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/">PDF/X-3:2003</pdfx:GTS_PDFXVersion>'
    "<pdf:Trapped>"
)

DAMAGES = (
    Damage("header", "PDF 1.7", write=partial(as_it_was, version="1.7")),
    Damage("header", "PDF 2.0", set_in("root", "Version", Name("/2.0"))),
    Damage("identifier", "no identifier", write=without_identifier),
    Damage(
        "encryption",
        "encrypted",
        write=partial(as_it_was, encryption=Encryption(owner="a", user="", R=4)),
        others=frozenset({"packet"}),  # which cannot be read in clear either
    ),
    Damage("external-streams", "object", set_in("packet", "F", String("else.xml"))),
    Damage("embedded-files", "object", set_in("root", "AF", Array())),
    Damage("postscript", "Ref", form_that_refers),
    Damage("output-intent", "2", lambda pdf: pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0])),
    Damage("condition", "RegistryName", taken_from("intent", "RegistryName")),
    Damage("output-profile", "mntr, RGB", profile_of_a_screen),
    Damage("output-profile", "no profile", taken_from("intent", "DestOutputProfile")),
    Damage("output-profile", "3 components", set_in("profile", "N", 3)),
    Damage("trim-box", "page 1: neither", taken_from("page", "TrimBox")),
    Damage("trim-box", "page 1: both", set_in("page", "ArtBox", Array([20, 20, 99, 99]))),
    Damage("nested-boxes", "BleedBox leaves MediaBox", set_in("page", "BleedBox", Array([0, 0, 9999, 9999]))),
    Damage("nested-boxes", "TrimBox leaves CropBox", set_in("page", "CropBox", Array([50, 50, 99, 99]))),
    Damage("viewer-areas", "PrintArea /TrimBox", set_in("preferences", "PrintArea", Name.TrimBox)),
    Damage("device-colour", "page 2: fill in DeviceRGB", content("1 0 0 rg 9 9 9 9 re f"), others=OF_COLOUR),
    Damage(
        "device-colour",
        "page 2: image in DeviceRGB",
        content("q 9 0 0 9 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI Q"),
        others=OF_COLOUR,
    ),
    Damage("house-colours", "page 2: fill in CalRGB", content("/CalRGB cs 9 9 9 9 re f")),
    Damage(
        "group-colour", "DeviceRGB", set_in("page", "Group", Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))
    ),
    Damage("transparency", "page 2: ca", state(ca=0.5)),
    Damage("transparency", "page 2: BM", state(BM=Name.Multiply)),
    Damage("transparency", "page 2: SMask", state(SMask=Dictionary(S=Name.Alpha))),
    Damage("transfer-functions", "page 2: TR", state(TR=Name.Identity)),
    Damage("layers", "layers", set_in("root", "OCProperties", Dictionary())),
    Damage("embedded-fonts", "Serif", taken_from("font program", "FontFile2"), others=frozenset({"glyphs"})),
    Damage("subset-fonts", "Whole", set_in("font", "BaseFont", Name.Whole)),
    Damage("copied-fonts", "Serif", taken_from("font", "ToUnicode")),
    Damage("font-kind", "Type3", type_3_letters, others=frozenset({"subset-fonts", "copied-fonts"})),
    Damage("glyphs", "code 0", content("BT 0 0 0 0.5 k FONT 9 Tf <0000> Tj ET")),
    Damage("glyphs", "code 65534", content("BT 0 0 0 0.5 k FONT 9 Tf <fffe> Tj ET")),
    Damage("annotations", "page 2: Text", annotation),
    Damage("actions", "URI", set_in("bookmark", "A", Dictionary(S=Name.URI, URI=String("https://example.org")))),
    Damage("actions", "OpenAction", set_in("root", "OpenAction", Array())),
    Damage("forms", "AcroForm", set_in("root", "AcroForm", Dictionary())),
    Damage(
        "packet",
        "no packet",
        taken_from("root", "Metadata"),
        others=frozenset({"version-key", "packet-keys", "information", "trapped"}),
    ),
    Damage("version-key", "PDF/X-3:2003", packet("PDF/X-4", "PDF/X-3:2003")),
    Damage("version-key", "pdfx:GTS_PDFXVersion too", packet("<pdf:Trapped>", SECOND_CLAIM)),
    Damage("packet-keys", "RenditionClass", packet("xmpMM:RenditionClass", "xmpMM:Class")),
    Damage("information", "CreationDate", packet("31T00:00:00Z</xmp:Create", "30T00:00:00Z</xmp:Create")),
    Damage("information", "Title", set_in("information", "Title", String("Another"))),
    Damage(
        "trapped",
        "Unknown",
        set_in("information", "Trapped", Name.Unknown),
        others=frozenset({"information"}),
    ),
    Damage("black-text", "page 2: text", content("q /Knockout gs 0 0 0 1 k BT FONT 9 Tf <0001> Tj ET Q")),
    Damage("knockout", "page 2: fill", content("q /Overprint gs 0 0 0 1 k 9 9 9 9 re f Q")),
    Damage("knockout", "page 2: stroke", content("q /Overprint gs 0 0.9 0 0 K 9 9 m 90 90 l S Q")),
    Damage("hairlines", "page 2: stroke of 0.100 pt", content("0.1 w 0 0 m 99 99 l S")),
    Damage("hairlines", "page 2: fill of 0.100 pt", content("0.1 0 0 0.1 0 0 cm 0 0 1 99 re f")),
    Damage("hairlines", "page 2: fill of 0.100 pt", content("50 50 0.1 99 re W n 0 0 99 99 re f")),
    Damage("ink", "page 2: fill with 360 %", content("0.9 0.9 0.9 0.9 k 9 9 9 9 re f")),
)


def damaged(damage: Damage) -> bytes:
    with opened(press()) as pdf:
        pdf.pages[1].Resources.ColorSpace = Dictionary(
            CalRGB=Array([Name.CalRGB, Dictionary(WhitePoint=[0.95, 1, 1.09])])
        )
        damage.does(pdf)
        return damage.write(pdf)


def test_there_is_a_damage_for_every_rule() -> None:
    assert {damage.rule for damage in DAMAGES} == {rule.id for rule in RULES}


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: f"{damage.rule}: {damage.found}")
def test_a_damage_is_told_by_its_rule_and_by_no_other(damage: Damage) -> None:
    answers = rows(damaged(damage))
    assert answers[damage.rule].result is Result.FAIL
    assert damage.found in answers[damage.rule].found
    assert failed(answers) == {damage.rule, *damage.others}


def test_the_file_that_is_damaged_was_sound() -> None:
    assert failed(rows(damaged(Damage("", "")))) == set()


def test_what_cannot_be_checked_has_not_passed() -> None:
    answers = rows(damaged(Damage("", "", content("/Gone Do"))))
    broken = {id_ for id_, row in answers.items() if row.result is Result.BROKEN}
    assert {"device-colour", "embedded-fonts", "hairlines", "ink"} <= broken
    assert answers["header"].result is Result.PASS


def test_many_faults_are_counted_and_three_are_named() -> None:
    with opened(press()) as pdf:
        for page in pdf.pages:
            del page["/TrimBox"]
        answer = rows(as_it_was(pdf))["trim-box"]
    assert answer.found == "page 1: neither; page 2: neither; page 3: neither and 2 more"


def test_the_limit_of_ink_is_the_caller_s() -> None:
    answers = {row.rule: row for row in check_x4(press(), ink_limit=200)}
    assert answers["ink"].result is Result.FAIL
    assert "213 %" in answers["ink"].found


def test_marks_in_registration_colour_are_no_ink_of_the_page() -> None:
    assert rows(press(marks=True))["ink"].found == rows(press())["ink"].found


def test_every_rule_of_the_house_says_so() -> None:
    house = {rule.id for rule in RULES if rule.origin is Origin.HOUSE}
    assert {"house-colours", "transparency", "glyphs", "black-text", "knockout", "hairlines", "ink"} <= house
    assert not {"output-intent", "trim-box", "device-colour", "annotations", "version-key", "trapped"} & house


@pytest.mark.parametrize("file", [b"", b"no PDF"], ids=["nothing", "text"])
def test_what_is_no_pdf_is_refused(file: bytes) -> None:
    with pytest.raises(CallError, match="No PDF"):
        check_x4(file)


# Outside judges


def test_ghostscript_finds_no_more_ink_than_the_row_says(tmp_path: Path) -> None:
    path = tmp_path / "press.pdf"
    path.write_bytes(press())
    plates = ["-sDEVICE=tiffsep", "-r72", f"-sOutputFile={tmp_path}/page-%d"]
    command = [require("gs"), "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-dOverprint=/enable", *plates, str(path)]
    subprocess.run(command, check=True, capture_output=True)
    most = 0.0
    for black in sorted(tmp_path.glob("page-*(Black)*")):
        inks = [Image.open(str(black).replace("Black", ink)) for ink in ("Cyan", "Magenta", "Yellow", "Black")]
        totals = zip(*(image.convert("L").tobytes() for image in inks), strict=True)
        most = max(most, max(sum(255 - value for value in values) for values in totals) / 2.55)
    assert 190 < most <= 213 + 1 < INK_LIMIT


def test_poppler_finds_every_font_whole_in_the_file_cut_down_and_copied(tmp_path: Path) -> None:
    path = tmp_path / "press.pdf"
    path.write_bytes(press())
    listed = subprocess.run([require("pdffonts"), str(path)], check=True, capture_output=True, text=True).stdout
    fonts = listed.splitlines()[2:]
    assert len(fonts) >= 2
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts)


def test_qpdf_finds_no_fault_in_how_the_file_is_built() -> None:
    with opened(press(marks=True)) as pdf:
        assert pdf.check_pdf_syntax() == []
