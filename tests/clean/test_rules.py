"""Every cleaning rule against its rows in `<rule>.txt`: what it leaves alone, then what it changes."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from conftest import ROOT, source_of, text_of
from handbill.clean import clean
from handbill.clean.characters import LINE_RULES, TEXT_RULES, WORD_RULES
from handbill.clean.furniture import FURNITURE_RULES, HEAD_RULES
from handbill.clean.ledger import rule_name, rule_reason
from handbill.clean.listing import list_of_names
from handbill.clean.marks import MARK_RULES, notes_below
from handbill.clean.names import numbered_names
from handbill.clean.notes import NOTE_RULES
from handbill.clean.paragraphs import numbered_paragraphs
from handbill.clean.seams import SEAM_RULES, TYPED_SEAM_RULES
from handbill.model import Cleaned

FOLDER = Path(__file__).parent
MOVES_LINES = (list_of_names, notes_below, numbered_paragraphs)
OF_TYPED = (numbered_names, *TYPED_SEAM_RULES)
RULES = {
    rule_name(rule): rule
    for rule in (
        *LINE_RULES,
        *FURNITURE_RULES,
        *HEAD_RULES,
        *MOVES_LINES,
        *NOTE_RULES,
        *MARK_RULES,
        *WORD_RULES,
        *TEXT_RULES,
        *SEAM_RULES,
        *OF_TYPED,
    )
}
ENDS_A_BLOCK = {
    *("new-item", "names-heading", "after-the-names", "head-matter", "heading", "capitals", "close-heading"),
    *("below-title", "paragraph-ends", "typed-paragraph"),
}
"""Rules that end a block: they join nothing, so that the text shows them and the ledger does not."""


@dataclass(frozen=True)
class Row:
    rule: str
    title: str
    scan: str
    text: str
    entry: str

    @property
    def language(self) -> str:
        """The language in brackets that the title begins with; English where there is none."""
        found = re.match(r"\((?:typed, )?(\w\w)\) ", self.title)
        return found[1] if found else "en"

    @property
    def cleaned(self) -> Cleaned:
        """What is made of the scan; or of the typed text, where the title says that it is one."""
        return clean(replace(source_of(self.scan, self.language), typed=self.title.startswith("(typed")))

    @property
    def leaves_alone(self) -> bool:
        return self.entry == "–"


def rows_of(rule: str) -> list[Row]:
    raw = (FOLDER / f"{rule}.txt").read_bytes().decode()
    parts = raw.removesuffix("\n").removesuffix("\n.").split("\n.\n")
    assert len(parts) % 4 == 0, f"{rule}.txt: a row has four parts"
    return [Row(rule, *parts[at : at + 4]) for at in range(0, len(parts), 4)]


TABLED = sorted(set(RULES) - {"rotated-line"})
"""Rules with rows; the upside-down lines have a file of scans of their own."""

ROWS = [row for rule in TABLED for row in rows_of(rule)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.rule}: {row.title}")
def test_the_scan_becomes_the_text(row: Row) -> None:
    assert text_of(row.cleaned) == row.text


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.rule}: {row.title}")
def test_the_ledger_has_the_entry_of_the_rule_or_none(row: Row) -> None:
    shown = [
        f"{change.before} → {change.after}".replace("\n", "⏎").replace("\f", "␌")
        for change in row.cleaned.changes
        if change.rule == row.rule
    ]

    assert shown == [] if row.leaves_alone else row.entry in shown


@pytest.mark.parametrize("rule", TABLED)
def test_a_rule_has_a_row_that_leaves_alone_first_and_a_row_that_shows_it(rule: str) -> None:
    rows = rows_of(rule)
    alone = [row.leaves_alone for row in rows]

    if rule in ENDS_A_BLOCK:
        assert len(rows) > 1
    elif rule == "dehyphenate":
        assert "-⏎" in rows[0].entry and rows[0].text.count("-") >= rows[0].scan.count("-")
    else:
        assert alone[0] and not alone[-1]
        assert alone == sorted(alone, reverse=True)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_rule_gives_its_reason_in_one_sentence(rule: str) -> None:
    reason = rule_reason(RULES[rule])

    assert reason.endswith(".") and len(reason) > 20


def test_the_readme_names_every_rule() -> None:
    told = set(re.findall(r"`([a-z-]+)`", (ROOT / "README.md").read_text("utf-8")))
    assert set(RULES) - told == set()


def test_every_table_belongs_to_a_rule() -> None:
    tables = {path.stem for path in FOLDER.glob("*.txt")}

    assert tables - {"rotated"} == set(TABLED)
