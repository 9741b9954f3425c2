"""Merging: no translation is lost, and none is taken for one of other words."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from small import BLOCKS, FRENCH, ORIGINAL, TEXTS, texts_of, translated, with_text

from handbill.model import Block, Kind, Message, OfficialName
from handbill.translate import Catalogue, merge
from handbill.translate.catalogue import Entry

WHOLE = translated(FRENCH)


def entry(catalogue: Catalogue, message_id: str) -> Entry:
    found = catalogue.entry(message_id)
    assert found
    return found


def test_a_new_catalogue_has_every_message_and_no_translation_but_the_names() -> None:
    made = merge(TEXTS, Catalogue("fr", ()))

    assert [each.id for each in made.entries] == [message.id for message in TEXTS]
    assert {each.id: each.text for each in made.entries if each.text} == {
        "name1": "Peace Network",
        "name2": "Odhikar",
    }


def test_what_has_not_changed_stays_as_it_is() -> None:
    assert merge(TEXTS, WHOLE) == WHOLE


def test_changed_words_make_a_translation_stale_and_keep_it_with_the_former_words() -> None:
    texts = texts_of(with_text("p1", "More than 7,000 people fled on 1 February 2021."))
    made = entry(merge(texts, WHOLE), "p1")

    assert (made.stale, made.text) == (True, FRENCH["p1"])
    assert made.previous == BLOCKS[1].text


def test_words_changed_twice_keep_those_that_were_translated() -> None:
    once = merge(texts_of(with_text("p1", "More than 7,000 people fled on 1 February 2021.")), WHOLE)
    twice = merge(texts_of(with_text("p1", "More than 8,000 people fled on 1 February 2021.")), once)

    assert entry(twice, "p1").previous == BLOCKS[1].text


def test_words_changed_back_are_still_stale_until_a_person_has_looked() -> None:
    once = merge(texts_of(with_text("p1", "More than 7,000 people fled on 1 February 2021.")), WHOLE)

    assert entry(merge(TEXTS, once), "p1").stale


def test_other_words_begin_anew_and_the_old_translation_is_set_aside() -> None:
    made = merge(texts_of(with_text("p1", "Nothing of this is known to us.")), WHOLE)

    assert entry(made, "p1").text == ""
    assert [each.text for each in made.dropped] == [FRENCH["p1"]]


def test_a_paragraph_that_moved_takes_its_translation_along() -> None:
    statement = ORIGINAL.statement
    new = Block("p1", Kind.PARAGRAPH, "Nothing of this is known to us.", (4, 4))
    moved = tuple(replace(block, id=f"p{n}") for n, block in enumerate(BLOCKS[1:], 2))
    version = replace(ORIGINAL, statement=replace(statement, blocks=(BLOCKS[0], new, *moved)))
    made = merge(texts_of(version), WHOLE)

    assert [entry(made, f"p{n}").text for n in (1, 2, 3)] == ["", FRENCH["p1"], FRENCH["p2"]]
    assert not any(each.stale for each in made.entries)


def test_what_was_set_aside_comes_back_with_its_words() -> None:
    without = merge(texts_of(with_text("p1", "Nothing of this is known to us.")), WHOLE)

    assert entry(merge(TEXTS, without), "p1").text == FRENCH["p1"]


def test_a_name_is_always_the_name_as_signed() -> None:
    spoilt = translated({**FRENCH, "name1": "Réseau de paix"})

    assert entry(merge(TEXTS, spoilt), "name1").text == "Peace Network"


def test_an_official_name_takes_its_place() -> None:
    official = (OfficialName(1, "Peace Network", {"fr": "Réseau pour la paix"}, "its website"),)

    assert entry(merge(texts_of(ORIGINAL, official), WHOLE), "name1").text == "Réseau pour la paix"


def test_a_translator_s_remark_stays_with_the_translation() -> None:
    remarked = replace(WHOLE, entries=tuple(replace(each, remark="Ask!") for each in WHOLE.entries))

    assert entry(merge(TEXTS, remarked), "p1").remark == "Ask!"


words = st.lists(st.sampled_from(["war", "peace", "now", "here", "then", "people"]), min_size=1, max_size=6)


@given(before=st.lists(words, min_size=1, max_size=6), after=st.lists(words, min_size=1, max_size=6))
def test_no_translation_is_ever_lost_and_none_is_used_twice(
    before: list[list[str]], after: list[list[str]]
) -> None:
    def messages(texts: list[list[str]]) -> list[Message]:
        return [Message(f"p{n}", " ".join(text), "source.txt") for n, text in enumerate(texts, 1)]

    start = merge(messages(before), Catalogue("fr", ()))
    start = replace(start, entries=tuple(replace(e, text=f"fr-{n}") for n, e in enumerate(start.entries)))
    made = merge(messages(after), start)
    kept = [each.text for each in (*made.entries, *made.dropped) if each.text]

    assert sorted(kept) == sorted(each.text for each in start.entries)
    for each in made.entries:
        former = next((e for e in start.entries if e.text == each.text and e.text), None)
        assert former is None or each.stale or former.source == each.source
