"""The benchmark's own measures, on texts small enough to count by hand, and the files it rests on."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from scoring import Score, folded, score
from truth import DRAWN, HERE, Printed, Scan, Unit, printed, scans

from handbill.model import Block, Cleaned, Doubt, Kind, Line, RunningTitle, Signatory, Statement

SCANS = (*scans(), *scans(DRAWN))

PAPER = Printed(
    title="Free the valley",
    text=(
        Unit("title", "Free the valley"),
        Unit("paragraph", "The army of the valley closed the schools.[1]"),
        Unit("item", "Open the schools again.", "•"),
        Unit("heading", "Signatories"),
    ),
    names=(Unit("name", "Valley Watch", "1."), Unit("name", "Água Limpa", "2.")),
    notes=(Unit("note", "Figures of the survivors for the last year.", "1"),),
)

SCAN = (
    *("Free the valley", "", "The army of the valley closed the", "schools.1", ""),
    *("• Open the schools again.", "", "1 Figures of the survivors for the last year.", "", "Signatories", ""),
    *("1. Valley Watch", "2. Água Limpa", ""),
)

BLOCKS = (
    Block("p1", Kind.PARAGRAPH, "The army of the valley closed the schools.1", (3, 4)),
    Block("i1", Kind.ITEM, "Open the schools again.", (6, 6), "•"),
    Block("p2", Kind.PARAGRAPH, "1 Figures of the survivors for the last year.", (8, 8)),
    Block("h1", Kind.HEADING, "Signatories", (10, 10)),
)

NAMES = (Signatory(1, "Valley Watch", (12, 12)), Signatory(2, "Água Limpa", (13, 13)))


def scored(
    blocks: tuple[Block, ...] = BLOCKS,
    names: tuple[Signatory, ...] = NAMES,
    doubts: tuple[Doubt, ...] = (),
    title: str = "Free the valley",
    titles: tuple[RunningTitle, ...] = (),
) -> Score:
    """The score of a cleaned text that has these blocks."""
    lines = (Line(1, 1, "Free the valley"), *(Line(*block.lines, block.text) for block in blocks))
    statement = Statement("small", title, "en", blocks, names, doubts)
    return score(PAPER, "en", SCAN, Cleaned(lines, (), doubts, titles), statement)


def with_text(text: str, position: int = 0) -> tuple[Block, ...]:
    """The right blocks, but one reads otherwise."""
    return (*BLOCKS[:position], replace(BLOCKS[position], text=text), *BLOCKS[position + 1 :])


def test_a_perfect_text_has_no_error_and_every_mark() -> None:
    perfect = scored()
    assert (perfect.errors, perfect.f1, perfect.silent, perfect.faults) == (0, 1.0, 0, ())
    assert (perfect.names_right, perfect.names, perfect.title, perfect.pages) == (2, 2, True, 1)


def test_the_naive_join_of_a_clean_scan_has_no_error_either() -> None:
    assert scored().naive_errors == 0


def test_a_planted_word_is_silent_garbage_until_a_doubt_names_it() -> None:
    blocks = with_text("The army of Aquuog the valley closed the schools.1")
    planted = scored(blocks)
    assert planted.errors == planted.silent == planted.unasked("furniture") == 1
    assert scored(blocks, doubts=(Doubt((3, 3), "Aquuog", "What is it?"),)).silent == 0


def test_a_doubt_about_another_word_or_another_line_covers_nothing() -> None:
    blocks = with_text("The army of Aquuog the valley closed the schools.1")
    assert scored(blocks, doubts=(Doubt((3, 3), "valley", "Which?"),)).silent == 1
    assert scored(blocks, doubts=(Doubt((6, 6), "Aquuog", "What is it?"),)).silent == 1


def test_a_lost_word_is_counted_until_a_doubt_stands_on_its_lines() -> None:
    blocks = with_text("The army of the valley closed schools.1")
    assert scored(blocks).unasked("lost") == 1
    assert scored(blocks, doubts=(Doubt((3, 4), "closed\nschools.1", "?"),)).unasked("lost") == 0


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The army of the val ley closed the schools.1", "join"),
        ("The army ofthe valley closed the schools.1", "join"),
        ("The army of the val- ley closed the schools.1", "join"),
        ("The arrny of the valley closed the schools.1", "misread-nonword"),
        ("The arms of the valley closed the schools.1", "misread-word"),
        ("The army of the valley closed the schools.'", "marker"),
        ("The army of the valley, closed the schools.1", "punctuation"),
    ],
)
def test_a_wrong_word_is_of_its_kind(text: str, kind: str) -> None:
    assert {fault.kind for fault in scored(with_text(text)).faults} == {kind}


def test_a_bullet_read_as_a_letter_is_a_wrong_marker() -> None:
    item = replace(BLOCKS[1], kind=Kind.PARAGRAPH, text="e Open the schools again.", marker="")
    misread = scored((BLOCKS[0], item, *BLOCKS[2:]))
    assert (misread.unasked("marker"), misread.silent, misread.errors) == (1, 1, 1)


def test_a_word_in_another_place_is_displaced_and_neither_garbage_nor_lost() -> None:
    moved = scored(with_text("The of the valley army closed the schools.1"))
    assert (moved.unasked("displaced"), moved.silent, moved.unasked("lost"), moved.errors) == (1, 0, 0, 2)


def test_two_paragraphs_made_one_lower_f1() -> None:
    joined = Block("p1", Kind.PARAGRAPH, f"{BLOCKS[0].text} • {BLOCKS[1].text}", (3, 6))
    # Title, heading, footnote and the end of the item are right; the end of the paragraph is missed.
    assert scored((joined, *BLOCKS[2:])).f1 == pytest.approx(2 * 4 / (4 + 5))


def test_a_paragraph_cut_in_two_lowers_f1() -> None:
    halves = (
        replace(BLOCKS[0], text="The army of the valley", lines=(3, 3)),
        replace(BLOCKS[0], text="closed the schools.1", lines=(4, 4)),
    )
    assert scored((*halves, *BLOCKS[1:])).f1 == pytest.approx(2 * 5 / (6 + 5))


def test_a_footnote_is_compared_apart_from_the_text_around_it() -> None:
    moved = (BLOCKS[0], BLOCKS[2], BLOCKS[1], BLOCKS[3])
    assert scored(moved).errors == 0


def test_a_name_is_right_only_letter_for_letter_and_with_its_number() -> None:
    assert scored(names=(NAMES[0], replace(NAMES[1], name="Agua Limpa"))).names_right == 1
    assert scored(names=(NAMES[0], replace(NAMES[1], number=3))).names_right == 1


def test_what_was_read_of_the_names_is_no_error_of_the_body() -> None:
    assert scored(names=()).errors == 0


@pytest.mark.parametrize(("names_are_below", "errors"), [(True, 0), (False, 6)])
def test_names_that_were_read_first_are_measured_where_the_cleaned_text_has_them(
    names_are_below: bool, errors: int
) -> None:
    scan = ("Free the valley", "", *SCAN[11:13], "", *SCAN[2:10])
    names = (replace(NAMES[0], lines=(3, 3)), replace(NAMES[1], lines=(4, 4)))
    blocks = tuple(replace(block, lines=(block.lines[0] + 3, block.lines[1] + 3)) for block in BLOCKS)
    signed = [Line(*name.lines, f"{name.number}. {name.name}") for name in names]
    text = [Line(*block.lines, block.text) for block in blocks]
    lines = (Line(1, 1, "Free the valley"), *(text + signed if names_are_below else signed + text))
    statement = Statement("small", "Free the valley", "en", blocks[:3], names, (), names_heading=blocks[3])
    assert score(PAPER, "en", scan, Cleaned(lines, (), ()), statement).errors == errors


def test_a_title_is_found_as_a_running_title_too() -> None:
    assert not scored(title="").title
    assert scored(title="", titles=(RunningTitle((1, 1), "Aapea", "FREE THE VALLEY"),)).title


@pytest.mark.parametrize("scan", SCANS, ids=lambda scan: scan.name)
def test_a_scan_is_a_scan_of_its_text(scan: Scan) -> None:
    """Of the printed words nearly all are somewhere in what tesseract read: truth and scan belong together."""
    truth = printed(scan.statement, scan.design)
    units = (*truth.text, *truth.names, *truth.after, *truth.notes)
    words = Counter(word for unit in units for word in folded(unit.text).split())
    read = Counter(folded(scan.path.read_text(encoding="utf-8")).split())
    assert (words & read).total() > 0.7 * words.total()


def test_every_text_is_one_of_the_scans() -> None:
    assert {scan.path for scan in SCANS} == {*HERE.glob("scans/*/*.txt"), *DRAWN.glob("scans/*/*.txt")}


def test_the_halves_share_neither_a_design_nor_a_statement() -> None:
    for scan in SCANS:
        assert scan.statement.held_back == scan.design.held_back == (scan.half == "held")


@pytest.mark.parametrize(("folder", "designs"), [(HERE, 7), (DRAWN, 40)])
def test_these_designs_and_a_statement_of_every_language_are_held_back(folder: Path, designs: int) -> None:
    held = [scan for scan in scans(folder) if scan.half == "held"]
    assert len({scan.design for scan in held}) == designs
    assert {scan.statement.language for scan in held} == {scan.statement.language for scan in SCANS}


def test_every_statement_and_every_design_is_in_a_scan() -> None:
    files = (*HERE.glob("statements/*.toml"), *HERE.glob("designs/*.toml"), *DRAWN.glob("designs/*.toml"))
    used = {scan.statement.name for scan in SCANS} | {scan.design.name for scan in SCANS}
    assert used == {path.stem for path in files}
