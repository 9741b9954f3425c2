"""Facts: the same number, month or symbol reads the same in every language."""

import pytest

from handbill.facts import facts
from handbill.languages import load_language


def stated(text: str, tag: str = "en") -> list[str]:
    return sorted(facts(text, load_language(tag)).elements())


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("more than 3.5 million people", "en"),
        ("plus de 3,5\N{NO-BREAK SPACE}millions de personnes", "fr"),
        ("3,5 millones de personas", "es"),
        ("более 3,5 миллиона человек", "ru"),
        ("أكثر من ٣٫٥ ملايين شخص", "ar"),
        ("超过350万人", "zh-Hans"),
        ("၃.၅ သန်း", "my"),
        ("৩৫ লাখের বেশি", "bn"),
        ("3,5 juta orang", "id"),
        ("350万人以上", "ja"),
        ("350만 명", "ko"),
        ("35 लाख लोग", "hi"),
        ("۳٫۵ میلیون نفر", "fa"),
    ],
)
def test_a_scaled_number_is_one_number(text: str, tag: str) -> None:
    assert stated(text, tag) == ["3500000"]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("20,000", "en"),
        ("20\N{NARROW NO-BREAK SPACE}000", "fr"),
        ("20.000", "es"),
        ("20\N{NO-BREAK SPACE}000", "ru"),
        ("20 000", "fr"),
        ("20 000", "ru"),
        ("٢٠٬٠٠٠", "ar"),
        ("၂၀,၀၀၀", "my"),
        ("২০,০০০", "bn"),
        ("20000", "id"),
        ("2万", "zh-Hans"),
    ],
)
def test_thousands_are_grouped_by_each_language_s_sign(text: str, tag: str) -> None:
    assert stated(text, tag) == ["20000"]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("on 1 February 2021", "en"),
        ("le 1er février 2021", "fr"),
        ("1 de febrero de 2021", "es"),
        ("в феврале 2021, 1-го", "ru"),
        ("١ شباط/فبراير ٢٠٢١", "ar"),
        ("2021年2月1日", "zh-Hans"),
        ("၂၀၂၁ ခုနှစ်၊ ဖေဖော်ဝါရီလ ၁ ရက်", "my"),
        ("১ ফেব্রুয়ারি ২০২১", "bn"),
        ("1 Februari 2021", "id"),
        ("2021年2月1日", "ja"),
        ("2021년 2월 1일", "ko"),
    ],
)
def test_a_date_is_its_day_month_and_year(text: str, tag: str) -> None:
    assert stated(text, tag) == ["1", "2021", "month 2"]


@pytest.mark.parametrize(
    ("text", "tag", "expected"),
    [
        pytest.param("which may amount to crimes; they march on", "en", [], id="may and march are words too"),
        pytest.param("il faut maintenir, mais en mai", "fr", ["month 5"], id="mai inside another word is none"),
        pytest.param("1, 2 and 2017, 2021", "en", ["1", "2", "2017", "2021"], id="a list is no grouped number"),
        pytest.param("in 2017 300 people", "en", ["2017", "300"], id="a space alone does not group"),
        pytest.param(
            "A/HRC/RES/55/20 of 4 April", "en", ["4", "A/HRC/RES/55/20", "month 4"], id="a symbol is whole"
        ),
        pytest.param("46 organizations, 46 names", "en", ["46", "46"], id="twice is twice"),
        pytest.param("৩,৫০,০০০", "bn", ["350000"], id="lakhs are grouped by two"),
        pytest.param("4.0", "en", ["4"], id="a nought behind the point says nothing"),
    ],
)
def test_what_is_a_fact_and_what_is_not(text: str, tag: str, expected: list[str]) -> None:
    assert stated(text, tag) == expected


@pytest.mark.parametrize(
    ("text", "tag"),
    [("in 2024 391 women", "en"), ("en 2024 391 femmes", "fr"), ("20 000", "en")],
    ids=["after a year", "after a year in French", "where no space groups"],
)
def test_a_space_between_two_numbers_does_not_make_them_one(text: str, tag: str) -> None:
    assert len(stated(text, tag)) == 2
