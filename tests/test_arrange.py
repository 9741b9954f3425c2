"""Names are printed in the order and under the headings that statement.toml asks for, each with its number."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from handbill.__main__ import main
from handbill.arrange import arrange
from handbill.collation import collation_key
from handbill.compose import compose
from handbill.editions import EDITIONS
from handbill.errors import ContentError
from handbill.languages import load_language
from handbill.model import Listing, Signatory, Version
from handbill.prepared import Prepared

NAMES = (
    ("The Watch", "TH"),
    ("#Sisters", "MM"),
    ("Ñandú", "ES"),
    ("8888 Group", "MM"),
    ("Nzame", "MM"),
    ("969 Friends", "TH"),
    ("“Éclat”", "ES"),
)


def version_of(prepared: Prepared, listing: Listing, language: str = "en") -> Version:
    signatories = tuple(Signatory(n, name, (n, n), country=c) for n, (name, c) in enumerate(NAMES, 1))
    original = prepared.original
    return replace(
        original,
        statement=replace(original.statement, signatories=signatories, language=language),
        particulars=replace(original.particulars, listing=listing),
    )


def test_unasked_the_names_stay_as_they_are(prepared: Prepared) -> None:
    version = version_of(prepared, Listing())
    assert arrange(version, load_language("en")) is version


def test_sorted_names_keep_their_numbers(prepared: Prepared) -> None:
    arranged = arrange(version_of(prepared, Listing("sorted")), load_language("en"))
    assert [(each.number, each.name) for each in arranged.statement.signatories] == [
        (6, "969 Friends"),
        (4, "8888 Group"),
        (7, "“Éclat”"),
        (3, "Ñandú"),
        (5, "Nzame"),
        (2, "#Sisters"),
        (1, "The Watch"),
    ]


def test_a_letter_of_its_own_stands_where_the_language_has_it() -> None:
    names = ["Ñandú", "Nzame", "Oro"]
    assert sorted(names, key=collation_key(load_language("es"))) == ["Nzame", "Ñandú", "Oro"]
    assert sorted(names, key=collation_key(load_language("fr"))) == ["Ñandú", "Nzame", "Oro"]


def test_thai_vowels_before_their_consonant_do_not_lead() -> None:
    names = ["ข่าว", "เขา", "กา", "แก"]
    assert sorted(names, key=collation_key(load_language("th"))) == ["กา", "แก", "ข่าว", "เขา"]


@pytest.mark.parametrize(
    ("tag", "headings"),
    [
        ("en", ["Myanmar (Burma)", "Spain", "Thailand"]),
        ("fr", ["Espagne", "Myanmar (Birmanie)", "Thaïlande"]),
        ("ar", ["إسبانيا", "تايلاند", "ميانمار (بورما)"]),
    ],
)
def test_groups_are_headed_by_the_countries_in_the_language_of_the_page(
    prepared: Prepared, tag: str, headings: list[str]
) -> None:
    language = load_language(tag)
    arranged = arrange(version_of(prepared, Listing("signed", "country"), tag), language)
    html = compose(arranged, language, EDITIONS["screen"]).html
    told = re.findall(r'<h3 class="names-group">(.*?)</h3>', html)

    assert [re.sub(r"<[^>]*>", "", each).replace("\xa0", " ") for each in told] == headings
    numbers = [each.number for each in arranged.statement.signatories if each.country == "MM"]
    assert numbers == [2, 4, 5]


def test_a_country_stands_in_brackets_after_its_name(prepared: Prepared) -> None:
    language = load_language("fr")
    arranged = arrange(version_of(prepared, Listing(countries=True), "fr"), language)
    html = compose(arranged, language, EDITIONS["screen"]).html
    assert "The Watch (Thaïlande)</li>" in html


def test_a_name_without_a_country_is_asked_for(prepared: Prepared) -> None:
    version = version_of(prepared, Listing("signed", "country"))
    first, *others = version.statement.signatories
    homeless = replace(version.statement, signatories=(replace(first, country=""), *others))
    with pytest.raises(ContentError, match="there is none for 1"):
        arrange(replace(version, statement=homeless), load_language("en"))


@pytest.mark.parametrize("asked", ['order = "sorted"\ngroup = "country"', "countries = true"])
def test_a_brief_with_countries_passes_its_preflight(
    statement_folder: Path, tmp_path: Path, prepared: Prepared, asked: str
) -> None:
    codes = ("MM", "TH", "001")
    entries = [
        f"[[signatories]]\nnumber = {s.number}\nname = {json.dumps(s.name, ensure_ascii=False)}\n"
        f'country = "{codes[s.number % 3]}"\n'
        for s in prepared.statement.signatories
    ]
    (statement_folder / "signatories.toml").write_text("\n".join(entries), encoding="utf-8")
    form = statement_folder / "statement.toml"
    form.write_text(f"{form.read_text('utf-8')}\n[signatories]\n{asked}\n", encoding="utf-8")

    assert main(["build", str(statement_folder), "-e", "screen", "-o", str(tmp_path / "out"), "-j", "1"]) == 0
