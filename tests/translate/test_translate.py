"""Translating: a version says what its catalogue says, and what it does not say is counted."""

from dataclasses import replace
from datetime import date

from small import FRENCH, ORIGINAL, TEXTS, texts_of, translated, with_text

from handbill.model import OfficialName, Oral, Status
from handbill.translate import merge, translate


def test_every_text_is_the_translation() -> None:
    version, coverage = translate(ORIGINAL, TEXTS, translated(FRENCH))
    statement, summary = version.statement, version.summary

    assert summary and version.particulars.session
    assert statement.language == "fr"
    assert [statement.title, *(block.text for block in statement.blocks)] == [
        FRENCH[i] for i in ("title", "h1", "p1", "p2")
    ]
    assert version.particulars.session.name == FRENCH["session"]
    assert summary.standfirst.text == FRENCH["summary.standfirst"]
    assert [(f.lead, f.value, f.label) for f in summary.figures] == [("plus de", "6\u202f000", "personnes ont fui")]
    assert [(g.addressee, [i.text for i in g.items]) for g in summary.demands] == [
        ("Au Conseil", ["Agir maintenant."])
    ]
    assert coverage.is_whole and str(coverage) == "11 of 11 messages"


def test_what_is_said_around_a_statement_is_translated_where_there_is_something() -> None:
    oral = Oral(opening="Mr. President,", closing="Thank you.")
    spoken = replace(ORIGINAL, particulars=replace(ORIGINAL.particulars, oral=oral))
    texts = texts_of(spoken)
    catalogue = merge(texts, translated(FRENCH))
    assert {"oral.opening", "oral.closing"} == {each.id for each in texts} - {each.id for each in TEXTS}

    words = {"oral.opening": "Monsieur le Président,", "oral.closing": "Merci."}
    entries = tuple(replace(entry, text=words.get(entry.id, entry.text)) for entry in catalogue.entries)
    version, coverage = translate(spoken, texts, replace(catalogue, entries=entries))
    assert version.particulars.oral == Oral(opening="Monsieur le Président,", closing="Merci.")
    assert coverage.is_whole


def test_ids_kinds_markers_and_places_are_those_of_the_original() -> None:
    version, _ = translate(ORIGINAL, TEXTS, translated(FRENCH))
    pairs = zip(version.statement.blocks, ORIGINAL.statement.blocks, strict=True)

    assert all((a.id, a.kind, a.marker, a.lines) == (b.id, b.kind, b.marker, b.lines) for a, b in pairs)


def test_names_are_as_signed_and_marked_as_foreign() -> None:
    version, _ = translate(ORIGINAL, TEXTS, translated({**FRENCH, "name1": "Other"}))

    assert [(s.name, s.foreign) for s in version.statement.signatories] == [
        ("Peace Network", "en"),
        ("Odhikar", "en"),
    ]


def test_an_official_name_is_printed_in_its_language() -> None:
    official = (OfficialName(1, "Peace Network", {"fr": "Réseau pour la paix"}, "its website"),)
    version, _ = translate(ORIGINAL, texts_of(ORIGINAL, official), translated(FRENCH))

    assert [(s.name, s.foreign) for s in version.statement.signatories] == [
        ("Réseau pour la paix", ""),
        ("Odhikar", "en"),
    ]


def test_what_is_missing_is_named_and_keeps_the_words_of_the_source() -> None:
    version, coverage = translate(ORIGINAL, TEXTS, translated({**FRENCH, "p1": "", "title": "  "}))

    assert coverage.missing == ("title", "p1")
    assert str(coverage) == "9 of 11 messages; missing: title, p1"
    block = version.statement.block("p1")
    assert block and (block.text, block.foreign) == (ORIGINAL.statement.blocks[1].text, "en")


def test_what_was_made_from_other_words_is_stale_even_if_nobody_marked_it() -> None:
    changed = with_text("p1", "More than 7,000 people fled on 1 February 2021.")
    _, coverage = translate(changed, texts_of(changed), translated(FRENCH))

    assert coverage.stale == ("p1",) and not coverage.is_whole


def test_what_a_tool_marked_fuzzy_is_stale() -> None:
    catalogue = translated(FRENCH)
    fuzzy = replace(catalogue, entries=tuple(replace(e, stale=e.id == "p2") for e in catalogue.entries))

    assert translate(ORIGINAL, TEXTS, fuzzy)[1].stale == ("p2",)


def test_a_version_knows_whether_it_was_reviewed() -> None:
    catalogue = translated(FRENCH)
    signed = catalogue.signed_off("A. Reader", date(2025, 2, 3))

    assert ORIGINAL.status is Status.ORIGINAL
    assert translate(ORIGINAL, TEXTS, catalogue)[0].status is Status.UNREVIEWED
    assert translate(ORIGINAL, TEXTS, signed)[0].status is Status.REVIEWED
