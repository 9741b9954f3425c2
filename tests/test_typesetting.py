"""Typesetting: ties, marks and isolation, and every word as it was."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbill.languages import Language, known_languages, load_language
from handbill.typesetting import Typesetter, balanced, breakable_address


def plain(markup: str) -> str:
    """The words, ties shown as ~."""
    return unescape(re.sub(r"<[^>]+>", "", markup)).replace("\N{NO-BREAK SPACE}", "~")


def setter(tag: str) -> Typesetter:
    return Typesetter(load_language(tag))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("on 1 February 2021", "on 1~February 2021"),
        ("more than 6 000 people", "more than 6~000 people"),
        ("the court of the law now", "the court of the~law~now"),
        ("they brought a very serious case", "they brought a~very serious~case"),
        ("the J. K. Rao school", "the J.~K.~Rao school"),
    ],
    ids=["day and month", "thousands", "a short last line", "a word of one letter", "initials"],
)
def test_words_that_belong_together_are_tied(text: str, shown: str) -> None:
    assert plain(setter("en").body(text)) == shown


def with_style(tag: str, **changed: object) -> Typesetter:
    """The setter of a language whose pack sets type in another way."""
    pack = load_language(tag).pack
    return Typesetter(Language(pack.model_copy(update={"type": pack.type.model_copy(update=changed)})))


def test_a_name_is_marked_where_the_language_hyphenates() -> None:
    assert str(with_style("ru", hyphens="auto").body("в Женеве")) == 'в\xa0<span class="name">Женеве</span>'
    assert "span" not in setter("en").body("in Geneva")


def test_an_ordinal_is_raised_and_copied_as_plain_letters() -> None:
    assert str(setter("fr").body("la 58e session")) == 'la 58<span class="ordinal">e</span>\xa0session'


def test_a_word_of_the_pack_is_never_broken() -> None:
    assert str(setter("th").body("สิทธิมนุษยชน")) == '<span class="kept">สิทธิมนุษยชน</span>'
    assert "\u200b" not in setter("my").body("မြန်မာနိုင်ငံ")


def test_a_heading_is_balanced_without_taking_another_line() -> None:
    """Ten words of one em each, a column of nine: five and five, not nine and one."""
    text = " ".join("abcdefghij")
    share = balanced(text, lambda part: float(len(part)), 17)

    assert 9 / 17 <= share < 11 / 17
    assert balanced("one", lambda part: float(len(part)), 17) < 1


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("قالت منظمة Human Rights Watch اليوم", ["Human Rights Watch"]),
        ("القرار A/HRC/RES/55/20 الصادر", ["A/HRC/RES/55/20"]),
        ("شبكة #Sisters2Sisters", ["#Sisters2Sisters"]),
        ("المحكمة (ICC) اليوم", ["ICC"]),
        ("لا لاتينية هنا", []),
    ],
    ids=["a name of several words", "a document symbol", "a hash sign", "brackets stay outside", "none"],
)
def test_latin_in_a_page_from_right_to_left_is_one_run(text: str, runs: list[str]) -> None:
    markup = str(setter("ar").body(text))

    assert [run.replace("\u2060", "") for run in re.findall(r'<span dir="ltr">([^<]*)</span>', markup)] == runs
    assert plain(markup).replace("~", " ").replace("\u2060", "") == text


def test_a_foreign_name_has_its_language_and_in_arabic_its_direction() -> None:
    assert str(setter("my").name("Odhikar", "en")) == '<span lang="en">Odhikar</span>'
    assert str(setter("ar").name("Odhikar", "en")) == '<span lang="en" dir="ltr">Odhikar</span>'


def test_a_dash_in_a_name_stays_with_the_word_before_it() -> None:
    assert plain(setter("en").name("Prisoners Network - North")) == "Prisoners Network~- North"


@pytest.mark.parametrize(
    ("text", "tag", "tail"),
    [
        ("Free them all and bring them home now", "en", "home~now"),
        ("世界必须要求追究责任", "zh-Hans", "究责任"),
        ("စစ်တပ်သည်ပြည်သူများကို တိုက်ခိုက်သည်", "my", "ခိုက်သည်"),
    ],
)
def test_the_last_words_are_set_apart_for_a_reference(text: str, tag: str, tail: str) -> None:
    head, last = setter(tag).with_tail_apart(text)

    assert plain(last).replace("\N{WORD JOINER}", "").endswith(tail)
    assert len(last) < len(text)
    assert (plain(head) + plain(last)).replace("~", " ").replace("\u200b", "").replace("\u2060", "") == text


words = st.text(st.sampled_from("abcÉж12 .,-–'’&<>ابت١٢世界။ကခ်ไทย\N{NO-BREAK SPACE}"), max_size=50)


@given(text=words, tag=st.sampled_from(known_languages()))
def test_typesetting_changes_no_word_in_any_language(text: str, tag: str) -> None:
    shown = plain(setter(tag).body(text)).replace("~", " ")

    assert shown.replace("\u200b", "").replace("\u2060", "") == text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("tag", ["en", "fr", "ar", "zh-Hans", "my"])
def test_an_address_in_the_text_breaks_after_its_slashes_and_never_after_its_scheme(tag: str) -> None:
    markup = re.sub("<[^>]*>", "", str(setter(tag).body("x https://five-left.example/a-b/c y")))

    assert "https://\u2060five-\u2060left.example/\u200ba-\u2060b/\u200bc" in markup


def test_a_long_step_of_an_address_breaks_at_its_dots_and_hyphens_too() -> None:
    markup = str(setter("en").body("x https://one.example/a-very-long-name-of-a.report y"))

    assert markup.replace("\u200b", "|").replace("\u2060", "") == (
        "x https://one.example/|a-|very-|long-|name-|of-|a.|report y"
    )


def test_an_address_is_one_run_in_a_page_from_right_to_left() -> None:
    markup = str(setter("ar").body("انظر https://a.example/b?c=1&d=2."))

    assert re.findall(r'<span dir="ltr">([^<]*)</span>', markup) == ["https://\u2060a.example/\u200bb?c=1&amp;d=2"]


def test_an_address_breaks_after_slashes_and_dots_only() -> None:
    assert breakable_address("https://a.org/b?c=1").split("\N{ZERO WIDTH SPACE}") == [
        "https://a.",
        "org/",
        "b?",
        "c=1",
    ]
