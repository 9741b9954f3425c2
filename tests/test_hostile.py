"""What would like to be a program, an address or a command is refused by name, or is printed as the words it is."""

import json
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import polib
import pypdfium2
import pytest

from conftest import ROOT, source_of, text_of
from handbill import making
from handbill.__main__ import main
from handbill.clean import clean
from handbill.compose import compose, compose_browser_page
from handbill.editions import EDITIONS
from handbill.errors import CallError, ContentError
from handbill.languages import load_language
from handbill.making import Job, fitted, inputs_of
from handbill.model import Fit, Signatory, Version
from handbill.pipeline import prepare
from handbill.prepared import Prepared
from handbill.read import read
from handbill.read.text import LARGEST
from handbill.report import proof
from handbill.translations import update_translation
from handbill.visible import STEERING
from letter import letter

PAYLOAD = (
    "<script>alert(1)</script> <img src={url}/a.png> <link rel=stylesheet href={url}/b.css> "
    "<style>@import url({url}/c.css); body {{ background: url(file://{secret}) }}</style> "
    "{{{{ 7*7 }}}} {{% include '{secret}' %}} <a href=javascript:alert(2)>x</a> data:text/html,x ../secret.txt"
)
SECRET = "A-word-that-stands-in-no-statement"


@pytest.fixture
def listener() -> Iterator[tuple[str, list[object]]]:
    """An address that counts who asks for it."""
    asked: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            while True:
                try:
                    asked.append(server.accept()[1])
                except OSError:
                    return

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", asked
        server.shutdown(socket.SHUT_RDWR)


WATCHED = """
import os, sys
tell = os.open(sys.argv.pop(1), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def hook(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "os.system", "webbrowser.")) and "__new__" not in event:
        os.write(tell, f"{event} {arguments}\\n".encode(errors="replace"))
    if event == "open" and isinstance(arguments[0], (str, bytes)) and os.path.exists(arguments[0]):
        os.write(tell, b"open " + os.path.realpath(os.fsencode(arguments[0])) + b"\\n")
sys.addaudithook(hook)
from handbill.__main__ import main
sys.exit(main())
"""
"""Writes down every file that this program and its workers open, and every address they ask for."""


def watched(log: Path, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", WATCHED, str(log), *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "build"), "TMPDIR": str(log.parent / "scratch")}
    (log.parent / "scratch").mkdir()
    return subprocess.run(command, env=environment, cwd=log.parent / "scratch", capture_output=True, text=True)


@pytest.mark.skipif(sys.platform != "linux", reason="the watch goes along into forked workers")
def test_words_of_every_file_are_printed_as_they_are_and_nothing_is_asked_for_or_read(
    tmp_path: Path, listener: tuple[str, list[object]]
) -> None:
    secret = tmp_path / "seeds" / "secret.txt"
    hostile = PAYLOAD.format(url=listener[0], secret=secret)
    folder = letter(tmp_path / "seeds" / "letter", title=hostile, name=hostile)
    secret.write_text(SECRET)
    form = (folder / "statement.toml").read_text("utf-8")
    form = form.replace("example.org/letter", 'example.org/?\\"><script>alert(3)</script>{{7*7}}')
    form = form.replace('["en"]', f'["en", "fr"]\nkeywords = ["{hostile}"]')
    form += f'[session]\nname = "{hostile}"\nopens = 2025-06-16\ncloses = 2025-07-09\n'
    (folder / "statement.toml").write_text(form, encoding="utf-8")
    text = (folder / "source.txt").read_text("utf-8")
    (folder / "source.txt").write_text(f"{text.replace('account.', f'account: {hostile}.')}", encoding="utf-8")
    update_translation(folder, "fr")
    catalogue = polib.pofile(str(folder / "fr.po"))
    for entry in catalogue:
        entry.msgstr = entry.msgid if hostile in entry.msgid else f"{entry.msgid} {hostile}"
    catalogue.save(str(folder / "fr.po"))

    out, log = tmp_path / "out", tmp_path / "log"
    run = watched(log, "build", folder, "-e", "screen", "-o", out, "--draft")

    assert run.returncode == 0, run.stderr
    assert listener[1] == []
    for tag in ("en", "fr"):
        path = out / "letter" / tag / f"letter-{tag}-screen.pdf"
        with pypdfium2.PdfDocument(path) as document:
            printed = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
        for words in ("<script>alert(1)</script>", "{{7*7}}", "{%include", "javascript:alert(2)", "file://"):
            assert words in printed
        with pikepdf.open(path) as pdf:
            links = {str(note.A.URI) for page in pdf.pages for note in page.get("/Annots", ()) if "/URI" in note.A}
            assert links == {"https://example.org/?%22%3E%3Cscript%3Ealert(3)%3C/script%3E%7B%7B7*7%7D%7D"}
            assert not {"/OpenAction", "/AA", "/AcroForm"} & set(pdf.Root.keys())
            assert "/JavaScript" not in pdf.Root.get("/Names", {})
    for path in out.rglob("*"):
        assert path.is_dir() or SECRET.encode() not in path.read_bytes()
        if path.suffix == ".html":
            assert "<script" not in path.read_text("utf-8")
    said = log.read_text("utf-8").splitlines()
    assert [line for line in said if not line.startswith("open ")] == []
    own = [folder, out, log.parent / "scratch", ROOT / "build", ROOT / "layout", ROOT / "styles", ROOT / ".venv"]
    own += [Path(sys.prefix), Path(sys.base_prefix), Path("/dev/null"), Path("/proc")]
    own += [Path("/etc/mime.types"), Path("/usr/share/zoneinfo")]  # Python's own
    opened = {Path(line.removeprefix("open ")) for line in said}
    assert folder / "fr.po" in opened and any(path.suffix == ".ttf" for path in opened)
    assert [path for path in opened if not any(path.is_relative_to(place) for place in own)] == []


class TestAFolder:
    @pytest.mark.parametrize("name", ["source.txt", "statement.toml", "summary.toml", "fr.po"])
    def test_a_link_that_leads_out_of_it_is_refused(self, tmp_path: Path, name: str) -> None:
        folder = letter(tmp_path / "letter")
        (tmp_path / "outside").write_text((folder / "source.txt").read_text())
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to("../outside")
        with pytest.raises(CallError, match=rf"{re.escape(name)}: this is a link that leads out") as refused:
            read(folder)
        assert refused.value.remedy

    def test_a_link_inside_it_and_a_link_to_it_are_fine(self, tmp_path: Path) -> None:
        folder = letter(tmp_path / "letter")
        (folder / "source.txt").rename(folder / "scan-of-monday.txt")
        (folder / "source.txt").symlink_to("scan-of-monday.txt")
        (folder / ".#source.txt").symlink_to("a-user@a-machine.1")  # an editor's
        (tmp_path / "link").symlink_to(folder)
        assert read(tmp_path / "link").name == "letter"

    def test_what_is_no_file_is_refused_and_not_waited_for(self, tmp_path: Path) -> None:
        folder = letter(tmp_path / "letter")
        os.mkfifo(folder / "corrections.toml")
        with pytest.raises(CallError, match=r"corrections\.toml: this is no file"):
            read(folder)

    @pytest.mark.parametrize("name", [".hidden", "manifest.json", "index.html", "a\x1b[2Jb", "a\u202eb", "a\nb"])
    def test_a_name_that_is_none_for_a_file_is_refused(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
    ) -> None:
        folder = letter(tmp_path / name)
        assert main(["build", str(folder), "-o", str(tmp_path / "out")]) == 2
        said = capsys.readouterr().err
        assert "is no name for a statement" in said and not STEERING.search(said)
        assert not (tmp_path / "out").exists()


STEERED = ["\u202egnp.exe", "\u2067gnp.exe", "\u2066x", "\x1b[2J", "\x9b2J", "a\x07", "\u202d\u202ex\u202c"]


class TestDirection:
    @pytest.mark.parametrize("word", STEERED)
    def test_what_steers_is_taken_out_of_a_text_and_stands_in_the_ledger(self, word: str) -> None:
        cleaned = clean(
            source_of(f"The Council must act on {word} now.\n\nSigned by:\n1. A{word} Group\n2. B Group")
        )
        assert not STEERING.search(text_of(cleaned))
        assert {change.rule for change in cleaned.changes if STEERING.search(change.before)} == {
            "control-characters"
        }

    @pytest.mark.parametrize("word", STEERED)
    def test_what_steers_is_never_set_wherever_it_came_from(self, prepared: Prepared, word: str) -> None:
        with pytest.raises(ContentError, match=r"U\+[0-9A-F]{4} .*in signatory 1") as refused:
            compose(
                named(prepared.original, f"A {word} Group"), load_language("en"), EDITIONS["screen"], draft=True
            )
        assert refused.value.remedy and not STEERING.search(str(refused.value))

    def test_a_heap_of_marks_on_a_letter_is_refused_and_the_marks_of_a_language_are_not(
        self, prepared: Prepared
    ) -> None:
        english = load_language("en"), EDITIONS["screen"]
        with pytest.raises(ContentError, match="30 marks on one letter in signatory 1"):
            compose(named(prepared.original, "Z" + "\u0301\u0308\u0327" * 10 + "algo"), *english)
        compose(named(prepared.original, "Vie\u0323\u0302t"), *english)


def named(version: Version, *names: str) -> Version:
    """The version with these signatories."""
    signed = tuple(Signatory(number, name, (number, number)) for number, name in enumerate(names, 1))
    return replace(version, statement=replace(version.statement, signatories=signed))


class TestWhatIsShown:
    TEXT = "The Council must act \x1b]0;owned on \u202ethe war\u202c and \x9b2J the xqzvbt valley now.\n"

    def test_no_terminal_obeys_a_text(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = tmp_path / "letter.txt"
        path.write_text(self.TEXT, encoding="utf-8")
        assert main(["clean", str(path)]) == 1
        said = capsys.readouterr()
        assert "‹U+202E›the war" in said.err and "‹U+001B›]0;owned" in said.err
        assert not STEERING.search(said.err + said.out)

    def test_json_means_the_same_without_them(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = tmp_path / "letter.txt"
        path.write_text(self.TEXT, encoding="utf-8")
        main(["clean", str(path), "--json"])
        said = capsys.readouterr().out
        assert not STEERING.search(said)
        assert any("\u202ethe" in change["before"] for change in json.loads(said)["changes"])

    def test_a_proof_shows_them_by_their_number(self, tmp_path: Path) -> None:
        folder = letter(tmp_path / "letter")
        (folder / "source.txt").write_text(self.TEXT + "\nAnother paragraph.\n", encoding="utf-8")
        made = prepare(folder)
        page = compose_browser_page("proof.html.j2", proof=proof(made.source, made.cleaned, made.statement))
        assert not STEERING.search(page) and "‹U+202E›the" in page

    def test_no_page_or_record_of_a_draft_holds_them(self, tmp_path: Path) -> None:
        folder, out = letter(tmp_path / "letter"), tmp_path / "out"
        (folder / "source.txt").write_text(self.TEXT, encoding="utf-8")
        assert main(["build", str(folder), "-e", "office", "-o", str(out), "--draft"]) == 0
        findings = json.loads((out / "manifest.json").read_text("utf-8"))["files"][0]["findings"]
        assert any("\u202ethe" in finding for finding in findings)
        for name in ("manifest.json", "index.html", "letter/proof.html"):
            assert not STEERING.search((out / name).read_text("utf-8"))

    @pytest.mark.parametrize(
        ("form", "words"),
        [
            ('title = "\\u001b]0;owned\\u0007"', "title"),
            ('title = "\\u202egnp.exe"', "title"),
            ('"\\u001b[2J" = 1', "‹U+001B›"),
            ('title = "\\ud800"', "statement.toml"),
            ('title = "<b>"\nlanguage = "../../../etc/passwd"', "language"),
            ('languages = ["../secret"]', "languages"),
            ('online = "javascript:alert(1)"', "https://"),
            ('online = "file:///etc/passwd"', "https://"),
            ('accent = "red; background: url(http://example.org)"', "accent"),
            ("published = 99999-01-01", "statement.toml"),
            (f'title = "{"x" * 2001}"', "2000"),
            (f"x = {'[' * 5000}", "statement.toml"),
            (f"x = {'9' * 5000}", "statement.toml"),
        ],
        ids=lambda value: re.sub(r"\W+", " ", str(value))[:30],
    )
    def test_a_hostile_form_is_a_wrong_call_told_in_plain_characters(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str, words: str
    ) -> None:
        folder = letter(tmp_path / "letter")
        (folder / "statement.toml").write_text(form, encoding="utf-8")
        assert main(["build", str(folder), "-o", str(tmp_path / "out")]) == 2
        said = capsys.readouterr().err
        assert words in said and not STEERING.search(said)


BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{}]><xliff version="1.2">&j;</xliff>'.format(
    "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
)
SPY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff version="1.2">&a;</xliff>'


@pytest.mark.parametrize("document", [BOMB, SPY, "<a>" * 100_000], ids=["laughs", "a file", "a depth"])
def test_a_document_that_would_swell_or_reach_out_is_refused_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], document: str
) -> None:
    folder = letter(tmp_path / "letter")
    (tmp_path / "back.xlf").write_text(document)
    assert main(["translate", str(folder), "fr", "--from-xliff", str(tmp_path / "back.xlf")]) == 2
    assert f"{tmp_path / 'back.xlf'}: " in capsys.readouterr().err
    assert not (folder / "fr.po").exists()


class TestWhatIsTooMuch:
    def test_a_word_of_20_000_letters_is_refused_in_few_words(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        folder = letter(tmp_path / "letter")
        (folder / "source.txt").write_text(f"The word {'a' * 20_000} is long.\n")
        assert main(["build", str(folder), "-o", str(tmp_path / "out")]) == 2
        said = capsys.readouterr().err
        assert "source.txt, line 1: 20018 characters" in said and len(said) < 500

    def test_the_longest_line_that_is_read_is_a_doubt_in_few_words(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "letter.txt"
        path.write_text("a" * 10_000)
        assert main(["clean", str(path)]) == 1
        said = capsys.readouterr().err
        assert "A word of 10000 letters cannot be set" in said and len(said) < 2000

    def test_a_megabyte_of_text_is_cleaned(self, tmp_path: Path) -> None:
        folder = letter(tmp_path / "letter")
        sentence = "Council must act on the war in the valley and hold those responsible to account.\n"
        text = "".join(f"{word} {sentence}" for word in ("The", "This", "Our", "Your", "No", "Every")) + "\n"
        (folder / "source.txt").write_text(text * (LARGEST // len(text)))
        assert sum(len(block.text) for block in prepare(folder).statement.blocks) > 800_000

    def test_5000_signatories_are_read_and_counted_on_the_sheet_without_a_try(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = letter(tmp_path / "letter")
        names = "\n".join(f"{number}. Group number {number}" for number in range(1, 5001))
        (folder / "source.txt").write_text(f"The Council must act now.\n\nSigned by:\n\n{names}\n")
        version = prepare(folder).original
        monkeypatch.setattr(making, "extent", lambda *page: pytest.fail("a page was tried"))
        assert len(version.statement.signatories) == 5000
        assert not fitted(version, load_language("en"), EDITIONS["sheet"], Fit()).listed
        assert inputs_of(Job(version, "sheet", draft=False))
