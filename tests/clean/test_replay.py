"""The ledger replays: source and edits make the text, text and edits the source, for every text there is."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import source_of, text_of
from handbill.clean import clean
from handbill.clean.furniture import FURNITURE_RULES
from handbill.clean.ledger import rule_name
from handbill.clean.replay import blocks_of, replay, undo, verify
from handbill.errors import FaultError
from handbill.model import Change, Cleaned, Correction, Edit, Source
from handbill.prepared import Prepared
from scans import ANY_TEXT, scans

TAKES_OUT = {rule_name(rule) for rule in FURNITURE_RULES}
TOLD_TOGETHER = {"list-of-names", "notes-below", "underscores"}
"""Rules of which several edits together say what happened."""
PUTS_LETTERS_RIGHT = {
    *("composed-letters", "ligatures", "confusable-letters", "letters-in-numbers", "pronouns", "roman-numbers"),
}
FINDS_NUMBERS = {"numbered-paragraphs"}
"""Rules that put a number where it was read as a few letters, or not at all."""
BLANKS_AND_BREAKS = st.text(alphabet="ab1.-_'’ﬁ \n\f\t\u2028\u00a0\u00ad\x00", max_size=60)
texts = st.one_of(scans(), ANY_TEXT, BLANKS_AND_BREAKS)


@given(texts)
@settings(max_examples=150, deadline=None)
@example("")
@example(" \n\n")
@example("abcdefgh" * 2000)
@example("\x00\n\u2028\x00\n\n")
@example("\n\n 12\n\nThe army   of\n\f\n\tthe mili-\n\ntary came. \n\n\n7\n \n")
def test_source_and_ledger_make_the_text_and_text_and_ledger_the_source(scan: str) -> None:
    result = clean(source_of(scan))
    text = replay(scan, result.edits)

    assert blocks_of(text) == [line.text for line in result.lines]
    assert text == text_of(result)
    assert undo(text, result.edits) == scan
    verify(scan.split("\n"), result)


@given(scans())
@settings(max_examples=60, deadline=None)
def test_words_stay_in_their_place_and_order(scan: str) -> None:
    gone, new = Counter[str](), Counter[str]()
    for edit in clean(source_of(scan)).edits:
        rule = edit.entry.rule if edit.entry else ""
        if rule in TAKES_OUT:
            assert edit.after == ""
        elif rule in PUTS_LETTERS_RIGHT:
            assert len(edit.before.split()) == len(edit.after.split())
        elif rule in TOLD_TOGETHER:
            gone.update(filter(str.isalpha, edit.before))
            new.update(filter(str.isalpha, edit.after))
        elif rule in FINDS_NUMBERS:
            assert not Counter(filter(str.isalpha, edit.after)) - Counter(filter(str.isalpha, edit.before))
        else:
            assert letters_of(edit.before) == letters_of(edit.after)
    assert gone == new


def letters_of(text: str) -> list[str]:
    return [c for c in text if c.isalnum()]


@given(st.text(max_size=80), st.data())
def test_any_edits_can_be_undone(text: str, data: st.DataObject) -> None:
    edits: list[Edit] = []
    now = text
    for _ in range(data.draw(st.integers(0, 6))):
        start = data.draw(st.integers(0, len(now)))
        stop = data.draw(st.integers(start, len(now)))
        after = data.draw(st.text(max_size=5))
        edits.append(Edit(start, now[start:stop], after))
        now = now[:start] + after + now[stop:]

    assert replay(text, edits) == now
    assert undo(now, edits) == text


def test_an_edit_that_does_not_find_its_words_is_an_error() -> None:
    with pytest.raises(ValueError, match="“b” is not at character 0"):
        replay("abc", [Edit(0, "b", "")])


@pytest.mark.parametrize(
    "correction",
    [
        Correction(1, "tbe", "the", "r"),
        Correction(3, "well-\nbeing", "wellbeing", "r"),
        Correction(3, "well-\nbeing", "well-being", "r"),
        Correction(3, "well-\nbeing", "well-\nbeing", "r"),
        Correction(1, "town.\nThey", "town.\n\nThey", "r"),
        Correction(1, "The army came to tbe town.\nThey", "They", "r"),
        Correction(1, "  The army came to tbe town.", "", "r"),
        Correction(7, "Dirt", "", "r"),
        Correction(7, "Dirt", "One line.\nTwo lines.\n\nA paragraph.", "r"),
    ],
    ids=lambda correction: f"{correction.before!r} to {correction.after!r}",
)
def test_a_correction_replays(correction: Correction) -> None:
    scan = "  The army came to tbe town.\n\nThey care for the well-\n \f\nbeing of all.\n\nDirt\n\nThe end.\n"
    plain = source_of(scan)
    source = Source("s", plain.path, "en", plain.lines, corrections=(correction,))
    result = clean(source)

    verify(source.lines, result)
    assert [change.rule for change in result.changes].count("correction") == 1


class TestVerify:
    """A ledger that does not say what happened is a fault."""

    SOURCE = ("The mili-", "tary came.", "", "The end of it all came.")

    @pytest.fixture
    def result(self) -> Cleaned:
        return clean(source_of("\n".join(self.SOURCE)))

    def test_an_edit_that_is_missing(self, result: Cleaned) -> None:
        with pytest.raises(FaultError, match="does not replay"):
            verify(self.SOURCE, replace(result, edits=result.edits[1:]))

    def test_another_source(self, result: Cleaned) -> None:
        with pytest.raises(FaultError, match="does not replay"):
            verify((*self.SOURCE, "More."), result)

    def test_letters_that_go_without_an_entry(self, result: Cleaned) -> None:
        silent = tuple(replace(edit, entry=None) for edit in result.edits)
        with pytest.raises(FaultError, match="no entry says so"):
            verify(self.SOURCE, replace(result, edits=silent))

    def test_an_entry_that_says_something_else(self, result: Cleaned) -> None:
        other = Change((1, 2), "dehyphenate", "mili-\ntary", "army", "r")
        edits = tuple(replace(edit, entry=other) if edit.entry else edit for edit in result.edits)
        with pytest.raises(FaultError, match="no entry says so"):
            verify(self.SOURCE, replace(result, edits=edits, changes=(other,)))

    def test_an_entry_that_is_not_in_the_ledger(self, result: Cleaned) -> None:
        with pytest.raises(FaultError, match="no entry says so"):
            verify(self.SOURCE, replace(result, changes=()))


def test_the_first_statement_replays(prepared: Prepared) -> None:
    lines, edits = prepared.source.lines, prepared.cleaned.edits

    assert replay("\n".join(lines), edits) == text_of(prepared.cleaned)
    assert undo(text_of(prepared.cleaned), edits) == "\n".join(lines)
    assert len(edits) > 90
