"""The text of a PDF has its lines, the gaps between them, and its notes apart from its lists."""

import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from briefs import specimen_in
from conftest import require
from handbill.errors import CallError
from handed_in import (
    LETTER_NAMES,
    LETTER_TITLE,
    NOTED,
    NOTED_STYLES,
    NOTED_TITLE,
    bound,
    opendocument,
    page,
    read_file,
    write_letter,
)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the letter and the statement with notes as LibreOffice prints them to PDF."""
    folder = tmp_path_factory.mktemp("printed")
    write_letter(folder / "letter.docx")
    (folder / "river.odt").write_bytes(opendocument(NOTED, NOTED_STYLES))
    office = [require("soffice"), f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    files = [folder / "letter.docx", folder / "river.odt"]
    subprocess.run(
        [*office, "--convert-to", "pdf", "--outdir", folder, *files], check=True, capture_output=True, timeout=300
    )
    yield folder


def text_of(path: Path) -> str:
    found = read_file(path, path.read_bytes())
    assert found
    return found.text


def test_a_letter_has_its_lines_and_an_empty_one_wherever_there_is_a_gap(printed: Path) -> None:
    found = read_file(printed / "letter.pdf", (printed / "letter.pdf").read_bytes())
    assert found and found.how == "PDF, its own text"
    blocks = [" ".join(block.split("\n")) for block in found.text.rstrip("\n").split("\n\n")]
    assert blocks[0] == found.title == LETTER_TITLE
    assert blocks[2:4] == ["Brackenfield, 2 June 2032", "Your Excellencies,"]
    assert "• call for the release of all who were detained on 8 November 2031;\n• ask" in found.text
    assert found.text.endswith("".join(f"\n{n}. {name}" for n, name in enumerate(LETTER_NAMES, 1)) + "\n")


def test_notes_are_called_by_raised_figures_and_begin_with_one(printed: Path) -> None:
    text = text_of(printed / "river.pdf")
    assert text.startswith(f"{NOTED_TITLE}\n\n")
    assert "leave their houses.¹ Nobody has\nasked them.²" in text
    notes = "¹ Report of the River Commission, 2030, page 12.\n\n² Testimonies collected by River Watch.\n"
    assert f"asked them.²\n\n{notes}\nWhat must be done\n" in text


def lines_of(*lines: tuple[float, float, float, str]) -> str:
    found = read_file(Path("page.pdf"), page(*lines))
    assert found
    return found.text.rstrip("\n")


def test_a_figure_that_is_not_raised_is_none_of_a_note() -> None:
    assert lines_of((72, 700, 11, "It was 2019.1"), (72, 687, 11, "1 Report.")) == "It was 2019.1\n1 Report."


def test_a_raised_figure_that_is_called_begins_a_note_of_any_size() -> None:
    notes = (
        (72, 687, 11, "Text"),
        (72, 678, 6, "1"),
        (76, 674, 11, "Report"),
        (72, 665, 6, "2"),
        (76, 661, 11, "More"),
    )
    called = ((72, 700, 11, "War."), (95.5, 704, 6, "1"), (102, 700, 11, "Now."), (127.5, 704, 6, "2"))
    assert lines_of(*called, *notes) == "War.¹ Now.²\nText\n\n¹ Report\n\n² More"


def test_a_step_up_begins_a_block() -> None:
    assert lines_of((72, 700, 11, "One"), (72, 686, 11, "Two"), (300, 700, 11, "Three")) == "One\nTwo\n\nThree"


def body(*lines: tuple[float, float, str], size: float = 11) -> str:
    """The text of a page: three full lines of a paragraph at a pitch of 13, then these."""
    full = "the Council has known of this for a long time and has done nothing about it"
    paragraph = [(72.0, 783.0 - 13 * row, size, full) for row in range(3)]
    text = lines_of(*paragraph, *((left, base, size, words) for left, base, words in lines))
    assert text.startswith("\n".join([full] * 3))
    return text[3 * len(full) + 2 :]


def test_a_gap_larger_than_the_pitch_parts_two_blocks_however_many_gaps_there_are() -> None:
    gaps = [(72.0, 737.0 - 20 * row, f"We ask State {row} to act.") for row in range(9)]
    asked = "\n\n".join(words for *_, words in gaps)
    assert body(*gaps) == f"\n\n{asked}"


def test_no_gap_is_seen_where_a_wide_pitch_is_that_of_the_text() -> None:
    wide = "The Council has known of this for a long time and has done nothing about it"
    assert lines_of(*((72.0, 700.0 - 26 * row, 11, wide) for row in range(4))) == "\n".join([wide] * 4)


def test_lines_that_were_ended_by_hand_stand_by_themselves() -> None:
    lines = ((72, 744, "Mr. Ilko Vane, Minister"), (72, 731, "The Mission of Taverra"), (72, 718, "Excellencies,"))
    assert body(*lines) == "\nMr. Ilko Vane, Minister\n\nThe Mission of Taverra\n\nExcellencies,"


def test_a_line_in_which_the_next_word_found_no_room_goes_on() -> None:
    broken = "The Council has known of this for a long time and has done"
    lines = ((72, 737, broken), (72, 724, "Nothingwhatsoever-about it."))
    assert body(*lines) == f"\n\n{broken}\nNothingwhatsoever-about it."


def test_lines_that_all_end_before_the_edge_are_none_ended_by_hand() -> None:
    """A text that was broken by hand once, in a program for letters, tells nothing by the ends of its lines."""
    cut = [(72.0, 744.0 - 13 * row, "they came at night and took him to") for row in range(8)]
    text = body(*cut, (72, 640, "They left."))
    assert text == "".join(["\nthey came at night and took him to"] * 8) + "\nThey left."


def test_a_first_line_that_stands_in_begins_a_block() -> None:
    first, other = "The Council has known of this for a long time and has done nothing about", "it, nor has anybody"
    lines = [
        (84, 744, first),
        (72, 731, f"{other}."),
        (84, 718, first),
        (72, 705, f"{other} else."),
        (84, 692, first),
    ]
    assert body(*lines) == f"\n\n{first}\n{other}.\n\n{first}\n{other} else.\n\n{first}"


def test_an_item_goes_on_further_in_and_ends_where_a_line_stands_out() -> None:
    item, rest = (
        "let the Council know of this, after so long a time in which it has been",
        "told of nothing else at all, day by day;",
    )
    lines = ((90, 744, f"\\267 {item}"), (100, 731, rest), (72, 718, "we call on Quorland to:"))
    assert body(*lines) == f"\n\n• {item}\n{rest}\n\nwe call on Quorland to:"


def test_a_line_in_bold_type_is_a_block() -> None:
    with pikepdf.open(io.BytesIO(page((72, 700, 11, "It lasts."), (72, 687, 11, "And it goes on.")))) as pdf:
        fonts = pdf.pages[0].Resources.Font
        fonts.B = pikepdf.Dictionary(fonts.F)
        fonts.B.BaseFont = pikepdf.Name("/Helvetica-Bold")
        drawn = pdf.pages[0].Contents.read_bytes() + b"BT /B 11 Tf 1 0 0 1 72 674 Tm (What we ask) Tj ET\n"
        pdf.pages[0].Contents = pdf.make_stream(drawn)
        raw = io.BytesIO()
        pdf.save(raw)
    found = read_file(Path("page.pdf"), raw.getvalue())
    assert found and found.text == "It lasts.\nAnd it goes on.\n\nWhat we ask\n"


def test_a_note_that_the_last_block_of_a_page_calls_stays_at_its_foot() -> None:
    called = ((72, 700, 11, "War."), (95.5, 704, 6, "1"), (102, 700, 11, "Now"))
    note = ((72, 100, 6, "1"), (76, 96, 11, "Report"))
    found = read_file(Path("page.pdf"), bound(page(*called, *note), page((72, 700, 11, "and then."))))
    assert found and found.text == "War.¹ Now\n\n¹ Report\n\fand then.\n"


def table(
    *rows: tuple[str, str], top: float = 700, by_cells: bool = False
) -> list[tuple[float, float, float, str]]:
    """The lines of a table of two columns; a bar is a line end inside a cell."""
    lines = []
    for left, right in rows:
        cells = [
            (at, top - 13 * n, 11.0, words)
            for at, c in ((72.0, left), (300.0, right))
            for n, words in enumerate(c.split("|"))
        ]
        lines += cells if by_cells else sorted(cells, key=lambda cell: (-cell[1], cell[0]))
        top -= 13 * max(left.count("|"), right.count("|")) + 20
    return lines


SIGNED = (72, 730, 14, "Signatories")
NAMES = (
    ("Organisation", "Country"),
    ("Lake Watch", "Kenya"),
    ("World Alliance of Archives of|Conscience and of Memory", "Switzerland"),
    ("Fen Circle", "Quorland"),
    ("Reed Union", "United|Kingdom"),
    ("Marsh Group", "Norway"),
)


def names_in(raw: bytes) -> list[str]:
    """The names below the heading, those whose country is not in the text with its code."""
    found = read_file(Path("page.pdf"), raw, "en")
    assert found
    codes = dict(found.countries)
    names = found.text.replace("\f", "\n").split("Signatories\n\n")[1].strip().split("\n")
    return [f"{name}|{codes[name]}" if name in codes else name for name in names if name]


@pytest.mark.parametrize("by_cells", [False, True], ids=["line by line", "cell by cell"])
def test_a_row_of_a_table_of_names_is_a_name_whatever_order_the_file_has(by_cells: bool) -> None:
    assert names_in(page(SIGNED, *table(*NAMES, by_cells=by_cells))) == [
        "Lake Watch|KE",
        "World Alliance of Archives of Conscience and of Memory|CH",
        "Fen Circle (Quorland)",
        "Reed Union|GB",
        "Marsh Group|NO",
    ]


def test_a_table_of_names_goes_on_overleaf_and_no_note_is_in_it() -> None:
    text = [(72.0, 800.0, 11.0, "War."), (95.5, 804.0, 6.0, "1"), (102.0, 800.0, 11.0, "Now.")]
    note = [(72.0, 100.0, 6.0, "1"), (76.0, 96.0, 11.0, "Report")]
    first = page(*text, SIGNED, *table(*NAMES[:4]), *note)
    again = page(*table(NAMES[0], ("Reed Union", "Ysmer"), ("Marsh Group", "Ysmer")))
    assert names_in(bound(first, again))[-3:] == [
        "Fen Circle (Quorland)",
        "Reed Union (Ysmer)",
        "Marsh Group (Ysmer)",
    ]
    found = read_file(Path("page.pdf"), bound(first, again))
    assert found and found.text.startswith("War.¹ Now.\n\n¹ Report\n\nSignatories\n\nLake Watch")


def test_a_name_without_a_country_is_a_row_of_its_own() -> None:
    rows = (*NAMES[:2], ("Hill Union", ""), ("Fen Circle", "Norway"), ("Reed Union", "Kenya"))
    lines = [line for line in table(*rows, by_cells=True) if line[3]]
    assert names_in(page(SIGNED, *lines)) == ["Lake Watch|KE", "Hill Union", "Fen Circle|NO", "Reed Union|KE"]


def test_a_table_of_anything_else_keeps_every_word_in_its_row() -> None:
    killed = (72, 730, 14, "Journalists who were killed")
    found = read_file(Path("page.pdf"), page(killed, *table(*NAMES[:2], *NAMES[3:4], NAMES[5])))
    assert found and found.countries == ()
    rows = ("Organisation Country", "Lake Watch Kenya", "Fen Circle Quorland", "Marsh Group Norway")
    assert found.text.split("\n\n")[1:] == [*rows[:-1], f"{rows[-1]}\n"]


def test_numbers_far_from_their_names_make_no_table() -> None:
    lines = [(x, 700 - 13 * n, 11, w) for n in range(4) for x, w in ((72, f"{n + 1}."), (110, f"River Watch {n}"))]
    assert lines_of(*lines) == "\n".join(f"{n + 1}. River Watch {n}" for n in range(4))


def test_room_between_two_words_is_a_space() -> None:
    assert lines_of((72, 700, 11, "1."), (90, 700, 11, "River Watch")) == "1. River Watch"


def test_a_space_that_is_there_is_not_made_two() -> None:
    assert lines_of((72, 700, 11, "1. "), (95, 700, 11, "River Watch")) == "1. River Watch"


def test_what_stands_beside_the_paper_is_left_out() -> None:
    assert lines_of((72, 700, 11, "On the paper"), (72, 900, 11, "Beside it")) == "On the paper"


def test_a_page_with_a_few_words_and_no_picture_is_text() -> None:
    assert lines_of((72, 700, 11, "6. River Watch")) == "6. River Watch"


def test_a_page_ends_with_a_form_feed() -> None:
    found = read_file(Path("page.pdf"), bound(page((72, 700, 11, "One")), page((72, 700, 11, "Two"))))
    assert found and found.text == "One\n\fTwo\n"


def test_a_stamp_across_the_page_is_left_out_and_it_is_said() -> None:
    text = page((72, 700, 11, "We ask the Council to act on the war."), (72, 686, 11, "It has lasted four years."))
    with pikepdf.open(io.BytesIO(text)) as pdf:
        drawn = pdf.pages[0].Contents.read_bytes() + b"BT /F 90 Tf .7 .7 -.7 .7 150 200 Tm (DRAFT) Tj ET\n"
        pdf.pages[0].Contents = pdf.make_stream(drawn)
        raw = io.BytesIO()
        pdf.save(raw)
    found = read_file(Path("page.pdf"), raw.getvalue())
    assert found and found.text == "We ask the Council to act on the war.\nIt has lasted four years.\n"
    assert found.notes == ("What stands askew was left out: “DRAFT”.",) and found.title == ""


def test_a_page_that_lies_on_its_side_is_read_all_the_same() -> None:
    with pikepdf.open(io.BytesIO(page((72, 700, 11, "We ask the Council to act on the war.")))) as pdf:
        pdf.pages[0].Rotate = 90
        raw = io.BytesIO()
        pdf.save(raw)
    found = read_file(Path("page.pdf"), raw.getvalue())
    assert found and found.text == "We ask the Council to act on the war.\n"


@pytest.mark.parametrize(("tag", "is_told"), [("en", False), ("ar", True), ("my", True)])
def test_of_scripts_that_a_pdf_does_not_keep_it_is_said(tag: str, is_told: bool) -> None:
    found = read_file(Path("page.pdf"), specimen_in(tag))
    assert found and is_told == any("this script" in note for note in found.notes)


def encrypted() -> bytes:
    raw = io.BytesIO()
    pikepdf.open(io.BytesIO(page((72, 700, 11, "One")))).save(
        raw, encryption=pikepdf.Encryption(user="x", owner="y")
    )
    return raw.getvalue()


def many_pages() -> bytes:
    pdf, raw = pikepdf.new(), io.BytesIO()
    for _ in range(201):
        pdf.add_blank_page()
    pdf.save(raw)
    return raw.getvalue()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (encrypted(), "password"),
        (b"%PDF-1.7\nnothing", "damaged"),
        (page((72, 700, 11, "One"))[:200], "damaged"),
        (many_pages(), "201 pages"),
        (page(), "no text"),
    ],
    ids=["password", "nothing", "cut", "pages", "blank"],
)
def test_what_cannot_be_read_is_refused_with_the_way_out(raw: bytes, said: str) -> None:
    with pytest.raises(CallError, match=said) as refused:
        read_file(Path("page.pdf"), raw)
    assert refused.value.message.startswith("page.pdf") and refused.value.remedy
