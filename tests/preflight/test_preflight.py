"""Every check says yes to a sound file, and no, by its code, to one in which that one thing is damaged."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

import pikepdf
import pytest
import test_x4
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, String
from test_x4 import as_it_was, content, packet, set_in, state, taken_from

from briefs import finished
from handbill.compose import compose
from handbill.derive import in_reading_order
from handbill.editions import EDITIONS
from handbill.errors import CallError
from handbill.fonts import load_stack
from handbill.languages import load_language
from handbill.model import Composition, Finding, Oral, Waiver
from handbill.office import to_office
from handbill.preflight import ANY, CHECKS, Check, Copy, Layout, Preflight, Status, load_profile, preflight
from handbill.preflight.subject import Subject, machine_names
from handbill.render import render
from printed import opened, press, screen
from sides import as_printed
from specimen import specimen

LONG = "The international community must take urgent action to ensure accountability for atrocities. "


def copy_of(edition: str) -> Copy:
    """The words of the specimen in English, as an edition prints them."""
    version, language = as_printed(specimen("en"), edition), load_language("en")
    return Copy(version, language, version.statement, language, EDITIONS[edition].parts)


@cache
def sound(edition: str) -> bytes:
    """The specimen in an edition."""
    match edition:
        case "any" | "screen":
            return screen("en")
        case "press":
            return press("en")
        case "office":
            return to_office(screen("en"))
        case _:
            return finished(as_printed(specimen("en"), edition), edition=edition)


def pages_of_booklet() -> bytes:
    """The pages of the specimen's booklet before they are imposed."""
    version, language, edition = specimen("en"), load_language("en"), EDITIONS["booklet"]
    return in_reading_order(render(compose(version, language, edition)), version, language, edition)


def asked(
    file: bytes, edition: str = "screen", copy: Copy | None = None, layout: Layout | None = None
) -> Preflight:
    """The preflight of a file, with the words of the specimen unless it is taken for a foreign one."""
    words = None if edition == ANY else copy or copy_of(edition)
    return preflight(file, "file.pdf", load_profile(edition), copy=words, layout=layout)


def codes(found: Preflight) -> set[str]:
    return {result.code for result in found.findings}


# One damage for each check


@dataclass(frozen=True)
class Damage:
    """How a sound file is damaged.

    Attributes:
        code: The check that must not be content, and its answer.
        does: What is changed in the PDF.
        edition: The edition that is damaged.
        write: How the file is written.
        copy: What the words are changed to with which the file is compared.
        layout: What the layout engine found.
        page: A page (HTML, CSS) that is laid out wrong, instead of a sound file that is damaged.
    """

    code: str
    does: Callable[[Pdf], object] = id
    edition: str = "screen"
    page: tuple[str, str] = ("", "")
    write: Callable[[Pdf], bytes] = as_it_was
    copy: Callable[[Copy], Copy] = lambda copy: copy
    layout: Layout | None = None


def cut_off(pdf: Pdf) -> bytes:
    """A file whose table of objects points nowhere, as after a transfer that changed its line ends."""
    written = as_it_was(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return re.sub(rb"startxref\n\d+", b"startxref\n1", written)


def elements(node: Any) -> list[Any]:
    found, waiting = [], [node]
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, Dictionary) and "/S" in each:
            found.append(each)
            kids = each.get("/K", [])
            waiting += list(kids) if isinstance(kids, Array) else [kids]
        elif isinstance(each, Array):
            waiting += list(each)
    return found


def element(pdf: Pdf, role: str, number: int = 0) -> Any:
    """An element of the structure by its role, those of the outer levels first."""
    return [each for each in elements(pdf.Root.StructTreeRoot.K) if f"/{role}" == each.S][number]


def swap_paragraphs(pdf: Pdf) -> None:
    text = element(pdf, "Sect", 1)
    kids = list(text.K)
    text.K = Array([kids[0], kids[2], kids[1], *kids[3:]])


def lose_a_paragraph(pdf: Pdf) -> None:
    text = element(pdf, "Sect", 1)
    text.K = Array([kid for at, kid in enumerate(text.K) if at != 2])


def skip_a_level(pdf: Pdf) -> None:
    element(pdf, "H2").S = Name.H4


def image(width: int) -> Callable[[Pdf], object]:
    """Draws an image of so many pixels one inch wide."""

    def damage(pdf: Pdf) -> None:
        stream = pdf.make_stream(bytes(3 * width * width), Type=Name.XObject, Subtype=Name.Image)
        stream.Width = stream.Height = width
        stream.ColorSpace, stream.BitsPerComponent = Name.DeviceRGB, 8
        pdf.pages[1].Resources.XObject = Dictionary(Im=stream)
        pdf.pages[1].contents_add(b"/Figure BMC q 72 0 0 72 99 99 cm /Im Do Q EMC")

    return damage


def blank_page(pdf: Pdf) -> None:
    pdf.add_blank_page(page_size=(pdf.pages[0].mediabox[2], pdf.pages[0].mediabox[3]))


def move_page_up(pdf: Pdf) -> None:
    """Moves the words of the second page up, so that they stand above its edge."""
    pdf.pages[1].contents_add(b"q 1 0 0 1 0 400 cm\n", prepend=True)
    pdf.pages[1].contents_add(b"\nQ")


def few_lines(pdf: Pdf) -> None:
    blank_page(pdf)
    font = next(iter(pdf.pages[1].Resources.Font.keys()))
    pdf.pages[-1].Resources = pdf.pages[1].Resources
    pdf.pages[-1].contents_add(f"/P BMC BT {font} 9 Tf 99 99 Td <0015> Tj ET EMC".encode())


def link_to(address: str) -> Callable[[Pdf], object]:
    def damage(pdf: Pdf) -> None:
        action = Dictionary(S=Name.URI, URI=String(address))
        note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[9, 9, 20, 20], F=4, A=action)
        pdf.pages[1].Annots = Array([*pdf.pages[1].get("/Annots", []), note])

    return damage


def annotation(pdf: Pdf) -> None:
    pdf.pages[1].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[9, 9, 20, 20], F=4)])


def attach(pdf: Pdf) -> None:
    pdf.attachments["notes.txt"] = pikepdf.AttachedFileSpec(pdf, b"x", filename="notes.txt")


def cover_the_code(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(b"/Artifact BMC 1 g 0 0 9999 9999 re f EMC")


def without_alternative(pdf: Pdf) -> None:
    del element(pdf, "Figure").Alt


def without_title(pdf: Pdf) -> None:
    packet("dc:title", "dc:tilte")(pdf)
    del pdf.docinfo["/Title"]


def hide_a_link(pdf: Pdf) -> None:
    next(page for page in pdf.pages if "/Annots" in page).Annots[0].F = 2


def with_block(text: str) -> Callable[[Copy], Copy]:
    """The copy with another first paragraph; the original is as it was."""

    def change(copy: Copy) -> Copy:
        first, *others = copy.version.statement.blocks
        statement = replace(copy.version.statement, blocks=(replace(first, text=text), *others))
        return replace(copy, version=replace(copy.version, statement=statement))

    return change


def without_block(copy: Copy) -> Copy:
    statement = replace(copy.version.statement, blocks=copy.version.statement.blocks[1:])
    return replace(copy, version=replace(copy.version, statement=statement))


def with_number(copy: Copy) -> Copy:
    """The copy of an original that has a number more."""
    first, *others = copy.original.blocks
    first = replace(first, text=f"{first.text} 4711")
    return replace(copy, original=replace(copy.original, blocks=(first, *others)))


def with_particulars(**values: Any) -> Callable[[Copy], Copy]:
    def change(copy: Copy) -> Copy:
        particulars = replace(copy.version.particulars, **values)
        return replace(copy, version=replace(copy.version, particulars=particulars))

    return change


def with_title(copy: Copy) -> Copy:
    return replace(copy, version=replace(copy.version, statement=replace(copy.version.statement, title="Another")))


def laid_out(body: str, css: str) -> bytes:
    """A page of 60 by 60 mm, tagged, with four lines of text."""
    fonts = load_stack(["source-serif"])
    whole = f"""<!doctype html><html lang=en><title>t</title><style>{fonts.css()}
        html {{ font: 10pt/15pt "Source Serif 4" }} @page {{ margin: 10mm; size: 60mm 46mm }}
        h1, h2, p {{ font-size: 10pt; margin: 0; orphans: 1; widows: 1; break-after: auto }} {css}</style>{body}"""
    return render(Composition(whole, fonts.assets())).pdf


def in_page(operators: str) -> Callable[[Pdf], object]:
    return content(f"/P BMC {operators} EMC")


LETTERS = "BT FONT 9 Tf 99 99 Td <0015> Tj ET"
BOX = "9 9 9 9 re f"
OVERFLOW = Finding("overflow", "Page 2: “words” stands 3.0 mm out of its column.", 2)

DAMAGES = (
    Damage("file/whole:damaged", write=cut_off),
    Damage("file/whole:unreadable", content("/Gone Do")),
    Damage("file/encryption:encryption", write=partial(as_it_was, encryption=Encryption(owner="a", user="", R=4))),
    Damage("fonts/embedded:embedded-fonts", taken_from("font program", "FontFile2")),
    Damage("fonts/subset:subset-fonts", set_in("font", "BaseFont", Name.Whole)),
    Damage("fonts/outlines:font-kind", test_x4.type_3_letters),
    Damage("fonts/glyphs:glyphs", in_page("BT FONT 9 Tf <0000> Tj ET")),
    Damage("fonts/copied:copied-fonts", taken_from("font", "ToUnicode")),
    Damage("fonts/families:fallback-family", set_in("font", "BaseFont", Name("/ABCDEF+DejaVu-Serif"))),
    Damage("colour/spaces:colour-space", in_page(f"0 0 0 0.5 k {BOX}")),
    Damage("colour/spaces:colour-space", in_page(f"1 0 0 rg {BOX}"), "office"),
    Damage("colour/black-text:mixed-black", in_page(f"0.1 g {LETTERS}"), "office"),
    Damage("colour/black-text:mixed-black", in_page(f"0.7 0.6 0.6 0.9 k {LETTERS}"), "press"),
    Damage("colour/contrast:low-contrast", in_page(f"0.7 g {LETTERS}")),
    Damage("colour/contrast:low-contrast", in_page(f"0.4 g {LETTERS}"), "large-print"),
    Damage("colour/ink:ink", in_page(f"0.9 0.9 0.9 0.9 k {BOX}"), "press"),
    Damage("colour/opaque:transparency", state(ca=0.5)),
    Damage("lines/hairlines:hairlines", in_page("0.1 w 0 0 m 99 99 l S")),
    Damage("images/resolution:image-too-coarse", image(72)),
    Damage("images/resolution:image-coarse", image(200)),
    Damage("boxes/size:sizes-differ", set_in("page", "TrimBox", Array([0, 0, 300, 300]))),
    Damage("boxes/size:another-paper", copy=with_particulars(paper="letter")),
    Damage("boxes/nested:nested-boxes", set_in("page", "TrimBox", Array([0, 0, 9999, 9999]))),
    Damage("boxes/bleed:no-bleed", lambda pdf: set_in("page", "BleedBox", pdf.pages[0].TrimBox)(pdf), "press"),
    Damage("boxes/outside:outside-trim", move_page_up),
    Damage("pages/count:page-count", blank_page, "sheet"),
    Damage("pages/count:page-count", blank_page, "booklet"),
    Damage("pages/blank:blank-page", blank_page),
    Damage("pages/nearly-empty:few-lines", few_lines),
    Damage(
        "pages/summary:summary-over-one-page",
        page=("<section><h1>t</h1><h2>u</h2><p>v</section>", "p { break-before: page }"),
    ),
    Damage("lines/column:overflow", layout=Layout(findings=(OVERFLOW,))),
    Damage("lines/heading:stranded-heading", page=("<p>a<p>b<p>c<h1>t</h1><p>d", "")),
    Damage("lines/widow:widow", page=("<p>a\nb\nc\nd\ne", "p { white-space: pre-line }")),
    Damage("lines/orphan:orphan", page=(f"<p>a<p>b<p>c<p>{LONG}", "")),
    Damage("lines/last-word:runt", page=("<p>a\nit", "p { white-space: pre-line }")),
    Damage("text/words:other-words", copy=with_block("It must not act.")),
    Damage("text/words:other-words", lose_a_paragraph),
    Damage("text/words:more-words", copy=without_block),
    Damage("text/numbers:numbers-differ", copy=with_number),
    Damage("text/copied:not-copied", copy=with_block("Unprinted words.")),
    Damage("text/code:no-code", cover_the_code),
    Damage("text/code:another-address", copy=with_particulars(online="https://example.org/another")),
    Damage("text/time:too-long", edition="card", copy=with_particulars(oral=Oral(seconds=10))),
    Damage("text/words:other-words", edition="card", copy=with_particulars(oral=Oral(opening="Mr. President,"))),
    Damage("pages/count:page-count", blank_page, "card"),
    Damage("tags/order:reading-order", swap_paragraphs),
    Damage("tags/whole:untagged", taken_from("root", "StructTreeRoot")),
    Damage("tags/whole:no-language", taken_from("root", "Lang")),
    Damage("tags/whole:unmarked-content", content(BOX)),
    Damage("tags/whole:lost-content", lose_a_paragraph),
    Damage("tags/headings:skipped-level", skip_a_level),
    Damage("tags/headings:first-heading", lambda pdf: element(pdf, "H1").__setitem__("/S", Name.P)),
    Damage("tags/pictures:no-alternative", without_alternative),
    Damage("annotations/kinds:annotation", annotation),
    Damage("annotations/kinds:annotation", link_to("https://example.org"), "press"),
    Damage("annotations/kinds:hidden-annotation", hide_a_link),
    Damage("annotations/actions:address", link_to("javascript:alert(1)")),
    Damage("annotations/actions:action", set_in("root", "OpenAction", Dictionary(S=Name.Launch))),
    Damage("metadata/title:no-title", without_title),
    Damage("metadata/title:another-title", copy=with_title),
    Damage("metadata/title:another-language", set_in("root", "Lang", String("fr"))),
    Damage("metadata/agree:information", set_in("information", "Title", String("Another"))),
    Damage("claims/pdfa:no-claim", packet("pdfaid:part", "pdfaid:pard")),
    Damage("claims/pdfa:no-output-intent", taken_from("root", "OutputIntents")),
    Damage("claims/pdfa:attachment", attach),
    Damage("claims/pdfua:no-claim", packet("pdfuaid:part", "pdfuaid:pard")),
    Damage("claims/pdfua:title-not-shown", taken_from("root", "ViewerPreferences")),
    Damage("leaks/paths:path", link_to("file:///C:/statement.html")),
    Damage("leaks/paths:path", set_in("page", "PieceInfo", Dictionary(A=Dictionary(Private=String("/home/a"))))),
    Damage("leaks/paths:path", content("% /home/ana/valley/draft.indd\n")),
    Damage("leaks/names:name", set_in("information", "Custom", String("made by anabel"))),
    Damage("leaks/names:author", set_in("information", "Author", String("Ana"))),
    Damage("leaks/programs:program", set_in("information", "Producer", String("WeasyPrint 70.0"))),
    Damage("press/house-colours:house-colours", in_page(f"1 0 0 rg {BOX}"), "press"),
    *(
        Damage(f"{id_}:{damage.rule}", damage.does, "press", write=damage.write)
        for damage in test_x4.DAMAGES
        for id_ in [f"press/{damage.rule}"]
        if id_ in {each.id for each in CHECKS} and "CalRGB" not in damage.found
    ),
)


@pytest.fixture(autouse=True)
def _a_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "anabel")


@pytest.mark.parametrize("edition", [*EDITIONS, ANY])
def test_a_sound_file_has_nothing_to_look_at(edition: str) -> None:
    found = asked(sound(edition), edition, layout=Layout(pages_of_booklet() if edition == "booklet" else b"", ()))
    # Black on a screen is RGB, which a print shop that gets the file should know.
    assert codes(found) == ({"colour/black-text:mixed-black"} if edition == ANY else set())
    assert {result.check.id for result in found.results} == set(load_profile(edition).levels)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: f"{damage.code} {damage.edition}")
def test_a_damage_is_told_by_its_code(damage: Damage) -> None:
    if damage.page[0]:
        found = preflight(laid_out(*damage.page), "file.pdf", load_profile(damage.edition))
    else:
        with opened(sound(damage.edition)) as pdf:
            damage.does(pdf)
            file = damage.write(pdf)
        found = asked(file, damage.edition, damage.copy(copy_of(damage.edition)), damage.layout)
    assert damage.code in codes(found)
    assert found.counts["error"] == 0


def test_there_is_a_damage_for_every_check_and_every_check_is_in_a_profile() -> None:
    ids = [each.id for each in CHECKS]
    assert len(set(ids)) == len(ids)
    assert {damage.code.partition(":")[0] for damage in DAMAGES} == set(ids)
    assert {id_ for edition in (*EDITIONS, ANY) for id_ in load_profile(edition).levels} == set(ids)


def test_every_profile_asks_whether_the_file_can_be_read_at_all() -> None:
    assert all("file/whole" in load_profile(edition).levels for edition in (*EDITIONS, ANY))


def test_every_check_has_a_question_a_reason_and_a_source() -> None:
    assert all(each.question.endswith("?") and each.reason.endswith(".") and each.source for each in CHECKS)


# The runner


def made(ask: Callable[[Subject], Any]) -> Check:
    return Check("file/whole", "Is it?", "Because.", "here", ask)


def statuses(*checks: Check) -> list[Status]:
    found = preflight(sound("screen"), "file.pdf", load_profile(ANY), checks=checks)
    return [result.answer.status for result in found.results]


def breaks(subject: Subject) -> Any:
    raise KeyError("a bug of ours")


def test_a_check_that_breaks_is_an_error_that_names_it_and_no_fault_of_the_file() -> None:
    found = preflight(sound("screen"), "file.pdf", load_profile(ANY), checks=[made(breaks)])
    (result,) = found.findings
    assert (result.answer.status, result.code) == (Status.ERROR, "file/whole:broken")
    assert "a bug of ours" in str(result)


def test_silence_is_an_error_and_no_pass() -> None:
    assert statuses(made(lambda subject: iter(()))) == [Status.ERROR]


def test_what_a_profile_only_warns_of_does_not_fail() -> None:
    author = set_in("information", "Title", String(""))
    with opened(sound("screen")) as pdf:
        author(pdf)
        file = as_it_was(pdf)
    assert asked(file).counts["fail"] == 1
    assert (asked(file, ANY).counts["fail"], asked(file, ANY).of(Status.WARN)[-1].check.id) == (0, "metadata/agree")


@pytest.mark.parametrize("name", ["leaks/programs", "leaks/programs:program"])
def test_a_waived_finding_is_told_and_does_not_count(name: str) -> None:
    with opened(sound("screen")) as pdf:
        pdf.docinfo["/Producer"] = String("x")
        file = as_it_was(pdf)
    waiver = Waiver(name, "The shop asks for it.")
    found = preflight(file, "file.pdf", load_profile("screen"), copy=copy_of("screen"), waivers=[waiver])
    assert found.counts["waived"] == 1
    assert found.findings == ()
    assert [result.waiver for result in found.results if result.waiver] == [waiver]


def test_what_broke_cannot_be_waived() -> None:
    waivers = [Waiver("file/whole", "We know.")]
    found = preflight(sound("screen"), "f", load_profile(ANY), checks=[made(breaks)], waivers=waivers)
    assert found.counts["error"] == 1


# Files that nobody here made


def locked(user: str) -> bytes:
    with opened(sound("screen")) as pdf:
        return as_it_was(pdf, encryption=Encryption(owner="a", user=user, R=4))


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"", "is empty"),
        (b"no PDF", "is no PDF"),
        (b"%PDF-1.4\n", "damaged or cut off"),
        (lambda: sound("screen")[:20000], "damaged or cut off"),
        (lambda: locked("b"), "password"),
    ],
    ids=["nothing", "text", "a header alone", "half of it", "locked"],
)
def test_what_cannot_be_opened_is_refused_by_name(file: Any, said: str) -> None:
    with pytest.raises(CallError, match=rf"file\.pdf: .*{said}") as caught:
        asked(file if isinstance(file, bytes) else file(), ANY)
    assert "0x" not in str(caught.value)


def test_noise_in_a_file_is_a_fault_of_the_file_and_not_of_the_program() -> None:
    sound_one, broken = sound("screen"), 0
    for seed in range(12):
        chance, noisy = random.Random(seed), bytearray(sound_one)
        for _ in range(8):
            noisy[chance.randrange(len(noisy) - 4000)] = chance.randrange(256)
        try:
            found = asked(bytes(noisy), ANY)
        except CallError:
            broken += 1
            continue
        assert [str(result) for result in found.of(Status.ERROR)] == []
        broken += found.counts["fail"] > 0
    assert broken > 6


def test_a_form_that_draws_itself_has_an_end() -> None:
    with opened(sound("screen")) as pdf:
        form = pdf.make_stream(b"/Me Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
        form.Resources = Dictionary(XObject=Dictionary(Me=form))
        pdf.pages[1].Resources.XObject = Dictionary(Me=form)
        pdf.pages[1].contents_add(b"/Me Do")
        found = asked(as_it_was(pdf), ANY)
    assert "file/whole:unreadable" in codes(found)
    assert found.counts["error"] == 0


def test_a_machine_s_name_is_sought_but_not_one_that_every_machine_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "root")
    monkeypatch.setenv("HOSTNAME", "press-room-7")
    assert "press-room-7" in machine_names()
    assert "root" not in machine_names()
