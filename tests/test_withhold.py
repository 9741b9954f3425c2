"""Withheld signatories are counted and named nowhere: what leaves the stage has no name in it."""

import io
from dataclasses import replace

import pikepdf
import pytest

from briefs import finished
from conftest import source_of
from handbill.agreement import check_agreement
from handbill.clean import clean
from handbill.compose import compose
from handbill.editions import EDITIONS
from handbill.errors import ContentError
from handbill.languages import known_languages, load_language
from handbill.model import Correction, Fit, OfficialName, Source, Statement, Version, Withheld
from handbill.redaction import WITHHELD
from handbill.report import as_json, doubt_message, proof
from handbill.structure import structure
from handbill.translate import Catalogue, holding, merge, purged
from handbill.translate.catalogue import Entry
from handbill.translate.messages import messages
from handbill.withhold import refuse_printed, withhold
from specimen import specimen

LETTER = """Stop the war in the valley

We, the undersigned organisations, ask you to act on the war in the valley, which has gone on for four years.

1. Amnesty International
2. Article 19
3. Valley Sisters’
League (Chiang Mai)

4. Odhikar
"""


def withheld(text: str, *marks: Withheld, **more: object) -> tuple[Source, Statement, dict[str, object]]:
    source = replace(source_of(text), withheld=marks, **more)  # type: ignore[arg-type]
    source, cleaned, redaction = withhold(source, clean(source))
    statement = structure(cleaned, source.name, source.language)
    refuse_printed(source, statement, redaction)
    told = {"json": as_json(source, cleaned, statement), "proof": proof(source, cleaned, statement)}
    told["doubts"] = [doubt_message(source, doubt) for doubt in statement.doubts]
    return source, statement, told


def test_the_names_that_are_printed_are_numbered_without_a_gap() -> None:
    _, statement, _ = withheld(LETTER, Withheld(2))
    assert [(each.number, each.signed, each.name) for each in statement.signatories] == [
        (1, 1, "Amnesty International"),
        (2, 3, "Valley Sisters’ League (Chiang Mai)"),
        (3, 4, "Odhikar"),
    ]
    assert statement.withheld == ((2, (6, 6)),)
    assert statement.signatory_count == 4


@pytest.mark.parametrize("mark", [Withheld(3), Withheld(3, "Valley Sisters’ League (Chiang Mai)")])
def test_a_name_over_two_lines_is_blacked_out_of_scan_ledger_and_json(mark: Withheld) -> None:
    source, statement, told = withheld(LETTER, mark)
    assert source.lines[6:8] == (WITHHELD, WITHHELD)
    for value in (source, statement, told):
        assert not any(word in repr(value) for word in ("Sisters", "League", "Chiang"))
    assert told["json"]["withheld"] == 1  # type: ignore[index]


def test_a_doubt_about_a_withheld_name_is_told_without_it() -> None:
    text = LETTER.replace("Sisters’\nLeague", "Sisters’\n\nLeague")
    assert "League" in repr(withheld(text)[2]["doubts"])
    told = withheld(text, Withheld(3))[2]
    assert f"line 7: doubt about “{WITHHELD}”. Is this the second line" in told["doubts"][0]  # type: ignore[index]
    assert "League" not in repr(told)


def test_a_correction_of_a_withheld_name_is_in_the_ledger_without_it() -> None:
    decided = Correction(8, "League (Chiang", "Union (Chiang", "Sisters say Union.")
    _, statement, told = withheld(LETTER, Withheld(3), corrections=(decided,))
    (entry,) = (each for each in told["json"]["changes"] if each["rule"] == "correction")  # type: ignore[index]
    assert entry["before"] == entry["after"] == WITHHELD
    assert not any(word in repr((statement, told)) for word in ("Sisters", "Union", "League"))


def test_a_correction_that_does_not_apply_is_not_quoted() -> None:
    wrong = Correction(7, "Vally Sisters", "Valley Sisters", "The paper has it.")
    with pytest.raises(ContentError, match=r"correction 1 \(line 7\): what it quotes is not there") as caught:
        withheld(LETTER, Withheld(3), corrections=(wrong,))
    assert "Sisters" not in str(caught.value)


def test_two_entries_in_one_line_of_the_scan_are_both_hidden_there_and_one_is_printed() -> None:
    text = LETTER.replace("1. Amnesty International\n2. Article 19", "1. Amnesty International 2. Article 19")
    decided = Correction(5, " 2. Article", "\n2. Article", "Two names.")
    source, statement, _ = withheld(text, Withheld(2), corrections=(decided,))
    assert source.lines[4] == WITHHELD
    assert statement.signatories[0].name == "Amnesty International"
    assert "Article" not in repr((source, statement))


def test_a_name_that_also_stood_in_the_margin_is_blacked_out_there() -> None:
    text = LETTER.replace("Stop the war", "Odhikar\f\nStop the war")
    source, cleaned, _ = withhold(replace(source_of(text), withheld=(Withheld(4),)), clean(source_of(text)))
    assert "dhikar" not in repr(source)
    assert cleaned.withheld == {4}


@pytest.mark.parametrize(
    "mark",
    [
        pytest.param(Withheld(5), id="a number that the list has not"),
        pytest.param(Withheld(3, "Odhikar"), id="a number that is another's"),
        pytest.param(Withheld(3, "Valley Sisters"), id="a part of the name"),
    ],
)
def test_a_mark_that_does_not_fit_the_list_is_refused_without_a_name(mark: Withheld) -> None:
    with pytest.raises(ContentError, match=f"{mark.number} is withheld, and the list has") as caught:
        withheld(LETTER, mark)
    assert not any(name in str(caught.value) for name in ("Odhikar", "Sisters"))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param(LETTER.replace("for four", "as Odhikar said, for four"), "p1", id="a paragraph"),
        pytest.param(LETTER.replace("for four", "as ODHIKAR said, for four"), "p1", id="in capitals"),
        pytest.param(LETTER.replace("Stop the war", "Odhikar: stop the war"), "the title", id="the title"),
        pytest.param(LETTER.replace("19\n", "19 and Odhikar\n"), "signatory 2 as printed", id="another's name"),
    ],
)
def test_a_text_that_prints_a_withheld_name_is_refused_by_its_place(text: str, place: str) -> None:
    with pytest.raises(ContentError, match=f"is printed by: {place}") as caught:
        withheld(text, Withheld(4))
    assert "dhikar" not in str(caught.value)


def test_a_summary_that_prints_a_withheld_name_is_refused_by_its_place() -> None:
    summary = specimen("en").summary
    assert summary
    item = replace(summary.demands[0].items[0], text="Hear Odhikar.")
    group = replace(summary.demands[0], items=(item,))
    with pytest.raises(ContentError, match="is printed by: demands 2 of the summary"):
        withheld(LETTER, Withheld(4), summary=replace(summary, demands=(summary.demands[1], group)))


def test_another_form_that_the_editor_knows_is_refused_too() -> None:
    text = LETTER.replace("for four", "as the Rights Watchers said, for four")
    with pytest.raises(ContentError, match="p1"):
        withheld(text, Withheld(4, others=("Rights Watchers",)))


def test_withheld_names_count_in_every_count() -> None:
    text = LETTER.replace("undersigned", "undersigned 4")
    english = load_language("en")
    particulars = replace(
        specimen("en").particulars, expected=replace(specimen("en").particulars.expected, signatories=4)
    )
    for number in (2, 4):
        _, statement, _ = withheld(text, Withheld(number))
        assert check_agreement(statement, particulars, None, english) == []
    wrong = replace(particulars, expected=replace(particulars.expected, signatories=3))
    (found,) = check_agreement(statement, wrong, None, english)
    assert found.message == "The list has 4 names; statement.toml expects 3 signatories."


def test_official_names_keep_to_the_numbers_of_the_signed_list() -> None:
    _, statement, _ = withheld(LETTER, Withheld(2))
    particulars = specimen("en").particulars
    official = (OfficialName(4, "Odhikar", {"bn": "অধিকার"}, "its letterhead"),)
    assert check_agreement(statement, particulars, None, load_language("en"), official_names=official) == []
    given = {each.id: each.given for each in messages(statement, None, particulars, official, "bn")}
    assert given["name3"] == "অধিকার"
    assert "name4" not in given


def test_the_fingerprint_depends_on_how_many_are_withheld_and_not_on_their_names() -> None:
    fingerprint = withheld(LETTER, Withheld(4))[1].fingerprint()
    assert withheld(LETTER.replace("Odhikar", "Fortify Rights"), Withheld(4))[1].fingerprint() == fingerprint
    assert withheld(LETTER.replace("4. Odhikar\n", ""))[1].fingerprint() != fingerprint


def test_a_translation_is_purged_of_a_withheld_name_wherever_it_holds_it() -> None:
    source = replace(source_of(LETTER), withheld=(Withheld(4),))
    source, cleaned, redaction = withhold(source, clean(source))
    statement = structure(cleaned, "text", "en")
    texts = messages(statement, None, specimen("en").particulars, (), "fr")
    block = statement.blocks[0]
    former = Catalogue(
        "fr",
        (
            Entry("title", statement.title, "Titre", remark="Odhikar asked"),
            Entry(block.id, block.text, "Nous, Odhikar, demandons"),
            Entry("name4", "Odhikar", "Odhikar"),
        ),
        (Entry("name9", "Odhikar", "Odhikar"), Entry("p9", "By Odhikar.", "Par Odhikar.")),
        {"X-Handbill-Text": "0" * 64, "Last-Translator": "Odhikar"},
    )
    assert set(holding(former, redaction)) == {"title", block.id, "name4", "name9", "p9", "header"}
    made = purged(merge(texts, former), redaction)
    assert holding(made, redaction) == ()
    assert "dhikar" not in repr(made)
    kept = made.entry(block.id)
    assert kept and kept.stale and kept.text == f"Nous, {WITHHELD}, demandons"
    assert [each.id for each in made.dropped] == ["p9"]
    assert made.header["X-Handbill-Text"] == ""


def with_withheld(tag: str, count: int) -> Version:
    """The specimen of a language with this many more signatories, whose names are withheld."""
    version = specimen(tag)
    return replace(version, statement=replace(version.statement, withheld=tuple((n, (n, n)) for n in range(count))))


@pytest.mark.parametrize("tag", known_languages())
def test_every_language_says_how_many_names_are_withheld(tag: str) -> None:
    """Composing refuses a label with a letter that no font of the language has."""
    language = load_language(tag)
    for count in (1, 2, 3, 11, 100):
        label = language.count(language.labels.withheld, count)
        assert language.digits(str(count)) in label
    html = compose(with_withheld(tag, 2), language, EDITIONS["screen"]).html
    assert html.count('class="signatories-withheld"') == 1


def test_the_sheet_counts_them_among_all_where_it_names_nobody() -> None:
    html = compose(with_withheld("en", 2), load_language("en"), EDITIONS["sheet"], fit=Fit(listed=False)).html
    section = html.partition('id="signatories"')[2].replace("\N{NO-BREAK SPACE}", " ")
    assert ">Signed by 26 organizations.<" in section
    assert "withheld" not in section and "<ol" not in section


def test_a_statement_that_nobody_signs_by_name_is_still_counted() -> None:
    version = with_withheld("en", 3)
    version = replace(version, statement=replace(version.statement, signatories=()))
    html = compose(version, load_language("en"), EDITIONS["screen"]).html.replace("\N{NO-BREAK SPACE}", " ")
    assert "named on page" not in html
    assert html.count("3 organizations whose names are withheld") == 2
    assert finished(version).startswith(b"%PDF")


def test_the_text_attached_to_a_file_counts_them() -> None:
    language = load_language("ur")
    with pikepdf.open(io.BytesIO(finished(with_withheld("ur", 2)))) as pdf:
        (attached,) = pdf.attachments.values()
        assert attached.get_file().read_bytes().decode().endswith(language.count(language.labels.withheld, 2))
