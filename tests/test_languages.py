"""A language is its pack: every pack is whole, and says on the page what it says in its file."""

import re
import shutil
import string
from datetime import date
from pathlib import Path

import pytest

from handbill.errors import CallError
from handbill.fonts import load_stack
from handbill.languages import CountForm, Language, known_languages, load_language


def labels_of(language: Language) -> dict[str, str]:
    """Every label with its name; both forms of one that counts."""
    labels: dict[str, str] = {}
    for name, label in language.labels:
        if isinstance(label, CountForm):
            labels |= {f"{name}.{category}": form for category, form in label if form}
        elif label:
            labels[name] = label
    return labels


def places(text: str) -> set[str]:
    """The places of a label that are filled in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("tag", known_languages())
class TestEveryPack:
    def test_it_loads_under_its_own_tag(self, tag: str) -> None:
        assert load_language(tag).tag == tag

    def test_no_label_of_it_is_empty(self, tag: str) -> None:
        assert {name: label for name, label in labels_of(load_language(tag)).items() if not label.strip()} == {}

    def test_its_labels_have_the_places_of_the_english_ones(self, tag: str) -> None:
        """In every form of a label that counts; only a form for exactly one thing may do without the number."""
        english = {name: places(label) for name, label in labels_of(load_language("en")).items()}
        for name, label in labels_of(load_language(tag)).items():
            expected = english.get(name) or english.get(f"{name.partition('.')[0]}.other", set())
            assert places(label) == expected, name

    def test_it_prints_its_dates_without_a_letter_of_the_pattern_left(self, tag: str) -> None:
        language = load_language(tag)
        days = [date(2025, month, day) for month in range(1, 13) for day in (1, 24)]
        written = [language.written_date(day) for day in days]
        written += [language.date_range(days[2], days[6]), language.date_range(days[0], date(2026, 1, 1))]
        assert not [text for text in written if re.search(r"['{}\ue000\ue001]|MMM|(?<!\w)[yd](?!\w)", text)]
        assert len(set(written)) == len(written)

    def test_its_fonts_have_every_letter_of_its_sample(self, tag: str) -> None:
        pack = load_language(tag).pack
        sample = " ".join([pack.sample.heading, pack.sample.paragraph, *pack.sample.names])
        assert load_stack(pack.type.fonts).uncovered(sample) == ()

    def test_its_fonts_have_every_letter_of_its_labels_and_dates(self, tag: str) -> None:
        language = load_language(tag)
        dates = [language.written_date(date(2025, month, 28)) for month in range(1, 13)]
        printed = " ".join(
            [*labels_of(language).values(), *dates, *language.pack.type.quotes, language.digits("0123456789")]
        )
        assert load_stack(language.pack.type.fonts).uncovered(printed) == ()

    def test_its_sample_holds_nothing_that_its_own_rules_forbid(self, tag: str) -> None:
        pack = load_language(tag).pack
        sample = " ".join([pack.sample.heading, pack.sample.paragraph, *pack.sample.names])
        assert [rule for rule in pack.lint.forbidden if re.search(rule.pattern, sample)] == []

    def test_it_has_no_month_names_or_all_twelve(self, tag: str) -> None:
        assert len(load_language(tag).pack.dates.months) in (0, 12)


def test_english_is_known() -> None:
    assert "en" in known_languages()


def test_english_writes_the_day_before_the_month() -> None:
    assert load_language("en").written_date(date(2025, 1, 31)) == "31 January 2025"


@pytest.mark.parametrize(
    ("opens", "closes", "written"),
    [
        pytest.param(date(2025, 2, 24), date(2025, 4, 4), "24 February to 4 April 2025", id="one year, named once"),
        pytest.param(
            date(2024, 12, 30), date(2025, 1, 3), "30 December 2024 to 3 January 2025", id="two years, both named"
        ),
        pytest.param(date(2025, 3, 1), date(2025, 3, 5), "1 March to 5 March 2025", id="one month, named twice"),
    ],
)
def test_english_writes_a_range_of_dates(opens: date, closes: date, written: str) -> None:
    assert load_language("en").date_range(opens, closes) == written


@pytest.mark.parametrize(
    ("count", "written"),
    [(0, "0 names"), (1, "1 name"), (2, "2 names"), (46, "46 names"), (101, "101 names")],
    ids=["none takes the plural", "one takes the singular", "two", "many", "a number that ends in one"],
)
def test_a_label_that_counts_takes_the_form_of_its_number(count: int, written: str) -> None:
    assert load_language("en").count(CountForm(one="{count} name", other="{count} names"), count) == written


def test_a_label_that_counts_leaves_its_other_places_open() -> None:
    label = CountForm(one="{count} on {page}", other="{count} on {page}")
    assert load_language("en").count(label, 3) == "3 on {page}"


def with_dates(**changed: object) -> Language:
    """English with other dates."""
    pack = load_language("en").pack
    return Language(pack.model_copy(update={"dates": pack.dates.model_copy(update=changed)}))


def with_digits(digits: str) -> Language:
    """English with other digits."""
    pack = load_language("en").pack
    return Language(pack.model_copy(update={"numerals": pack.numerals.model_copy(update={"digits": digits})}))


def test_digits_are_the_language_s_own_wherever_it_writes_numbers() -> None:
    burmese = with_digits("၀၁၂၃၄၅၆၇၈၉")
    assert burmese.digits("6,000 (2021)") == "၆,၀၀၀ (၂၀၂၁)"
    assert burmese.written_date(date(2025, 1, 31)) == "၃၁ January ၂၀၂၅"
    assert burmese.date_range(date(2025, 2, 24), date(2025, 4, 4)) == "၂၄ February to ၄ April ၂၀၂၅"
    assert burmese.count(CountForm(one="{count}", other="{count} names"), 46) == "၄၆ names"


def test_english_leaves_digits_as_they_are() -> None:
    assert load_language("en").digits("0123456789") == "0123456789"


def test_a_pack_s_own_month_names_are_the_ones_that_are_written() -> None:
    months = tuple(f"Month{letter}" for letter in "ABCDEFGHIJKL")
    language = with_dates(months=months)
    assert language.written_date(date(2025, 2, 24)) == "24 MonthB 2025"
    assert language.date_range(date(2025, 2, 24), date(2025, 4, 4)) == "24 MonthB to 4 MonthD 2025"


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        pytest.param("EN", 'Did you mean "en"?', id="a tag in capitals"),
        pytest.param("xxx", "Known: ", id="a language without a pack"),
        pytest.param("../en", "no such language", id="a path"),
        pytest.param("", "no such language", id="nothing"),
    ],
)
def test_an_unknown_tag_is_refused_with_those_that_are_known(tag: str, words: str) -> None:
    with pytest.raises(CallError) as refused:
        load_language(tag)
    assert f'"{tag}"' in refused.value.message
    assert words in str(refused.value)


def test_a_file_in_the_folder_is_a_language(packs: Path) -> None:
    text = (packs / "en.toml").read_text("utf-8")
    (packs / "en-US.toml").write_text(text.replace('tag = "en"', 'tag = "en-US"'), encoding="utf-8")
    assert known_languages() == sorted({*(path.stem for path in packs.glob("*.toml")), "en-US"})
    assert load_language("en-US").tag == "en-US"


def test_a_pack_under_another_tag_s_name_is_refused(packs: Path) -> None:
    shutil.copy(packs / "en.toml", packs / "fr.toml")
    with pytest.raises(CallError, match=r'fr\.toml.*"en"'):
        load_language("fr")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        pytest.param('script = "Latn"', 'script = "latin"', "script", id="a script by its name"),
        pytest.param('direction = "ltr"', 'direction = "left"', "direction", id="a direction in words"),
        pytest.param('digits = "0123456789"', 'digits = "012"', "numerals.digits", id="three digits"),
        pytest.param('fonts = ["source-serif"]', "fonts = []", "type.fonts", id="no font"),
        pytest.param('draft = "DRAFT"', "", "labels.draft", id="a label is missing"),
        pytest.param('draft = "DRAFT"', 'draft = ""', "labels.draft", id="a label is empty"),
        pytest.param('locale = "en_GB"', 'locale = "xx_YY"', "locale", id="a locale that nobody knows"),
    ],
)
def test_a_pack_with_a_mistake_is_refused_with_its_line(packs: Path, old: str, new: str, key: str) -> None:
    text = (packs / "en.toml").read_text("utf-8")
    assert old in text
    (packs / "en.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(CallError, match=rf"en\.toml, line \d+: {re.escape(key)}: "):
        load_language("en")
