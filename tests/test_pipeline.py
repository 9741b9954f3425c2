"""A build makes what was ordered, refuses what is not ready, and leaves alone what has not changed."""

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from conftest import Inline
from handbill import inputs, making, pipeline, production, records
from handbill.clean import clean
from handbill.errors import CallError, ContentError, ExitCode, FaultError
from handbill.making import Job, Made, inputs_of, pieces_of
from handbill.model import Cleaned, Source, Status
from handbill.order import Order
from handbill.pipeline import build, prepare
from handbill.prepared import Prepared
from handbill.proposals import PROPOSED
from handbill.report import Output, why_again
from letter import letter
from sides import BY_DEFAULT

NAME = "myanmar-accountability-2025"
PDF = f"{NAME}/en/{NAME}-en-screen.pdf"
PICTURE = f"{NAME}/en/{NAME}-en-screen.png"


def ordered(folder: Path, out: Path, **options: bool) -> list[str]:
    """Build one statement's screen edition in English and return what was told."""
    told: list[str] = []
    build(Order((folder,), ("en",), ("screen",), out, **options), told.append)
    return told


def files_of(out: Path) -> list[dict[str, object]]:
    listed: list[dict[str, object]] = json.loads((out / "manifest.json").read_text("utf-8"))["files"]
    return listed


def state(folder: Path) -> dict[str, bytes]:
    """Every file under a folder with its bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def changed(folder: Path, file: str, old: str, new: str) -> None:
    """Change the words of a file of a statement, which must be there once."""
    text = (folder / file).read_text("utf-8")
    assert text.count(old) == 1
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


def pages_of(pdf: Path) -> list[str]:
    """The text of every page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


@pytest.fixture(scope="module")
def built(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a build of the first statement."""
    out = tmp_path_factory.mktemp("built") / "out"
    ordered(seed, out)
    return out


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Puts a few bytes in the place of a PDF, and lists what was made."""
    jobs: list[str] = []

    def make(job: Job) -> Made:
        jobs.append(job.path)
        statement = job.version.statement
        pdf = f"%PDF of {statement.fingerprint()} {job.draft}".encode()
        digest = hashlib.sha256(pdf).hexdigest()
        told = (job.path, digest, len(pdf), 1, job.edition, job.language, "original", (), job.draft, inputs_of(job))
        pieces = {"made_of": making.made_of(job), "program": inputs.hash_of_all(making.the_program())}
        return Made(Output(statement.name, statement.title, *told, **pieces), pdf, b"")

    monkeypatch.setattr(production, "Workers", Inline)
    monkeypatch.setattr(production, "make_together", lambda jobs: [make(job) for job in jobs])
    monkeypatch.setattr(records, "contact_sheet", lambda gallery, pictures: b"%PDF")
    return jobs


class TestAWholeBuild:
    def test_it_writes_these_files_and_no_others(self, built: Path) -> None:
        assert set(state(built)) == {
            PDF,
            PICTURE,
            f"{NAME}/contact-sheet.pdf",
            f"{NAME}/proof.html",
            "index.html",
            "manifest.json",
            "SHA256SUMS",
        }

    def test_its_manifest_says_what_the_file_is(self, built: Path) -> None:
        (file,) = files_of(built)
        pdf = (built / PDF).read_bytes()
        wanted = {
            "path": PDF,
            "sha256": hashlib.sha256(pdf).hexdigest(),
            "bytes": len(pdf),
            "pages": len(pages_of(built / PDF)),
            "edition": "screen",
            "language": "en",
            "translation": "original",
            "findings": [],
            "draft": False,
            "statement": NAME,
        }
        assert {key: file[key] for key in wanted} == wanted

    def test_its_pages_do_not_say_that_it_is_a_draft(self, built: Path) -> None:
        assert [number for number, text in enumerate(pages_of(built / PDF), 1) if "DRAFT" in text] == []

    def test_it_holds_no_path_of_the_machine(self, built: Path, seed: Path) -> None:
        places = [str(built).encode(), str(seed.parent).encode()]
        assert [name for name, content in state(built).items() for place in places if place in content] == []

    def test_the_same_statement_elsewhere_gives_the_same_bytes(
        self, built: Path, statement_folder: Path, out: Path
    ) -> None:
        ordered(statement_folder, out)
        assert state(out) == state(built)


def test_a_second_build_leaves_the_files_alone_and_says_so(statement_folder: Path, out: Path, built: Path) -> None:
    shutil.copytree(built, out)
    before, time = state(out), (out / PDF).stat().st_mtime_ns
    told = ordered(statement_folder, out)
    assert f"{PDF}: unchanged" in told
    assert state(out) == before
    assert (out / PDF).stat().st_mtime_ns == time


@pytest.mark.usefixtures("made")
class TestWithoutPages:
    """Everything about a build that does not need a real page."""

    def test_force_makes_a_file_again(self, statement_folder: Path, out: Path, made: list[str]) -> None:
        ordered(statement_folder, out)
        assert "unchanged" not in " ".join(ordered(statement_folder, out, force=True))
        assert made == [PDF, PDF]

    @pytest.mark.parametrize(
        ("file", "old", "new"),
        [
            pytest.param("statement.toml", "Four years after", "Four years since", id="the title"),
            pytest.param("statement.toml", "2025-01-31", "2025-02-01", id="the date"),
            pytest.param("statement.toml", "#7a1f2b", "#1f2b7a", id="the colour"),
            pytest.param(
                "summary.toml", 'lead = "more than"\nvalue = "6,000"', 'value = "6,000"', id="the summary"
            ),
            pytest.param("source.txt", "Burma Action Ireland", "Burma Action Eire", id="a name"),
        ],
    )
    def test_a_file_is_made_again_after_a_change_of(
        self, statement_folder: Path, out: Path, made: list[str], file: str, old: str, new: str
    ) -> None:
        ordered(statement_folder, out)
        changed(statement_folder, file, old, new)
        ordered(statement_folder, out)
        assert made == [PDF, PDF]

    def test_a_comment_in_a_form_changes_no_file(self, statement_folder: Path, out: Path, made: list[str]) -> None:
        ordered(statement_folder, out)
        changed(statement_folder, "statement.toml", "[session]", "# another comment\n[session]")
        ordered(statement_folder, out)
        assert made == [PDF]

    @pytest.mark.parametrize("way", ["one byte changed", "taken away", "cut short"])
    def test_a_file_that_is_not_as_it_was_made_is_made_again(
        self, statement_folder: Path, out: Path, made: list[str], way: str
    ) -> None:
        ordered(statement_folder, out)
        whole = (out / PDF).read_bytes()
        if way == "taken away":
            (out / PDF).unlink()
        else:
            (out / PDF).write_bytes(whole[:-1] if way == "cut short" else whole[:-1] + b"\0")
        ordered(statement_folder, out)
        assert made == [PDF, PDF]
        assert (out / PDF).read_bytes() == whole

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("", id="empty"),
            pytest.param("{", id="cut short"),
            pytest.param("[]", id="a list"),
            pytest.param('{"files": null}', id="without files"),
            pytest.param('{"files": [{"path": "x"}]}', id="of another version"),
            pytest.param('{"files": [7]}', id="of numbers"),
        ],
    )
    def test_a_broken_manifest_is_made_anew(
        self, statement_folder: Path, out: Path, made: list[str], text: str
    ) -> None:
        ordered(statement_folder, out)
        (out / "manifest.json").write_text(text)
        ordered(statement_folder, out)
        assert made == [PDF, PDF]
        assert [file["path"] for file in files_of(out)] == [PDF]

    def test_a_draft_is_no_final_file(self, statement_folder: Path, out: Path, made: list[str]) -> None:
        ordered(statement_folder, out, draft=True)
        assert files_of(out)[0]["draft"] is True
        ordered(statement_folder, out)
        assert made == [PDF, PDF]
        assert files_of(out)[0]["draft"] is False

    def test_the_files_of_other_builds_stay_in_the_manifest_and_the_index(
        self, statement_folder: Path, out: Path
    ) -> None:
        other = Path(shutil.copytree(statement_folder, statement_folder.with_name("another")))
        ordered(statement_folder, out)
        ordered(other, out)
        assert [file["statement"] for file in files_of(out)] == ["another", NAME]
        index = (out / "index.html").read_text("utf-8")
        assert PDF in index and "another/en/another-en-screen.pdf" in index

    def test_a_file_that_is_gone_leaves_the_manifest(self, statement_folder: Path, out: Path) -> None:
        other = Path(shutil.copytree(statement_folder, statement_folder.with_name("another")))
        ordered(statement_folder, out)
        (out / PDF).unlink()
        ordered(other, out)
        assert [file["statement"] for file in files_of(out)] == ["another"]

    def test_a_build_that_fails_leaves_the_former_files(self, statement_folder: Path, out: Path) -> None:
        ordered(statement_folder, out)
        before = state(out)
        changed(statement_folder, "source.txt", "46. Youth Congress Rohingya", "")
        with pytest.raises(ContentError):
            ordered(statement_folder, out)
        proof = f"{NAME}/proof.html"
        assert {name: content for name, content in state(out).items() if name != proof} == {
            name: content for name, content in before.items() if name != proof
        }

    def test_where_the_second_statement_fails_the_manifest_still_says_what_is_there(
        self, statement_folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bad = Path(shutil.copytree(statement_folder, statement_folder.with_name("z-bad")))
        ordered(statement_folder, out)
        changed(statement_folder, "statement.toml", "Four years after", "Four years since")
        make_together = production.make_together

        def make_some(jobs: list[Job]) -> list[Made]:
            if "z-bad" in jobs[0].path:
                raise ContentError("A word stands out of its column.")
            return make_together(jobs)

        monkeypatch.setattr(production, "make_together", make_some)
        with pytest.raises(ContentError):
            build(Order((statement_folder, bad), ("en",), ("screen",), out), lambda line: None)
        for file in files_of(out):
            digest = hashlib.sha256((out / str(file["path"])).read_bytes()).hexdigest()
            assert digest == file["sha256"], "what was in the output folder before is untouched"

    def test_no_language_means_those_of_the_statement_and_no_edition_means_all(
        self, statement_folder: Path, out: Path, made: list[str]
    ) -> None:
        build(Order((statement_folder,), (), (), out), lambda line: None)
        assert sorted(made) == sorted(f"{NAME}/en/{NAME}-en-{edition}.pdf" for edition in BY_DEFAULT)

    def test_what_takes_longest_is_begun_first(self, seed: Path, out: Path, made: list[str]) -> None:
        build(Order((seed,), ("en", "my", "zh-Hans"), ("screen", "booklet"), out), lambda line: None)
        begun = [path.removeprefix(f"{NAME}/").partition("/")[0] for path in made]
        assert begun == ["my", "my", "en", "en", "zh-Hans", "zh-Hans"], "by the bytes of their words"

        made.clear()
        build(Order((seed,), ("en",), ("booklet", "screen", "sheet"), out, force=True), lambda line: None)
        assert [path.rpartition("-")[2] for path in made] == ["screen.pdf", "sheet.pdf", "booklet.pdf"]

    def test_a_language_without_a_translation_is_refused_with_how_to_begin_one(
        self, statement_folder: Path, out: Path, made: list[str]
    ) -> None:
        changed(statement_folder, "statement.toml", 'language = "en"', 'language = "fr"')
        with pytest.raises(CallError) as refused:
            ordered(statement_folder, out)
        assert "translation into en" in refused.value.message
        assert f"handbill translate {NAME} en" in refused.value.remedy
        assert made == []

    def test_a_bare_text_makes_no_brief(self, tmp_path: Path, out: Path) -> None:
        (tmp_path / "text.txt").write_text("We call on all parties to act now.")
        with pytest.raises(CallError, match=r"needs a statement\.toml"):
            ordered(tmp_path / "text.txt", out)
        assert not out.exists()

    def test_the_approved_text_is_built(self, statement_folder: Path, out: Path, made: list[str]) -> None:
        approve(statement_folder, prepare(statement_folder).statement.fingerprint())
        ordered(statement_folder, out)
        assert made == [PDF]

    def test_what_the_telling_sums_up_is_what_was_found(self, statement_folder: Path, out: Path) -> None:
        told = ordered(statement_folder, out)
        assert told[0].startswith(f"{NAME}: 16 blocks, 46 signatories, ")
        assert told[0].endswith(", 0 doubts")


@pytest.mark.usefixtures("made")
class TestWhatIsMadeAgain:
    """Of two languages and two layouts, what a change concerns, and why."""

    def told(self, folder: Path, out: Path, **options: bool) -> dict[str, str]:
        """Why each file was made, by language and edition."""
        lines: list[str] = []
        build(Order((folder,), ("en", "my"), ("screen", "sheet"), out, explain=True, **options), lines.append)
        again = dict(line.split(": made again: ") for line in lines if ": made again: " in line)
        return {path[len(NAME) + 1 :].partition("/")[2][len(NAME) + 1 : -4]: why for path, why in again.items()}

    @pytest.fixture
    def folder(self, statement_folder: Path, out: Path) -> Path:
        everything = {f"{tag}-{edition}" for tag in ("en", "my") for edition in ("screen", "sheet")}
        assert self.told(statement_folder, out) == dict.fromkeys(everything, "it is not there")
        assert self.told(statement_folder, out) == {}
        return statement_folder

    def test_one_sentence_of_a_translation_makes_that_language(self, folder: Path, out: Path) -> None:
        changed(folder, "my.po", "ပြီးခဲ့သည့်နှစ် ဖြစ်သော ၂၀၂၄", "ပြီးခဲ့သည့်နှစ် ၂၀၂၄")
        assert self.told(folder, out) == dict.fromkeys(["my-screen", "my-sheet"], "the translation changed")

    def test_a_summary_is_a_piece_of_its_own(self, prepared: Prepared) -> None:
        job = Job(prepared.original, "screen", False)
        now, then = (pieces_of(each) for each in (replace(job, version=replace(job.version, summary=None)), job))
        assert why_again(now, then) == "summary.toml changed"

    def test_a_colour_makes_all(self, folder: Path, out: Path) -> None:
        changed(folder, "statement.toml", "#7a1f2b", "#1f2b7a")
        assert set(self.told(folder, out).values()) == {"statement.toml changed"}

    def test_a_file_that_was_altered_is_made_again(self, folder: Path, out: Path) -> None:
        (out / PDF).write_bytes(b"%PDF of somebody else")
        assert self.told(folder, out) == {"en-screen": "it is not as it was built"}

    def test_force_makes_all(self, folder: Path, out: Path) -> None:
        assert set(self.told(folder, out, force=True).values()) == {"--force was given"}

    @pytest.mark.parametrize(
        ("piece", "files"),
        [
            ("layout/languages/my.toml", {"my-screen", "my-sheet"}),
            ("layout/languages/en.toml", {"en-screen", "en-sheet", "my-screen", "my-sheet"}),
            ("layout/languages/th.toml", set()),
            ("styles/editions/sheet.css", {"en-sheet", "my-sheet"}),
            ("styles/page.css", {"en-screen", "en-sheet", "my-screen", "my-sheet"}),
            ("the program", {"en-screen", "en-sheet", "my-screen", "my-sheet"}),
        ],
    )
    def test_a_piece_of_the_program_makes_what_it_is_in(
        self, folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch, piece: str, files: set[str]
    ) -> None:
        pieces = making.the_program()
        assert piece in pieces
        changed_pieces = {**pieces, piece: "another"}
        monkeypatch.setattr(making, "the_program", lambda: changed_pieces)
        assert self.told(folder, out) == dict.fromkeys(files, f"{piece} changed")


def approve(folder: Path, digest: str) -> None:
    path = folder / "statement.toml"
    path.write_text(path.read_text("utf-8") + f'\n[approval]\ntext_sha256 = "{digest}"\n', encoding="utf-8")


def misread_a_word(folder: Path) -> None:
    changed(folder, "source.txt", "and the denial of humanitarian aid", "and the denial of xqzvbtarian aid")


def lose_the_last_name(folder: Path) -> None:
    changed(folder, "source.txt", "46. Youth Congress Rohingya", "")


def lose_a_name(folder: Path) -> None:
    changed(folder, "source.txt", "20. EarthRights International\n", "")


def expect_more_names(folder: Path) -> None:
    changed(folder, "statement.toml", "signatories = 46", "signatories = 47")


def expect_fewer_paragraphs(folder: Path) -> None:
    changed(folder, "statement.toml", "paragraphs = 16", "paragraphs = 15")


def claim_more_names(folder: Path) -> None:
    changed(folder, "source.txt", "46 organizations", "48 organizations")


def change_a_figure(folder: Path) -> None:
    changed(folder, "summary.toml", "6,000", "7,000")


def change_a_quotation(folder: Path) -> None:
    changed(folder, "summary.toml", "‘hybrid’", "“mixed”")


def change_a_word(folder: Path) -> None:
    changed(folder, "summary.toml", "Deny safe haven", "Deny all safe haven")


def name_no_block(folder: Path) -> None:
    changed(folder, "summary.toml", 'source = "p15"', 'source = "p99"')


def approve_another_text(folder: Path) -> None:
    approve(folder, "0" * 64)


NOT_READY = [
    pytest.param(misread_a_word, ["source.txt, line 16", "xqzvbtarian", "    16: and the denial of"], id="a doubt"),
    pytest.param(lose_the_last_name, ["45 names", "46 signatories", "46 organizations"], id="a name too few"),
    pytest.param(lose_a_name, ["from 19 to 21", "45 names", "highest number is 46"], id="a number is skipped"),
    pytest.param(expect_more_names, ["46 names", "expects 47"], id="the editor counted more names"),
    pytest.param(expect_fewer_paragraphs, ["16 paragraphs", "expects 15"], id="the editor counted less text"),
    pytest.param(claim_more_names, ["p1", "48 organizations", "46 names"], id="the text claims more names"),
    pytest.param(change_a_figure, ["summary.toml", "7,000", "p3"], id="a number that is not in its paragraph"),
    pytest.param(change_a_quotation, ["summary.toml", "“mixed”", "p12"], id="a quotation that is not there"),
    pytest.param(change_a_word, ["summary.toml", "“all”", "p10"], id="a word that is not in its paragraph"),
    pytest.param(name_no_block, ["summary.toml", "p99", "no such block"], id="a paragraph that is not there"),
    pytest.param(approve_another_text, ["statement.toml", "approved", "0" * 64], id="a text nobody approved"),
]


@pytest.mark.parametrize(("spoil", "words"), NOT_READY)
def test_what_is_not_ready_is_refused_with_a_proof_and_without_a_page(
    statement_folder: Path, out: Path, made: list[str], spoil: Callable[[Path], None], words: list[str]
) -> None:
    spoil(statement_folder)
    with pytest.raises(ContentError) as refused:
        ordered(statement_folder, out)
    assert [word for word in words if word not in refused.value.message] == []
    assert refused.value.exit_code == ExitCode.CONTENT
    assert str(out / NAME / "proof.html") in refused.value.remedy and "--draft" in refused.value.remedy
    assert set(state(out)) == {f"{NAME}/proof.html"}
    assert made == []


@pytest.mark.parametrize(("spoil", "words"), NOT_READY)
def test_what_is_not_ready_is_built_as_a_draft(
    statement_folder: Path, out: Path, made: list[str], spoil: Callable[[Path], None], words: list[str]
) -> None:
    spoil(statement_folder)
    ordered(statement_folder, out, draft=True)
    assert made == [PDF]
    assert files_of(out)[0]["draft"] is True


def test_the_hash_that_the_refusal_names_is_the_one_to_approve(
    statement_folder: Path, out: Path, made: list[str]
) -> None:
    approve_another_text(statement_folder)
    actual = prepare(statement_folder).statement.fingerprint()
    with pytest.raises(ContentError, match=actual):
        ordered(statement_folder, out)
    changed(statement_folder, "statement.toml", "0" * 64, actual)
    ordered(statement_folder, out)
    assert made == [PDF]


def test_everything_that_is_not_ready_is_told_at_once(statement_folder: Path, out: Path, made: list[str]) -> None:
    misread_a_word(statement_folder)
    expect_more_names(statement_folder)
    change_a_figure(statement_folder)
    approve_another_text(statement_folder)
    with pytest.raises(ContentError) as refused:
        ordered(statement_folder, out)
    for word in ("xqzvbtarian", "expects 47", "7,000", "0" * 64):
        assert word in refused.value.message
    assert re.match(r"\d+ things need a person", refused.value.remedy)


CORRECTION = '[[corrections]]\nline = {}\nbefore = "{}"\nafter = "{}"\nreason = "On the paper."\n\n'


def correct(folder: Path, *decisions: tuple[int, str, str]) -> None:
    (folder / "corrections.toml").write_text("".join(CORRECTION.format(*each) for each in decisions), "utf-8")


@pytest.mark.parametrize(
    ("decisions", "words"),
    [
        pytest.param([(3, "sary of", "x")], ["corrections.toml", "correction 1", "line 3"], id="on an empty line"),
        pytest.param([(4, "salary", "x")], ["correction 1", "line 4", "“salary”"], id="its words are not there"),
        pytest.param(
            [(4, "of", "x"), (4, "r", "x")], ["correction 2", "line 4", "times"], id="its words are twice there"
        ),
        pytest.param([(999, "sary", "x")], ["correction 1", "line 999"], id="past the end of the source"),
        pytest.param(
            [(4, "salary", "x"), (4, "sary", "sary"), (1, "t", "x")],
            ["correction 1", "correction 3", "line 1", "line 4"],
            id="two of three: both are told",
        ),
    ],
)
def test_a_correction_that_does_not_fit_is_refused(
    statement_folder: Path, out: Path, decisions: list[tuple[int, str, str]], words: list[str]
) -> None:
    correct(statement_folder, *decisions)
    with pytest.raises(ContentError) as refused:
        ordered(statement_folder, out)
    assert [word for word in words if word not in refused.value.message] == []
    assert str(statement_folder / "corrections.toml") in refused.value.message
    assert refused.value.remedy
    assert not out.exists()


def test_a_correction_settles_a_doubt_and_stands_in_the_ledger(statement_folder: Path) -> None:
    misread_a_word(statement_folder)
    correct(statement_folder, (16, "xqzvbtarian", "humanitarian"))
    prepared = prepare(statement_folder)
    assert prepared.statement.doubts == ()
    assert "denial of humanitarian aid" in prepared.statement.blocks[2].text
    (entry,) = [change for change in prepared.cleaned.changes if change.rule == "correction"]
    assert (entry.lines, entry.before, entry.after) == ((16, 16), "xqzvbtarian", "humanitarian")
    assert entry.reason == "On the paper."


def test_a_correction_that_nobody_compared_with_the_paper_is_refused_and_built_as_a_draft(
    statement_folder: Path, out: Path, made: list[str]
) -> None:
    entry = f'[[corrections]]\nline = 7\nbefore = "remains"\nafter = "remains"\nreason = "{PROPOSED}"\n'
    (statement_folder / "corrections.toml").write_text(entry, encoding="utf-8")
    with pytest.raises(ContentError, match=r"corrections.toml, entry for line 7: it is as it was proposed"):
        ordered(statement_folder, out)
    assert made == []
    ordered(statement_folder, out, draft=True)
    assert made


def test_a_ledger_that_does_not_replay_is_a_fault(seed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(source: Source) -> Cleaned:
        cleaned = clean(source)
        return replace(cleaned, edits=cleaned.edits[:-1])

    monkeypatch.setattr(pipeline, "clean", forgetful)
    with pytest.raises(FaultError, match="The ledger does not replay"):
        prepare(seed)


def test_a_correction_may_keep_a_strange_word_as_it_is(statement_folder: Path) -> None:
    misread_a_word(statement_folder)
    correct(statement_folder, (16, "xqzvbtarian", "xqzvbtarian"))
    prepared = prepare(statement_folder)
    assert prepared.statement.doubts == ()
    assert "denial of xqzvbtarian aid" in prepared.statement.blocks[2].text


def test_every_page_of_a_draft_says_so_and_no_doubt_is_hidden(statement_folder: Path, out: Path) -> None:
    misread_a_word(statement_folder)
    ordered(statement_folder, out, draft=True)
    pages = pages_of(out / PDF)
    assert len(pages) > 1
    assert [number for number, text in enumerate(pages, 1) if "DRAFT" not in text] == []
    assert files_of(out)[0]["draft"] is True
    assert "xqzvbtarian" in str(files_of(out)[0]["findings"])
    assert "xqzvbtarian" in (out / NAME / "proof.html").read_text("utf-8")


def test_a_letter_that_no_font_has_is_refused_with_its_place(statement_folder: Path, out: Path) -> None:
    changed(statement_folder, "source.txt", "9. Burma Action Ireland", "9. Burma Action မြန်မာ")
    with pytest.raises(ContentError, match=r"U\+1019 MYANMAR LETTER MA.*signatory 9 \(source.txt, line \d+\)"):
        ordered(statement_folder, out)
    assert not (out / PDF).exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("58th session of", "58th session မြန်မာ of", id="the name of the session"),
        pytest.param("progressivevoicemyanmar.org/?p=63680", "example.org/မြန်မာ", id="the address"),
    ],
)
def test_a_letter_that_no_font_has_is_refused_also_in(
    statement_folder: Path, out: Path, old: str, new: str
) -> None:
    changed(statement_folder, "statement.toml", old, new)
    with pytest.raises(ContentError, match=r"U\+1019"):
        ordered(statement_folder, out)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"draft": True}, id="a draft"),
        pytest.param({"edition": "press"}, id="another edition"),
        pytest.param({"faults": ("a doubt",)}, id="what is open in it"),
    ],
)
def test_what_a_file_is_made_of_differs_for(prepared: Prepared, change: dict[str, object]) -> None:
    job = Job(prepared.original, "screen", False)
    reviewed = replace(prepared.original, status=Status.REVIEWED)
    assert inputs_of(replace(job, version=reviewed)) != inputs_of(job)
    assert inputs_of(job) == inputs_of(Job(prepared.original, "screen", False))
    assert inputs_of(replace(job, **change)) != inputs_of(job)  # type: ignore[arg-type]


def test_a_statement_without_a_summary_is_built_in_every_edition_but_the_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(production, "Workers", Inline)
    told: list[str] = []
    outputs = build(Order((letter(tmp_path / "letter"),), (), (), tmp_path / "out"), told.append)
    assert {output.edition for output in outputs} == set(BY_DEFAULT) - {"sheet"}
    assert "letter: no sheet, which needs a summary.toml" in told
    assert not any(output.findings for output in outputs)
