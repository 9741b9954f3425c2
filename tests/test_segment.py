"""Segmenting: lines may break where a reader of the script would break them, and no letter is changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbill.languages import Segment
from handbill.segment import WORD_JOINER, ZERO_WIDTH_SPACE, segment, syllables


def shown(text: str, how: Segment, tag: str) -> str:
    """Places to break as |, ties as ~."""
    return segment(text, how, tag).replace(ZERO_WIDTH_SPACE, "|").replace(WORD_JOINER, "~")


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        pytest.param("နိုင်ငံတကာ", "နိုင် ငံ တ ကာ", id="a killed consonant ends its syllable"),
        pytest.param("တက္ကသိုလ်", "တက္က သိုလ်", id="a stack is not cut"),
        pytest.param("ကျွန်ုပ်", "ကျွန်ုပ်", id="a killed consonant after a vowel sign"),
        pytest.param("ဒေ့ရှ်", "ဒေ့ရှ်", id="a killed consonant with a medial"),
        pytest.param("အာဏာသိမ်း", "အာ ဏာ သိမ်း", id="independent vowels begin one"),
        pytest.param("ဥပဒေ", "ဥ ပ ဒေ", id="an independent vowel alone"),
        pytest.param("လွတ်လပ်ရေး", "လွတ် လပ် ရေး", id="medials stay with their consonant"),
        pytest.param("မြန်မာ၏", "မြန် မာ၏", id="a particle sign opens no line"),
        pytest.param("၎င်းတို့", "၎င်း တို့", id="the locative sign is not cut"),
        pytest.param("လၢႆးတႆး", "လၢႆး တႆး", id="Shan"),
        pytest.param("ဂကူ", "ဂ ကူ", id="Mon"),
        pytest.param("ကညီကျိာ်", "က ညီ ကျိာ်", id="Karen"),
    ],
)
def test_a_word_in_myanmar_script_is_cut_into_its_syllables(word: str, parts: str) -> None:
    assert syllables(word) == parts.split()


@pytest.mark.parametrize(
    ("text", "how", "tag", "expected"),
    [
        pytest.param("three short words", "spaces", "en", "three short words", id="spaces are left to the engine"),
        pytest.param("인권 침해", "spaces", "ko", "인~권 침~해", id="a Korean word is kept whole"),
        pytest.param("สิทธิมนุษยชน", "words", "th", "สิทธิมนุษยชน", id="Thai words are the engine's"),
        pytest.param(
            "世界必须要求", "characters", "zh-Hans", "世界必须~要~求", id="no lone character ends a paragraph"
        ),
        pytest.param("世界", "characters", "zh-Hans", "世界", id="a short text is left alone"),
        pytest.param("စစ်တပ်သည် ပြည်သူ", "syllables", "my", "စစ်|တပ်သည် ပြည်သူ", id="Burmese between syllables"),
        pytest.param("စစ်တပ်သည် ပြည်သူ", "phrases", "my", "စစ်တပ်သည် ပြည်သူ", id="a Burmese heading at its spaces"),
        pytest.param("ICC နှင့်ပြည်သူ", "syllables", "my", "ICC နှင့်|ပြည်သူ", id="Latin words are left alone"),
    ],
)
def test_places_to_break(text: str, how: Segment, tag: str, expected: str) -> None:
    assert shown(text, how, tag) == expected


def test_a_heading_s_phrase_that_no_line_could_hold_may_break() -> None:
    assert ZERO_WIDTH_SPACE in segment("ပြည်သူများအတွက်တရားမျှတမှုနှင့်လွတ်လပ်ရေးအတွက်", "phrases", "my")


def test_a_japanese_heading_breaks_between_phrases_only() -> None:
    phrases = shown("正義を待つことはできない。", "phrases", "ja").split("|")

    assert len(phrases) > 1
    assert all("~" in phrase for phrase in phrases if len(phrase.replace("~", "")) > 1)
    assert not any(phrase.startswith(("。", "、", "を", "は")) for phrase in phrases)


letters = st.text(st.sampled_from("ကခဂငစညတထနပဖဘမယရလဝသဟအဥါာိီုူေဲံ့းျြွှ်္၊။၀၁ abc「」世界必要を、。인권ไทย“”()"), max_size=60)
ways: st.SearchStrategy[Segment] = st.sampled_from(["spaces", "words", "syllables", "characters", "phrases"])


@given(text=letters, how=ways, tag=st.sampled_from(["my", "ja", "zh-Hans", "ko", "th", "en"]))
def test_no_letter_is_ever_changed(text: str, how: Segment, tag: str) -> None:
    assert segment(text, how, tag).replace(ZERO_WIDTH_SPACE, "").replace(WORD_JOINER, "") == text


@given(text=letters)
def test_no_syllable_is_ever_cut_inside(text: str) -> None:
    """Never before a sign that hangs on a letter, a killed or a stacked letter."""
    for part in segment(text, "syllables", "my").split(ZERO_WIDTH_SPACE)[1:]:
        assert part[:1] not in set("ါာိီုူေဲံ့းျြွှ်္၊။")
        assert part[1:2] not in ("်", "္")
