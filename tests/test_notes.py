"""Notes, the heading of the names and cited items, from the source to the page."""

import json
import re
from pathlib import Path

import pytest

from handbill import report
from handbill.__main__ import main
from handbill.compose import compose
from handbill.editions import EDITIONS
from handbill.languages import load_language
from handbill.model import Kind, Version
from handbill.order import Order
from handbill.pipeline import build, prepare
from handbill.translate import read_catalogue, translate
from handbill.versions import texts_to_translate
from submissions import FIRST_NOTE, NAMES, SECOND_NOTE, change, translated, valley

SUMMARY = """
[standfirst]
text = "We call on the Council to act on the war in the valley."
source = "p1"
[[demands]]
addressee = "The Council"
items = [{ text = "Send observers to the valley.", source = "i1" }, { text = "Hear it.", source = "n2" }]
"""
HEADING = "The undersigned organisations"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The valley's statement with a heading above its names, and items cited in its summary."""
    folder = valley(tmp_path)
    change(folder, "source.txt", f"1. {NAMES[0]}", f"{HEADING}\n\n1. {NAMES[0]}")
    (folder / "summary.toml").write_text(SUMMARY, encoding="utf-8")
    return folder


def html(version: Version, edition: str = "screen") -> str:
    return compose(version, load_language(version.statement.language), EDITIONS[edition]).html


def test_a_note_stands_below_its_paragraph_with_its_mark_and_no_number(folder: Path) -> None:
    page = html(prepare(folder).original)

    assert re.search(rf'<p class="block note" id="n1"><span class="note-mark">¹</span> {FIRST_NOTE[:20]}', page)
    assert re.findall(r'class="block (?:paragraph|note)" id="(\w+)"', page) == ["p1", "n1", "p2", "n2", "p3"]


def test_an_item_and_a_note_are_cited_by_the_paragraph_they_stand_under(folder: Path) -> None:
    page = html(prepare(folder).original)
    assert re.findall(r'class="reference" href="#(\w+)"[^>]*>(.*?)</a>', page) == [
        *(("i1", "¶\xa03"), ("n2", "¶\xa02")),
    ]


def test_what_heads_the_names_is_printed_once_and_a_translation_has_its_label(folder: Path) -> None:
    prepared = prepare(folder)
    translated(folder, "fr", reviewed=False)
    french, _ = translate(
        prepared.original, texts_to_translate(prepared, "fr"), read_catalogue(folder / "fr.po", "fr")
    )

    assert html(prepared.original).count(HEADING) == 1
    assert HEADING not in html(french) and load_language("fr").labels.signatories in html(french)


def test_the_json_tells_notes_and_the_heading_of_the_names(folder: Path) -> None:
    prepared = prepare(folder)
    told = json.loads(json.dumps(report.as_json(prepared.source, prepared.cleaned, prepared.statement)))

    assert [(b["id"], b["mark"], b["text"]) for b in told["blocks"] if b["kind"] == "note"] == [
        *(("n1", "¹", FIRST_NOTE), ("n2", "²", SECOND_NOTE)),
    ]
    assert told["names_heading"]["text"] == HEADING
    assert sum(block.kind is Kind.PARAGRAPH for block in prepared.statement.blocks) == 3


def test_every_edition_with_notes_and_a_heading_of_the_names_passes_the_preflight(
    folder: Path, tmp_path: Path
) -> None:
    translated(folder, "fr", reviewed=False)
    change(folder, "summary.toml", ', { text = "Hear it.", source = "n2" }', "")
    editions = ("screen", "booklet", "large-print", "parallel")
    made = build(Order((folder,), ("en",), editions, tmp_path / "out", draft=True, beside=("fr",)), lambda _: None)

    assert {each.edition for each in made} == set(editions)
    assert not [finding for each in made for finding in each.findings if "fr.po: " not in finding]


def test_the_text_that_clean_prints_has_the_notes_and_the_heading_of_the_names(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["clean", str(folder)]) == 0
    printed = capsys.readouterr().out

    assert f"[n1] ¹ {FIRST_NOTE}\n" in printed and f"[names] {HEADING}\n" in printed
