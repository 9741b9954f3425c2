"""Linting: leave alone what is right in a language, find what is wrong in its script."""

import re
import unicodedata

import pytest

from handbill.languages import known_languages, load_language
from handbill.translate.lint import lint


def faults(text: str, tag: str) -> list[str]:
    return list(lint(text, load_language(tag)))


@pytest.mark.parametrize("tag", known_languages())
def test_every_pack_s_own_sample_is_right(tag: str) -> None:
    language = load_language(tag)
    sample = language.pack.sample
    assert [fault for text in (sample.heading, sample.paragraph) for fault in lint(text, language)] == []


@pytest.mark.parametrize("tag", known_languages())
def test_every_pack_s_own_labels_are_right(tag: str) -> None:
    """But for those of draft packs that are still in English."""
    language = load_language(tag)
    labels = [label for _, label in language.labels if isinstance(label, str)]
    faults = [fault for label in labels for fault in lint(re.sub(r"{\w+}", "", label), language)]
    assert [fault for fault in faults if "is it translated?" not in fault] == []


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        pytest.param("Le « droit » à l’eau : 6\u202f000 personnes !", "fr", id="French with narrow spaces"),
        pytest.param("Women’s League of Burma", "my", id="a foreign name is short"),
        pytest.param("می‌خواهیم", "fa", id="a Persian half space"),
    ],
)
def test_what_is_right_is_left_alone(text: str, tag: str) -> None:
    assert faults(text, tag) == []


@pytest.mark.parametrize(
    ("text", "tag", "said"),
    [
        pytest.param(
            unicodedata.normalize("NFD", "Déclaration"), "fr", "normal form C", id="a letter and its accent apart"
        ),
        pytest.param('Le "droit"', "fr", "QUOTATION MARK", id="typewriter quotes"),
        pytest.param("el “agua„", "es", "DOUBLE LOW-9", id="quotes of another language"),
        pytest.param("a\u200bb", "fr", "U+200B", id="a zero width space"),
        pytest.param("a\u202eb", "ar", "U+202E", id="a mark that turns the direction"),
        pytest.param("a\x07b", "fr", "U+0007", id="a control character"),
        pytest.param("မြန်မာ ေမာင္", "my", "Zawgyi", id="a vowel before its consonant"),
        pytest.param("ျမန္မာႏုိင္ငံ", "my", "Zawgyi", id="a virama with nothing under it"),
        pytest.param("حقـــوق", "ar", "tatweel", id="a stretched word"),
        pytest.param("世界必须,现在", "zh-Hans", "full width", id="a comma of another script"),
        pytest.param(
            "The international community must act now, and here.", "ru", "is it translated", id="English left in"
        ),
    ],
)
def test_what_is_wrong_is_found(text: str, tag: str, said: str) -> None:
    assert any(said in fault for fault in faults(text, tag)), faults(text, tag)
