"""Make the scans again: set each statement in its design, print, scan and read it.

Run it with `.venv/bin/python tests/bench/ocr/remake.py [NAME ...] [--of FOLDER] [--pictures FOLDER]`; a name is a
scan's or a part of it. It needs chromium, pdftoppm (poppler), tesseract with eng, fra, spa and por, and the fonts
that the designs name. The same versions of these write the same bytes: what a scanner does by chance is drawn from
the scan's name.

The text and the furniture are printed apart and laid over each other as pictures, so that furniture may stand
anywhere, even on the text. Not every Chromium has hyphenation patterns: Pyphen's are written into the words as soft
hyphens.
"""

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from html import escape
from io import BytesIO
from itertools import groupby
from pathlib import Path

import pikepdf
import pyphen
from PIL import Image, ImageChops, ImageFilter
from truth import HERE, Printed, Scan, Unit, printed, scans

TESSDATA = {"en": "eng", "fr": "fra", "es": "spa", "pt": "por"}

NEEDED = ("chromium", "pdftoppm", "tesseract")

BASE = """
* { margin: 0; padding: 0; box-sizing: border-box }
body { font-size: 11pt; line-height: 1.35 }
h1 { font-size: 1.5em; line-height: 1.2; margin-bottom: 1em }
h2 { font-size: 1.1em; margin: .8em 0 .4em; break-after: avoid }
p { margin-bottom: .7em; orphans: 2; widows: 2 }
p.item { padding-inline-start: 1.8em }
p.item b { display: inline-block; width: 1.8em; margin-inline-start: -1.8em; text-indent: 0; font-weight: inherit }
ol { list-style: none }
li { padding-inline-start: 1.9em; text-indent: -1.9em; text-align: start; break-inside: avoid; hyphens: none }
li b { font-weight: inherit }
.apart li { padding-inline-start: 2.6em; text-indent: 0 }
.apart li b { display: inline-block; width: 2.6em; margin-inline-start: -2.6em }
sup { font-size: .62em; line-height: 0; vertical-align: super }
a { color: inherit; text-decoration: none }
.notes { font-size: .82em; border-top: .5pt solid; margin: 1em 0; padding-top: .4em }
.page { position: relative; overflow: hidden; break-after: page }
.page > * { position: absolute; white-space: nowrap }
.page > .notes { white-space: normal; margin: 0 }
"""


def remake(scan: Scan, pictures: Path | None = None) -> str:
    """What tesseract reads on the scans of the pages, a form feed between them.

    The scans themselves are kept where pictures says.
    """
    truth = printed(scan.statement, scan.design)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        text = print_pdf(folder / "text", _text_page(scan, truth))
        furniture = print_pdf(folder / "furniture", _furniture_page(scan, truth, _pages_of_marks(text)))
        sheets = zip(sheets_of(text, scan.dpi), sheets_of(furniture, scan.dpi), strict=True)
        read = [
            scanned(ImageChops.darker(*sheet), scan, random.Random(f"{scan.name} {page}"))
            for page, sheet in enumerate(sheets, 1)
        ]
        if pictures:
            for page, picture in enumerate(read, 1):
                (pictures / f"{scan.name}-{page}.png").write_bytes(picture)
        return "\f".join(read_picture(picture, scan) for picture in read)


def _text_page(scan: Scan, truth: Printed) -> str:
    cut = pyphen.Pyphen(lang=scan.statement.language) if scan.design.hyphens else None
    body = "\n".join(_parts(truth.text, scan, cut))
    names = "\n".join(_name(unit) for unit in truth.names)
    after = "\n".join(_unit(unit, scan, cut) for unit in truth.after)
    spacing = "apart" if scan.design.numbers_apart else ""
    parts = f'<main>{body}</main><ol class="{spacing}">{names}</ol><footer>{after}</footer>'
    return _html(scan, parts, scan.design.css)


def _parts(units: Iterable[Unit], scan: Scan, cut: pyphen.Pyphen | None) -> Iterator[str]:
    for is_notes, group in groupby(units, lambda unit: unit.kind == "note"):
        if is_notes:
            yield _notes(group)
        else:
            yield from (_unit(unit, scan, cut) for unit in group)


def _furniture_page(scan: Scan, truth: Printed, marks: list[list[str]]) -> str:
    width, height = scan.design.size
    pages = []
    for page, on_page in enumerate(marks, 1):
        parts = scan.design.furniture + (scan.design.first_page if page == 1 else "")
        filled = parts.format(
            running=escape(scan.statement.running), title=escape(truth.title), page=page, pages=len(marks)
        )
        filled += _notes(note for note in truth.notes if note.marker in on_page)
        pages.append(f'<div class="page" style="width: {width}mm; height: {height}mm">{filled}</div>')
    return _html(scan, "".join(pages), scan.design.css + "\n@page { margin: 0 !important }")


def _html(scan: Scan, body: str, css: str) -> str:
    width, height = scan.design.size
    return (
        f'<!doctype html><html lang="{scan.statement.language}"><meta charset="utf-8">'
        f"<style>{BASE}\n@page {{ size: {width}mm {height}mm }}\n{css}</style><body>{body}</body></html>"
    )


def _unit(unit: Unit, scan: Scan, cut: pyphen.Pyphen | None) -> str:
    words = _inline(unit.source, cut if unit.kind in ("paragraph", "item") else None)
    if unit.kind == "title":
        first, colon, second = words.partition(": ")
        if scan.design.subtitle and colon:
            words = f'{first}:<br><span class="subtitle">{second}</span>'
        return f"<h1>{words}</h1>"
    if unit.kind == "heading":
        return f"<h2>{words}</h2>"
    if unit.kind == "above":
        return f'<p class="above">{words}</p>'
    if unit.kind == "item":
        sign = scan.design.bullet if unit.marker == "•" else unit.marker
        return f'<p class="item"><b>{sign}</b>{words}</p>'
    return f"<p>{words}</p>"


def _name(unit: Unit) -> str:
    if not unit.marker:
        return f"<li>{escape(unit.source)}</li>"
    return f"<li><b>{unit.marker}</b> {escape(unit.source)}</li>"


def _notes(notes: Iterable[Unit]) -> str:
    lines = "".join(f"<p><sup>{note.marker}</sup> {_inline(note.source, None)}</p>" for note in notes)
    return f'<div class="notes">{lines}</div>' if lines else ""


def _inline(source: str, cut: pyphen.Pyphen | None) -> str:
    text = escape(source, quote=False)
    if cut:
        text = re.sub(r"[^\W\d_]{6,}", lambda word: str(cut.inserted(word[0], "\N{SOFT HYPHEN}")), text)
    text = re.sub(r"\*([^*]+)\*", r"<i>\1</i>", text)
    # The link tells on which page the mark came to stand.
    return re.sub(r"\[(\d+)\]", r'<sup><a href="https://note.example/\1">\1</a></sup>', text)


def print_pdf(path: Path, html: str) -> Path:
    """Print a page of HTML; the PDF stands beside the path."""
    page, pdf = path.with_suffix(".html"), path.with_suffix(".pdf")
    page.write_text(html, encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={pdf}"]
    subprocess.run(
        ["chromium", *options, f"--user-data-dir={path}-profile", page.as_uri()], check=True, capture_output=True
    )
    return pdf


def _pages_of_marks(path: Path) -> list[list[str]]:
    """For each page the footnotes that are marked on it."""
    with pikepdf.open(path) as pdf:
        return [[str(link.A.URI).rpartition("/")[2] for link in page.obj.get("/Annots", [])] for page in pdf.pages]


def sheets_of(path: Path, dpi: int) -> list[Image.Image]:
    """The pages of a PDF as pictures."""
    subprocess.run(["pdftoppm", "-gray", "-r", str(dpi), str(path), str(path.with_suffix(""))], check=True)
    return [Image.open(page).convert("L") for page in sorted(path.parent.glob(f"{path.stem}-*.pgm"))]


def scanned(sheet: Image.Image, scan: Scan, chance: random.Random) -> bytes:
    """The sheet as a scanner sees it: askew, a little soft, with grain and specks."""
    angle = scan.skew + chance.uniform(-0.15, 0.15) * bool(scan.skew)
    sheet = sheet.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    sheet = sheet.filter(ImageFilter.GaussianBlur((0, 0.35, 0.6, 0.8)[scan.wear] * scan.dpi / 200))
    strength = (0, 24, 56, 90)[scan.wear]
    grain = Image.frombytes("L", sheet.size, chance.randbytes(sheet.width * sheet.height))
    grain = grain.point([128 + (value - 128) * strength // 128 for value in range(256)])
    sheet = ImageChops.add(sheet, grain, offset=-128)
    for _ in range((0, 10, 120, 400)[scan.wear]):
        at = chance.randrange(sheet.width), chance.randrange(sheet.height)
        sheet.paste(60, (*at, at[0] + chance.randint(1, 2), at[1] + chance.randint(1, 2)))
    if scan.bilevel:
        sheet = sheet.point([255 * (value > 150) for value in range(256)])
    else:
        photograph = BytesIO()
        sheet.save(photograph, "JPEG", quality=(95, 80, 55, 35)[scan.wear])
        sheet = Image.open(photograph)
    picture = BytesIO()
    sheet.save(picture, "PNG", dpi=(scan.dpi, scan.dpi))
    return picture.getvalue()


def read_picture(picture: bytes, scan: Scan) -> str:
    """What tesseract reads in a picture."""
    languages = scan.read_in or TESSDATA[scan.statement.language]
    command = ["tesseract", "stdin", "-", "-l", languages, "--psm", str(scan.psm)]
    # One thread: the order of tesseract's sums, and so its reading, may depend on how many there are.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    done = subprocess.run(command, input=picture, capture_output=True, check=True, env=environment)
    return str(done.stdout, "utf-8")


def _write(scan: Scan, pictures: Path | None) -> str:
    text = remake(scan, pictures)
    scan.path.parent.mkdir(parents=True, exist_ok=True)
    scan.path.write_bytes(text.encode())
    return scan.name


def main() -> int:
    """Make the scans that were asked for, or all."""
    missing = [name for name in NEEDED if not shutil.which(name)]
    if missing:
        print(f"Not installed: {', '.join(missing)}. Debian's packages: chromium, poppler-utils, tesseract-ocr.")
        return 1
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="only scans with this in their name")
    parser.add_argument(
        "--of", type=Path, default=HERE, metavar="FOLDER", help="of this folder, not the benchmark's"
    )
    parser.add_argument("--pictures", type=Path, metavar="FOLDER", help="keep the scanned pages here, as PNG")
    asked = parser.parse_args()
    names = asked.names or [""]
    chosen = [scan for scan in scans(asked.of) if any(name in scan.name for name in names)]
    if not chosen:
        print(f"No scan of {asked.of / 'scans.toml'} is called {' or '.join(names)}.")
        return 2
    if asked.pictures:
        asked.pictures.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(max_workers=2) as pool:
        for name in pool.map(partial(_write, pictures=asked.pictures), chosen):
            print(name, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
