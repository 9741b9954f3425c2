"""Names are printed in the order and under the headings that statement.toml asks for, each with its number."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest
from babel import Locale

from handbill.__main__ import main
from handbill.arrange import arrange
from handbill.collation import collation_key
from handbill.compose import compose
from handbill.editions import EDITIONS
from handbill.errors import ContentError
from handbill.languages import load_language
from handbill.model import About, Listing, Signatory, Version
from handbill.preflight import load_profile
from handbill.preflight.reading import Element
from handbill.preflight.subject import opened
from handbill.prepared import Prepared
from handbill.regions import region_of, subregion_of
from handbill.render import render
from handbill.translate import Catalogue, messages, translate
from handbill.translate.catalogue import Entry

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
    signatories = tuple(Signatory(n, name, (n, n), about=About(c)) for n, (name, c) in enumerate(NAMES, 1))
    original = prepared.original
    return replace(
        original,
        statement=replace(original.statement, signatories=signatories, language=language),
        particulars=replace(original.particulars, listing=listing),
    )


def group_of(signatory: Signatory) -> str:
    return signatory.group


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
    numbers = [each.number for each in arranged.statement.signatories if each.about.country == "MM"]
    assert numbers == [2, 4, 5]


@pytest.mark.parametrize(
    ("group", "tag", "headings"),
    [
        ("region", "en", ["Asia", "Europe"]),
        ("region", "my", ["အာရှ", "ဥရောပ"]),
        ("subregion", "fr", ["Asie du Sud-Est", "Europe du Sud"]),
        ("subregion", "kac", ["Southeast Asia", "Southern Europe"]),
    ],
)
def test_groups_are_headed_by_the_regions_that_their_countries_lie_in(
    prepared: Prepared, group: str, tag: str, headings: list[str]
) -> None:
    """In the order of the page's alphabet; in English where CLDR has no name."""
    arranged = arrange(version_of(prepared, Listing("signed", group), tag), load_language(tag))
    asian, european = [1, 2, 4, 5, 6], [3, 7]
    told = [
        (name, [each.number for each in names]) for name, names in groupby(arranged.statement.signatories, group_of)
    ]
    assert told == list(zip(headings, (asian, european), strict=True))


def test_the_whole_world_is_a_region_of_its_own_and_the_european_union_none(prepared: Prepared) -> None:
    assert (region_of("001"), subregion_of("001")) == ("001", "001")
    version = version_of(prepared, Listing("signed", "region"))
    first, *others = version.statement.signatories
    union = replace(version.statement, signatories=(replace(first, about=About("EU")), *others))
    with pytest.raises(ContentError, match="there is none for 1") as refused:
        arrange(replace(version, statement=union), load_language("en"))
    assert "a country that lies in one" in str(refused.value)


def test_every_country_lies_in_one_region_that_has_a_name() -> None:
    codes = {code for code in Locale("en").territories if len(code) == 2}
    assert {code for code in codes if not region_of(code)} == {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
    english = load_language("en")
    assert all(
        english.territory(where(code)) for code in codes if region_of(code) for where in (region_of, subregion_of)
    )


KINDS = {"women": "Women’s organisations", "youth": "Youth"}


def test_kinds_stand_in_the_order_of_statement_toml(prepared: Prepared) -> None:
    version = version_of(prepared, Listing("sorted", "kind", kinds=KINDS))
    kinds = ("youth", "women", "youth", "women", "youth", "youth", "women")
    named = tuple(
        replace(each, about=About(kind=kind))
        for each, kind in zip(version.statement.signatories, kinds, strict=True)
    )
    arranged = arrange(
        replace(version, statement=replace(version.statement, signatories=named)), load_language("en")
    )
    assert [(each.group, each.number) for each in arranged.statement.signatories] == [
        ("Women’s organisations", 4),
        ("Women’s organisations", 7),
        ("Women’s organisations", 2),
        ("Youth", 6),
        ("Youth", 3),
        ("Youth", 5),
        ("Youth", 1),
    ]


def test_a_name_without_a_kind_is_asked_for(prepared: Prepared) -> None:
    with pytest.raises(ContentError, match="by kind, there is none for 1, 2, 3, 4, 5, 6, 7"):
        arrange(version_of(prepared, Listing("signed", "kind", kinds=KINDS)), load_language("en"))


def test_the_heading_of_a_kind_is_translated_with_the_text(prepared: Prepared) -> None:
    version = version_of(prepared, Listing("signed", "kind", kinds=KINDS))
    texts = messages(version.statement, None, version.particulars, (), "fr")
    assert [(each.id, each.text) for each in texts if each.id.startswith("kind.")] == [
        ("kind.women", "Women’s organisations"),
        ("kind.youth", "Youth"),
    ]
    entries = (Entry("kind.women", "Women’s organisations", "Organisations de femmes"),)
    french, coverage = translate(version, texts, Catalogue("fr", entries))
    assert french.particulars.listing.kinds == {"women": "Organisations de femmes", "youth": "Youth"}
    assert "kind.youth" in coverage.missing
    assert "kind.women" not in coverage.missing


def test_a_country_stands_in_brackets_after_its_name(prepared: Prepared) -> None:
    language = load_language("fr")
    arranged = arrange(version_of(prepared, Listing(countries=True), "fr"), language)
    html = compose(arranged, language, EDITIONS["screen"]).html
    assert "The Watch (Thaïlande)</li>" in html


def test_a_name_without_a_country_is_asked_for(prepared: Prepared) -> None:
    version = version_of(prepared, Listing("signed", "country"))
    first, *others = version.statement.signatories
    homeless = replace(version.statement, signatories=(replace(first, about=About()), *others))
    with pytest.raises(ContentError, match="there is none for 1"):
        arrange(replace(version, statement=homeless), load_language("en"))


@pytest.mark.parametrize(
    "asked",
    [
        'order = "sorted"\ngroup = "country"',
        "countries = true",
        'group = "subregion"',
        'group = "kind"\nkinds = { women = "Women’s organisations", youth = "Youth" }',
    ],
)
def test_a_brief_with_countries_passes_its_preflight(
    statement_folder: Path, tmp_path: Path, prepared: Prepared, asked: str
) -> None:
    codes = ("MM", "TH", "001")
    kinds = ("youth", "women") if "kind" in asked else ()
    entries = [
        f"[[signatories]]\nnumber = {s.number}\nname = {json.dumps(s.name, ensure_ascii=False)}\n"
        f'country = "{codes[s.number % 3]}"\n' + (f'kind = "{kinds[s.number % 2]}"\n' if kinds else "")
        for s in prepared.statement.signatories
    ]
    (statement_folder / "signatories.toml").write_text("\n".join(entries), encoding="utf-8")
    form = statement_folder / "statement.toml"
    form.write_text(f"{form.read_text('utf-8')}\n[signatories]\n{asked}\n", encoding="utf-8")

    assert main(["build", str(statement_folder), "-e", "screen", "-o", str(tmp_path / "out"), "-j", "1"]) == 0


def in_groups(prepared: Prepared, sizes: Sequence[int]) -> Version:
    """The first statement signed by groups of so many names."""
    heads = [head for head, size in enumerate(sizes, 1) for _ in range(size)]
    names = tuple(
        Signatory(number, f"Organisation {number}", (1, 1), group=f"Heading of group {head}")
        for number, head in enumerate(heads, 1)
    )
    original = prepared.original
    return replace(original, statement=replace(original.statement, signatories=names))


def column_of(element: Element, half: float) -> tuple[int, bool]:
    """Page of an element's last piece, and whether that stands right of a line, in points."""
    *_, last = (each.piece for each in element.contents)
    assert last.place
    return last.page, last.place[0] > half


@pytest.mark.parametrize("edition", ["screen", "booklet", "large-print"])
@pytest.mark.parametrize(
    "sizes",
    [(40, 3, 40), tuple(1 + number % 5 for number in range(30)), (1,) * 70, (130, 2, 3, 1), (69, 1)],
    ids=["long", "short", "of one name", "over two pages", "a lone name at the end"],
)
def test_a_heading_has_two_names_with_it_and_no_name_stands_alone(
    prepared: Prepared, edition: str, sizes: Sequence[int]
) -> None:
    version, language = in_groups(prepared, sizes), load_language("en")
    pdf = render(compose(version, language, EDITIONS[edition])).pdf
    with opened(pdf, "file.pdf", load_profile(edition)) as subject:
        assert subject.structure
        found = [each for each in subject.structure.all("H3", "LI") if re.match("Heading|\\d+ ?Organ", each.text)]
        half = float(subject.pdf.pages[0].mediabox[2]) / 2
        columns = [column_of(each, half) for each in found]
    at = 0
    for size in sizes:
        head, *names = columns[at : at + size + 1]
        assert {head} == set(names[:2])
        assert len(set(names[-2:])) == 1
        at += size + 1
    last_page = [page for page, _ in columns].count(columns[-1][0])
    assert last_page > 1 + (sizes[-1] == 1)
