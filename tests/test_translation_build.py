"""A statement in other languages: from its PO file to the page, or to a refusal that says what is missing."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
import zxingcpp

from handbill.errors import CallError, ContentError
from handbill.languages import known_languages, load_language
from handbill.model import Status
from handbill.order import Order
from handbill.pipeline import build, prepare
from handbill.report import Output
from handbill.translate import Catalogue, read_catalogue, write_catalogue
from handbill.translations import Review, update_translation
from handbill.versions import texts_to_translate

NAME = "myanmar-accountability-2025"
TRANSLATED = ("fr", "es", "ru", "ar", "zh-Hans", "my", "bn", "th", "id")


def built(folder: Path, out: Path, *tags: str, draft: bool = False) -> tuple[list[Output], list[str]]:
    """Build these languages and return the files and what was told."""
    told: list[str] = []
    return build(Order((folder,), tags, ("screen",), out, draft=draft), told.append), told


def pdf_of(out: Path, tag: str) -> Path:
    return out / NAME / tag / f"{NAME}-{tag}-screen.pdf"


def pages_of(pdf: Path) -> list[str]:
    with pdfium.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def edited(folder: Path, tag: str, message: str, text: str) -> None:
    """Give one message of a translation another text."""
    path = folder / f"{tag}.po"
    catalogue = read_catalogue(path, tag)
    entries = tuple(replace(each, text=text) if each.id == message else each for each in catalogue.entries)
    path.write_bytes(write_catalogue(replace(catalogue, entries=entries), NAME))


def reworded(folder: Path) -> None:
    """Change a word of the source that a translation was made from."""
    path = folder / "source.txt"
    text = path.read_text("utf-8")
    assert text.count("renewed judicial executions") == 1
    path.write_text(text.replace("renewed judicial executions", "resumed judicial executions"), encoding="utf-8")


@pytest.mark.parametrize("tag", TRANSLATED)
class TestEveryTranslationOfTheFirstStatement:
    def test_it_is_whole_unreviewed_and_in_step_with_the_text(self, seed: Path, tag: str) -> None:
        """Running `handbill translate` would change nothing."""
        prepared = prepare(seed)
        catalogue = read_catalogue(seed / f"{tag}.po", tag)

        assert catalogue.status is Status.UNREVIEWED and not catalogue.lost_its_review
        assert [entry.id for entry in catalogue.entries] == [m.id for m in texts_to_translate(prepared, tag)]
        assert not [entry.id for entry in catalogue.entries if not entry.text or entry.stale]

    def test_running_the_command_again_changes_no_byte(self, statement_folder: Path, tag: str) -> None:
        before = (statement_folder / f"{tag}.po").read_bytes()
        update_translation(statement_folder, tag)

        assert (statement_folder / f"{tag}.po").read_bytes() == before


@pytest.fixture(scope="module")
def briefs(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The briefs in all languages."""
    out = tmp_path_factory.mktemp("languages")
    outputs, told = built(seed, out, *TRANSLATED)
    assert {output.translation for output in outputs} == {"unofficial, unreviewed"}
    assert [line for line in told if "48 of 48 messages; unofficial, unreviewed" in line][len(TRANSLATED) - 1]
    return out


@pytest.mark.parametrize("tag", TRANSLATED)
class TestEveryBrief:
    def test_every_page_says_it_is_unofficial_in_its_language(self, briefs: Path, tag: str) -> None:
        notice = "".join(load_language(tag).labels.unofficial.split())
        pages = ["".join(text.split()) for text in pages_of(pdf_of(briefs, tag))]
        assert [number for number, page in enumerate(pages, 1) if notice not in page] == []

    def test_the_summary_is_the_first_page_and_the_names_are_all_there(
        self, briefs: Path, tag: str, seed: Path
    ) -> None:
        pages = pages_of(pdf_of(briefs, tag))
        signed = {word for each in prepare(seed).statement.signatories for word in re.findall(r"\w+", each.name)}

        assert signed <= set(re.findall(r"\w+", pages[-1]))
        assert "Odhikar" not in pages[0]

    def test_the_code_on_the_page_leads_to_the_text_online(self, briefs: Path, tag: str) -> None:
        with pdfium.PdfDocument(pdf_of(briefs, tag)) as document:
            image = document[0].render(scale=200 / 72).to_pil()

        assert [code.text for code in zxingcpp.read_barcodes(image)] == [
            "https://progressivevoicemyanmar.org/?p=63680"
        ]

    def test_the_file_has_its_language_and_its_direction(self, briefs: Path, tag: str) -> None:
        with pikepdf.open(pdf_of(briefs, tag)) as pdf:
            assert str(pdf.Root.Lang) == tag
            assert ("/Direction" in pdf.Root.ViewerPreferences) == load_language(tag).is_rtl


class TestWhatIsNotReady:
    def test_a_language_without_a_file_is_refused_with_the_command_that_begins_one(
        self, statement_folder: Path, tmp_path: Path
    ) -> None:
        (statement_folder / "fr.po").unlink()
        with pytest.raises(CallError, match="no translation into fr") as refused:
            built(statement_folder, tmp_path / "out", "fr")
        assert f"handbill translate {NAME} fr" in refused.value.remedy

    def test_a_missing_message_stops_the_build_and_is_named(self, statement_folder: Path, tmp_path: Path) -> None:
        edited(statement_folder, "fr", "p9", "")
        with pytest.raises(ContentError, match=r"fr\.po: 47 of 48 messages; missing: p9") as refused:
            built(statement_folder, tmp_path / "out", "en", "fr")
        assert "--draft" in refused.value.remedy
        assert not (tmp_path / "out" / "manifest.json").exists()

    def test_a_changed_source_makes_every_language_stale(self, statement_folder: Path, tmp_path: Path) -> None:
        reworded(statement_folder)
        with pytest.raises(ContentError) as refused:
            built(statement_folder, tmp_path / "out", "fr", "my")
        assert refused.value.message.count("47 of 48 messages; stale: p3") == 2

    def test_a_draft_is_stamped_and_keeps_the_words_of_the_source_where_one_is_missing(
        self, statement_folder: Path, tmp_path: Path
    ) -> None:
        edited(statement_folder, "ar", "p9", "")
        (output,), _ = built(statement_folder, tmp_path / "out", "ar", draft=True)
        pages = pages_of(pdf_of(tmp_path / "out", "ar"))

        assert output.draft and "missing: p9" in str(output.findings)
        # A reader of PDFs may put the words of an English line in an Arabic page the other way round.
        assert any({"highly", "anticipated", "international", "justice"} <= set(page.split()) for page in pages)

    def test_a_number_that_differs_stops_the_build_with_both_places(
        self, statement_folder: Path, tmp_path: Path
    ) -> None:
        catalogue = read_catalogue(statement_folder / "es.po", "es")
        entry = catalogue.entry("p3")
        assert entry
        edited(statement_folder, "es", "p3", entry.text.replace("6.000", "60.000"))
        with pytest.raises(ContentError, match=r"es\.po, line \d+ \(p3\) lacks 6000.*source\.txt, line"):
            built(statement_folder, tmp_path / "out", "es")


class TestTheCommand:
    def test_it_begins_a_file_and_says_how_much_is_there(self, statement_folder: Path) -> None:
        (statement_folder / "ru.po").unlink()
        (said,) = update_translation(statement_folder, "ru")

        assert "0 of 48 messages" in said and "unreviewed" in said
        assert (statement_folder / "ru.po").is_file()

    def test_a_changed_source_marks_the_message_and_keeps_the_translation(self, statement_folder: Path) -> None:
        before = read_catalogue(statement_folder / "ru.po", "ru").entry("p3")
        reworded(statement_folder)
        (said,) = update_translation(statement_folder, "ru")
        after = read_catalogue(statement_folder / "ru.po", "ru").entry("p3")

        assert "stale: p3" in said
        assert before and after and after.stale
        assert (after.text, after.previous) == (before.text, before.source)

    def test_xliff_goes_out_and_comes_back(self, statement_folder: Path, tmp_path: Path) -> None:
        whole = (statement_folder / "my.po").read_bytes()
        update_translation(statement_folder, "my", xliff=tmp_path / "my.xlf")
        (statement_folder / "my.po").unlink()
        update_translation(statement_folder, "my", from_xliff=tmp_path / "my.xlf")

        assert (statement_folder / "my.po").read_bytes() == whole

    def test_a_review_is_recorded_and_takes_the_notice_off_the_pages(
        self, statement_folder: Path, tmp_path: Path
    ) -> None:
        update_translation(statement_folder, "fr", review=Review("A. Reader", date(2025, 2, 3)))
        (output,), _ = built(statement_folder, tmp_path / "out", "fr")
        text = " ".join(" ".join(pages_of(pdf_of(tmp_path / "out", "fr"))).split())

        assert output.translation == "unofficial, reviewed"
        assert "Traduction relue le 3 février 2025" in text
        assert "Reader" not in text and b"Reader" not in pdf_of(tmp_path / "out", "fr").read_bytes()

    def test_what_is_not_whole_cannot_be_signed_off(self, statement_folder: Path) -> None:
        edited(statement_folder, "fr", "p9", "")
        with pytest.raises(ContentError, match="missing: p9"):
            update_translation(statement_folder, "fr", review=Review("A. Reader", date(2025, 2, 3)))

    def test_the_statement_s_own_language_is_no_translation(self, statement_folder: Path) -> None:
        with pytest.raises(CallError, match="written in en"):
            update_translation(statement_folder, "en")


def test_a_new_language_is_one_new_file(packs: Path, statement_folder: Path, tmp_path: Path) -> None:
    """A pack, and nothing else in the project, and a statement can be translated and built in it."""
    pack = (packs / "es.toml").read_text("utf-8").replace('tag = "es"', 'tag = "pt"').replace("es_ES", "pt_PT")
    (packs / "pt.toml").write_text(pack, encoding="utf-8")
    assert "pt" in known_languages()

    update_translation(statement_folder, "pt")
    spanish = read_catalogue(statement_folder / "es.po", "es")
    (statement_folder / "pt.po").write_bytes(write_catalogue(Catalogue("pt", spanish.entries), NAME))
    (output,), told = built(statement_folder, tmp_path / "out", "pt", draft=True)  # its months are Spanish ones

    assert output.language == "pt"
    assert any("48 of 48 messages" in line for line in told)
    assert "de fevereiro" in " ".join(pages_of(pdf_of(tmp_path / "out", "pt"))[0].split())
