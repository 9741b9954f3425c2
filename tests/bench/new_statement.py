"""How well a new statement is filled in, measured on the invented statements of the benchmark of scans.

Each is written as a Word file, in which neither title nor day has a style, and printed to PDF by LibreOffice; then
both are begun as new statements. Run it from the root: .venv/bin/python tests/bench/new_statement.py
"""

import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "ocr"))

import truth
from docx import Document
from docx.shared import Pt

from handbill.new_statement import Given, begin, draft
from handbill.pipeline import prepare

NAMES = sorted(path.stem for path in (truth.HERE / "statements").glob("*.toml"))
ANY_DAY = date(2031, 1, 1)
"""For those that have none, so that their names are counted."""


def write(statement: truth.Statement, folder: Path) -> Path:
    """A statement as a Word file: a bold title, bullets and numbers of Word's own, a line of contact below."""
    document = Document()
    title = document.add_paragraph().add_run(statement.title)
    title.bold, title.font.size = True, Pt(16)
    for unit in statement.body:
        if unit.kind == "heading":
            document.add_heading(unit.text, 2)
        else:
            document.add_paragraph(f"{unit.marker} {unit.text}".strip())
    for name in statement.names:
        document.add_paragraph(name, style="List Number")
    if statement.after:
        document.add_paragraph(statement.after)
    path = folder / f"{statement.name}.docx"
    document.save(str(path))
    return path


def measure(statement: truth.Statement, file: Path, folder: Path) -> tuple[bool, bool, int, int, float]:
    """Whether title and day are found, how many names are right, and but for apostrophes, and the seconds."""
    language = "fr" if statement.language == "pt" else ""  # there is no pack of Portuguese
    dated = begin(folder / f"{file.stem}{file.suffix[1:]}-as-it-is", file, Given(language), lambda line: None)
    started = time.perf_counter()
    given = Given(language, published=ANY_DAY)
    begun = begin(folder / f"{file.stem}{file.suffix[1:]}", file, given, lambda line: None)
    draft(begun, folder / "out", lambda line: None)
    seconds = time.perf_counter() - started
    made = prepare(begun.folder).statement
    pairs = list(zip(statement.names, (each.name for each in made.signatories), strict=False))
    right = sum(wanted == name for wanted, name in pairs)
    nearly = sum(wanted.replace("'", "’") == name.replace("'", "’") for wanted, name in pairs)
    return made.title == statement.title, "published" not in dated.missing, right, nearly, seconds


def main() -> None:
    """Measure them all."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        files = [write(truth.statement(name), folder) for name in NAMES]
        office = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        subprocess.run([*office, "--outdir", folder, *files], check=True, capture_output=True)
        for file in [path.with_suffix(end) for end in (".docx", ".pdf") for path in files]:
            statement = truth.statement(file.stem)
            titled, dated, right, nearly, seconds = measure(statement, file, folder)
            print(
                f"{file.name:28} title {'yes' if titled else 'no ':3} day {'yes' if dated else 'no ':3} "
                f"names {right:3} ({nearly:3} but for apostrophes) of {len(statement.names):3}  {seconds:4.1f} s"
            )


if __name__ == "__main__":
    main()
