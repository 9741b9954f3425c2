"""From a file that was handed in to a folder that is filled in, and a draft to look at, in one command."""

import hashlib
import tomllib
from datetime import date
from pathlib import Path

import pytest

from handbill.__main__ import main
from handbill.errors import CallError
from handbill.languages import load_language
from handbill.new_statement import Begun, Given, begin, draft, folder_of
from handbill.proposals import PROPOSED
from handbill.read import read
from handed_in import (
    FRENCH,
    LETTER_TITLE,
    NOTED,
    NOTED_STYLES,
    NOTED_TITLE,
    needs_french,
    opendocument,
    picture,
    scanned,
    word,
    write_letter,
)

ONLINE = "https://example.org/statement"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without any statement, in which the commands run."""
    (tmp_path / "seeds").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def handed_in(name: str, content: bytes | str) -> Path:
    path = Path(name)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def silent(line: str) -> None:
    """Nobody is told."""


def new(file: Path, given: Given | None = None, name: str = "valley") -> Begun:
    return begin(Path("seeds") / name, file, given or Given(), silent)


def form(name: str = "valley") -> dict[str, object]:
    return tomllib.loads(Path("seeds", name, "statement.toml").read_text("utf-8"))


@pytest.mark.usefixtures("desk")
class TestFolder:
    def test_a_letter_in_word_fills_it_in(self) -> None:
        letter = write_letter(Path("letter.docx"))
        begun = new(letter)
        filled = form()
        assert filled["title"] == LETTER_TITLE
        assert filled["published"] == date(2032, 6, 2)
        assert filled["language"] == "en" and filled["languages"] == ["en"]
        assert filled["expected"] == {"signatories": 6, "paragraphs": 5}
        assert not begun.missing
        (path,) = draft(begun, Path("out"), silent)
        assert path == Path("out/valley/en/valley-en-screen.pdf") and path.is_file()

    def test_the_file_is_kept_beside_and_its_hash_stated(self) -> None:
        letter = write_letter(Path("letter.docx"))
        new(letter)
        kept = Path("seeds/valley/letter.docx")
        assert kept.read_bytes() == letter.read_bytes()
        assert form()["source"] == {
            "file": "letter.docx",
            "sha256": hashlib.sha256(letter.read_bytes()).hexdigest(),
            "how": "docx",
            "kind": "typed",
        }

    def test_a_text_is_kept_byte_for_byte_as_the_source(self) -> None:
        raw = b"\xef\xbb\xbf" + FRENCH.replace("\n", "\r\n").encode()
        new(handed_in("appel.txt", raw))
        assert Path("seeds/valley/source.txt").read_bytes() == raw
        assert form()["source"] == {"file": "source.txt", "sha256": hashlib.sha256(raw).hexdigest()}
        assert form()["language"] == "fr"

    def test_a_file_whose_name_is_taken_there_gets_another(self) -> None:
        new(handed_in("statement.toml", opendocument(NOTED, NOTED_STYLES)))
        assert Path("seeds/valley/original-statement.toml").is_file()
        assert form()["title"] == NOTED_TITLE

    def test_notes_stay_with_their_marks_and_their_paragraph(self) -> None:
        new(handed_in("river.odt", opendocument(NOTED, NOTED_STYLES)))
        texts = [line.strip() for line in Path("seeds/valley/source.txt").read_text("utf-8").splitlines()]
        assert "¹ Report of the River Commission, 2030, page 12." in texts
        assert form()["expected"] == {"signatories": 3, "paragraphs": 2}

    def test_it_is_one_that_the_program_reads(self) -> None:
        new(write_letter(Path("letter.docx")), Given(online=ONLINE))
        source = read(Path("seeds/valley"))
        assert source.particulars and source.particulars.online == ONLINE

    def test_nothing_else_is_left_in_seeds(self) -> None:
        new(write_letter(Path("letter.docx")))
        assert [path.name for path in Path("seeds").iterdir()] == ["valley"]

    def test_its_doubts_are_opened_with_a_proposal_each(self) -> None:
        begun = new(handed_in("text.txt", FRENCH.replace("intégrale", "intégxxle")))
        entries = tomllib.loads(Path("seeds/valley/corrections.toml").read_text("utf-8"))["corrections"]
        assert [(entry["before"], entry["reason"]) for entry in entries] == [("intégxxle", PROPOSED)]
        assert any("1 doubt has a proposal" in line for line in begun.asked)
        told: list[str] = []
        draft(begun, Path("out"), told.append)
        assert any(
            line.endswith("0 doubts without a proposal, 1 proposal to compare with the paper") for line in told
        )

    def test_what_was_said_goes_before_what_is_found(self) -> None:
        begun = new(write_letter(Path("letter.docx")), Given("en", "Another title", date(2032, 6, 3), ONLINE))
        filled = form()
        assert (filled["title"], filled["published"], filled["online"]) == (
            "Another title",
            date(2032, 6, 3),
            ONLINE,
        )
        assert begun.asked == ()


@pytest.mark.usefixtures("desk")
class TestWhatIsNotFound:
    def test_without_a_day_the_folder_is_made_and_no_draft(self) -> None:
        begun = new(handed_in("text.txt", FRENCH.replace("Port-Ambre, le 3 mars 2031\n", "")))
        assert begun.missing == ("published",)
        assert "# published = " in Path("seeds/valley/statement.toml").read_text("utf-8")
        assert any("published was not found" in line for line in begun.asked)

    def test_without_a_title_too(self) -> None:
        text = FRENCH.replace("Lacs du Sud : le barrage ne doit pas noyer les villages\n", "")
        assert new(handed_in("text.txt", text)).missing == ("title",)

    def test_the_lines_that_are_asked_for_need_only_be_filled_in(self) -> None:
        new(handed_in("text.txt", FRENCH.replace("Port-Ambre, le 3 mars 2031\n", "")))
        path = Path("seeds/valley/statement.toml")
        path.write_text(path.read_text("utf-8").replace("# published = 2025-01-31", "published = 2031-03-03"))
        particulars = read(Path("seeds/valley")).particulars
        assert particulars and particulars.published == date(2031, 3, 3)

    def test_a_session_is_named_but_its_days_are_asked_for(self) -> None:
        new(handed_in("text.txt", FRENCH))
        assert "session" not in form()
        text = Path("seeds/valley/statement.toml").read_text("utf-8")
        assert '# name = "64e session du Conseil des droits de l’homme"\n# opens = YYYY-MM-DD\n' in text

    def test_a_language_without_a_pack_is_refused_and_nothing_made(self) -> None:
        german = "Wir fordern die Regierung auf, die Gefangenen freizulassen und das Recht zu achten. " * 5
        with pytest.raises(CallError, match=r"“de”[\s\S]*-l"):
            new(handed_in("text.txt", german))
        assert list(Path("seeds").iterdir()) == []


def with_table(claimed: int) -> bytes:
    """A Word file whose text says how many signed, with a table of three."""
    rows = (
        ("Organisation", "Country"),
        ("Lake Watch", "Kenya"),
        ("Fen Circle", "Quorland"),
        ("Reed's Union", "Norway"),
    )
    cells = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>' for cell in row)}</w:tr>"
        for row in rows
    )
    texts = (
        "The Morrow crossing must be opened again",
        "14 May 2031",
        f"We, {claimed} organisations, call on the Government to open the crossing of the river at Morrow at once.",
        "The people of the river have waited for four years, and they have been told nothing at all by anybody.",
        "Signatories",
    )
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    return word(f"{body}<w:tbl>{cells}</w:tbl>")


@pytest.mark.usefixtures("desk")
class TestTableOfNames:
    def test_its_countries_are_written_beside_the_names_and_printed(self) -> None:
        begun = new(handed_in("letter.docx", with_table(3)))
        signed = tomllib.loads(Path("seeds/valley/signatories.toml").read_text("utf-8"))["signatories"]
        assert [(each["number"], each["country"]) for each in signed] == [(1, "KE"), (3, "NO")]
        assert form()["signatories"] == {"countries": True}
        assert form()["expected"]["signatories"] == 3
        about = read(Path("seeds/valley")).about
        assert {number: each.country for number, each in about.items()} == {1: "KE", 3: "NO"}
        assert begun.disagreeing == () and draft(begun, Path("out"), silent)

    def test_a_country_of_no_name_in_the_list_is_told(self) -> None:
        texts = ("Signatories", "Lake Watch", "Fen Circle")
        body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts[:1])
        cells = "".join(
            f"<w:tr><w:tc><w:p><w:r><w:t>{name}</w:t></w:r></w:p></w:tc>"
            "<w:tc><w:p><w:r><w:t>Kenya</w:t></w:r></w:p></w:tc></w:tr>"
            for name in texts[1:]
        )
        begun = new(
            handed_in("two.docx", word(f"{body}<w:tbl>{cells}</w:tbl>")), Given("en", "Two", date(2031, 1, 1))
        )
        assert any("“Lake Watch” (KE), “Fen Circle” (KE)" in line for line in begun.asked)
        assert any("under “Signatories” (line 1)" in line for line in begun.asked)

    def test_a_count_that_is_not_that_of_the_names_is_said_and_ends_with_one(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["new", "valley", "--from", str(handed_in("letter.docx", with_table(30)))]) == 1
        said = capsys.readouterr()
        wrong = "line 5 (p1) says “30 organisations”, but 3 names were found."
        assert wrong in said.out and wrong in said.err
        assert "expected.other_counts" in said.err
        assert Path("out/valley/en/valley-en-screen.pdf").is_file()


@pytest.mark.usefixtures("desk")
class TestRefusals:
    def test_one_that_was_begun_and_lacks_its_day_says_in_which_line_to_fill_it_in(self) -> None:
        text = handed_in("text.txt", FRENCH.replace("Port-Ambre, le 3 mars 2031\n", ""))
        new(text)
        line = (
            Path("seeds/valley/statement.toml")
            .read_text("utf-8")
            .split("\n")
            .index("# published = 2025-01-31  # not found: fill in, and take out the first #")
        )
        way = rf"fill in line {line + 1} \(published\) of seeds/valley/statement\.toml.*take the folder away"
        with pytest.raises(CallError, match=way):
            new(text, Given(published=date(2031, 3, 3)))

    def test_a_folder_that_is_there_is_never_touched(self) -> None:
        letter = write_letter(Path("letter.docx"))
        folder = Path("seeds/valley")
        folder.mkdir()
        (folder / "source.txt").write_text("Mine.")
        with pytest.raises(CallError, match=r"already[\s\S]*handbill build valley"):
            new(letter)
        assert [path.read_text() for path in folder.iterdir()] == ["Mine."]

    @pytest.mark.parametrize("name", [".hidden", "Été à Genève!", "a b", "-x", "x" * 101, "manifest.json"])
    def test_what_is_no_name_is_refused_and_one_offered(self, name: str) -> None:
        with pytest.raises(CallError, match="Take letters") as refused:
            new(write_letter(Path("letter.docx")), name=name)
        assert len(refused.value.remedy) < 120

    def test_a_wrong_address_is_refused_and_nothing_made(self) -> None:
        with pytest.raises(CallError, match=r"online[\s\S]*Nothing was made"):
            new(write_letter(Path("letter.docx")), Given(online="http://example.org"))
        assert list(Path("seeds").iterdir()) == []

    def test_what_is_no_text_is_refused_by_the_name_it_has(self) -> None:
        with pytest.raises(CallError, match=r"^noise\.bin"):
            new(handed_in("noise.bin", b"\0\1\2\3" * 100))
        assert list(Path("seeds").iterdir()) == []

    def test_a_folder_nowhere_is_refused(self) -> None:
        with pytest.raises(CallError, match="no such folder"):
            begin(Path("nowhere/valley"), write_letter(Path("letter.docx")), Given(), silent)


def test_a_name_stands_in_seeds_and_a_path_for_itself() -> None:
    assert folder_of("valley", Path("seeds")) == Path("seeds/valley")
    assert folder_of("mine/valley", Path("seeds")) == Path("mine/valley")


@pytest.mark.usefixtures("desk")
class TestCommand:
    def test_it_says_what_was_found_and_what_to_look_at(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["new", "valley", "--from", str(write_letter(Path("letter.docx")))]) == 0
        said = capsys.readouterr().out
        assert f"title       “{LETTER_TITLE}” (line 1 of source.txt)" in said
        assert "signatories 6 (line 9 (p2) says “6 organisations”)" in said
        assert "online" in said
        assert "out/valley/en/valley-en-screen.pdf" in said

    def test_without_a_day_it_ends_with_one_and_the_way_out(self, capsys: pytest.CaptureFixture[str]) -> None:
        text = handed_in("text.txt", FRENCH.replace("Port-Ambre, le 3 mars 2031\n", ""))
        assert main(["new", "valley", "--from", str(text)]) == 1
        assert "handbill build valley --draft" in capsys.readouterr().err

    def test_a_name_that_is_taken_ends_with_two(self) -> None:
        Path("seeds/valley").mkdir()
        assert main(["new", "valley", "--from", str(write_letter(Path("letter.docx")))]) == 2

    def test_it_is_not_printed_before_its_address_is_known(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["new", "valley", "--from", str(write_letter(Path("letter.docx")))]) == 0
        assert main(["build", "valley", "-e", "office"]) == 1
        assert "online is missing" in capsys.readouterr().err


@pytest.mark.usefixtures("desk")
def test_another_file_in_the_place_of_the_one_handed_in_is_refused() -> None:
    new(write_letter(Path("letter.docx")))
    Path("seeds/valley/letter.docx").write_bytes(b"another")
    with pytest.raises(CallError, match=r"statement\.toml, line \d+: letter\.docx is not the file"):
        read(Path("seeds/valley"))


@pytest.mark.usefixtures("desk")
def test_a_french_scan_becomes_a_draft(capsys: pytest.CaptureFixture[str]) -> None:
    needs_french()
    scan = handed_in("scan.pdf", picture(scanned(FRENCH), "PDF"))
    assert main(["new", "lacs", "--from", str(scan)]) == 0
    filled = form("lacs")
    assert filled["title"] == "Lacs du Sud : le barrage ne doit pas noyer les villages"
    assert filled["published"] == date(2031, 3, 3)
    assert filled["language"] == "fr"
    assert Path("out/lacs/fr/lacs-fr-screen.pdf").is_file()
    assert "compare every word with the paper" in capsys.readouterr().out


@pytest.mark.usefixtures("desk")
def test_languages_that_are_written_alike_are_asked_about() -> None:
    pack = load_language("my").pack
    text = f"{pack.sample.heading}\n\n2025-06-02\n\n{pack.sample.paragraph}\n\n{pack.sample.paragraph} ၂၀၂၅\n"
    begun = new(handed_in("text.txt", text))
    assert begun.language == "my"
    assert any("ksw, mnw, shn are written alike" in line for line in begun.asked)


@pytest.mark.usefixtures("desk")
def test_a_mistyped_language_is_offered_the_nearest_before_anything_is_read() -> None:
    with pytest.raises(CallError, match='"frr"'):
        new(Path("nothing.docx"), Given(language="frr"))
