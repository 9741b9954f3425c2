"""How much of each language comes out of its PDF again: the table in README.md's section on languages.

Run it with `.venv/bin/python tests/bench/readback.py [TAG ...]`; it needs poppler's pdftotext. Each language's text
of tests/texts is made into a brief and read back by poppler and by pdfium, beside the same pages as WeasyPrint
alone writes them. The figure is the share of words (three letters and more) that are found again letter for letter;
for Arabic scripts, whose readers order lines in their own way, too.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from copying import by_pdfium, by_poppler, found
from handbill import engine, render
from handbill.compose import compose
from handbill.derive import derive
from handbill.editions import EDITIONS
from handbill.languages import known_languages, load_language
from handbill.model import Fit
from specimen import furniture, specimen


@contextmanager
def stock() -> Iterator[Any]:
    """WeasyPrint alone."""
    yield engine._load()


def measured(tag: str, folder: Path) -> tuple[float, ...]:
    """Share of words found again by poppler and pdfium."""
    version, language, edition = specimen(tag), load_language(tag), EDITIONS["screen"]
    path = folder / f"{tag}.pdf"
    pages = render.render(compose(version, language, edition, fit=Fit(summary=0.8)))
    path.write_bytes(derive(pages, version, language, edition))
    texts = [block.text for block in version.statement.blocks]
    spaced = language.pack.type.segment.body == "spaces"
    return tuple(found(texts, read(path), spaced, furniture(tag)) for read in (by_poppler, by_pdfium))


def main() -> None:
    """Print the table."""
    print("| language | poppler | pdfium | WeasyPrint alone: poppler | pdfium |\n|---|---|---|---|---|")
    ours = render.extended
    with tempfile.TemporaryDirectory() as folder:
        for tag in sys.argv[1:] or known_languages():
            figures = list(measured(tag, Path(folder)))
            render.extended = stock
            figures += measured(tag, Path(folder))
            render.extended = ours
            name = load_language(tag).pack.name
            print(f"| {name} ({tag}) | " + " | ".join(f"{figure:.1%}" for figure in figures) + " |", flush=True)


if __name__ == "__main__":
    main()
