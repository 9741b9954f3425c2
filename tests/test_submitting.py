"""A written statement: what is in the file, what is counted, and what is asked instead of guessed."""

import io
import json
import random
import re
import subprocess
import zipfile
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest
from docx.oxml.ns import qn
from lxml import etree

from conftest import require
from handbill.__main__ import main
from handbill.errors import CallError, ContentError
from handbill.model import Block, Consultative, Kind, Signatory, Standing, Submission
from handbill.submission import Note, group, load_conventions
from handbill.submission.counting import count_words
from handbill.submission.paper import _with_notes
from handbill.submitting import Submitted, submit
from specimen import TEXTS
from submissions import (
    FIRST_NOTE,
    SECOND_NOTE,
    STATUSES,
    TRANSLATIONS,
    change,
    set_statuses,
    translated,
    valley,
    words_of,
)

SHARED = {
    "en": "Hill Union, Plain Network also share the views expressed in this statement.",
    "fr": "Hill Union, Plain Network partagent également les opinions exprimées dans la présente déclaration.",
    "es": "Hill Union, Plain Network comparten también las opiniones expresadas en esta exposición.",
}


def submitted(folder: Path, tag: str = "", *, draft: bool = False) -> Submitted:
    return submit(folder, tag, folder.parent / "submissions", draft, lambda line: None)


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def notes_of(path: Path) -> list[str]:
    """The footnotes of a file in their order, each without the space after its number."""
    root = etree.fromstring(parts_of(path)["word/footnotes.xml"])
    notes = [each for each in root if each.get(qn("w:type")) is None]
    return ["".join(each.itertext()).strip() for each in notes]


def lines_of(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def filler(count: int) -> str:
    """Paragraphs of so many words, no two alike, which no rule takes for a running head."""
    known = sorted(set(re.findall(r"\b[a-z]{4,}\b", (TEXTS / "en.txt").read_text("utf-8"))))
    words = random.Random(1).choices(known, k=count)
    return "\n\n".join(f"We {' '.join(words[at + 1 : at + 60])}." for at in range(0, count, 60))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The statement with both translations, reviewed; no test changes it."""
    folder = valley(tmp_path_factory.mktemp("submitted"))
    for tag in TRANSLATIONS:
        translated(folder, tag)
    return folder


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
class TestEveryLanguage:
    def test_title_text_and_words_around_it_are_read_back(self, folder: Path, tag: str) -> None:
        made = submitted(folder, tag)
        lines = lines_of(made.path)
        words = TRANSLATIONS.get(tag, {})
        assert words.get("title", "Valley: Four years of war, the Council must act") in lines
        assert words.get("h2", "What we ask") in lines
        item = words.get("i1", "to send observers to the valley;")
        assert f"•\t{item}" in lines
        assert any("River Watch" in line and "(" in line for line in lines[:4])
        assert any(re.match(rf"{made.words} \w+, ", line) for line in lines[:8])

    def test_notes_are_footnotes_and_organisations_without_status_the_first(self, folder: Path, tag: str) -> None:
        made = submitted(folder, tag)
        words = TRANSLATIONS.get(tag, {})
        first, second = (words.get(key, "") for key in ("n1", "n2"))
        assert notes_of(made.path) == [SHARED[tag], first or FIRST_NOTE, second or SECOND_NOTE]
        body = parts_of(made.path)["word/document.xml"].decode()
        assert re.findall(r'footnoteReference w:id="(\d)"', body) == ["1", "2", "3"]
        assert not re.search("[¹²³]", body)
        title = next(p for p in docx.Document(str(made.path)).paragraphs if p.style and p.style.name == "Title")
        assert 'footnoteReference w:id="1"' in title._p.xml

    def test_every_word_that_counts_is_in_the_file(self, folder: Path, tag: str) -> None:
        made = submitted(folder, tag)
        document = docx.Document(str(made.path))
        names = [p.style.name if p.style else "" for p in document.paragraphs]
        counted = [p.text for p in document.paragraphs[names.index("Title") :]] + notes_of(made.path)
        assert made.words == sum(len(words_of(text)) for text in counted)


def test_libreoffice_shows_every_word_and_every_note(folder: Path, tmp_path: Path) -> None:
    soffice = require("soffice")
    paths = [submitted(folder, tag).path for tag in ("en", "fr", "es")]
    command = [soffice, f"-env:UserInstallation={(tmp_path / 'user').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    for path in paths:
        with pdfium.PdfDocument(tmp_path / f"{path.stem}.pdf") as pdf:
            assert len(pdf) == 1
            assert [round(size) for size in pdf[0].get_size()] == [595, 842]
            shown = "".join(pdf[0].get_textpage().get_text_range().split())
        for text in [*lines_of(path), *notes_of(path)]:
            # The number of a note stands in the line.
            assert re.search(r"\d?".join(re.escape(word) for word in words_of(text)), shown), text
        assert re.search(r"1Hill.*2\w.*3\w", shown)


class TestTheFile:
    def test_it_is_the_same_bytes_every_time(self, folder: Path) -> None:
        first = submitted(folder).path.read_bytes()
        assert submitted(folder).path.read_bytes() == first

    def test_it_has_no_part_but_text_styles_and_its_description(self, folder: Path) -> None:
        path = submitted(folder).path
        assert sorted(parts_of(path)) == [
            "[Content_Types].xml",
            "_rels/.rels",
            "docProps/core.xml",
            "word/_rels/document.xml.rels",
            "word/document.xml",
            "word/footnotes.xml",
            "word/settings.xml",
            "word/styles.xml",
        ]
        with zipfile.ZipFile(path) as package:
            assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}

    def test_its_description_is_from_statement_toml_alone(self, folder: Path) -> None:
        path = submitted(folder).path
        core = etree.fromstring(parts_of(path)["docProps/core.xml"])
        assert {etree.QName(each).localname: each.text for each in core} == {
            "title": "Valley: Four years of war, the Council must act",
            "language": "en",
            "keywords": "valley",
            "created": "2025-06-02T00:00:00Z",
            "modified": "2025-06-02T00:00:00Z",
        }
        assert not re.search(rb"python|docx\b|rsid", b"".join(parts_of(path).values()))

    def test_its_type_is_of_one_face_and_upright(self, folder: Path) -> None:
        styles = docx.Document(str(submitted(folder).path)).styles
        sizes = {s.name: s.font.size.pt for s in styles if s.type == 1 and s.font.size}
        assert set(sizes.values()) == {10}
        assert not any(s.font.bold or s.font.italic or s.font.underline for s in styles if s.type in (1, 2))
        assert set(re.findall(r'w:ascii="([^"]+)"', styles.element.xml)) == {"Times New Roman"}
        assert "Theme" not in styles.element.xml

    def test_statement_toml_may_ask_for_another_size(self, folder: Path, tmp_path: Path) -> None:
        own = valley(tmp_path)
        change(own, "statement.toml", "submitted_by = 2", "submitted_by = 2\nsize = 12")
        made = submitted(own)
        styles = docx.Document(str(made.path)).styles
        assert styles["Title"].font.size.pt == 12  # type: ignore[union-attr]
        assert not any(line.startswith("size") for line in made.unverified)
        assert any(line.startswith("size = 10") for line in submitted(folder).unverified)


class TestTheLimit:
    @pytest.mark.parametrize(("number", "most"), [(1, 2000), (2, 1500), (3, 1500)])
    def test_it_is_that_of_the_status_of_who_submits(self, tmp_path: Path, number: int, most: int) -> None:
        folder = valley(tmp_path)
        change(folder, "statement.toml", "submitted_by = 2", f"submitted_by = {number}")
        made = submitted(folder)
        assert made.written
        assert made.most_words == most
        change(
            folder,
            "source.txt",
            "The villages are empty.",
            f"The villages are empty.\n\n{filler(most - made.words)}",
        )
        assert submitted(folder).words == most
        assert submitted(folder).written
        change(folder, "source.txt", "the Commission.", "the Commission now.")
        over = submitted(folder)
        assert not over.written
        assert f"{most + 1} words, and {most} are allowed" in over.faults[0]
        assert re.search(r"\d+ “What has happened”\n +\d+ “What we ask”\n +\d+ footnotes", over.faults[0])

    def test_exactly_as_many_words_as_allowed_are_not_too_many(self, tmp_path: Path) -> None:
        folder = valley(tmp_path)
        count = submitted(folder).words
        change(folder, "statement.toml", "submitted_by = 2", f"submitted_by = 2\nwords = {count}")
        assert submitted(folder).written
        change(folder, "statement.toml", f"words = {count}", f"words = {count - 1}")
        assert not submitted(folder).written
        assert submitted(folder, draft=True).written

    def test_words_are_parted_by_white_space(self) -> None:
        assert count_words("long-term – no\N{NO-BREAK SPACE}one's “A/HRC/58/L.1”\n1,200") == 6

    def test_words_of_an_unknown_status_are_the_fewest(self) -> None:
        assert load_conventions().most_words(None) == 1500
        assert load_conventions(Submission(1, words=900)).most_words(Consultative.GENERAL) == 900


class TestWhoSponsors:
    def test_co_sponsors_stand_under_their_status(self, folder: Path) -> None:
        lines = lines_of(submitted(folder).path)
        assert lines[2:5] == [
            "Submitted by: River Watch (special consultative status)",
            "Co-sponsors (general consultative status): Aurora International",
            "Co-sponsors (roster): Valley Sisters",
        ]

    def test_the_name_in_the_database_is_printed_and_not_that_signed_with(self, tmp_path: Path) -> None:
        folder = valley(tmp_path)
        change(
            folder, "signatories.toml", 'status = "roster"', 'status = "roster"\nregistered = "Sisters of the V."'
        )
        assert "Co-sponsors (roster): Sisters of the V." in lines_of(submitted(folder).path)

    def test_a_late_sign_on_is_grouped_like_any_other(self, tmp_path: Path) -> None:
        folder = valley(tmp_path)
        late = '[[late]]\nname = "Delta Forum"\nstatus = "general"\nsource = "The database"\n'
        set_statuses(folder, STATUSES, f"[[late]]\nwithheld = true\n\n{late}")
        change(folder, "source.txt", "undersigned 5 organizations", "undersigned 7 organizations")
        made = submitted(folder)
        assert [each.name for each in made.sponsors.co_sponsors[Consultative.GENERAL]] == [
            "Aurora International",
            "Delta Forum",
        ]
        assert "1 withheld name is in none of its lists." in made.remarks

    def test_a_status_that_is_not_known_is_asked_for_and_never_guessed(self, tmp_path: Path) -> None:
        folder = valley(tmp_path, {2: "special"})
        made = submitted(folder)
        assert not made.written
        asked = [line for line in made.questions if "what is its status" in line]
        assert [re.search(r"(\d)\. ", line)[1] for line in asked] == ["1", "3", "4", "5"]  # type: ignore[index]
        draft = submitted(folder, draft=True)
        assert (
            "Co-sponsors (status not known): Aurora International; Valley Sisters; Hill Union; Plain Network"
            in (lines_of(draft.path))
        )
        assert len(notes_of(draft.path)) == 2

    def test_one_organisation_without_status_shares_the_views(self) -> None:
        names = [Signatory(1, "One", (1, 1)), Signatory(2, "Two", (2, 2))]
        standings = {1: Standing(Consultative.SPECIAL), 2: Standing(Consultative.NONE)}
        grouped = group(names, standings, 1)
        assert [each.name for each in grouped.without] == ["Two"]
        assert load_conventions().labels("en").shares.format(names="Two").startswith("Two also shares")


class TestRefusals:
    def test_the_first_statement_claims_no_status_that_nobody_knows(
        self, seed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["submission", str(seed), "-o", str(tmp_path)]) == 1
        told = capsys.readouterr().err
        assert told.count("what is its status with ECOSOC") == 46
        assert "[submission] is missing" in told
        assert "agenda_item is missing" in told
        assert "--draft" in told
        assert not list(tmp_path.iterdir())

    def test_a_language_that_the_council_does_not_take(self, seed: Path) -> None:
        with pytest.raises(CallError, match="takes no written statement in ru") as error:
            submitted(seed, "ru")
        assert "en, fr, es" in str(error.value)

    def test_a_translation_that_is_not_there_or_not_whole(self, tmp_path: Path) -> None:
        folder = valley(tmp_path)
        with pytest.raises(CallError, match="no translation into fr"):
            submitted(folder, "fr")
        translated(folder, "fr", without="p3")
        with pytest.raises(ContentError, match="missing: p3"):
            submitted(folder, "fr")

    def test_a_translation_that_nobody_reviewed_is_an_unofficial_draft_at_best(self, tmp_path: Path) -> None:
        folder = valley(tmp_path)
        translated(folder, "es", reviewed=False)
        made = submitted(folder, "es")
        assert not made.written
        assert "nobody has reviewed the translation" in made.faults[0]
        draft = submitted(folder, "es", draft=True)
        header = docx.Document(str(draft.path)).sections[0].header.paragraphs[0].text
        assert header.startswith("Borrador no oficial. ")

    @pytest.mark.parametrize(
        ("before", "after", "told"),
        [
            ("submitted_by = 2", "submitted_by = 4", "4. Hill Union has no status, and cannot submit"),
            ("submitted_by = 2", "submitted_by = 9", "the list names no organisation with this number"),
            ("agenda_item = 4\n", "", "agenda_item is missing"),
            ("[submission]\nsubmitted_by = 2\n", "", "[submission] is missing"),
        ],
    )
    def test_a_fact_that_is_missing_or_wrong(self, tmp_path: Path, before: str, after: str, told: str) -> None:
        folder = valley(tmp_path)
        change(folder, "statement.toml", before, after)
        made = submitted(folder)
        assert not made.written
        assert not made.path.exists()
        assert any(told in fault for fault in made.faults)

    def test_a_draft_says_so_on_every_page(self, folder: Path) -> None:
        made = submit(folder, "", folder.parent / "drafts", True, lambda line: None)
        section = docx.Document(str(made.path)).sections[0]
        assert section.header.paragraphs[0].text == "DRAFT: not for distribution"

    def test_what_keeps_a_brief_from_print_keeps_this_too(self, tmp_path: Path) -> None:
        folder = valley(tmp_path)
        change(folder, "source.txt", "undersigned 5 organizations", "undersigned 6 organizations")
        with pytest.raises(ContentError) as refused:
            submitted(folder)
        proof = tmp_path / "submissions" / folder.name / "proof.html"
        assert str(proof) in str(refused.value.remedy) and "undersigned 6 organizations" in proof.read_text("utf-8")


def test_a_withheld_name_is_in_no_byte_of_the_file_and_in_no_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = valley(tmp_path)
    kept = {number: status for number, status in STATUSES.items() if number != 4}
    set_statuses(folder, kept, "[[signatories]]\nnumber = 4\nwithheld = true\n")
    assert main(["submission", str(folder), "-o", str(tmp_path / "out"), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    content = Path(answer["file"]).read_bytes()
    assert b"Hill" not in content
    assert "Hill" not in json.dumps(answer)
    assert b"Plain Network also shares the views" in content
    change(folder, "statement.toml", "submitted_by = 2", "submitted_by = 4")
    assert main(["submission", str(folder), "-o", str(tmp_path / "out")]) == 1
    printed = capsys.readouterr()
    assert "Hill" not in printed.out + printed.err


def test_the_answer_for_a_program_counts_by_section(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["submission", str(folder), "-o", str(folder.parent / "json"), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    words = answer["words"]
    assert words["count"] == sum(each["words"] for each in words["sections"])
    assert [each["section"] for each in words["sections"]] == [
        "title",
        "opening",
        "“What has happened”",
        "“What we ask”",
        "footnotes",
    ]
    assert answer["share_the_views"] == ["Hill Union", "Plain Network"]
    assert docx.Document(io.BytesIO(Path(answer["file"]).read_bytes())).paragraphs


class TestNotes:
    @staticmethod
    def blocks(*texts: str) -> list[Block]:
        return [Block(f"p{n}", Kind.PARAGRAPH, text, (n, n)) for n, text in enumerate(texts, 1)]

    def test_marks_that_begin_anew_on_each_page_find_their_own_notes(self) -> None:
        texts = ("One.¹ Two.", "¹ Of one.", "Three.¹", "¹ Of three.")
        paragraphs, uncalled = _with_notes(self.blocks(*texts))
        assert [each.parts for each in paragraphs] == [
            ("One.", Note("Of one."), " Two."),
            ("Three.", Note("Of three.")),
        ]
        assert not uncalled

    def test_a_raised_figure_without_a_note_stays_as_it_is(self) -> None:
        paragraphs, _ = _with_notes(self.blocks("It has 20 km² of land."))
        assert paragraphs[0].parts == ("It has 20 km² of land.",)

    def test_a_note_that_nothing_calls_stays_a_paragraph_and_is_told(self) -> None:
        paragraphs, uncalled = _with_notes(self.blocks("One.", "³ Lost."))
        assert paragraphs[1].words == "³ Lost."
        assert uncalled == ("p2",)
