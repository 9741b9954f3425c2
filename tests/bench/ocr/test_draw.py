"""Designs are drawn the same from the same seed, differ from each other, and are files that the benchmark reads."""

import random
import re
import tomllib
from pathlib import Path

import pytest
from draw import FORMS, Draft, as_toml, design_file, draw, write
from remake import TESSDATA
from truth import Design, design, printed, scans, statement

STATEMENTS = ("en-saltmarsh-teachers", "fr-archipel-pecheurs", "es-archivo-quemado", "pt-barragem-serra-fria")
SEEDS = range(60)


def drawn(seed: int) -> Design:
    return draw("drawn", statement(STATEMENTS[seed % len(STATEMENTS)]), random.Random(seed))


def test_the_same_seed_draws_the_same(tmp_path: Path) -> None:
    for folder in ("first", "second"):
        write(7, 5, STATEMENTS, tmp_path / folder)

    first, second = (sorted((tmp_path / folder).rglob("*.toml")) for folder in ("first", "second"))
    assert len(first) == 6
    assert [file.read_bytes() for file in first] == [file.read_bytes() for file in second]


def test_what_is_drawn_again_is_listed_once_and_the_rest_is_kept(tmp_path: Path) -> None:
    write(7, 2, STATEMENTS, tmp_path)
    write(8, 1, STATEMENTS, tmp_path)
    write(7, 2, STATEMENTS[1:], tmp_path)

    listed = [(scan.statement.name, scan.design.name) for scan in scans(tmp_path)]
    assert listed == [(STATEMENTS[0], "d8x0"), (STATEMENTS[1], "d7x0"), (STATEMENTS[2], "d7x1")]


def test_the_files_hold_what_was_drawn(tmp_path: Path) -> None:
    (tmp_path / "designs").mkdir()
    for seed in SEEDS:
        (tmp_path / "designs" / f"drawn{seed}.toml").write_text(design_file(drawn(seed)), encoding="utf-8")

        read = design(f"drawn{seed}", tmp_path)

        assert read.css.strip() == drawn(seed).css
        assert (read.furniture, read.first_page, read.size) == (
            drawn(seed).furniture,
            drawn(seed).first_page,
            drawn(seed).size,
        )


def test_designs_differ() -> None:
    assert len({drawn(seed).css for seed in SEEDS}) == len(SEEDS)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_design_can_be_printed(seed: int) -> None:
    page = drawn(seed)
    filled = (page.furniture + page.first_page).format(running="Free the valley", title="Free", page=1, pages=3)

    assert not re.search(r"[{}]", filled), "a form was not filled in"
    assert filled.count("<div") == filled.count("</div>")
    assert page.css.count("{") == page.css.count("}")
    paper = statement(STATEMENTS[seed % len(STATEMENTS)])
    assert len(printed(paper, page).names) == len(paper.names)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_text_has_room(seed: int) -> None:
    draft = Draft("drawn", statement(STATEMENTS[seed % len(STATEMENTS)]), random.Random(seed))
    draft.design()

    assert draft.measure > 75
    assert draft.height - draft.top - draft.bottom - draft.notes_height > 100


def test_every_language_has_the_same_forms() -> None:
    keys = {language: set(FORMS[language]) for language in TESSDATA}

    assert all(of == keys["en"] for of in keys.values())


def test_a_long_string_keeps_its_lines() -> None:
    entry = {
        "css": 'p { color: red }\nh1 { quotes: "\\201c" }',
        "bullet": "»",
        "size": [148.0, 210.0],
        "hyphens": True,
    }

    assert tomllib.loads(as_toml(entry)) == {**entry, "css": f"{entry['css']}\n"}
