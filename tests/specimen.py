"""A brief in any language, made of a text that nobody tuned the program to."""

import re
from datetime import date
from pathlib import Path

from copying import squeezed
from handbill.languages import load_language
from handbill.model import (
    Block,
    DemandGroup,
    Expected,
    Figure,
    Kind,
    Particulars,
    Session,
    Signatory,
    Statement,
    Status,
    Summary,
    SummaryItem,
    Version,
)

TEXTS = Path(__file__).resolve().parent / "texts"
NAMES = 24


def paragraphs(tag: str) -> list[str]:
    """Real paragraphs in the language, or those of its pack's sample."""
    path = TEXTS / f"{tag}.txt"
    if path.exists():
        return path.read_text(encoding="utf-8").strip().split("\n\n")
    return [load_language(tag).pack.sample.paragraph] * 3


def furniture(tag: str) -> list[str]:
    """Regular expressions for what stands between two pages of the specimen, as `squeezed` leaves it."""
    language, version = load_language(tag), specimen(tag)
    day = language.written_date(version.particulars.published)
    header = f"{version.statement.title} · {day} · {language.labels.unofficial}"
    digits = f"[{language.pack.numerals.digits}]+"
    folio = re.escape(squeezed(language.labels.folio.format(page="\ue000", pages="\ue001")))
    return [re.escape(squeezed(header)), folio.replace("\ue000", digits).replace("\ue001", digits)]


def specimen(tag: str) -> Version:
    """A version with a summary, numbered paragraphs and names, the names of the sample and foreign ones in turn."""
    pack = load_language(tag).pack
    texts = paragraphs(tag)
    names = [pack.sample.names[number % len(pack.sample.names)] for number in range(NAMES)]
    latin = pack.script == "Latn"
    statement = Statement(
        name="specimen",
        title=pack.sample.heading,
        language=tag,
        blocks=tuple(Block(f"p{n}", Kind.PARAGRAPH, text, (n, n)) for n, text in enumerate(texts, 1)),
        signatories=tuple(
            Signatory(n, name, (n, n), "en" if name.isascii() and not latin else "")
            for n, name in enumerate(names, 1)
        ),
    )
    items = tuple(SummaryItem(text, f"p{n}") for n, text in enumerate(texts[:2], 1))
    return Version(
        statement,
        Summary(
            standfirst=SummaryItem(pack.sample.heading, "p1"),
            figures=(Figure("", pack.numerals.digits[1:4], pack.sample.heading, "p1"),),
            demands=tuple(DemandGroup(pack.sample.heading, (item,)) for item in items),
            verbatim=False,
        ),
        Particulars(
            title=pack.sample.heading,
            language="en",
            published=date(2025, 1, 31),
            online="https://example.org/statement",
            session=Session(pack.sample.heading, date(2025, 2, 24), date(2025, 4, 4)),
            languages=(tag,),
            paper="a4",
            accent="#7a1f2b",
            keywords=(),
            expected=Expected(),
            approved_text=None,
        ),
        Status.ORIGINAL if tag == "en" else Status.UNREVIEWED,
    )
