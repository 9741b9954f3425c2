"""What is said of a statement is its summary or what was chosen of it, and takes its language's time."""

from dataclasses import replace
from pathlib import Path

import pytest

from briefs import LANGUAGES, version_in
from handbill.compose import compose
from handbill.editions import EDITIONS
from handbill.errors import CallError, ContentError
from handbill.languages import Language, known_languages, load_language
from handbill.making import Job, fitted_summary, make
from handbill.model import Oral, Version
from handbill.read import read
from handbill.render import extent
from handbill.speech import counted, limits, minutes, sayable, speech
from specimen import TEXTS

CHOSEN = version_in("en").particulars.oral
assert CHOSEN


def english(**values: object) -> Version:
    """The first statement, with something else said of how it is spoken."""
    version = version_in("en")
    return replace(version, particulars=replace(version.particulars, oral=Oral(**values)))  # type: ignore[arg-type]


def said(version: Version) -> list[str]:
    return [f"{each.role}: {each.text}" for each in speech(version, load_language("en")).passages]


# How long a text is


@pytest.mark.parametrize(
    ("tag", "text", "units"),
    [
        pytest.param("en", "The Council must act.", 4, id="a word is what spaces part from the next"),
        pytest.param("en", "long-term justice — today", 3, id="a compound is one word, a dash none"),
        pytest.param("en", "6,000", 2, id="six thousand"),
        pytest.param("en", "20,000", 2, id="twenty thousand"),
        pytest.param("en", "3.5 million", 4, id="three point five million"),
        pytest.param("en", "2021", 4, id="two thousand twenty-one"),
        pytest.param("en", "46", 2, id="forty-six"),
        pytest.param("en", "700", 2, id="seven hundred"),
        pytest.param("en", "0", 1, id="nought is said, too"),
        pytest.param("en", "1,000,000", 2, id="one million"),
        pytest.param("en", "the UN and the ICC", 8, id="two or three capitals are spelled"),
        pytest.param("ru", "ООН и МУС", 7, id="in any letters that have capitals"),
        pytest.param("en", "ASEAN", 1, id="more capitals are a word"),
        pytest.param("en", "(ICC),", 3, id="signs are not said"),
        pytest.param("fr", "20 000 personnes", 3, id="a space inside a number parts no words"),
        pytest.param("ar", "٢٠٬٠٠٠ شخص", 3, id="digits of the language"),
        pytest.param("zh-Hans", "追究责任。", 4, id="a Chinese character"),
        pytest.param("zh-Hans", "ICC 成员国", 6, id="Latin letters among them"),
        pytest.param("ja", "国連は", 3, id="a Japanese one"),
        pytest.param("th", "ที่", 1, id="a mark over a Thai letter is none"),
        pytest.param("th", "46", 6, id="a figure in Thai is several letters"),
        pytest.param("my", "နိုင်ငံတကာ။", 4, id="a Burmese syllable"),
        pytest.param("my", "၄၆ ဖွဲ့", 3, id="a Burmese number"),
    ],
)
def test_a_text_is_said_in(tag: str, text: str, units: int) -> None:
    assert counted(text, load_language(tag)) == units


@pytest.mark.parametrize("tag", [tag for tag in known_languages() if (TEXTS / f"{tag}.txt").exists()])
def test_in_no_language_more_is_said_in_a_minute_than_in_english(tag: str) -> None:
    def units(language: str) -> int:
        return counted((TEXTS / f"{language}.txt").read_text("utf-8"), load_language(language))

    most = load_language("en").pack.speech.per_minute * units(tag) / units("en")
    assert load_language(tag).pack.speech.per_minute <= 5 * round(most / 5)


def test_no_pace_but_that_of_english_claims_a_source() -> None:
    assert [tag for tag in known_languages() if load_language(tag).pack.speech.verified] == ["en"]


def test_the_limits_are_those_of_the_council_and_say_where_they_are_from() -> None:
    assert {limit.seconds for limit in limits()} == {90, 120}
    assert not any(limit.verified for limit in limits())


# What is said


def test_all_of_the_summary_is_said_where_nothing_is_chosen() -> None:
    version = english()
    summary = version.summary
    assert summary
    words = " ".join(said(version))
    assert words.startswith(f"title: {version.statement.title}")
    assert all(item.text in words for group in summary.demands for item in group.items)
    assert summary.standfirst.text in words and "more than 6,000 people killed" in words
    assert words.endswith("sentence: Signed by 46 organizations.")


def test_what_is_chosen_is_said_in_its_order_under_its_addressee() -> None:
    version = english(
        passages=("demands6.item3", "demands6.item1", "figure2"), opening="Mr. President,", closing="Thank you."
    )
    assert said(version) == [
        "greeting: Mr. President,",
        f"title: {version.statement.title}",
        "addressee: The international community",
        "demand: Impose a global arms embargo, suspend jet fuel exports, and engage with all relevant national "
        "stakeholders.",
        "demand: Commit to a coordinated, long-term international justice strategy.",
        "sentence: more than 20,000 people arbitrarily detained since the 2021 coup",
        "sentence: Signed by 46 organizations.",
        "greeting: Thank you.",
    ]


def test_each_passage_has_the_time_at_which_it_begins_and_the_first_demand_goes_on() -> None:
    version, language = english(passages=("demands6",)), load_language("en")
    passages = speech(version, language).passages
    before = 0
    for each in passages:
        expected = 60 * before // language.pack.speech.per_minute
        assert each.begins in (expected, None)
        before += counted(each.text, language)
    assert [each.role for each in passages if each.begins is None] == ["demand"]


def test_withheld_names_are_counted_in_what_is_said() -> None:
    version = english()
    statement = replace(version.statement, withheld=((47, (1, 1)),))
    assert said(replace(version, statement=statement))[-1] == "sentence: Signed by 47 organizations."


def test_without_another_word_the_shortest_limit_holds() -> None:
    assert speech(english(), load_language("en")).limit == 90
    assert speech(english(seconds=120), load_language("en")).limit == 120


def test_what_is_too_much_is_counted() -> None:
    whole = speech(english(), load_language("en"))
    assert (whole.seconds, whole.excess) == (whole.units // 2, whole.units - 180)


def test_without_a_summary_nothing_is_said() -> None:
    with pytest.raises(ContentError, match=r"no summary\.toml"):
        speech(replace(english(), summary=None), load_language("en"))


def test_what_may_be_chosen_is_named_as_in_a_translation_s_file() -> None:
    summary = version_in("en").summary
    assert summary
    known = sayable(summary)
    assert known["demands6"] == ("demands6.item1", "demands6.item2", "demands6.item3")
    assert known["figures"] == ("figure1", "figure2", "figure3")
    assert known["standfirst"] == ("standfirst",)
    assert len(known["demands"]) == sum(len(group.items) for group in summary.demands)


@pytest.mark.parametrize(
    ("passages", "said"),
    [
        pytest.param('["demand2"]', "demands2", id="what the summary has not, with the nearest that it has"),
        pytest.param('["figures", "figures"]', "more than once", id="twice the same"),
    ],
)
def test_a_choice_is_refused_of(statement_folder: Path, passages: str, said: str) -> None:
    form = statement_folder / "statement.toml"
    text = form.read_text("utf-8")
    assert CHOSEN and len(CHOSEN.passages) == 4
    form.write_text(text.partition("passages = ")[0] + f"passages = {passages}\n", "utf-8")
    with pytest.raises(CallError, match=said):
        read(statement_folder)


# The card


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_first_statement_can_be_said_within_two_minutes(tag: str) -> None:
    whole = speech(version_in(tag), load_language(tag))
    assert whole.limit == 120
    assert whole.excess == 0


@pytest.mark.parametrize("tag", ["en", "ar", "my"])
def test_the_card_has_every_passage_with_its_time_in_the_language_s_digits(tag: str) -> None:
    language: Language = load_language(tag)
    version = version_in(tag)
    html = compose(version, language, EDITIONS["card"]).html
    marks = [
        f'<span class="said-at">{language.digits(minutes(each.begins))}</span>'
        for each in speech(version, language).passages
        if each.begins
    ]
    places = [html.index(mark) for mark in marks]
    assert places == sorted(places) and len(marks) == 7
    assert f"{language.digits('2:00')}" in html


GREETINGS = {
    "en": ("Mr. President,", "Thank you."),
    "fr": ("Monsieur le Président,", "Je vous remercie."),
    "ar": ("السيد الرئيس،", "شكراً لكم."),
    "zh-Hans": ("主席先生，", "谢谢。"),
}


@pytest.mark.parametrize("tag", GREETINGS)
@pytest.mark.parametrize("said", [("opening",), ("closing",), ("opening", "closing")], ids=" and ".join)
def test_words_of_greeting_are_no_fault_of_the_card(tag: str, said: tuple[str, ...]) -> None:
    version = version_in(tag)
    greetings = dict(zip(("opening", "closing"), GREETINGS[tag], strict=True))
    oral = replace(CHOSEN, seconds=150, **{place: greetings[place] for place in said})
    greeted = replace(version, particulars=replace(version.particulars, oral=oral))

    assert make(Job(greeted, "card", draft=False)).output.findings == ()


def test_the_type_of_the_card_is_fitted_to_its_page() -> None:
    version, language, card = version_in("ru"), load_language("ru"), EDITIONS["card"]
    fit = fitted_summary(version, language, card)

    assert card.least_fit <= fit.summary < 1
    assert extent(compose(version, language, card, fit=fit, only="card")).pages == 1
