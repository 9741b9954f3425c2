"""Messages: everything that is printed of a statement is there once, under an id that lasts."""

from small import BLOCKS, FRENCH, ORIGINAL, TEXTS, texts_of

from handbill.model import OfficialName


def by_id(message_id: str) -> str:
    return next(message.note for message in TEXTS if message.id == message_id)


def test_every_text_of_the_page_is_a_message_in_the_order_of_the_page() -> None:
    assert [message.id for message in TEXTS] == [*FRENCH, "name1", "name2"]


def test_a_message_says_where_it_stands() -> None:
    places = {message.id: message.place for message in TEXTS}

    assert places["p2"] == f"source.txt, line {BLOCKS[2].lines[0]}"
    assert places["summary.standfirst"] == "summary.toml"
    assert places["title"] == "statement.toml"


def test_a_translator_is_told_which_paragraph_a_summary_quotes() -> None:
    assert "your translation of p2" in by_id("summary.demands1.item1")
    assert "more than / 6,000 / people fled" in by_id("summary.figure1.value")


def test_only_what_must_fit_one_page_has_a_limit() -> None:
    limited = {message.id for message in TEXTS if message.room}

    assert {"title", "summary.standfirst", "summary.demands1.item1"} <= limited
    assert not {"p1", "p2", "h1", "name1"} & limited


def test_a_name_has_one_translation_the_name_as_signed() -> None:
    assert {m.id: m.given for m in TEXTS if m.given} == {"name1": "Peace Network", "name2": "Odhikar"}


def test_an_official_name_stands_in_for_the_signed_one_in_its_language_only() -> None:
    official = (OfficialName(1, "Peace Network", {"fr": "Réseau pour la paix"}, "its website"),)

    in_french = {m.id: m.given for m in texts_of(ORIGINAL, official, "fr")}
    in_spanish = {m.id: m.given for m in texts_of(ORIGINAL, official, "es")}

    assert in_french["name1"] == "Réseau pour la paix"
    assert in_spanish["name1"] == "Peace Network"
