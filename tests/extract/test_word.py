"""The text of a Word file is what Word shows, with the numbers of its lists and notes written out."""

from pathlib import Path

import pytest

from handbill.model import Extracted
from handed_in import LETTER_DEMANDS, LETTER_NAMES, LETTER_TITLE, read_file, word, write_letter

NUMBERING = (
    '<w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%3"/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val=""/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
    '</w:lvlOverride></w:num><w:num w:numId="3"><w:abstractNumId w:val="8"/></w:num>'
)


def paragraph(text: str, number: int = 0, depth: int = 0) -> str:
    listed = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    return f"<w:p><w:pPr>{listed}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def read(body: str, **parts: str) -> Extracted:
    found = read_file(Path("letter.docx"), word(body, **parts))
    assert found
    return found


def blocks(body: str, **parts: str) -> list[str]:
    return read(body, **parts).text.rstrip("\n").split("\n\n")


def test_a_letter_has_its_lines_in_order_with_bullets_and_numbers(tmp_path: Path) -> None:
    path = write_letter(tmp_path / "letter.docx")
    found = read_file(path, path.read_bytes())
    assert found
    lines = found.text.rstrip("\n").split("\n\n")
    assert lines[:4] == [
        LETTER_TITLE,
        "To the Permanent Representatives to the Human Rights Council",
        "Brackenfield, 2 June 2032",
        "Your Excellencies,",
    ]
    assert [f"• {demand}" for demand in LETTER_DEMANDS] == lines[7:10]
    assert [f"{number}. {name}" for number, name in enumerate(LETTER_NAMES, 1)] == lines[-6:]
    assert found.title == LETTER_TITLE


def test_lists_count_at_every_depth_and_begin_anew_below_a_new_item() -> None:
    body = (
        paragraph("A", 1) + paragraph("B", 1, 1) + paragraph("C", 1, 1) + paragraph("D", 1) + paragraph("E", 1, 1)
    )
    assert blocks(body, numbering=NUMBERING) == ["1. A", "(a) B", "(b) C", "2. D", "(a) E"]


def test_a_number_may_have_that_of_the_level_above() -> None:
    body = paragraph("A", 1) + paragraph("B", 1, 2) + paragraph("C", 1, 2)
    assert blocks(body, numbering=NUMBERING) == ["1. A", "1.i B", "1.ii C"]


def test_a_list_that_is_told_to_begin_elsewhere_does() -> None:
    assert blocks(paragraph("A", 1) + paragraph("B", 2) + paragraph("C", 2), numbering=NUMBERING) == [
        "1. A",
        "5. B",
        "6. C",
    ]


def test_text_between_two_items_does_not_end_their_list() -> None:
    body = paragraph("A", 1) + paragraph("between") + paragraph("B", 1)
    assert blocks(body, numbering=NUMBERING) == ["1. A", "between", "2. B"]


def test_an_empty_paragraph_in_a_list_has_no_number() -> None:
    assert blocks(paragraph("A", 1) + paragraph("", 1) + paragraph("B", 1), numbering=NUMBERING) == ["1. A", "2. B"]


def test_a_bullet_of_any_font_is_a_bullet() -> None:
    assert blocks(paragraph("free them", 3), numbering=NUMBERING) == ["• free them"]


def test_a_list_that_nothing_defines_loses_no_word() -> None:
    assert blocks(paragraph("A", 9)) == ["A"]


def test_a_list_may_belong_to_a_style_or_to_what_it_is_based_on() -> None:
    styles = (
        '<w:style w:styleId="Names"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Mine"><w:basedOn w:val="Names"/></w:style>'
    )
    body = '<w:p><w:pPr><w:pStyle w:val="Mine"/></w:pPr><w:r><w:t>A</w:t></w:r></w:p>'
    assert blocks(body, styles=styles, numbering=NUMBERING) == ["1. A"]
    plain = body.replace("</w:pPr>", '<w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>')
    assert blocks(plain, styles=styles, numbering=NUMBERING) == ["A"]


def test_a_note_is_called_by_a_raised_figure_and_stands_below_its_paragraph() -> None:
    call = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    notes = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {text}</w:t></w:r>'
        "</w:p></w:footnote>"
        for n, text in ((4, "Report."), (2, "Testimonies."))
    )
    body = f"<w:p><w:r><w:t>Houses.</w:t></w:r>{call.format(4)}<w:r><w:t> More.</w:t></w:r>{call.format(2)}</w:p>"
    assert blocks(body + paragraph("After."), footnotes=notes) == [
        "Houses.¹ More.²",
        "¹ Report.",
        "² Testimonies.",
        "After.",
    ]


def test_tracked_changes_are_taken_as_accepted_and_it_is_said() -> None:
    found = read(
        "<w:p><w:r><w:t>We </w:t></w:r><w:del><w:r><w:delText>ask</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>demand</w:t></w:r></w:ins><w:r><w:t> justice.</w:t></w:r></w:p>"
    )
    assert found.text == "We demand justice.\n"
    assert any("tracked changes" in note for note in found.notes)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", "a b"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>", "a\n\nb"),
        ("<w:r><w:t>long</w:t><w:noBreakHyphen/><w:t>term</w:t></w:r>", "long‑term"),
        ("<w:r><w:t>a</w:t><w:softHyphen/><w:t>b</w:t></w:r>", "ab"),
        ("<w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink>", "link"),
        ("<w:sdt><w:sdtContent><w:r><w:t>field</w:t></w:r></w:sdtContent></w:sdt>", "field"),
        ("<w:r><w:instrText>PAGE</w:instrText><w:t>7</w:t></w:r>", "7"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>seen</w:t></w:r>", "seen"),
    ],
    ids=["tab", "break", "hyphen", "soft", "link", "control", "code", "hidden"],
)
def test_what_word_shows_is_taken(body: str, text: str) -> None:
    assert read(f"<w:p>{body}</w:p>").text == f"{text}\n"


def test_a_line_that_is_broken_by_hand_stands_by_itself_and_a_sentence_stays_in_its_paragraph() -> None:
    names = "<w:p><w:r><w:t>River Watch</w:t><w:br/><w:t>Hill Union</w:t></w:r></w:p>"
    assert blocks(names) == ["River Watch", "Hill Union"]
    upper, lower = "We ask that the members of the Council act together on the war in the", "Valley of Oster."
    broken = f"<w:p><w:r><w:t>{upper}</w:t><w:br/><w:t>{lower}</w:t></w:r></w:p>"
    assert blocks(broken) == [f"{upper}\n{lower}"]


def test_the_largest_type_is_the_title_where_no_style_tells() -> None:
    large = '<w:p><w:r><w:rPr><w:sz w:val="{}"/></w:rPr><w:t>{}</w:t></w:r></w:p>'
    body = large.format(28, "Hill Union") + large.format(32, "End the siege") + paragraph("Text.")
    assert read(body).title == "End the siege"
    assert read(body + large.format(32, "Another")).title == ""


def cells(*texts: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{paragraph(text)}</w:tc>' for text in texts)}</w:tr>"


def test_a_row_that_begins_with_a_number_is_an_entry_of_a_list() -> None:
    found = read(f"<w:tbl>{cells('1', 'River Watch', 'Valleria')}{cells('2.', 'Hill Union', '')}</w:tbl>")
    assert found.text.split("\n\n") == ["1. River Watch, Valleria", "2. Hill Union\n"]
    assert any("table" in note for note in found.notes)


def test_numbers_that_word_gives_to_cells_are_written_too() -> None:
    numbered = f"<w:tr><w:tc>{paragraph('', 1)}</w:tc><w:tc>{paragraph('River Watch', 1)}</w:tc></w:tr>"
    assert blocks(f"<w:tbl>{numbered}</w:tbl>", numbering=NUMBERING) == ["1. River Watch"]


def test_other_cells_follow_one_another() -> None:
    assert blocks(f"<w:tbl>{cells('River Watch', 'Hill Union')}{cells('Plain Network', '')}</w:tbl>") == [
        "River Watch",
        "Hill Union",
        "Plain Network",
    ]


def test_a_text_box_stands_below_its_paragraph_and_only_once() -> None:
    box = f"<w:txbxContent>{paragraph('In the box')}</w:txbxContent>"
    body = (
        '<w:p><w:r><w:t>Text.</w:t><mc:AlternateContent xmlns:mc="mc"><mc:Choice><w:drawing>'
        f"{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert blocks(body) == ["Text.", "In the box"]


def test_headers_and_comments_are_left_out_and_it_is_said() -> None:
    notes = read(paragraph("Text."), header=paragraph("Letterhead"), comments=paragraph("Really?")).notes
    assert notes == ("Comments were left out.", "Headers and footers were left out.")
