"""A typed text keeps what it has: its paragraphs are the blocks, and its names are the names."""

from dataclasses import replace
from pathlib import Path

import pytest

from conftest import source_of, text_of
from handbill.clean import clean, verify
from handbill.model import Correction, Source
from handbill.read import read
from handbill.structure import structure

NAMES = (
    *("Avocats du Col", "Médiathèque citoyenne", "Observatoire des prisons", "Secours du Plateau", "École"),
    *("Témoins, ensemble", "L’Eau pour Tous", "Réseau Sœurs d’Ici", "Jeunesse & Montagne", "École", "100 % Libres"),
)
REFRAIN = "We say: no more."
TEXT = "\n\n".join(
    ("Déclaration sur l’eau", "Ils ont pris nos barques.", REFRAIN, "12", "Ils ont pris nos filets.", REFRAIN)
)


def typed(text: str, language: str = "fr", *corrections: Correction) -> Source:
    return replace(source_of(text, language), typed=True, corrections=corrections)


def test_every_repeated_line_and_every_name_is_kept_without_a_doubt() -> None:
    source = typed("\n\n".join((TEXT, "Signataires", *NAMES)))
    cleaned = clean(source)
    statement = structure(cleaned, "eau", "fr")

    verify(source.lines, cleaned)
    assert text_of(cleaned).startswith(TEXT)
    assert [each.name for each in statement.signatories] == list(NAMES)
    assert [each.number for each in statement.signatories] == list(range(1, len(NAMES) + 1))
    assert not cleaned.doubts and {change.rule for change in cleaned.changes} == {"numbered-names"}


def test_an_empty_line_in_a_correction_parts_a_paragraph_or_two_names() -> None:
    text = "\n\n".join(("Nous le demandons. Nous le voulons.", "Signataires", *NAMES[:3]))
    source = typed(
        text,
        "fr",
        Correction(1, "demandons. Nous", "demandons.\n\nNous", "Two paragraphs."),
        Correction(5, "Avocats du Col", "Avocats\n\nAmis du Col", "Two of them."),
    )
    cleaned = clean(source)

    verify(source.lines, cleaned)
    assert text_of(cleaned).split("\n\n") == [
        *("Nous le demandons.", "Nous le voulons.", "Signataires", "1. Avocats", "2. Amis du Col"),
        *("3. Médiathèque citoyenne", "4. Observatoire des prisons"),
    ]


@pytest.mark.parametrize(
    ("lines", "asked"),
    [
        ((*NAMES[:5], "Ils ont pris nos barques et nos filets.", *NAMES[5:]), "reads like no name"),
        ((*NAMES, "Familles des détenus et des disparus enlevés par les hommes du port"), "Is it the last of them"),
        (("1. Avocats du Col", "2. Témoins", "Libres", "3. Sœurs"), "has none"),
        ((*NAMES[:3], "Signataires du Nord", *NAMES[3:]), "a heading, or a name"),
    ],
)
def test_what_may_be_a_name_or_not_is_asked_and_settled_by_an_editor(lines: tuple[str, ...], asked: str) -> None:
    text = "\n\n".join(("Nous le demandons.", "Signataires", *lines))
    (doubt,) = clean(typed(text)).doubts
    decided = Correction(doubt.lines[0], doubt.text, doubt.text, "As it stands in the file.")

    assert asked in doubt.reason
    assert not clean(typed(text, "fr", decided)).doubts


def test_a_name_that_an_editor_gives_its_number_is_no_heading() -> None:
    text = "\n\n".join(("Nous le demandons.", "Signataires", *NAMES[:2], "Firmament des signatures", *NAMES[2:]))
    decided = Correction(9, "Firmament des", "3. Firmament des", "It is a name.")
    cleaned = clean(typed(text, "fr", decided))

    assert len(structure(cleaned, "eau", "fr").signatories) == len(NAMES) + 1 and not cleaned.doubts


def test_a_folder_says_whether_its_text_was_typed(tmp_path: Path) -> None:
    sha = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    form = 'title = "Eau"\nlanguage = "fr"\npublished = 2025-07-07\nlanguages = ["fr"]\n'
    form += f'[source]\nfile = "eau.odt"\nsha256 = "{sha}"\n'
    (tmp_path / "eau.odt").touch()
    (tmp_path / "source.txt").write_text(TEXT)
    for kind, is_typed in (("", False), ('kind = "printed"\n', False), ('kind = "typed"\n', True)):
        (tmp_path / "statement.toml").write_text(form + kind)
        assert read(tmp_path).typed is is_typed
