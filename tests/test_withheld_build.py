"""No byte that leaves the program has a withheld name: no file in two languages, nothing that a command prints."""

import contextlib
import io
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from handbill import pipeline, versions
from handbill.__main__ import main
from handbill.making import Job, make
from handbill.pipeline import prepare

EDITIONS = ("screen", "press", "booklet", "large-print", "sheet")
SECRETS = ("Monland", "Embrace", "Malaysia", "MERHROM")
"""Words that only the withheld names have: one is marked by its number alone, one respelled, one has an acronym."""
OPEN = "Odhikar"
"""The same of a name that is printed, so that a file which cannot be read fails the test."""
BRIEFS = [("en", edition) for edition in EDITIONS] + [("ar", edition) for edition in ("screen", "press", "sheet")]

MARKS = """
[[signatories]]
number = 24
withheld = true

[[signatories]]
number = 30
name = "Mother’s Embrace"
official = { ar = "حضن Embrace" }
withheld = true

[[signatories]]
number = 31
name = "Myanmar Ethnic Rohingya Human Rights Organization in Malaysia (MERHROM)"
withheld = true
"""


@dataclass(frozen=True)
class Built:
    """A folder with withheld names, what was built of it as a draft, and what the commands printed."""

    folder: Path
    out: Path
    printed: dict[str, str]


def handbill(*arguments: object) -> tuple[int, str]:
    """Run a command; its exit code and all that it printed."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        code = main([str(each) for each in arguments])
    return code, printed.getvalue()


@pytest.fixture(scope="module")
def built(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A name runs over a gap, so that it is in doubt; the PO file is from before the names were withheld."""
    root = tmp_path_factory.mktemp("withheld")
    folder = Path(shutil.copytree(seed, root / "statement", ignore=shutil.ignore_patterns("*.po")))
    shutil.copy(seed / "ar.po", folder)
    source = (folder / "source.txt").read_text("utf-8")
    source = source.replace("Rights Foundation of Monland", "Rights\n\nFoundation of Monland")
    source = source.replace("Organization in Malaysia", "Organization in Malaysia (MERHROM)")
    (folder / "source.txt").write_text(source, encoding="utf-8")
    (folder / "signatories.toml").write_text(MARKS, encoding="utf-8")
    printed = {}
    code, printed["refused"] = handbill("build", folder, "-l", "ar", "-o", root / "out")
    assert code == 1
    code, printed["clean"] = handbill("clean", folder)
    assert code == 1
    code, printed["clean --json"] = handbill("clean", folder, "--json")
    assert code == 1
    code, printed["stale"] = handbill("build", folder, "-l", "ar", "-o", root / "out", "--draft")
    assert code == 1 and "`handbill translate statement ar` takes it out" in printed["stale"]
    code, printed["translate"] = handbill("translate", folder, "ar", "--xliff", root / "ar.xlf")
    assert code == 0
    for tag in ("en", "ar"):
        editions = [part for language, edition in BRIEFS if language == tag for part in ("-e", edition)]
        more = ("-o", root / "out", "--draft", "-v")
        code, printed[f"build {tag}"] = handbill("build", folder, "-l", tag, *editions, *more)
        assert code == 0, printed
    former = root / "former.pdf"
    former.write_bytes(make(Job(prepare(seed).original, "sheet", draft=False)).pdf)
    code, printed["check"] = handbill("check", former, "-e", "sheet", "--statement", folder, "-v")
    assert code == 1 and "text/words" in printed["check"]
    return Built(folder, root / "out", printed)


def forms(secret: str) -> Iterator[bytes]:
    """How a text may stand in a file: in the encodings of text, and as PDF writes strings."""
    for encoding in ("utf-8", "utf-16-be", "utf-16-le"):
        for text in (secret, secret.upper(), secret.lower()):
            raw = text.encode(encoding)
            yield from (raw, raw.hex().encode(), raw.hex().upper().encode())
            yield "".join(f"\\{byte:03o}" for byte in raw).encode()


def texts_of(pdf: Path) -> Iterator[str]:
    """Every text of a PDF: what its pages say, its strings, its unpacked streams."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            yield page.get_textpage().get_text_range()
    with pikepdf.open(pdf) as opened:
        for entry in opened.objects:
            yield from strings(entry)


def strings(entry: object) -> Iterator[str]:
    if isinstance(entry, pikepdf.Stream):
        with contextlib.suppress(pikepdf.PdfError):  # an image
            yield entry.read_bytes().decode("latin-1")
    if isinstance(entry, pikepdf.String):
        yield str(entry)
    elif isinstance(entry, pikepdf.Array):
        for each in entry:
            if not getattr(each, "is_indirect", False):
                yield from strings(each)
    elif isinstance(entry, (pikepdf.Dictionary, pikepdf.Stream)):
        for _, each in entry.items():
            if not getattr(each, "is_indirect", False):
                yield from strings(each)


def told(path: Path) -> str:
    """Everything a file says, without spaces and line ends."""
    parts = [path.read_bytes().decode("latin-1")]
    if path.suffix == ".pdf":
        parts += texts_of(path)
    elif path.suffix == ".png":
        with Image.open(path) as picture:
            parts.append(repr(picture.info))
    return re.sub(r"[\s\ufffe\u2060\u200b\xa0-]+", "", "\n".join(parts))


def test_no_file_has_a_withheld_name(built: Built) -> None:
    files = [path for path in built.out.rglob("*") if path.is_file()]
    briefs = [path for path in files if path.name.startswith("statement-") and path.suffix == ".pdf"]
    assert len(briefs) == len(BRIEFS)
    for path in [*files, built.folder / "ar.po", built.out.parent / "ar.xlf"]:
        said, raw = told(path).casefold(), path.read_bytes()
        if path in briefs or path.suffix in (".po", ".xlf") or path.name == "proof.html":
            assert OPEN.casefold() in said, f"{path}: this test cannot read the file"
        for secret in SECRETS:
            assert secret.casefold() not in said, path
            assert not any(form in raw for form in forms(secret)), path


def test_no_command_prints_a_withheld_name(built: Built) -> None:
    for command, said in built.printed.items():
        for secret in SECRETS:
            assert secret.casefold() not in re.sub(r"\s+", " ", said).casefold(), command
    assert "[withheld]" in built.printed["refused"]
    assert (
        json.loads(built.printed["clean --json"][: built.printed["clean --json"].rindex("}") + 1])["withheld"] == 3
    )


@pytest.mark.parametrize(("tag", "edition"), BRIEFS)
def test_every_edition_counts_the_withheld_names(built: Built, tag: str, edition: str) -> None:
    pdf = built.out / "statement" / tag / f"statement-{tag}-{edition}.pdf"
    said = re.sub(r"\s+", " ", " ".join(texts_of(pdf)))
    if tag == "en":
        assert "46 organizations" in said.replace("46 ORGANIZATIONS", "46 organizations")
        assert "and 3 organizations whose names are withheld" in said
        assert "Signed by 43 organizations" in said
    else:
        assert {"٤٦", "٤٣"} <= set(said.split())


def test_the_findings_of_the_manifest_quote_no_withheld_name(built: Built) -> None:
    files = json.loads((built.out / "manifest.json").read_text("utf-8"))["files"]
    assert any("doubt about “[withheld]”" in finding for file in files for finding in file["findings"])


@pytest.mark.parametrize(
    ("module", "stage"),
    [(pipeline, "clean"), (pipeline, "structure"), (versions, "check_agreement")],
    ids=["clean", "structure", "check_agreement"],
)
def test_a_fault_of_the_program_is_told_without_the_text(
    built: Built,
    module: ModuleType,
    stage: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError((built.folder / "source.txt").read_text("utf-8"))

    monkeypatch.setattr(module, stage, fail)
    assert main(["build", str(built.folder), "-l", "en", "-o", str(tmp_path)]) == 3
    said = "".join(capfd.readouterr())
    assert "RuntimeError" in said
    assert not any(secret in said for secret in (*SECRETS, OPEN))


def test_a_file_made_before_a_name_was_withheld_is_removed(
    built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    out = Path(shutil.copytree(built.out, tmp_path / "out"))
    listed = json.loads((out / "manifest.json").read_text("utf-8"))
    former, kept = listed["files"][0], listed["files"][1]
    former["text"] = "0" * 64
    (out / "manifest.json").write_text(json.dumps(listed), encoding="utf-8")
    orphan = out / "statement" / "fr" / "statement-fr-screen.pdf"
    orphan.parent.mkdir()
    orphan.write_bytes(b"%PDF-")
    mine = out / "statement" / "notes.txt"
    mine.write_text("mine", encoding="utf-8")
    arguments = ["build", str(built.folder), "-l", "en", "-e", "screen", "-o", str(out), "--draft"]
    assert main(arguments) == 0
    assert not (out / former["path"]).exists() and not orphan.exists()
    assert (out / kept["path"]).exists() and mine.exists()
    assert former["path"] not in (out / "manifest.json").read_text("utf-8")
    assert f"{former['path']}: removed" in capfd.readouterr().err
