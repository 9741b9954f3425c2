"""Two languages side by side, for tests of the edition that has both."""

from dataclasses import replace

from briefs import version_in
from handbill.editions import EDITIONS
from handbill.model import Version
from specimen import specimen


def side_by_side(version: Version, beside: Version, most: int = 1000) -> Version:
    """Two versions of as many blocks, those they both have, or at most so many."""
    count = min(len(version.statement.blocks), len(beside.statement.blocks), most)

    def cut(each: Version) -> Version:
        return replace(each, statement=replace(each.statement, blocks=each.statement.blocks[:count]))

    return replace(cut(version), beside=cut(beside))


def as_printed(version: Version, edition: str) -> Version:
    """A version as an edition needs it: with another language beside it where it prints two."""
    if not EDITIONS[edition].is_bilingual:
        return version
    if version.statement.name != "specimen":
        return side_by_side(version, version_in("fr"))
    return side_by_side(version, specimen("fr" if version.statement.language == "en" else "en"))
