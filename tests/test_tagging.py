"""Tagging: the statement is heard as it reads, every word once, in order, with its structure and its languages."""

import io
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pypdfium2 as pdfium
import pytest
import zxingcpp

from briefs import LANGUAGES, brief_in, finished, version_in
from handbill.errors import FaultError
from handbill.fonts import load_stack
from handbill.languages import load_language
from handbill.model import Asset, Block, Composition, Kind
from handbill.render import render
from handbill.tags import Content, Element, _numbering
from specimen import specimen
from tagged import Node, furniture_of, structure_of


def headed(document: Node, heading: str) -> Node:
    """The section whose heading this is."""
    (section,) = (s for s in document.elements if s.role == "Sect" and heading in [e.text for e in s.elements])
    return section


def one_spaced(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("tag", LANGUAGES)
class TestEveryBrief:
    def test_the_paragraphs_are_heard_word_for_word_each_once_and_in_order(self, tag: str) -> None:
        version, language = version_in(tag), load_language(tag)
        text = headed(structure_of(brief_in(tag)), language.labels.text)
        expected = [f"{language.digits(b.id[1:])} {one_spaced(b.text)}" for b in version.statement.blocks]

        assert [element.role for element in text.elements] == ["H2"] + ["P"] * len(expected)
        assert [paragraph.text for paragraph in text.elements[1:]] == expected

    def test_the_names_are_a_list_with_their_numbers_for_labels(self, tag: str) -> None:
        version, language = version_in(tag), load_language(tag)
        section = headed(structure_of(brief_in(tag)), language.labels.signatories)
        (names,) = section.all("L")

        assert names.attributes["ListNumbering"] == "/Decimal"
        assert {tuple(kid.role for kid in item.elements) for item in names.elements} == {("Lbl", "LBody")}
        assert [tuple(kid.text for kid in item.elements) for item in names.elements] == [
            (language.digits(str(each.number)), one_spaced(each.name)) for each in version.statement.signatories
        ]

    def test_a_name_in_another_language_says_so(self, tag: str) -> None:
        version = version_in(tag)
        document = structure_of(brief_in(tag))
        (names,) = headed(document, load_language(tag).labels.signatories).all("L")
        heard = [item.elements[1].all()[-1].language for item in names.elements]

        assert document.language == tag
        assert heard == [each.foreign or tag for each in version.statement.signatories]

    def test_header_and_folio_are_on_every_page_and_never_heard(self, tag: str) -> None:
        language, title = load_language(tag), one_spaced(version_in(tag).statement.title)
        document, furniture = structure_of(brief_in(tag)), furniture_of(brief_in(tag))
        with pikepdf.open(io.BytesIO(brief_in(tag))) as pdf:
            count = len(pdf.pages)
        folio = language.labels.folio.format(page=language.digits("1"), pages=language.digits(str(count)))
        titles = [node for node in document.all() if not node.elements and title in node.text]

        assert one_spaced(folio) not in document.text
        assert len(titles) == 1
        assert {kind for kind, words in furniture if words.strip()} == {"/Header", "/Footer"}
        assert len([words for kind, words in furniture if kind == "/Footer" and words.strip()]) >= count

    def test_headings_begin_with_the_title_and_leave_no_level_out(self, tag: str) -> None:
        headings = structure_of(brief_in(tag)).all("H1", "H2", "H3")
        levels = [int(heading.role[1]) for heading in headings]

        assert headings[0].text == one_spaced(version_in(tag).statement.title)
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(below <= above + 1 for above, below in pairwise(levels))

    def test_every_link_has_one_area_a_line_and_says_where_it_leads(self, tag: str) -> None:
        language = load_language(tag)
        particulars = version_in(tag).particulars
        links = structure_of(brief_in(tag)).all("Link")
        said = [{area.contents for area in link.areas} for link in links]
        with pikepdf.open(io.BytesIO(brief_in(tag))) as pdf:
            annotations = [annotation for page in pdf.pages for annotation in page.get("/Annots", [])]

        assert len(annotations) == sum(len(link.areas) for link in links)
        assert {area.flags for link in links for area in link.areas} == {4}
        assert all(len(each) == 1 for each in said)
        assert said.count({particulars.online}) == 2
        assert said.count({language.labels.signatories}) == 1
        assert {language.labels.paragraph.format(number=language.digits("3"))} in said

    def test_what_is_short_for_a_paragraph_s_number_is_said_in_full(self, tag: str) -> None:
        language = load_language(tag)
        text = headed(structure_of(brief_in(tag)), language.labels.text)

        assert [element.elements[0].said["E"] for element in text.elements[1:]] == [
            language.labels.paragraph.format(number=language.digits(block.id[1:]))
            for block in version_in(tag).statement.blocks
        ]

    def test_the_code_is_described_and_its_place_is_where_it_stands(self, tag: str) -> None:
        online = version_in(tag).particulars.online
        (code,) = structure_of(brief_in(tag)).all("Figure")
        left, bottom, right, top = (float(edge) for edge in code.attributes["BBox"])
        with pdfium.PdfDocument(brief_in(tag)) as document:
            page = document[code.pages[0]]
            image, height = page.render(scale=3).to_pil(), page.get_height()
        frame = tuple(round(3 * edge) for edge in (left, height - top, right, height - bottom))

        assert code.said["Alt"] == load_language(tag).labels.qr.format(address=online)
        assert right - left == pytest.approx(25 / 25.4 * 72, abs=0.01)
        assert [found.text for found in zxingcpp.read_barcodes(image.crop(frame))] == [online]


FONTS = load_stack(["source-serif", "amiri"])
CSS = (
    FONTS.css() + 'html { font: 10pt/15pt "Source Serif 4", "Amiri" } ul, ol { list-style: none } '
    "@page { size: 60mm 60mm; margin: 10mm; @top-left { content: 'in the margin' } }"
)
DOT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


def page(body: str, css: str = "", attributes: str = "lang=en") -> Composition:
    html = f"<!doctype html><html {attributes}><title>t</title><style>{CSS}{css}</style>{body}"
    return Composition(html, {**FONTS.assets(), "asset:dot.svg": Asset(DOT.encode(), "image/svg+xml")})


def heard(body: str, css: str = "", attributes: str = "lang=en") -> Node:
    """The structure of a page."""
    return structure_of(render(page(body, css, attributes)).pdf)


def outline(node: Node) -> str:
    """The roles in a structure: "Sect(H1 P(Span))"."""
    inside = " ".join(map(outline, node.elements))
    return f"{node.role}({inside})" if inside else node.role


SENTENCE = "The international community must take urgent action to ensure accountability for atrocities. "


def test_a_paragraph_over_three_pages_is_one_element() -> None:
    document = heard(f"<h1>t</h1><p>{SENTENCE * 12}</p>")

    assert outline(document) == "Document(H1 P)"
    assert len(document.elements[1].pages) >= 3
    assert document.elements[1].text == (SENTENCE * 12).strip()


def test_a_list_over_columns_and_pages_is_one_element() -> None:
    items = "".join(f"<li>Name {number}</li>" for number in range(40))
    document = heard(f"<ul>{items}</ul>", "ul { columns: 2; margin: 0; padding: 0 }")

    assert outline(document) == f"Document(L({' '.join(['LI(LBody)'] * 40)}))"
    assert document.text == "".join(f"Name {number}" for number in range(40))


def test_words_at_the_end_of_a_line_do_not_run_into_the_next() -> None:
    document = heard(f"<p>{SENTENCE * 2}<em>Again, {SENTENCE}</em><span lang=fr>Encore une fois, oui.</span></p>")

    assert document.text == f"{SENTENCE * 2}Again, {SENTENCE}Encore une fois, oui."


def test_a_line_that_ends_inside_a_word_gets_no_space() -> None:
    address = "https://example.org/\u200ba-rather-long-address/\u200bof-a-statement"
    cut = "unverantwortungsbewusstseinslos"
    document = heard(f"<p>{address}</p><p lang=de>{f'{cut} ' * 4}</p>", "p { hyphens: auto }")

    assert [each.text for each in document.elements] == [address.replace("\u200b", ""), " ".join([cut] * 4)]
    assert len(document.elements[0].kids) > 1 and any("\u00ad" in str(kid) for kid in document.elements[1].kids)


def test_arabic_is_heard_in_the_order_it_is_read() -> None:
    text = "يجب على المجتمع الدولي اتخاذ إجراءات عاجلة، قالت ٤٦ منظمة اليوم. " * 3
    document = heard(f"<p>{text}<span dir=ltr lang=en>ICC (2025)</span> {text}</p>", attributes="lang=ar dir=rtl")
    (paragraph,) = document.elements

    assert paragraph.text == one_spaced(f"{text}ICC (2025) {text}")
    assert [span.language for span in paragraph.elements] == ["ar", "en", "ar"]
    assert [node.attributes.get("WritingMode") for node in (document, paragraph.elements[1])] == ["/RlTb", "/LrTb"]


def test_a_span_that_only_the_stylesheet_needs_is_no_element() -> None:
    document = heard("<p>a <span class=x>b</span> <span lang=en dir=ltr>c</span> <span lang=fr>d</span></p>")

    assert outline(document) == "Document(P(Span))"
    assert document.text == "a b c d"


def test_text_that_stands_in_a_group_gets_a_paragraph() -> None:
    assert outline(heard("<div>a<p>b</p>c</div>")) == "Document(Div(P P P))"


def test_an_element_without_content_is_left_out() -> None:
    assert outline(heard("<section id=text><div></div></section><p>a</p>")) == "Document(P)"


@pytest.mark.parametrize(
    ("label", "numbering"),
    [
        ("1.", "Decimal"),
        ("(၁)", "Decimal"),
        ("a)", "LowerAlpha"),
        ("B.", "UpperAlpha"),
        ("i)", "LowerRoman"),
        ("I.", "UpperRoman"),
        ("•", "Disc"),
        ("–", "None"),
        ("", "None"),
    ],
)
def test_how_a_list_is_numbered_is_told_from_its_first_label(label: str, numbering: str) -> None:
    items = Element("L", "en", "ltr")
    if label:
        items.added(Element("LI", "en", "ltr")).added(Element("Lbl", "en", "ltr")).kids.append(Content(0, 0, label))

    assert _numbering(items) == numbering


def test_a_link_of_several_boxes_is_one_link_with_an_area_a_line() -> None:
    out = f'<a href="https://example.org/a"><em>{SENTENCE}</em></a>'
    inside = '<a href="#b" id=b title="The list"></a>'
    document = heard(f"<p>See {out} and {inside}</p>", "a[title]::after { content: 'page ' counter(page) }")
    first, second = document.all("Link")

    assert outline(first) == "Link(Span)"
    assert len(first.areas) > 1 and len(second.areas) == 1
    assert {area.contents for area in first.areas} == {f"{SENTENCE.strip()} (https://example.org/a)"}
    assert (second.text, second.areas[0].contents) == ("page 1", "The list")


def test_a_link_s_words_have_no_typesetter_s_hyphen() -> None:
    words = "Unverantwortungsbewusstseinslosigkeit und Rechenschaftspflichten"
    (link,) = heard(f'<p lang=de><a href="https://example.org/">{words}</a></p>', "p { hyphens: auto }").all("Link")

    assert len(link.areas) > 1
    assert {area.contents for area in link.areas} == {f"{words} (https://example.org/)"}


def test_an_ornament_is_not_heard() -> None:
    assert outline(heard('<p>a</p><img src="asset:dot.svg" alt="">')) == "Document(P)"


def test_a_draft_s_stamp_is_an_artifact_on_every_page_and_its_colophon_is_heard() -> None:
    draft = finished(version_in("en"), draft=True)
    with pikepdf.open(io.BytesIO(draft)) as pdf:
        count = len(pdf.pages)

    assert [words for kind, words in furniture_of(draft) if kind == "/Watermark"] == ["DRAFT"] * count
    assert structure_of(draft).text.count("DRAFT") == 1


def test_items_of_the_text_are_a_list_of_their_own() -> None:
    version = specimen("en")
    blocks = [
        Block("h1", Kind.HEADING, "Demands", (1, 1)),
        Block("p1", Kind.PARAGRAPH, "We call on states to:", (2, 2)),
        Block("i1", Kind.ITEM, "act;", (3, 3), "a)"),
        Block("i2", Kind.ITEM, "speak.", (4, 4), "b)"),
        Block("p2", Kind.PARAGRAPH, "Quand il le faut.", (5, 5), foreign="fr"),
        Block("i3", Kind.ITEM, "At once.", (6, 6), "•"),
    ]
    version = replace(version, statement=replace(version.statement, blocks=tuple(blocks)), summary=None)
    document = structure_of(finished(version))
    (text,) = (section for section in document.elements if "Demands" in [each.text for each in section.elements])

    assert outline(text) == ("Sect(P H1 H2 P(Span) L(LI(Lbl LBody) LI(Lbl LBody)) P(Span Span) L(LI(Lbl LBody)))")
    assert [each.attributes["ListNumbering"] for each in text.all("L")] == ["/LowerAlpha", "/Disc"]
    assert [each.text for each in text.all("Lbl", "LBody")] == ["a)", "act;", "b)", "speak.", "•", "At once."]
    assert [each.language for each in text.elements[5].elements] == ["en", "fr"]


@pytest.mark.parametrize(
    ("body", "css", "message"),
    [
        ("<p class=pale>x</p>", ".pale { opacity: 0.5 }", "Page 1: <p pale> “x” is drawn in a group of its own"),
        ('<img src="asset:dot.svg">', "", "Page 1: <img> has no alternative text"),
        ("<table><tr><td>x</table>", "", "Page 1: <table> is nothing that has a place"),
        ("<h1>a</h1><h3>b</h3>", "", "“b” is a heading of level 3, with none of level 2 above it"),
        ("<h2>a</h2>", "", "“a” is a heading of level 2, with none of level 1 above it"),
    ],
    ids=[
        "transparent text",
        "a picture without words",
        "a table",
        "h3 after h1",
        "h2 first",
    ],
)
def test_what_has_no_place_in_a_structure_is_refused_by_name(body: str, css: str, message: str) -> None:
    with pytest.raises(FaultError) as refused:
        render(page(body, css))

    assert message in refused.value.message
    assert refused.value.remedy
