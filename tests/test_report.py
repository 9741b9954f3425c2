"""Reports show every line, every change and every doubt, and decide nothing."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from conftest import source_of
from handbill.clean import clean
from handbill.model import Change, Cleaned, Correction, Source, Statement
from handbill.prepared import Prepared
from handbill.report import PLAIN_JOINS, Output, Proof, as_json, doubts_with_entries, manifest, proof, quote
from handbill.structure import structure

TEXT = """\
 The military has killed more than 6,OOO people, and the coup—
local organi-
sations said that the the xqzvbt must go.

_A second_paragraph\u00ad stands here, and it ends with a full stop.

1. One Group
2. Two
Groups
3. Three Groups"""


def reported(source: Source) -> tuple[Cleaned, Statement, Proof]:
    cleaned = clean(source)
    statement = structure(cleaned, source.name, source.language, source.particulars)
    return cleaned, statement, proof(source, cleaned, statement)


@pytest.fixture(scope="module")
def first(prepared: Prepared) -> Proof:
    """The proof of the first statement."""
    return proof(prepared.source, prepared.cleaned, prepared.statement)


def inked(source: Source) -> list[int]:
    """The numbers of the lines that are not empty."""
    return [number for number, text in enumerate(source.lines, 1) if text.strip()]


def shown(view: Proof) -> list[int]:
    """The numbers of the lines that a proof shows with something on them."""
    return [line.number for row in view.rows for line in row.lines if line.segments]


def test_every_line_of_the_first_statement_is_shown_once_and_in_order(prepared: Prepared, first: Proof) -> None:
    assert shown(first) == inked(prepared.source)


def test_every_line_of_a_bad_scan_is_shown_once_and_in_order() -> None:
    source = source_of(TEXT)
    assert shown(reported(source)[2]) == inked(source)


def test_a_line_that_a_correction_makes_two_paragraphs_of_is_shown_once() -> None:
    text = "The first sentence ends. The second one begins here and it is long enough for a line.\n\nThe end of it."
    decision = Correction(1, "ends. The", "ends.\n\nThe", "The paper has a paragraph here.")
    source = Source("text", Path("text.txt"), "en", tuple(text.split("\n")), corrections=(decision,))
    _, statement, view = reported(source)
    assert len(statement.blocks) == 3
    assert shown(view) == [1, 3]


def test_the_pieces_of_a_line_are_the_line(prepared: Prepared, first: Proof) -> None:
    for row in first.rows:
        for line in row.lines:
            text = "".join(segment.text for segment in line.segments)
            assert text == (prepared.source.lines[line.number - 1] if text else "")


def test_the_pieces_of_a_text_are_the_text(prepared: Prepared, first: Proof) -> None:
    made = ["".join(segment.text for segment in row.segments) for row in first.rows if row.label]
    blocks = [block.text for block in prepared.statement.blocks]
    assert made == blocks + [signatory.name for signatory in prepared.statement.signatories]


def test_every_change_is_in_the_ledger_under_its_rule(prepared: Prepared, first: Proof) -> None:
    listed = Counter(change for rule in first.rules for change in rule.changes)
    assert listed == Counter(prepared.cleaned.changes)
    assert all(change.rule == rule.rule for rule in first.rules for change in rule.changes)


def test_the_rarest_rule_comes_first(first: Proof) -> None:
    counts = [len(rule.changes) for rule in first.rules]
    assert counts == sorted(counts)


def test_a_row_lists_the_changes_that_a_reader_should_look_at(prepared: Prepared, first: Proof) -> None:
    beside = Counter(change for row in first.rows for change in row.changes)
    assert beside == Counter(change for change in prepared.cleaned.changes if change.rule not in PLAIN_JOINS)


def test_a_line_that_was_taken_out_inside_a_paragraph_is_marked_whole(prepared: Prepared, first: Proof) -> None:
    (number,) = [number for number, text in enumerate(prepared.source.lines, 1) if text.startswith("Kpouye")]
    (line,) = [line for row in first.rows for line in row.lines if line.number == number]
    assert [segment.change.after for segment in line.segments if segment.change] == [""]
    assert not [segment for segment in line.segments if not segment.change]


def test_a_line_that_was_taken_out_between_paragraphs_has_a_row_without_a_label() -> None:
    lines = ("The first paragraph ends here.", "", "Dirt on the glass", "", "The second paragraph ends here.")
    decision = Correction(3, "Dirt on the glass", "", "It is not on the paper.")
    _, _, view = reported(Source("text", Path("text.txt"), "en", lines, corrections=(decision,)))
    assert [row.label for row in view.rows] == ["p1", "", "p2"]
    assert view.rows[1].segments == ()
    assert [change.reason for change in view.rows[1].changes] == ["It is not on the paper."]


def test_a_doubt_comes_with_its_lines_and_a_correction_that_settles_it() -> None:
    source = source_of(TEXT)
    _, statement, view = reported(source)
    assert [doubt.doubt for doubt in view.doubts] == list(statement.doubts)
    assert view.doubts
    for doubt in view.doubts:
        assert doubt.quoted
        assert all(source.lines[number - 1].strip() == text for number, text in doubt.quoted)
    decisions = [tomllib.loads(doubt.correction)["corrections"][0] for doubt in view.doubts]
    corrections = tuple(Correction(**decision) for decision in decisions)
    settled = Source(source.name, source.path, "en", source.lines, corrections=corrections)
    assert reported(settled)[1].doubts == ()


def test_a_doubt_about_several_places_is_told_once_with_an_entry_for_each() -> None:
    source = source_of("It is the 7ist session.\n\nThe army came.\n\nThere were 6l cases of it.")
    cleaned, statement, view = reported(source)
    (told,) = doubts_with_entries(source, statement.doubts)
    (shown,) = view.doubts

    assert [entry["before"] for entry in tomllib.loads(shown.correction)["corrections"]] == ["7ist", "6l"]
    assert [number for number, _ in shown.quoted] == [1, 5]
    assert told.count("doubt about") == 1 and told.count("[[corrections]]") == 2
    (asked,) = as_json(source, cleaned, statement)["doubts"]
    assert asked["places"] == [{"lines": [1, 1], "text": "7ist"}, {"lines": [5, 5], "text": "6l"}]


def test_the_correction_of_a_doubt_with_quotation_marks_is_toml() -> None:
    source = source_of('The speaker said "xqzvbt\\" and left the building after the vote on the whole resolution.')
    _, _, view = reported(source)
    assert view.doubts
    for doubt in view.doubts:
        (decision,) = tomllib.loads(doubt.correction)["corrections"]
        assert decision["before"] == decision["after"] == doubt.doubt.text


def test_the_json_object_has_the_keys_of_the_contract_and_no_others() -> None:
    source = source_of(TEXT)
    cleaned, statement, _ = reported(source)
    value = as_json(source, cleaned, statement)
    assert list(value) == ["title", "language", "blocks", "signatories", "changes", "doubts", "edits"]
    assert {tuple(each) for each in value["blocks"]} == {("id", "kind", "text", "lines")}
    assert {tuple(each) for each in value["signatories"]} == {("number", "name", "lines")}
    assert {tuple(each) for each in value["changes"]} == {("lines", "rule", "before", "after", "reason")}
    assert {tuple(each) for each in value["doubts"]} == {("lines", "text", "reason")}
    assert {tuple(each) for each in value["edits"]} == {("at", "before", "after", "rule")}
    assert {each["kind"] for each in value["blocks"]} <= {"paragraph", "heading", "item"}


def test_the_json_object_has_everything_that_was_found(prepared: Prepared) -> None:
    value = as_json(prepared.source, prepared.cleaned, prepared.statement)
    assert [each["id"] for each in value["blocks"]] == [f"p{number}" for number in range(1, 17)]
    assert [each["number"] for each in value["signatories"]] == list(range(1, 47))
    assert len(value["changes"]) == len(prepared.cleaned.changes)
    assert value["doubts"] == []


@pytest.mark.parametrize("kind", ["blocks", "signatories", "changes", "doubts"])
def test_lines_of_the_json_object_count_from_one_inside_the_source(kind: str) -> None:
    source = source_of(TEXT)
    cleaned, statement, _ = reported(source)
    for each in as_json(source, cleaned, statement)[kind]:
        first, last = each["lines"]
        assert 1 <= first <= last <= len(source.lines)


@pytest.mark.parametrize(
    ("lines", "quoted"),
    [
        pytest.param((1, 1), [(1, "one")], id="one line, without the spaces around it"),
        pytest.param((1, 3), [(1, "one"), (3, "three")], id="lines without ink are left out"),
        pytest.param((1, 7), [(1, "one"), (3, "three"), (4, "four"), (5, "five")], id="four lines at most"),
        pytest.param((7, 9), [(7, "seven")], id="lines past the end are left out"),
    ],
)
def test_a_message_quotes_lines_of_the_source(lines: tuple[int, int], quoted: list[tuple[int, str]]) -> None:
    assert quote(source_of(" one \n\nthree\nfour\nfive\nsix\nseven"), lines) == quoted


def test_a_ledger_entry_over_all_lines_is_not_lost() -> None:
    entry = Change((1, 2), "encoding", "cp1252", "utf-8", "The file is not UTF-8.")
    source = Source("text", Path("text.txt"), "en", ("The first line is here.", "The last."), (entry,))
    _, _, view = reported(source)
    assert entry in [change for rule in view.rules for change in rule.changes]


def output(path: str) -> Output:
    return Output("s", "S", path, "0" * 64, 1, 1, "screen", "en", "original", (), False, "")


def test_the_manifest_is_sorted_by_path() -> None:
    files = manifest([output("b"), output("c"), output("a")])["files"]
    assert [file["path"] for file in files] == ["a", "b", "c"]


def test_the_manifest_has_the_fields_of_the_contract() -> None:
    (file,) = manifest([output("a")])["files"]
    assert file.keys() >= {
        "path",
        "sha256",
        "bytes",
        "pages",
        "edition",
        "language",
        "translation",
        "findings",
        "draft",
    }
