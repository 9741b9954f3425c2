"""Differences between two readings of a line are whole: with them, the one reading becomes the other."""

from hypothesis import example, given
from hypothesis import strategies as st

from handbill.clean.ledger import FARTHEST, differences, edits_of_moves, made_in
from handbill.clean.replay import replay, verify, written
from handbill.model import Cleaned, Gap, Line

LONG = " ".join(f"w{number}" for number in range(FARTHEST))
readings = st.one_of(st.text(max_size=60), st.text(alphabet="ab _", max_size=60))


@given(readings, readings)
@example("", "a")
@example("a  b", "a b")
@example(f"x {LONG} y", "x y")
@example(f"x {LONG}", LONG.replace("w", "v"))
def test_the_differences_make_one_reading_of_the_other(before: str, after: str) -> None:
    found = list(differences(before, after))

    assert made_in(before, found) == after
    assert all(before[each.start : each.stop] == each.before for each in found)
    assert [each.start for each in found] == sorted(each.start for each in found)


def test_words_that_are_the_same_are_in_no_difference() -> None:
    before, after = f"the Iocal court {LONG} and the Iocal army", f"the local court {LONG} and the local army"

    assert [(each.before, each.after) for each in differences(before, after)] == [("Iocal", "local")] * 2


def lines_of(*parts: tuple[str, str]) -> list[Line]:
    return [Line(number, number, text, Gap.NONE, space) for number, (space, text) in enumerate(parts, 1)]


def move(lines: list[Line]) -> None:
    """Lines stand where they belong."""


def test_a_line_that_only_stands_nearer_to_another_changes_no_letter() -> None:
    before = lines_of(("", "1. Amnesty"), ("\n\n", "2. Article 19"))
    after = lines_of(("", "1. Amnesty"), ("\n", "2. Article 19"))
    (edit,) = edits_of_moves(before, after, move)

    assert (edit.before, edit.after, edit.entry) == ("\n\n", "\n", None)


def test_a_line_that_is_cut_in_two_is_told() -> None:
    before, after = (
        lines_of(("", "1. Amnesty 2. Article 19")),
        lines_of(("", "1. Amnesty"), ("\n\n", "2. Article 19")),
    )
    edits = tuple(edits_of_moves(before, after, move))
    entries = tuple(edit.entry for edit in edits if edit.entry)

    assert replay(written(before), edits) == written(after)
    assert [entry.rule for entry in entries] == ["move"]
    verify([written(before)], Cleaned(tuple(after), entries, (), edits=edits))
