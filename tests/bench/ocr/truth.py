"""What the paper says: the statements, the designs they are set in, and the scans made of both.

In: the files in `statements/` and `designs/`, and `scans.toml`. Out: frozen values. `printed` is the truth of a
scan: every unit of text in the order of the page, letter for letter as the design prints it. `remake.py` sets these
units and `measure.py` holds the cleaner against them, so neither has a text of its own. Another folder with these
files is read in the same way; a statement or design that it does not have is the one that stands here.

A statement's body has one unit on a line, told by how it begins: `# ` a heading, `• ` or `1. ` or `a) ` an item,
`[1] ` a footnote, anything else a paragraph. `[1]` inside a line is a footnote's mark, `*words*` are in italics.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

DRAWN = HERE / "drawn"
"""Scans of designs that `draw.py` drew, in a folder like this one."""

_BEGINS = re.compile(r"(?P<sign># |• |\d+\. |[a-z]\) |\[\d+\] )?(?P<text>.*)")


@dataclass(frozen=True)
class Unit:
    """A title, heading, paragraph, item, footnote ("note") or name.

    Attributes:
        kind: One of these; "above" for what stands above the title and is no furniture.
        source: Its words with `[1]` and `*italics*`.
        marker: The bullet (always "•" here), the number of an item or name as printed, or the number of a footnote.
    """

    kind: str
    source: str
    marker: str = ""

    @property
    def text(self) -> str:
        """Its words as a reader copies them; the mark of a footnote is a digit after its word."""
        return re.sub(r"\[(\d+)\]", r"\1", self.source).replace("*", "")


@dataclass(frozen=True)
class Statement:
    """A fictional statement.

    Attributes:
        name: The file's name.
        language: BCP 47 tag.
        title: The title.
        running: What a running header says; the title, or a shorter one.
        above: What stands above the title, a unit on a line: kind of text, session and item, place, whom it is for.
        body: Its units in order, footnotes where the file has them.
        names: Its signatories.
        numbered: Whether these are printed with numbers.
        after: What stands below them, or "".
        held_back: Whether it is only in scans held back from rule writing.
    """

    name: str
    language: str
    title: str
    body: tuple[Unit, ...]
    names: tuple[str, ...]
    running: str
    numbered: bool = True
    above: str = ""
    after: str = ""
    held_back: bool = False


@dataclass(frozen=True)
class Design:
    """How a page looks.

    Attributes:
        name: The file's name.
        css: The look of the text.
        furniture: HTML of what each page has beside the text; {running}, {title}, {page}, {pages} are filled in.
        first_page: The same, on the first page only.
        size: Width and height of the page in millimetres.
        title: "head" where the text begins with the title, "margin" where only the furniture has it.
        capitals: The kinds of units that are printed in capitals.
        hyphens: Whether words are cut at line ends.
        bullet: What is printed before an item.
        number: How a name's number is printed.
        numbers_apart: Whether the numbers of the names stand in a column of their own, or a space before the name.
        notes: "foot" or "end": footnotes under the page that has their mark, or all of them after the text.
        subtitle: Whether what follows the title's colon is a line of its own, `.subtitle` for the CSS.
        held_back: Whether it is held back from rule writing.
    """

    name: str
    css: str
    furniture: str = ""
    first_page: str = ""
    size: tuple[float, float] = (210, 297)
    title: str = "head"
    capitals: tuple[str, ...] = ()
    hyphens: bool = False
    bullet: str = "•"
    number: str = "{}."
    numbers_apart: bool = False
    notes: str = "end"
    subtitle: bool = False
    held_back: bool = False


@dataclass(frozen=True)
class Scan:
    """One statement in one design on one scanner.

    Attributes:
        statement: What is printed.
        design: How.
        dpi: The scanner's resolution.
        skew: How far the sheets lie askew, in degrees; each sheet a little differently.
        wear: 0 (a clean print) to 3 (a bad photocopy).
        bilevel: Whether the scanner knows only black and white.
        psm: Tesseract's page segmentation mode.
        read_in: The languages it reads in, where it is told more than the statement's own.
        folder: Where its files are.
    """

    statement: Statement
    design: Design
    dpi: int
    skew: float = 0.0
    wear: int = 1
    bilevel: bool = False
    psm: int = 3
    read_in: str = ""
    folder: Path = HERE

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"{self.statement.name}.{self.design.name}.{self.dpi}"

    @property
    def half(self) -> str:
        """ "held" where the statement or the design is held back, else "dev"."""
        return "held" if self.statement.held_back or self.design.held_back else "dev"

    @property
    def path(self) -> Path:
        """What tesseract read, byte for byte."""
        return self.folder / "scans" / self.half / f"{self.name}.txt"


@dataclass(frozen=True)
class Printed:
    """The truth of a scan.

    Attributes:
        title: The title as printed.
        text: The units of the text in the order of the page; footnotes that are printed after it are among them.
        names: The signatories; empty markers where they are not numbered.
        after: What stands below the names.
        notes: Footnotes that stand at the foot of a page, wherever that is in the text.
    """

    title: str
    text: tuple[Unit, ...]
    names: tuple[Unit, ...]
    after: tuple[Unit, ...] = ()
    notes: tuple[Unit, ...] = ()


def printed(statement: Statement, design: Design) -> Printed:
    """What the page says when the statement is set in the design."""

    def cased(unit: Unit) -> Unit:
        return replace(unit, source=unit.source.upper()) if unit.kind in design.capitals else unit

    title = cased(Unit("title", statement.title if design.title == "head" else statement.running))
    at_foot = {unit for unit in statement.body if unit.kind == "note" and design.notes == "foot"}
    text = [cased(unit) for unit in statement.body if unit not in at_foot]
    if design.title == "head":
        text.insert(0, title)
    text[:0] = [cased(Unit("above", line)) for line in statement.above.splitlines() if line]
    numbers = (design.number.format(number) if statement.numbered else "" for number in count(1))
    return Printed(
        title=title.text,
        text=tuple(text),
        names=tuple(Unit("name", name, number) for name, number in zip(statement.names, numbers, strict=False)),
        after=(Unit("paragraph", statement.after),) if statement.after else (),
        notes=tuple(unit for unit in statement.body if unit in at_foot),
    )


def units(body: str) -> Iterator[Unit]:
    """The units of a statement's body.

    >>> [(unit.kind, unit.marker, unit.text) for unit in units("# Calls\\n\\n1. Free *all*.[2]\\n[2] Decree 9.")]
    [('heading', '', 'Calls'), ('item', '1.', 'Free all.2'), ('note', '2', 'Decree 9.')]
    """
    for line in filter(None, map(str.strip, body.splitlines())):
        found = _BEGINS.fullmatch(line)
        assert found
        sign = (found["sign"] or "").strip()
        if sign == "#":
            yield Unit("heading", found["text"])
        elif sign.startswith("["):
            yield Unit("note", found["text"], sign.strip("[]"))
        else:
            yield Unit("item" if sign else "paragraph", found["text"], sign)


@cache
def statement(name: str, folder: Path = HERE) -> Statement:
    """A statement by the name of its file."""
    entry = _entry(folder, "statements", name)
    return Statement(
        name=name,
        body=tuple(units(entry.pop("body"))),
        names=tuple(filter(None, map(str.strip, entry.pop("names").splitlines()))),
        running=entry.pop("running", entry["title"]),
        **entry,
    )


@cache
def design(name: str, folder: Path = HERE) -> Design:
    """A design by the name of its file."""
    entry = _entry(folder, "designs", name)
    # TOML has lists where a frozen value has tuples.
    return Design(
        name=name, **{key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    )


@cache
def scans(folder: Path = HERE) -> tuple[Scan, ...]:
    """Every scan of the benchmark, or of a folder like it."""
    return tuple(
        Scan(statement(entry.pop("statement"), folder), design(entry.pop("design"), folder), folder=folder, **entry)
        for entry in _read(folder / "scans.toml")["scans"]
    )


def _entry(folder: Path, kind: str, name: str) -> dict[str, Any]:
    own = folder / kind / f"{name}.toml"
    return _read(own if own.exists() else HERE / kind / f"{name}.toml")


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
