"""The command line keeps its contract: names, files, JSON and exit codes that scripts depend on."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import pytest

from conftest import ROOT, Inline, english_only
from handbill import __version__, pipeline, production, records
from handbill.__main__ import main
from handbill.editions import EDITIONS, built_by_default
from handbill.languages import known_languages
from handbill.making import Job, Made
from handbill.report import Output
from handbill.unchanged import RECORD

NAME = "myanmar-accountability-2025"
PDF = f"{NAME}/en/{NAME}-en-screen.pdf"
PICTURE = f"{NAME}/en/{NAME}-en-screen.png"
Run = subprocess.CompletedProcess[str]


def handbill(*arguments: str | Path, cwd: Path) -> Run:
    """Run the command as a person does."""
    command = [sys.executable, "-m", "handbill", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "build")}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8")


@pytest.fixture
def project(seed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with seeds, as the working folder of the test."""
    english_only(Path(shutil.copytree(seed, tmp_path / "seeds" / NAME)))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Puts a few bytes in the place of a PDF, and lists what was made."""
    jobs: list[str] = []

    def make(job: Job) -> Made:
        jobs.append(job.path)
        statement = job.version.statement
        pdf = f"%PDF of {statement.name}".encode()
        digest = hashlib.sha256(pdf).hexdigest()
        told = (job.path, digest, len(pdf), 1, job.edition, job.language, "original", (), job.draft, "")
        return Made(Output(statement.name, statement.title, *told), pdf, b"")

    monkeypatch.setattr(production, "Workers", Inline)
    monkeypatch.setattr(production, "make_together", lambda jobs: [make(job) for job in jobs])
    monkeypatch.setattr(records, "contact_sheet", lambda gallery, pictures: b"%PDF")
    return jobs


@pytest.fixture(scope="module")
def two(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    """A project with two statements, built by two workers, and what the command said."""
    folder = tmp_path_factory.mktemp("two")
    for name in (NAME, "another"):
        english_only(Path(shutil.copytree(seed, folder / "seeds" / name)))
    return folder, handbill("build", "-j", "2", cwd=folder)


class TestBuild:
    def test_it_builds_all_of_seeds_and_ends_with_zero(self, two: tuple[Path, Run]) -> None:
        folder, run = two
        assert run.returncode == 0, run.stderr
        pdfs = sorted(path.relative_to(folder / "out").as_posix() for path in folder.rglob("*.pdf"))
        names = [
            [
                f"{name}/contact-sheet.pdf",
                *(f"{name}/en/{name}-en-{edition}.pdf" for edition in sorted(built_by_default())),
                f"{name}/preflight.pdf",
            ]
            for name in ("another", NAME)
        ]
        assert pdfs == names[0] + names[1]
        assert PDF in pdfs

    def test_its_last_line_says_how_many_and_where(self, two: tuple[Path, Run]) -> None:
        _, run = two
        assert run.stdout == f"{2 * len(built_by_default())} files; open {Path('out', 'index.html')}\n"

    def test_its_progress_is_plain_lines_where_there_is_no_terminal(self, two: tuple[Path, Run]) -> None:
        _, run = two
        assert f"{PDF}: " in run.stderr
        assert "\x1b" not in run.stderr + run.stdout and "\r" not in run.stderr

    def test_its_manifest_agrees_with_the_files(self, two: tuple[Path, Run]) -> None:
        out = two[0] / "out"
        files = json.loads((out / "manifest.json").read_text("utf-8"))["files"]
        assert [file["path"] for file in files] == sorted(
            path.relative_to(out).as_posix() for path in out.glob("*/*/*.pdf")
        )
        for file in files:
            content = (out / file["path"]).read_bytes()
            assert (file["sha256"], file["bytes"]) == (hashlib.sha256(content).hexdigest(), len(content))
            assert file["path"].endswith(f"-{file['language']}-{file['edition']}.pdf")
            assert (file["translation"], file["findings"]) == ("original", [])

    def test_every_link_of_its_index_leads_to_a_file(self, two: tuple[Path, Run]) -> None:
        out = two[0] / "out"
        page = lxml.html.document_fromstring((out / "index.html").read_bytes())
        links = {unquote(link) for link in page.xpath("//@href")}
        files = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
        pictures = {unquote(image.get("src")) for image in page.iter("img")}
        assert links | pictures == files - {"index.html", "manifest.json", "SHA256SUMS", RECORD}

    def test_it_leaves_nothing_but_its_output(self, two: tuple[Path, Run]) -> None:
        folder, _ = two
        assert {path.name for path in folder.iterdir()} == {"seeds", "out"}
        assert {path.name for path in folder.rglob(".*")} == {RECORD}

    def test_two_workers_make_the_bytes_that_one_makes(self, two: tuple[Path, Run]) -> None:
        folder, _ = two
        run = handbill("build", NAME, "-e", "screen", "-j", "1", "-o", "alone", cwd=folder)
        assert run.returncode == 0, run.stderr
        assert run.stdout == f"1 file; open {Path('alone', 'index.html')}\n"
        assert (folder / "alone" / PDF).read_bytes() == (folder / "out" / PDF).read_bytes()

    def test_it_says_what_it_did_not_make_again(self, two: tuple[Path, Run]) -> None:
        run = handbill("build", NAME, "-e", "screen", cwd=two[0])
        assert run.returncode == 0
        assert f"{PDF}: unchanged" in run.stderr

    def test_a_refusal_by_a_worker_ends_with_one_and_the_way_out(
        self, two: tuple[Path, Run], tmp_path: Path
    ) -> None:
        shutil.copytree(two[0] / "seeds", tmp_path / "seeds")
        for name in (NAME, "another"):
            form = tmp_path / "seeds" / name / "source.txt"
            text = form.read_text("utf-8")
            form.write_text(text.replace("9. Burma Action Ireland", "9. Burma Action မြန်မာ"), encoding="utf-8")
        run = handbill("build", "-j", "2", cwd=tmp_path)
        assert run.returncode == 1
        assert "U+1019" in run.stderr and "Correct the text" in run.stderr
        assert "Traceback" not in run.stderr


def test_a_build_with_an_open_doubt_ends_with_one_and_quotes_the_line(project: Path) -> None:
    source = project / "seeds" / NAME / "source.txt"
    text = source.read_text("utf-8")
    source.write_text(text.replace("denial of humanitarian aid", "denial of xqzvbtarian aid"), encoding="utf-8")
    run = handbill("build", cwd=project)
    assert run.returncode == 1
    assert run.stdout == ""
    assert "source.txt, line 16: " in run.stderr
    assert "    16: and the denial of xqzvbtarian aid, which may amount" in run.stderr
    assert "--draft" in run.stderr.splitlines()[-1]
    assert "Traceback" not in run.stderr
    assert [path.name for path in (project / "out").rglob("*") if path.is_file()] == ["proof.html"]


@pytest.mark.usefixtures("made")
class TestCallsOfBuild:
    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            pytest.param(["myanmar-acountability-2025"], f'Did you mean "{NAME}"?', id="a statement"),
            pytest.param(["-l", "enn"], 'Did you mean "en"?', id="a language"),
            pytest.param(["-e", "screan"], 'Did you mean "screen"?', id="an edition"),
            pytest.param(["-e", "screen", "-e", "screan"], 'Did you mean "screen"?', id="one edition of two"),
        ],
    )
    def test_a_mistyped_name_is_offered_the_nearest(
        self,
        project: Path,
        made: list[str],
        capsys: pytest.CaptureFixture[str],
        arguments: list[str],
        words: str,
    ) -> None:
        assert main(["build", *arguments]) == 2
        said = capsys.readouterr()
        assert words in said.err.splitlines()[-1]
        assert said.out == ""
        assert made == []
        assert not (project / "out").exists()

    @pytest.mark.parametrize(
        "arguments",
        [
            pytest.param([NAME, NAME], id="by its name twice"),
            pytest.param([NAME, f"seeds/{NAME}"], id="by name and by path"),
            pytest.param([f"seeds/{NAME}", f"./seeds/{NAME}/"], id="by two paths"),
        ],
    )
    def test_a_statement_named_twice_is_built_once(
        self, project: Path, made: list[str], arguments: list[str]
    ) -> None:
        assert main(["build", *arguments, "-e", "screen"]) == 0
        assert made == [PDF]

    def test_two_statements_of_one_name_are_refused_since_their_files_would_be_one(
        self, project: Path, made: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        shutil.copytree(project / "seeds" / NAME, project / "elsewhere" / NAME)
        assert main(["build", f"seeds/{NAME}", f"elsewhere/{NAME}"]) == 2
        assert NAME in capsys.readouterr().err
        assert made == []

    @pytest.mark.parametrize(
        ("arguments", "count"),
        [
            pytest.param(["-l", "en", "-l", "en", "-e", "screen", "-e", "screen"], 1, id="named twice counts once"),
            pytest.param(["-e", "all"], len(built_by_default()), id="all editions by a word"),
            pytest.param([], len(built_by_default()), id="all editions by default"),
        ],
    )
    def test_languages_and_editions(self, project: Path, made: list[str], arguments: list[str], count: int) -> None:
        assert main(["build", *arguments]) == 0
        assert len(made) == len(set(made)) == count

    def test_the_output_goes_where_it_is_asked_to(self, project: Path) -> None:
        assert main(["build", "-o", "somewhere/else"]) == 0
        assert (project / "somewhere/else" / PDF).is_file()
        assert not (project / "out").exists()

    def test_a_statement_outside_seeds_is_built_from_its_path(self, project: Path, made: list[str]) -> None:
        shutil.move(project / "seeds" / NAME, project / "letter")
        assert main(["build", "letter", "-e", "screen"]) == 0
        assert made == ["letter/en/letter-en-screen.pdf"]

    @pytest.mark.parametrize("name", ["a name with spaces", "100% #1", "été", "a?b&c"])
    def test_the_index_leads_to_the_files_of_a_folder_called(self, project: Path, name: str) -> None:
        shutil.move(project / "seeds" / NAME, project / "seeds" / name)
        assert main(["build", "-e", "screen"]) == 0
        page = lxml.html.document_fromstring((project / "out" / "index.html").read_bytes())
        paths = [unquote(re.split("[?#]", link)[0]) for link in page.xpath("//@href")]
        assert sorted(paths) == [
            f"{name}/{path}" for path in ("contact-sheet.pdf", f"en/{name}-en-screen.pdf", "proof.html")
        ]
        assert all((project / "out" / path).is_file() for path in paths)

    @pytest.mark.parametrize("number", ["0", "-1", "two", "1.5"])
    def test_a_number_of_workers_that_is_none_is_a_wrong_call(
        self, capsys: pytest.CaptureFixture[str], number: str
    ) -> None:
        with pytest.raises(SystemExit) as stopped:
            main(["build", f"-j{number}"])
        assert stopped.value.code == 2
        said = capsys.readouterr().err
        assert "-j" in said
        assert "_count" not in said, "a message names no function of the program"

    def test_where_the_output_cannot_be_written_it_is_said_without_a_traceback(
        self, project: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (project / "out").write_bytes(b"a file")
        assert main(["build"]) == 3
        said = capsys.readouterr().err
        assert "out" in said and "-o" in said and "Traceback" not in said

    def test_where_there_are_no_seeds_the_call_is_wrong(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert main(["build"]) == 2
        assert "no statement" in capsys.readouterr().err

    def test_mistakes_in_a_form_are_a_wrong_call_and_all_told(
        self, project: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        form = project / "seeds" / NAME / "statement.toml"
        text = form.read_text("utf-8").replace("https://", "http://").replace('accent = "#', 'accnet = "#')
        form.write_text(text, encoding="utf-8")
        assert main(["build"]) == 2
        said = capsys.readouterr().err
        assert re.search(r"statement\.toml, line \d+: online: ", said)
        assert re.search(r'statement\.toml, line \d+: accnet: .*Did you mean "accent"\?', said)

    def test_draft_and_force_reach_the_build(self, project: Path, made: list[str]) -> None:
        assert main(["build", "--draft"]) == 0
        first = len(made)
        assert main(["build", "--draft", "--force"]) == 0
        assert len(made) == 2 * first
        files = json.loads((project / "out" / "manifest.json").read_text("utf-8"))["files"]
        assert [file["draft"] for file in files] == [True] * first


class TestClean:
    def test_its_json_is_the_contract_s_and_nothing_else_is_printed(self, seed: Path, tmp_path: Path) -> None:
        run = handbill("clean", seed, "--json", cwd=tmp_path)
        assert (run.returncode, run.stderr) == (0, "")
        value = json.loads(run.stdout)
        assert list(value) == ["title", "language", "blocks", "signatories", "changes", "doubts", "edits"]
        assert {frozenset(each) for each in value["blocks"]} == {frozenset(("id", "kind", "text", "lines"))}
        assert {frozenset(each) for each in value["signatories"]} == {frozenset(("number", "name", "lines"))}
        for change in value["changes"]:
            assert change.keys() - {"reason"} == {"lines", "rule", "before", "after"}
        assert [len(value[key]) for key in ("blocks", "signatories", "doubts")] == [16, 46, 0]
        assert "\\u" not in run.stdout, "letters are readable"
        assert list(tmp_path.iterdir()) == []

    def test_its_text_is_for_reading(self, seed: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["clean", str(seed)]) == 0
        said = capsys.readouterr()
        assert said.err == ""
        lines = said.out.splitlines()
        assert lines[0].startswith("Myanmar: Four years after coup")
        assert "1. #Sisters2Sisters" in lines and "46. Youth Congress Rohingya" in lines
        assert any(line.startswith("[p16] ") for line in lines)

    def test_it_reads_a_bare_text(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = tmp_path / "letter.txt"
        path.write_text("We call on all par-\nties to the conflict to comply with the law.\n")
        assert main(["clean", str(path), "--json"]) == 0
        value = json.loads(capsys.readouterr().out)
        assert value["language"] == "en"
        (block,) = value["blocks"]
        assert block == {
            "id": "p1",
            "kind": "paragraph",
            "text": "We call on all parties to the conflict to comply with the law.",
            "lines": [1, 2],
        }
        assert [(change["before"], change["after"]) for change in value["changes"]] == [("par-\nties", "parties")]

    @pytest.mark.parametrize("json_asked", [True, False], ids=["as JSON", "as text"])
    def test_a_doubt_ends_it_with_one(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], json_asked: bool
    ) -> None:
        path = tmp_path / "letter.txt"
        path.write_text("We call on all parties to the xqzvbt conflict to comply with the law.\n")
        assert main(["clean", str(path), *(["--json"] if json_asked else [])]) == 1
        said = capsys.readouterr()
        if json_asked:
            (doubt,) = json.loads(said.out)["doubts"]
            assert doubt.keys() == {"lines", "text", "reason"}
            assert (doubt["lines"], doubt["text"]) == ([1, 1], "xqzvbt")
            assert said.err == ""
        else:
            assert "    1: We call on all parties to the xqzvbt" in said.err
            assert "corrections.toml" in said.err.splitlines()[-1]
            assert said.out.splitlines()[-1] == "0 corrections applied, 1 doubt left"

    def test_the_entries_it_prints_settle_the_doubts_when_they_are_pasted(
        self, statement_folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        source, decisions = statement_folder / "source.txt", statement_folder / "corrections.toml"
        text = source.read_text("utf-8").replace(" military", " mllitory", 1).replace(" justice", " xqzvbt", 1)
        source.write_text(text, encoding="utf-8")
        assert main(["clean", str(statement_folder)]) == 1
        said = capsys.readouterr().err
        assert (said.count("doubt about"), said.count("[[corrections]]")) == (1, 2)

        assert main(["clean", str(statement_folder), "--corrections"]) == 1
        printed = capsys.readouterr()
        assert all(line.strip() in said for line in printed.out.splitlines() if not line.startswith("#"))
        decisions.write_text(decisions.read_text("utf-8") + printed.out, encoding="utf-8")

        assert main(["clean", str(statement_folder)]) == 0
        told = capsys.readouterr().out.splitlines()
        assert "2 corrections applied, 0 doubts left" in told
        assert told[-1].startswith("2 of the corrections not yet compared with the paper: line ")

    def test_without_doubts_there_is_no_entry_to_paste(
        self, seed: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["clean", str(seed), "--corrections"]) == 0
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.endswith("0 corrections applied, 0 doubts left\n")

    def test_of_many_doubts_it_prints_the_first(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = tmp_path / "letter.txt"
        words = [f"xq{a}{b}z{c}{d}vb" for a in "aeiou" for b in "aeiou" for c in "aeiou" for d in "aeiou"]
        path.write_text("".join(f"The court saw the {word} of the people.\n\n" for word in words))
        assert main(["clean", str(path)]) == 1
        said = capsys.readouterr().err
        assert said.count("doubt about") == 20
        assert "… and 1 more." in said

    def test_it_changes_nothing(self, statement_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in statement_folder.iterdir()}
        assert main(["clean", str(statement_folder)]) == 0
        assert capsys.readouterr().out
        after = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in statement_folder.iterdir()}
        assert after == before

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            pytest.param(None, "no such file", id="a path where nothing is"),
            pytest.param(b"", "empty", id="an empty file"),
            pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not text", id="an image"),
            pytest.param(b"x" * 1_048_577, "1024 KiB", id="a file over the limit"),
        ],
    )
    def test_what_is_no_text_is_a_wrong_call(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, words: str
    ) -> None:
        path = tmp_path / "letter.txt"
        if content is not None:
            path.write_bytes(content)
        assert main(["clean", str(path), "--json"]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert str(path) in said.err and words in said.err

    def test_a_reader_that_goes_away_is_no_fault(self, seed: Path, tmp_path: Path) -> None:
        command = [sys.executable, "-m", "handbill", "clean", str(seed), "--json"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "build")}
        with subprocess.Popen(
            command, env=environment, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout and process.stderr
            process.stdout.close()
            said = process.stderr.read()
        assert (process.returncode, said) == (0, "")


class TestLists:
    def test_languages_are_a_table(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["languages"]) == 0
        heads, *rows = capsys.readouterr().out.splitlines()
        assert heads.split() == ["tag", "name", "script", "direction", "tier", "limits"]
        assert [row.split()[0] for row in rows] == known_languages()

    def test_languages_are_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["languages", "--json"]) == 0
        rows = json.loads(capsys.readouterr().out)
        assert [row["tag"] for row in rows] == known_languages()
        assert {tuple(row) for row in rows} == {("tag", "name", "script", "direction", "tier", "limits")}

    def test_editions_are_a_table(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["editions"]) == 0
        heads, *rows = capsys.readouterr().out.splitlines()
        assert heads.split() == ["edition", "page", "for", "promise"]
        assert [row.split()[0] for row in rows] == list(EDITIONS)

    def test_editions_are_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["editions", "--json"]) == 0
        rows = json.loads(capsys.readouterr().out)
        assert [row["edition"] for row in rows] == list(EDITIONS)
        assert {tuple(row) for row in rows} == {("edition", "page", "for", "promise")}

    def test_an_unknown_form_is_offered_the_nearest(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["schema", "statment"]) == 2
        assert 'Did you mean "statement"?' in capsys.readouterr().err


class TestExitCodes:
    @pytest.mark.parametrize(
        "arguments",
        [
            pytest.param([], id="no command"),
            pytest.param(["biuld"], id="a mistyped command"),
            pytest.param(["build", "--drfat"], id="a mistyped option"),
            pytest.param(["clean"], id="no path"),
            pytest.param(["build", "-o"], id="an option without its value"),
        ],
    )
    def test_a_wrong_call_ends_with_two(self, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        assert stopped.value.code == 2
        assert "usage: handbill" in capsys.readouterr().err

    @pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["--version"]], ids=" ".join)
    def test_help_ends_with_zero(self, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        assert stopped.value.code == 0
        assert "handbill" in capsys.readouterr().out

    def test_the_version_is_the_package_s(self, tmp_path: Path) -> None:
        run = handbill("--version", cwd=tmp_path)
        assert (run.returncode, run.stdout) == (0, f"handbill {__version__}\n")

    @pytest.mark.parametrize("command", ["build", "clean"])
    def test_a_fault_of_the_program_ends_with_three_and_says_where(
        self,
        seed: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        command: str,
    ) -> None:
        def fail(*arguments: object, **named: object) -> None:
            raise ZeroDivisionError("a stage broke")

        monkeypatch.setattr(pipeline, "structure", fail)
        monkeypatch.chdir(tmp_path)
        assert main([command, str(seed)]) == 3
        said = capsys.readouterr()
        assert "ZeroDivisionError: a stage broke" in said.err
        assert "fault of Handbill" in said.err.splitlines()[-1]
        assert said.out == ""

    def test_a_stopped_program_says_so_without_a_traceback(
        self, seed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def stop(*arguments: object, **named: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(pipeline, "structure", stop)
        assert main(["clean", str(seed)]) == 130
        assert "Stopped" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("spoil", "code"),
        [
            pytest.param(lambda folder: None, 0, id="a sound statement: zero"),
            pytest.param(lambda folder: (folder / "source.txt").write_bytes(b"\0"), 2, id="no text: two"),
            pytest.param(lambda folder: (folder / "statement.toml").write_text("title ="), 2, id="no form: two"),
            pytest.param(
                lambda folder: (folder / "corrections.toml").write_text(
                    '[[corrections]]\nline = 4\nbefore = "salary"\nafter = "x"\nreason = "r"\n'
                ),
                1,
                id="a stale correction: one",
            ),
        ],
    )
    @pytest.mark.parametrize("command", ["build", "clean"])
    def test_the_code_tells_whose_turn_it_is(
        self,
        project: Path,
        made: list[str],
        capsys: pytest.CaptureFixture[str],
        spoil: Callable[[Path], object],
        code: int,
        command: str,
    ) -> None:
        folder = project / "seeds" / NAME
        spoil(folder)
        assert main([command, str(folder)]) == code
        assert ("Traceback" in capsys.readouterr().err) is False


def test_names_are_printed_in_utf_8_whatever_the_terminal_says(project: Path) -> None:
    command = [sys.executable, "-m", "handbill", "clean", f"seeds/{NAME}", "--json"]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "build"), "PYTHONIOENCODING": "ascii"}
    run = subprocess.run(command, cwd=project, env=env, capture_output=True)

    assert run.returncode == 0, run.stderr
    assert "Mother’s Embrace" in run.stdout.decode()
