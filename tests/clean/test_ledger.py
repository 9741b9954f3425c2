"""Differences between two readings of a line are whole: with them, the one reading becomes the other."""

from hypothesis import example, given
from hypothesis import strategies as st

from handbill.clean.ledger import FARTHEST, differences, made_in

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
