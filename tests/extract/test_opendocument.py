"""The text of an OpenDocument file is what LibreOffice shows, with the numbers of its lists written out."""

import subprocess
from pathlib import Path

import pytest

from conftest import require
from handed_in import NOTED, NOTED_STYLES, NOTED_TITLE, opendocument, read_file, write_letter

LEVELS = (
    '<text:list-style style:name="Deep">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>'
    '<text:list-level-style-number text:level="3" style:num-format="i" text:display-levels="3"/></text:list-style>'
)


def blocks(body: str, styles: str = "") -> list[str]:
    found = read_file(Path("statement.odt"), opendocument(body, styles))
    assert found
    return found.text.rstrip("\n").split("\n\n")


def item(text: str, inner: str = "") -> str:
    return f"<text:list-item><text:p>{text}</text:p>{inner}</text:list-item>"


def test_headings_notes_and_lists_stand_in_their_order() -> None:
    found = read_file(Path("statement.odt"), opendocument(NOTED, NOTED_STYLES))
    assert found and found.title == NOTED_TITLE
    assert found.text.rstrip("\n").split("\n\n")[3:] == [
        "What has happened",
        "In 2030 more than 600 families were told to leave their houses.¹ Nobody has asked them.²",
        "¹ Report of the River Commission, 2030, page 12.",
        "² Testimonies collected by River Watch.",
        "What must be done",
        "• Stop the works.",
        "• Publish the contract.",
        "Signatories",
        "1. Gorge Farmers’ Union",
        "2. Hill Schools Network",
        "3. River Watch",
    ]


def test_lists_in_lists_count_at_their_depth() -> None:
    third = f"<text:list>{item('C')}{item('D')}</text:list>"
    second = f"<text:list>{item('B', third)}</text:list>"
    body = f'<text:list text:style-name="Deep">{item("A", second)}{item("E")}</text:list>'
    assert blocks(body, LEVELS) == ["1. A", "(a) B", "1.a.i C", "1.a.ii D", "2. E"]


def test_a_list_goes_on_where_it_is_told_to_and_begins_anew_elsewhere() -> None:
    listed = '<text:list {} text:style-name="Deep">{}</text:list>'
    body = listed.format('text:id="x"', item("A")) + listed.format('text:continue-list="x"', item("B"))
    assert blocks(body + listed.format("", item("C")), LEVELS) == ["1. A", "2. B", "1. C"]
    assert blocks(
        listed.format("", item("A")) + listed.format('text:continue-numbering="true"', item("B")), LEVELS
    ) == ["1. A", "2. B"]


def test_deleted_words_and_comments_are_left_out_and_it_is_said() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:p>Text<office:annotation><text:p>Really?</text:p>"
        "</office:annotation>.</text:p>"
    )
    found = read_file(Path("statement.odt"), opendocument(body))
    assert found and found.text == "Text.\n"
    assert len(found.notes) == 2


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('a<text:s text:c="3"/>b', "a b"),
        ("a<text:tab/>b", "a b"),
        ("a<text:line-break/>b", "a b"),
        ("<text:span>a</text:span><text:a>b</text:a>", "ab"),
    ],
    ids=["spaces", "tab", "break", "spans"],
)
def test_what_libreoffice_shows_is_taken(body: str, text: str) -> None:
    assert " ".join(blocks(f"<text:p>{body}</text:p>")) == text


def test_the_largest_type_is_the_title_where_no_style_tells() -> None:
    sized = '<style:style style:name="{0}"><style:text-properties fo:font-size="{0}pt"/></style:style>'
    spanned = '<text:p><text:span text:style-name="16">End it</text:span></text:p>'
    body = f'<text:p text:style-name="14">Hill Union</text:p>{spanned}'
    found = read_file(Path("statement.odt"), opendocument(body, sized.format("14") + sized.format("16")))
    assert found and found.title == "End it"


def test_a_row_that_begins_with_a_number_is_an_entry_of_a_list() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    row = f"<table:table-row>{cell.format('1')}{cell.format('River Watch')}</table:table-row>"
    assert blocks(f"<table:table>{row}</table:table>") == ["1. River Watch"]


def test_a_letter_reads_the_same_in_word_and_as_libreoffice_saves_it(tmp_path: Path) -> None:
    letter = write_letter(tmp_path / "letter.docx")
    office = [require("soffice"), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    subprocess.run(
        [*office, "--convert-to", "odt", "--outdir", tmp_path, letter], check=True, capture_output=True, timeout=300
    )
    saved = tmp_path / "letter.odt"
    as_word, as_open = read_file(letter, letter.read_bytes()), read_file(saved, saved.read_bytes())
    assert as_word and as_open
    assert as_open.text == as_word.text
    assert as_open.title == as_word.title
