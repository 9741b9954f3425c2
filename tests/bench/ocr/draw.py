"""Draw designs by chance, so that the cleaner can be measured on papers that nobody has seen.

In: a seed and the names of statements; `draw.toml` has the wording of each language. Out: files for `truth.py` in a
folder of their own: designs, each drawn for the language, the length of the titles and the notes of one statement,
and their scans. The same seed draws the same. Run it with
`.venv/bin/python tests/bench/ocr/draw.py SEED --into FOLDER [-n COUNT] [--statements NAME ...]`.

What a paper has beside its text is stacked from its edges inwards, and the text begins where that ends: nothing
stands on the text unless a running title is meant to.
"""

import argparse
import json
import math
import random
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from html import unescape
from pathlib import Path
from typing import Any, TypeVar

from truth import HERE, Design, Statement, statement

T = TypeVar("T")

MM = 25.4 / 72
"""Millimetres in a point."""

CAPITAL = 1.4
"""How much wider a capital is than a small letter."""

LEADING = 1.3
"""Of everything beside the text."""

NOTES_AT_FOOT = 45.0
"""Millimetres: longer notes would leave too little of the page to the text."""

FORMS = tomllib.loads((HERE / "draw.toml").read_text(encoding="utf-8"))

PAPERS = {(210.0, 297.0): 55, (215.9, 279.4): 22, (215.9, 355.6): 6, (148.0, 210.0): 6, (176.0, 250.0): 5}
"""A4, Letter, Legal, A5 and B5, with the weight of each."""

INKS = ("#000", "#000", "#000", "#16385c", "#5a1d1d", "#1e4a2c", "#333", "#402a5a")

BULLETS = "•••••–––-**▪■►➢✓○·»□"

NUMBERS = {
    "{}.": 32, "{})": 8, "({})": 8, "{}": 8, "{:02}": 4, "{:02}.": 4, "{} –": 4, "[{}]": 3, "{}.-": 3,
    "#{}": 2, "named": 3,
}  # fmt: skip
"""How a name's number is printed; "named" is with the language's word for it."""


@dataclass(frozen=True)
class Block:
    """Some lines with their height in millimetres."""

    html: str
    height: float


NOTHING = Block("", 0)


@dataclass(frozen=True)
class Office:
    """An organisation that has a letterhead."""

    name: str
    short: str
    desk: str
    motto: str
    street: str
    town: str
    phone: str
    fax: str
    mail: str
    web: str
    people: tuple[str, ...]


@dataclass
class Zone:
    """What stands at the head or the foot of every page: rows with something left, right or in the middle."""

    edge: float
    size: float
    rows: list[dict[str, str]] = field(default_factory=list)
    rule: str = ""

    def put(self, place: str, html: str) -> None:
        """Add it to the last row, or to a new one if its place is taken."""
        if not self.rows or place in self.rows[-1]:
            self.rows.append({})
        self.rows[-1][place] = html


class Draft:
    """A design in the making."""

    def __init__(self, name: str, paper: Statement, chance: random.Random) -> None:
        self.chance = chance
        self.statement = paper
        self.forms: dict[str, Any] = FORMS[paper.language.partition("-")[0]]
        self.name = name
        self.css: list[str] = []
        self.furniture: list[str] = []
        self.first: list[str] = []
        self.entry: dict[str, Any] = {}
        self.page_size = self.weighted(PAPERS)
        self.width, self.height = self.page_size
        self.small = self.width < 180
        self.face, self.size = self._type()
        self.leading = self.weighted({1.15: 10, 1.25: 20, 1.35: 30, 1.45: 20, 1.55: 10, 1.9: 4})
        self.beside_face = self.pick((self.face, self.face, self.pick(tuple(FORMS["faces"]))))
        self.ink = self.pick(INKS)
        self.zone_size = self.pick((7.5, 8, 8.5, 9, 9, 10))
        low, high = (12, 19) if self.small else (18, 33)
        self.left, self.right = (float(chance.randint(low, high)) for _ in range(2))
        if self.odds(0.6):
            self.right = self.left
        self.top, self.bottom = float(chance.randint(17, 30)), float(chance.randint(17, 30))
        self.zones = {edge: Zone(float(chance.randint(8, 14)), self.zone_size) for edge in ("top", "bottom")}
        self.day = self.date()
        self.office = self._office()
        self.changing = self.odds(0.2)
        self.opening = self.weighted({"letterhead": 72, "box": 6, "board": 6, "none": 16})
        if self.small and self.opening in ("box", "board"):
            self.opening = "none"
        if self.opening == "board":
            self.left = 66.0
        elif self.opening == "box":
            self.left, self.right = min(self.left, 25.0), min(self.right, 25.0)
        self.notes_height = 0.0
        self.clear = 9.0
        """How far from the edge a margin may be printed: past the holes, if the sheet is punched."""

    # Chance.

    def odds(self, share: float) -> bool:
        """Whether it happens."""
        return self.chance.random() < share

    def pick(self, of: Sequence[T]) -> T:
        """One of them."""
        return self.chance.choice(of)

    def weighted(self, of: Mapping[T, float]) -> T:
        """One of them, by its weight."""
        return self.chance.choices(list(of), list(of.values()))[0]

    # Wording.

    def form(self, key: str) -> str:
        """One of the forms of a language, filled in."""
        return self.fill(self.pick(self.forms[key]))

    def fill(self, form: str) -> str:
        """A form with everything in it but what only the printed page tells."""
        values = {
            "date": self.day,
            "symbol": "{symbol}",
            "town": self.pick(self.forms["towns"]),
            "n": str(self.chance.randint(103, 998)),
            "d": str(self.chance.randint(2, 9)),
        }
        if "{symbol}" in form:
            values["symbol"] = self.fill(self.pick(FORMS["any"]["symbols"]))
        return re.sub(r"\{(date|symbol|town|n|d)\}", lambda found: values[found[1]], form)

    def date(self) -> str:
        """A day as the language writes it."""
        day, month, year = self.chance.randint(1, 28), self.chance.randint(1, 12), self.chance.randint(2033, 2038)
        form: str = self.pick(self.forms["dates"])
        return form.format(d=day, m=month, y=year, month=self.forms["months"][month - 1])

    def _office(self) -> Office:
        name: str = self.pick(self.forms["organisations"])
        words = re.findall(r"\w+", name)
        capitals = "".join(word[0] for word in words if word[0].isupper())
        short = capitals if len(capitals) > 2 and self.odds(0.6) else max(words, key=len)
        site = re.sub(r"[^a-z]", "", short.lower()) or "office"
        digits = self.chance.randint(1000, 9999)
        number = self.pick(
            (
                f"+00 555 {digits}",
                f"(0555) 73{digits}",
                f"555-{digits}",
                f"+00 (0)55 5{digits // 100} {digits % 100:02} 10",
            )
        )
        return Office(
            name=name,
            short=short,
            desk=self.form("desks"),
            motto=self.form("mottos"),
            street=self.form("streets"),
            town=self.form("towns"),
            phone=f"{self.pick(self.forms['telephone'])} {number}",
            fax=f"{self.pick(self.forms['facsimile'])} {number[:-1]}{(digits + 1) % 10}",
            mail=self.pick(("info", "office", "press", "secretariat")) + f"@{site}.example",
            web=self.pick(("www.", "https://", "")) + f"{site}.example",
            people=tuple(self.chance.sample(self.forms["people"], self.chance.randint(4, 8))),
        )

    # Measuring.

    def _type(self) -> tuple[str, float]:
        kind = self.weighted({"serif": 45, "sans": 33, "slab": 10, "mono": 12})
        face = self.pick([name for name, known in FORMS["faces"].items() if known["kind"] == kind])
        wide = FORMS["faces"][face]["wide"]
        low, high = (8.5, 10.0) if self.small else (9.0, 11.0) if wide > 0.52 else (9.5, 13.0)
        return face, self.chance.randint(round(low * 2), round(high * 2)) / 2

    def long(self, words: str, size: float, face: str = "", spacing: float = 0) -> float:
        """About how many millimetres some words take, in their face and size."""
        plain = unescape(re.sub(r"<[^>]*>", "", words)).replace("{page}", "0").replace("{pages}", "0")
        plain = plain.replace("{running}", self.statement.running)
        wide = FORMS["faces"][face or self.beside_face]["wide"]
        letters = sum(CAPITAL if letter.isupper() and wide < 0.6 else 1.0 for letter in plain)
        return float(size * MM * (letters * wide + len(plain) * spacing) * 1.05)

    @property
    def measure(self) -> float:
        """The width of the text."""
        return self.width - self.left - self.right

    @property
    def across(self) -> str:
        """Where the text is, and how wide."""
        return f"left: {self.left:g}mm; width: {self.measure:g}mm"

    @property
    def beside_type(self) -> str:
        """The type of what stands beside the text."""
        return f"white-space: normal; line-height: {LEADING}; font-family: {self.beside_face}"

    def line(
        self, words: str, size: float, width: float, style: str = "", spacing: float = 0, face: str = ""
    ) -> Block:
        """A paragraph of what stands beside the text."""
        count = max(1, math.ceil(self.long(words, size, face, spacing) / width))
        styles = [f"font-size: {size:g}pt", style]
        if spacing:
            styles.append(f"letter-spacing: {spacing}em")
        if face:
            styles.append(f"font-family: {face}")
        return Block(f'<p style="{"; ".join(filter(None, styles))}">{words}</p>', count * size * MM * LEADING)

    def lines(self, words: Iterable[str], size: float, width: float, style: str = "") -> Block:
        """Several of the same size."""
        return stacked([self.line(each, size, width, style) for each in words])

    # Every page.

    def furnish(self) -> None:
        """What stands on every page."""
        self._traces()
        self._running()
        self._folio()
        for extra in self.chance.sample((self._contact, self._dated, self._mark, self._turn, self._named), 5):
            if self.odds(0.16):
                extra()
        for zone in self.zones.values():
            if zone.rows and self.odds(0.3):
                zone.rule = self.pick(("0.5pt solid #000", "1pt solid #000", "0.4pt solid #666", "2pt double #000"))

    def _traces(self) -> None:
        """What binding, copying and faxing leave."""
        if self.odds(0.1):
            self.left, self.clear = max(self.left, 24.0), 16.0
            at = self.pick(((0.36, 0.63), (0.2, 0.5, 0.8), (0.15, 0.37, 0.63, 0.85)))
            look = self.pick(("background: #2a2a2a", "border: .6mm solid #555", "background: #777"))
            self.css.append(f".hole {{ left: 8mm; width: 6mm; height: 6mm; border-radius: 3mm; {look} }}")
            self.furniture += [f'<div class="hole" style="top: {self.height * share:.0f}mm"></div>' for share in at]
        if self.odds(0.14):
            depth = self.chance.randint(2, 6)
            edge, way = self.pick((("left", "right"), ("right", "left"), ("top", "bottom"), ("bottom", "top")))
            size = (
                f"width: {depth}mm; height: 100%"
                if edge in ("left", "right")
                else f"height: {depth}mm; width: 100%"
            )
            start = "top: 0" if edge in ("left", "right") else "left: 0"
            fade = f"linear-gradient(to {way}, #111, #333 60%, #fff)"
            self.furniture.append(f'<div style="{edge}: 0; {start}; {size}; background: {fade}"></div>')
        if self.odds(0.07):
            place = "top: 9mm; left: 7mm; width: 12mm; height: .7mm; transform: rotate(-42deg)"
            self.furniture.append(f'<div style="{place}; background: #333; box-shadow: 1mm 1mm 1.5mm #999"></div>')
        if self.odds(0.07):
            self.zones["top"].edge = max(self.zones["top"].edge, 11.0)
            number = f"00 555 {self.chance.randint(1000, 9999)}"
            form = self.pick(
                (
                    "{day} 14:0{d}   FAX {number}   {short}   P.{page:}/{pages:}",
                    "{number}   {short}   {day}   p. {page:}",
                    "FROM : {short}   PHONE NO. : {number}   P{page:}",
                )
            )
            words = form.replace("{day}", self.day).replace("{d}", "7").replace("{number}", number)
            words = words.replace("{short}", self.office.short.upper()).replace("   ", " &nbsp; ")
            look = "top: 4mm; left: 12mm; font-family: Nimbus Mono PS; font-size: 8pt"
            self.furniture.append(f'<p style="{look}">{words.replace(":}", "}")}</p>')
        if self.odds(0.05) and not self.small:
            self._line_numbers()

    def _line_numbers(self) -> None:
        """Those that some courts' paper has in the margin, on every line or every fifth."""
        self.left = max(self.left, 30.0)
        step = self.pick((1, 5))
        pitch = self.size * MM * self.leading
        count = int((self.height - 60) / pitch)
        rows = "".join(
            f'<p style="position: absolute; right: 0; top: {(number - 1) * pitch:.2f}mm">{number}</p>'
            for number in range(step, count + 1, step)
        )
        rule = "; border-right: 2pt double #000" if step == 1 else ""
        place = f"left: 10mm; width: {self.left - 15:g}mm; top: 30mm; height: {self.height - 60:g}mm"
        look = f"{place}{rule}; font-size: 9pt"
        self.furniture.append(
            f'<div style="{look}"><div style="position: absolute; right: 2mm; top: 0">{rows}</div></div>'
        )

    def _running(self) -> None:
        """The running title, upright or turned, and whether it is the only title."""
        where = self.weighted(
            {
                "none": 27, "top": 17, "bottom": 6, "top upside down": 13, "bottom upside down": 11,
                "left": 10, "right": 8, "over": 5,
            }
        )  # fmt: skip
        if where == "none":
            return
        if where != "over" and self.odds(0.3):
            self.entry["title"] = "margin"
        words = "{running}"
        look = self.pick(("", "", "font-style: italic", "font-weight: bold", "text-transform: uppercase"))
        if "upside" not in where and self.odds(0.2):
            words = self.pick(
                (f"{self.office.short}: {{running}}", "“{running}”", f"{{running}} – {self.office.short}")
            )
        edge, _, turned = where.partition(" ")
        if edge in self.zones:
            turn = "; display: inline-block; transform: rotate(180deg)" if turned else ""
            html = f'<span class="running" style="{look}{turn}">{words}</span>'
            self.zones[edge].put(self.pick(("left", "centre", "centre", "right")), html)
        elif where == "over":
            self._over()
        else:
            self._turned(where, words, look)

    def _over(self) -> None:
        """The running title printed on the text, or between two lines if it so happens."""
        size = min(self.size, self.size * self.measure / self.long("{running}", self.size))
        turn = self.pick(("transform: rotate(180deg)", "transform: rotate(180deg)", "transform: none"))
        top = self.height * self.chance.uniform(0.3, 0.75)
        look = f"top: {top:.1f}mm; left: {self.left:g}mm; width: {self.measure:g}mm; text-align: center; {turn}"
        self.furniture.append(f'<p style="{look}; font-size: {max(size, 6.5):.1f}pt">{{running}}</p>')

    def _turned(self, side: str, words: str, look: str) -> None:
        """The running title by a quarter to the left or to the right, in a margin."""
        changing = self.changing and self.odds(0.5)
        room = self.height - 2 * max(self.top, 28.0)
        size = self.pick((7.5, 8.0, 9.0, 10.0, 11.0))
        count = max(1, math.ceil(self.long(words.upper() if "upper" in look else words, size) / room))
        need = self.clear + count * size * MM * LEADING + 5
        for each in ("left", "right") if changing else (side,):
            setattr(self, each, max(getattr(self, each), need, 18.0))
        turn = self.pick(("rotate(180deg)", "none"))
        align = self.pick(("start", "center", "end"))
        self.css.append(
            f".turned {{ {side}: {self.clear:g}mm; top: {(self.height - room) / 2:g}mm; height: {room:g}mm; "
            f"white-space: normal; writing-mode: vertical-rl; transform: {turn}; text-align: {align}; "
            f"line-height: {LEADING}; font-size: {size:g}pt }}"
        )
        if changing:
            other = "right" if side == "left" else "left"
            self.css.append(f".page:nth-child(even) .turned {{ {side}: auto; {other}: {self.clear:g}mm }}")
        self.furniture.append(f'<p class="turned" style="{look}">{words}</p>')

    def _folio(self) -> None:
        """The page's number in one of its forms."""
        if self.odds(0.08):
            return
        kind = self.weighted({"any": 50, "language": 32, "words": 8, "roman": 6, "running": 4})
        if kind == "words":
            symbols = " ".join(f'"{word}"' for word in self.forms["numerals"])
            self.css.append(f"@counter-style spelled {{ system: fixed; symbols: {symbols} }}")
            html = f"{self.forms['counted']} <i class='count'></i>"
            self.css.append(".count::after { content: counter(sheet, spelled) }")
        elif kind == "roman":
            html = self.pick(("<i class='count'></i>", "– <i class='count'></i> –"))
            style = self.pick(("lower-roman", "upper-roman"))
            self.css.append(f".count::after {{ content: counter(sheet, {style}) }}")
        elif kind == "running":
            html = self.pick(
                (f"{self.office.short} | {{page}}", f"{{page}} | {self.office.short}", f"{self.day} – {{page}}")
            )
        else:
            html = self.pick(FORMS["any"]["folios"] if kind == "any" else self.forms["folios"])
        if "count" in html:
            self.css.append(
                "body { counter-reset: sheet } .page { counter-increment: sheet } .count { font-style: normal }"
            )
        look = self.pick(("", "", "font-weight: bold", "font-style: italic", "font-size: 1.2em"))
        edge = self.weighted({"bottom": 65, "top": 35})
        hidden = " late" if self.odds(0.25) else ""
        place = self.weighted({"centre": 45, "right": 40, "left": 15})
        self.zones[edge].put(place, f'<span class="folio{hidden}" style="{look}">{html}</span>')

    def _contact(self) -> None:
        office = self.office
        parts = self.chance.sample((office.phone, office.mail, office.web, office.fax), self.chance.randint(1, 3))
        address = [office.name] * self.odds(0.3) + [f"{office.street}, {office.town}"] * self.odds(0.4)
        joint = self.pick((" · ", " | ", " – ", ", ", " • ", " &nbsp; "))
        edge = self.weighted({"bottom": 85, "top": 15})
        self.zones[edge].put(self.pick(("left", "centre")), f"<span>{joint.join([*address, *parts])}</span>")

    def _dated(self) -> None:
        words = self.pick(
            (self.day, self.day, f"{self.office.short}, {self.day}", self.fill(self.pick(FORMS["any"]["files"])))
        )
        self.zones[self.pick(("top", "bottom"))].put(self.pick(("left", "right")), f"<span>{words}</span>")

    def _mark(self) -> None:
        words = self.pick(
            (self.fill(self.pick(FORMS["any"]["symbols"])), self.form("references"), self.form("confidential"))
        )
        self.zones[self.pick(("top", "top", "bottom"))].put(
            self.pick(("left", "right", "centre")), f"<span>{words}</span>"
        )

    def _turn(self) -> None:
        key = self.pick(("turn", "more", "more"))
        self.zones["bottom"].put(
            self.pick(("right", "right", "centre")), f'<span class="early">{self.form(key)}</span>'
        )
        if key == "more" and self.odds(0.6):
            words = self.pick(
                (
                    self.form("continued"),
                    f"{self.office.short} {self.form('continued')}",
                    f"{{page}} {self.form('continued')}",
                )
            )
            self.zones["top"].put(self.pick(("left", "right", "centre")), f'<span class="late">{words}</span>')

    def _named(self) -> None:
        look = self.pick(
            ("", "letter-spacing: .1em; text-transform: uppercase", "font-weight: bold", "font-style: italic")
        )
        words = self.pick(
            (self.office.name, self.office.short, f"{self.office.name} · {self.pick(self.forms['kinds'])}")
        )
        self.zones["top"].put(self.pick(("left", "right", "centre")), f'<span style="{look}">{words}</span>')

    def lay_zones(self) -> None:
        """Place what every page has, and let the text begin inside of it."""
        for edge, zone in self.zones.items():
            height = sum(self._row_height(row, zone.size) for row in zone.rows)
            need = zone.edge + height + (2 if zone.rule else 0) + self.chance.randint(5, 9)
            if zone.rows:
                setattr(self, edge, max(getattr(self, edge), need))
                rule = ""
                if zone.rule:
                    inner = "bottom" if edge == "top" else "top"
                    rule = f"; border-{inner}: {zone.rule}; padding-{inner}: 1mm"
                place = f"{edge}: {zone.edge:g}mm; {self.across}; {self.beside_type}"
                self.css.append(f".{edge} {{ {place}; font-size: {zone.size:g}pt{rule} }}")
                self.furniture.append(f'<div class="{edge}">{"".join(map(_row, zone.rows))}</div>')
        self.css += [
            ".row { display: grid; gap: 5mm; grid-template-columns: 1fr auto 1fr; align-items: baseline }",
            ".row.two { grid-template-columns: auto auto; justify-content: space-between }",
            ".row > .centre { text-align: center } .row > .right { text-align: end }",
            ".page:first-child .late, .page:last-child .early { visibility: hidden }",
        ]
        if self.changing:
            self.css.append(
                ".page:nth-child(even) .row > .left { order: 3; text-align: end } "
                ".page:nth-child(even) .row > .centre { order: 2 } "
                ".page:nth-child(even) .row > .right { order: 1; text-align: start }"
            )

    def _row_height(self, row: Mapping[str, str], size: float) -> float:
        words = "".join(row.values())
        long = self.long(
            words, size * (1.1 if "1.2em" in words else 1), spacing=0.1 if "letter-spacing" in words else 0
        )
        long *= 1.3 if "uppercase" in words else 1.1 if "bold" in words else 1
        if "centre" in row and len(row) > 1:
            long *= 1.25
        return max(1, math.ceil((long + 5 * (len(row) - 1)) / self.measure)) * size * MM * LEADING * 1.1

    # The head of page 1.

    def open(self) -> None:
        """Letterhead, references and the like on page 1."""
        start = self.zones["top"].edge
        hidden = "{running}" not in "".join(
            row for rows in self.zones["top"].rows for row in rows.values()
        ) and self.odds(0.8)
        if self.zones["top"].rows and not hidden:
            start = self.top
        parts: list[Block] = []
        metas = [self._reference, self._release, self._recipient, self._stamp, self._cover, self._sent]
        if self.opening == "letterhead":
            heads = (
                self._centred, self._opposed, self._logo, self._band, self._partners, self._symbol, self._council,
                self._boxed, self._nameplate, self._typed, self._tongues, self._flush, self._monogram, self._press,
            )  # fmt: skip
            head = self.pick(heads)
            parts.append(head())
            if head == self._press:
                metas.remove(self._release)
        count = 0 if self.opening == "box" else self.weighted({0: 50, 1: 40, 2: 10})
        parts += [meta() for meta in self.chance.sample(metas, count)]
        if parts:
            gap = self.chance.randint(3, 7)
            whole = stacked(parts, gap)
            top = max(start + whole.height + self.chance.randint(7, 14), self.top)
            if hidden:
                self.css.append(".page:first-child > .top { display: none }")
            self.css += [
                f"@page :first {{ margin-top: {top:.1f}mm }}",
                f".first {{ top: {start:g}mm; {self.across}; {self.beside_type} }}",
            ]
            self.first.append(f'<div class="first">{whole.html}</div>')
        if self.opening in ("box", "board"):
            self._board(start)
        if self.odds(0.12) and not self.small:
            self._first_foot()

    def _first_foot(self) -> None:
        """What a letterhead has at the foot of its first page only."""
        words = [f"{self.office.street}, {self.office.town}", self.form("registration"), self.office.web]
        block = self.line(" · ".join(words), 7.5, self.measure, "text-align: center")
        low = self.bottom - 4 if self.zones["bottom"].rows else 10
        clear = low + block.height + 6
        self.css.append(f"@page :first {{ margin-bottom: {clear + self.notes_height:.1f}mm }}")
        self.css.append(f".page:first-child > .notes {{ bottom: {clear - 2:.1f}mm }}")
        look = f"bottom: {low:.1f}mm; {self.across}; {self.beside_type}"
        self.first.append(f'<div style="{look}; border-top: .4pt solid; padding-top: .5mm">{block.html}</div>')

    def _name(self, width: float, align: str = "start", low: int = 12, high: int = 18) -> Block:
        """The office's name, in one of the ways that names are set."""
        look = self.pick(("font-weight: bold", "font-weight: bold", "", "font-style: italic"))
        size, spacing, name = float(self.chance.randint(low, high)), 0.0, self.office.name
        if self.odds(0.4):
            name, spacing = name.upper(), self.pick((0, 0.04, 0.1))
        style = f"text-align: {align}; color: {self.ink}; {look}"
        return self.line(name, size, width * 0.92, style, spacing)

    def _address(self) -> list[str]:
        office = self.office
        contact = self.chance.sample((office.phone, office.fax, office.mail, office.web), self.chance.randint(1, 4))
        return [office.street, office.town, *contact]

    def _centred(self) -> Block:
        name = self._name(self.measure, "center")
        desk = [self.line(self.office.desk, 11, self.measure, "text-align: center")] * self.odds(0.4)
        motto = [
            self.line(self.office.motto, 9, self.measure, "text-align: center; font-style: italic")
        ] * self.odds(0.4)
        joint = self.pick((" · ", " – ", " | ", " &nbsp; "))
        address = self.line(joint.join(self._address()), 8.5, self.measure * 0.94, "text-align: center")
        return self._ruled(stacked([name, *desk, *motto, address], 0.5))

    def _opposed(self) -> Block:
        left, right = self.measure * 0.55, self.measure * 0.4
        desk = self.line(self.office.desk, 9.5, left)
        name = stacked([self._name(left), *[desk] * self.odds(0.6)], 1)
        address = self.lines(self._address(), 8, right, self.pick(("text-align: end", "")))
        return self._ruled(beside([name, address], "58% 1fr"))

    def _logo(self) -> Block:
        word = self.office.short.lower() if self.odds(0.6) else self.office.short.upper()
        shape = self.pick(("border-radius: 50%", "", "transform: rotate(45deg) scale(.75)", "border-radius: 50% 0"))
        box = "display: inline-block; width: .7em; height: .7em; margin-right: .3em"
        dot = f'<span style="{box}; background: {self.ink}; {shape}"></span>'
        face = self.pick(("URW Gothic", "URW Bookman", "Nimbus Sans", "P052"))
        look = self.pick(("font-weight: bold", "font-weight: bold; font-style: italic", ""))
        logo = self.line(
            dot * self.odds(0.7) + word,
            self.chance.randint(20, 32),
            self.measure,
            f"{look}; color: {self.ink}",
            face=face,
        )
        under = self.line(
            self.pick((self.office.name, self.office.motto, f"{self.office.name} | {self.office.web}")),
            8.5,
            self.measure,
        )
        return stacked([logo, under], 1)

    def _band(self) -> Block:
        start = 8.0
        name = self._name(self.measure * 0.65, low=14, high=22)
        name = Block(name.html.replace(f"color: {self.ink}", "color: #fff"), name.height)
        kind = self.line(self.pick(self.forms["kinds"]), 10, self.measure * 0.3, "text-align: end")
        motto = self.line(self.office.motto, 9, self.measure * 0.65)
        inner = beside([stacked([name, *[motto] * self.odds(0.6)], 1), kind], "67% 1fr")
        dark = self.ink if self.ink != "#000" else "#222"
        look = (
            f"margin-left: -{self.left:g}mm; width: {self.width:g}mm; background: {dark}; color: #fff; "
            f"padding: {start / 2:g}mm {self.right:g}mm {start / 2:g}mm {self.left:g}mm"
        )
        return Block(f'<div style="{look}">{inner.html}</div>', inner.height + start)

    def _partners(self) -> Block:
        count = self.chance.randint(2, 3 if self.small else 5)
        share = self.measure / count - 5
        size = self.pick((8, 9, 10))
        look = self.pick(
            ("text-align: center; font-weight: bold", "font-weight: bold", "text-align: center; font-style: italic")
        )
        names = self.chance.sample(self.forms["organisations"], count)
        cells = []
        for name in names:
            town = [self.line(self.form("towns"), size - 1, share * 0.85, look.partition(";")[0])] * self.odds(0.4)
            cells.append(stacked([self.line(name, size, share * 0.85, look), *town]))
        return self._ruled(beside(cells, f"repeat({count}, 1fr)", 5))

    def _symbol(self) -> Block:
        """An institution's document: its name, the symbol, how it is distributed."""
        left, right = self.measure * 0.55, self.measure * 0.35
        body: str = self.pick(self.forms["institutions"])
        name = stacked(
            [self.line(body, 14, left, "font-weight: bold"), self.line(self.form("sessions"), 9.5, left)], 2
        )
        symbol = self.line(self.fill(self.pick(FORMS["any"]["symbols"])), 12, right)
        marks = stacked([symbol, self.lines(map(self.fill, self.forms["distribution"]), 9, right)], 2)
        return self._ruled(beside([name, marks], "60% 1fr"))

    def _council(self) -> Block:
        symbol = self.line(self.fill(self.pick(FORMS["any"]["symbols"])), 10, self.measure, "text-align: end")
        name = self.line(
            self.pick(self.forms["institutions"]).upper(),
            13,
            self.measure * 0.9,
            "text-align: center; font-weight: bold",
            0.05,
        )
        session = self.line(self.form("sessions"), 10, self.measure, "text-align: center")
        return stacked([symbol, self._ruled(stacked([name, session], 1))], 2)

    def _boxed(self) -> Block:
        width = self.measure * 0.6
        inner = stacked(
            [self._name(width, "center"), self.line(self.office.desk, 9, width, "text-align: center")], 1
        )
        edge = self.pick(("1pt solid", "3pt double", ".5pt solid"))
        style = f"border: {edge}; padding: 2.5mm 4mm; width: 68%; margin: {self.pick(('0 auto', '0'))}"
        return Block(f'<div style="{style}">{inner.html}</div>', inner.height + 6)

    def _nameplate(self) -> Block:
        words = self.pick((self.office.short, self.office.name, self.pick(self.forms["kinds"])))
        size = min(34.0, 26 * self.measure / self.long(words, 26))
        name = self.line(
            words, round(size), self.measure * 1.1, f"text-align: center; color: {self.ink}; line-height: 1.1"
        )
        left = self.line(self.fill(self.forms["issue"]), 9, self.measure / 3)
        right = self.line(self.day, 9, self.measure / 3, "text-align: end")
        bar = beside([left, right], "1fr 1fr")
        return Block(
            f'<div style="border-top: 1.5pt solid; padding-top: 1mm">{name.html}'
            '<div style="border-top: .5pt solid; border-bottom: 1.5pt solid; padding: .5mm 0">'
            f"{bar.html}</div></div>",
            name.height + bar.height + 4,
        )

    def _typed(self) -> Block:
        size = self.pick((9.5, 10.5))
        return self.lines(
            [self.office.name.upper(), *self._address()[: self.chance.randint(1, 4)]], size, self.measure
        )

    def _tongues(self) -> Block:
        names: list[str] = self.pick(FORMS["any"]["tongues"])
        align = self.pick(("center", "start"))
        rows = [
            self.line(name, 11, self.measure * 0.95, f"text-align: {align}; font-weight: bold") for name in names
        ]
        address = self.line(" · ".join(self._address()), 8, self.measure * 0.95, f"text-align: {align}")
        return self._ruled(stacked([*rows, address]))

    def _flush(self) -> Block:
        name = self._name(self.measure, "end", 11, 14)
        parts = [self.office.motto] * self.odds(0.5) + self._address()
        return stacked([name, self.lines(parts, 8.5, self.measure, "text-align: end; font-style: italic")], 1)

    def _monogram(self) -> Block:
        letters = "".join(word[0] for word in re.findall(r"\w+", self.office.name) if word[0].isupper())[:2]
        frame = f"width: 16mm; height: 16mm; border: 1.2pt solid; border-radius: {self.pick(('50%', '0', '3mm'))}"
        look = f"{frame}; text-align: center; line-height: 15mm; font-size: 17pt; color: {self.ink}"
        mark = Block(f'<div style="{look}">{letters}</div>', 16)
        width = self.measure - 24
        address = self.line(" · ".join(self._address()), 8, width * 0.95)
        return beside([mark, stacked([self._name(width), address], 1)], "16mm 1fr")

    def _press(self) -> Block:
        strip = self.line(
            self.form("releases"), self.chance.randint(15, 21), self.measure * 0.95, "font-weight: bold", 0.08
        )
        contact = self.line(
            f"{self.office.name} · {self.office.phone} · {self.office.mail}", 8.5, self.measure * 0.95
        )
        return stacked([self._ruled(strip), contact], 1)

    def _board(self, start: float) -> None:
        """Address and board beside page 1: in a box that the text keeps clear of, or in a wide margin."""
        name = self.line(self.office.name, 11, 41, "font-weight: bold")
        block = stacked([name, self.lines(self._address(), 8, 41), self.lines(self.office.people, 7.5, 41)], 5)
        if self.opening == "box":
            looks = ("background: #e8e8e8; padding: 3mm", "border: .5pt solid; padding: 3mm", "padding: 0")
            place = f"top: {self.top:g}mm; right: {self.right:g}mm; width: 50mm; {self.pick(looks)}"
            self.css.append(f"@page :first {{ margin-top: {self.top:g}mm }}")
            room = block.height + 12
            self.css.append(f"main::before {{ content: ''; float: right; width: 56mm; height: {room:.0f}mm }}")
        else:
            place = f"top: {start:g}mm; left: 14mm; width: 45mm"
        self.first.append(f'<div style="{place}; {self.beside_type}">{block.html}</div>')

    def _ruled(self, block: Block) -> Block:
        rule = self.pick(("", "", ".5pt solid", "1pt solid", "2.5pt solid", "3pt double"))
        if not rule:
            return block
        return Block(
            f'<div style="border-bottom: {rule} {self.ink}; padding-bottom: 1.5mm">{block.html}</div>',
            block.height + 3,
        )

    def _reference(self) -> Block:
        lines = [self.form("references"), self.form("dated")]
        if self.odds(0.5):
            cells = [
                self.line(lines[0], 9.5, self.measure / 2),
                self.line(lines[1], 9.5, self.measure / 2, "text-align: end"),
            ]
            return beside(cells, "1fr 1fr")
        return self.lines(lines, 9.5, self.measure, self.pick(("", "text-align: end")))

    def _release(self) -> Block:
        look = self.pick(
            (
                "font-weight: bold",
                "text-decoration: underline",
                "text-align: center; font-weight: bold",
                "text-align: end",
                "",
            )
        )
        return self.line(self.form("releases"), self.pick((9.5, 11, 13)), self.measure * 0.95, look)

    def _recipient(self) -> Block:
        """Whose copy it is."""
        lines = [self.form("recipients"), self.form("streets"), self.form("towns")]
        block = self.lines(lines, 10, self.measure * 0.5)
        day = self.line(self.form("dated"), 10, self.measure * 0.42, "text-align: end")
        return beside([block, day], "55% 1fr") if self.odds(0.6) else block

    def _stamp(self) -> Block:
        words = self.form("stamps").split("|")
        colour, turn = self.pick(("#8a1a1a", "#1a2f8a", "#333")), self.chance.uniform(-6, 6)
        rows = "<br>".join(words)
        look = (
            f"display: inline-block; border: 1.2pt solid; color: {colour}; padding: 1mm 3mm; text-align: center; "
            f"font: bold 10pt/1.25 Nimbus Sans; transform: rotate({turn:.1f}deg)"
        )
        return Block(
            f'<div style="text-align: {self.pick(("end", "center"))}"><div style="{look}">{rows}</div></div>',
            len(words) * 4.5 + 5,
        )

    def _cover(self) -> Block:
        """The lines of a fax: from whom, when, how many pages."""
        first, *labels = self.forms["cover"]
        values = [self.day, self.fill(self.pick(FORMS["any"]["symbols"])), "{pages}"]
        rows = [(first, self.office.name), *zip(labels, values, strict=True)]
        colon = self.forms["colon"]
        html = "".join(f"<p><b>{label}{colon}</b></p><p>{value}</p>" for label, value in rows)
        look = "display: grid; grid-template-columns: 24mm 1fr; font-size: 9.5pt"
        return self._ruled(Block(f'<div style="{look}">{html}</div>', len(rows) * 9.5 * MM * LEADING + 1))

    def _sent(self) -> Block:
        return self.line(
            self.form("sent"),
            9.5,
            self.measure,
            self.pick(("text-decoration: underline", "font-weight: bold", "font-style: italic")),
        )

    # The text.

    def set_text(self) -> None:
        """Columns, paragraphs, title, headings, items, notes and names."""
        wide = FORMS["faces"][self.face]["wide"]
        per_mm = 1 / (self.size * MM * wide)
        columns = self.weighted({1: 76, 2: 18, 3: 6})
        boxed = self.opening == "box"
        while columns > 1 and (boxed or (self.measure - 7 * (columns - 1)) / columns * per_mm < 34):
            columns -= 1
        leading = self.leading if columns == 1 else min(self.leading, 1.35)
        self.css.append(
            f'body {{ font-family: "{self.face}"; font-size: {self.size:g}pt; line-height: {leading} }}\n'
            f".page {{ line-height: {LEADING} }}"
        )
        if wide >= 0.6:
            self.css.append("body { font-variant-ligatures: none }")
        justified = self.odds(0.5) and (columns == 1 or wide < 0.55)
        self.entry["hyphens"] = self.odds(0.75 if justified else 0.12)
        if justified:
            self.css.append(
                "main { text-align: justify } h1, h2, p.above, .notes { text-align: start; hyphens: manual }"
            )
        if self.odds(0.25):
            self.css.append(
                f"p {{ text-indent: {self.pick((1, 1.5, 2, 3))}em; margin-bottom: {self.pick((0, 0.1, 0.3))}em }}"
            )
            self.css.append("p.above, p.item, footer p, .notes p, .page p { text-indent: 0 }")
            if self.odds(0.5):
                self.css.append("h2 + p, h1 + p { text-indent: 0 }")
        else:
            self.css.append(f"p {{ margin-bottom: {self.pick((0.35, 0.5, 0.7, 0.7, 1))}em }}")
        self.css.append(".page p { margin-bottom: 0 } p.item { text-align: start; text-indent: 0 }")
        span = columns > 1 and self.odds(0.65)
        if columns > 1:
            rule = self.pick(("", "", f"; column-rule: {self.pick(('.4pt', '.7pt'))} solid #555"))
            self.css.append(f"main {{ columns: {columns}; column-gap: {self.pick((5, 7, 9))}mm{rule} }}")
            self.css.append("main > h2:last-child { column-span: all }")
        self._above(span)
        self._title(span, columns)
        self._headings()
        self._items()
        self._names()

    def _above(self, span: bool) -> None:
        look = self.pick(
            (
                "",
                "",
                "text-align: center",
                "text-align: end",
                "font-style: italic",
                "font-weight: bold",
                "font-size: .9em",
            )
        )
        across = "; column-span: all" if span else ""
        self.css.append(f"p.above {{ margin-bottom: {self.pick((0, 0.1, 0.2, 0.4))}em; {look}{across} }}")
        self.css.append("p.above + :not(.above) { margin-top: 1.2em }")

    def _title(self, span: bool, columns: int) -> None:
        long = len(self.statement.title)
        big = 1.3 if long > 110 or self.small or (columns > 1 and not span) else 1.8
        some = round(self.chance.uniform(1.05, big), 2)
        looks = {
            "font-size: 1em": 8,
            f"font-size: {some}em": 14,
            f"font-size: {big}em; line-height: 1.15": 12,
            f"font-size: {big}em; font-weight: normal": 6,
            f"font-size: {some}em; text-align: center": 12,
            f"font-size: {some}em; text-align: center; text-wrap: balance; margin-left: 10%; margin-right: 10%": 10,
            "font-size: 1em; text-decoration: underline": 5,
            "font-size: 1.05em; text-align: center; text-decoration: underline; text-wrap: balance": 4,
            f"font-size: {some}em; border-top: 1pt solid; border-bottom: 1pt solid; padding: .5em 0": 6,
            f"font-size: {some}em; border: 1pt solid; padding: .6em 1em; text-align: center": 4,
            f"font-size: {some}em; font-style: italic": 4,
            f"font-size: {some}em; border-bottom: 2.5pt solid; padding-bottom: .4em; color: {self.ink}": 5,
            f"font-size: {some}em; background: #e4e4e4; padding: .5em .7em": 3,
            f"font-size: {some}em; text-align: end": 2,
            "font-size: 1em; font-weight: normal": 3,
        }
        look = self.weighted(looks)
        capitals = self.weighted({"": 70, "capitals": 16, "spaced": 6, "small": 8})
        if capitals:
            self.entry["capitals"] = ["title"]
        look += {
            "": "",
            "capitals": "",
            "spaced": "; letter-spacing: .1em",
            "small": "; font-variant-caps: all-small-caps; letter-spacing: .05em",
        }[capitals]
        across = "; column-span: all" if span else ""
        self.css.append(
            f"h1 {{ {look}; margin-top: {self.pick((0, 0.5, 1))}em; margin-bottom: {self.pick((0.7, 1, 1.5))}em"
            f"{across}; break-after: avoid }}"
        )
        if ": " in self.statement.title and self.odds(0.3):
            self.entry["subtitle"] = True
            size = self.pick((0.7, 0.8, 1))
            self.css.append(
                f".subtitle {{ font-size: {size}em; font-weight: {self.pick(('normal', 'normal', 'bold'))}; "
                f"{self.pick(('', 'font-style: italic'))} }}"
            )

    def _headings(self) -> None:
        look = self.pick(
            (
                "font-size: 1em", "font-size: 1em", "font-size: 1.15em", "font-size: 1.3em",
                "font-size: 1em; font-style: italic; font-weight: normal", "font-size: 1em; font-weight: normal",
                "font-size: 1em; text-decoration: underline; font-weight: normal",
                "font-size: 1em; text-decoration: underline", "font-size: 1em; border-bottom: .5pt solid",
                "font-size: 1em; text-align: center", f"font-size: 1.1em; color: {self.ink}",
                f'font-size: 1.1em; font-family: "{self.beside_face}"',
            )
        )  # fmt: skip
        capitals = self.weighted({"": 75, "capitals": 15, "small": 10})
        if capitals:
            self.entry.setdefault("capitals", []).append("heading")
        if capitals == "small":
            look += "; font-variant-caps: all-small-caps; letter-spacing: .05em"
        self.css.append(
            f"h2 {{ {look}; margin: {self.pick((0.6, 0.9, 1.2, 1.6))}em 0 {self.pick((0.1, 0.3, 0.5))}em }}"
        )

    def _items(self) -> None:
        self.entry["bullet"] = self.pick(BULLETS)
        signs = [len(unit.marker) for unit in self.statement.body if unit.kind == "item"]
        need = (max(signs, default=1) + 0.6) * FORMS["faces"][self.face]["wide"]
        hang = max(self.pick((1.3, 1.8, 1.8, 2.4)), round(need, 1))
        indent = self.pick((0, 0, 1, 2.5))
        self.css.append(
            f"p.item {{ padding-inline-start: {hang + indent}em; margin-bottom: {self.pick((0.1, 0.3, 0.6))}em }}"
        )
        self.css.append(f"p.item b {{ width: {hang}em; margin-inline-start: -{hang}em }}")

    def _notes(self) -> None:
        notes = [unit for unit in self.statement.body if unit.kind == "note"]
        size = max(7.0, self.size - self.pick((1.5, 2, 2.5)))
        height = sum(self.line(note.text, size, self.measure * 0.95, face=self.face).height for note in notes) + 4
        self.css.append(
            f".notes {{ font-size: {size:g}pt; line-height: {LEADING}; "
            f"border-top: {self.pick(('.5pt solid', '.5pt solid', 'none'))} }}"
        )
        if notes and height < NOTES_AT_FOOT and self.odds(0.6):
            self.entry["notes"] = "foot"
            place = f"{self.across}; bottom: {self.bottom - 2:g}mm"
            self.css.append(f".page > .notes {{ {place} }}")
            self.notes_height = height

    def _names(self) -> None:
        longest = sorted(map(len, self.statement.names))[int(len(self.statement.names) * 0.8)]
        size = max(7.5, self.size * self.pick((1, 1, 0.9, 0.85, 0.8)))
        letter = size * MM * FORMS["faces"][self.face]["wide"]
        columns = self.weighted({1: 38, 2: 36, 3: 20, 4: 6})
        while columns > 1 and (self.measure - 6 * columns) / columns / letter < max(22, min(longest * 0.6, 34)):
            columns -= 1
        number = self.weighted(NUMBERS)
        if number == "named":
            number = self.forms["named"]
        self.entry["number"] = number
        apart = self.statement.numbered and self.odds(0.4)
        self.entry["numbers_apart"] = apart
        gap = self.pick((0.6, 0.8, 1, 2 if columns < 3 else 1, 5 if columns == 1 else 1))
        shown = len(number.format(len(self.statement.names)))
        room = round(shown * (0.62 if FORMS["faces"][self.face]["wide"] >= 0.54 else 0.56) + gap, 1)
        looks = [f"font-size: {size:g}pt"]
        kind = (
            self.weighted({"columns": 62, "rows": 26, "table": 12})
            if columns > 1
            else self.weighted({"columns": 85, "table": 15})
        )
        if kind == "columns":
            looks.append(f"columns: {columns}; column-gap: {self.pick((5, 6, 8))}mm")
        else:
            space = "0" if kind == "table" else f"{self.pick((0, 0.5, 1))}mm 6mm"
            looks.append(f"display: grid; grid-template-columns: repeat({columns}, minmax(0, 1fr)); gap: {space}")
        cell = (
            self.pick(("", "", "", "font-style: italic", "font-variant-caps: normal; font-weight: bold"))
            if self.odds(0.3)
            else ""
        )
        spacing = self.pick((0, 0, 0.1, 0.25, 0.5))
        rules = [f"padding-top: {spacing / 2}em; padding-bottom: {spacing / 2}em", cell]
        if kind == "table":
            rules.append("border: .4pt solid #444; padding: .25em .5em; margin: 0 -.4pt -.4pt 0")
        elif self.odds(0.1):
            rules.append("border-bottom: .4pt solid #777")
        if self.odds(0.15):
            looks.append(f'font-family: "{self.face}"; line-height: 1.15')
        self.css.append(f"ol {{ {'; '.join(looks)} }}\nli {{ {'; '.join(filter(None, rules))} }}")
        side = ".5em" if kind == "table" else "0em"
        if apart:
            align = (
                f"text-align: end; padding-inline-end: {gap / 2:g}em" if self.odds(0.35) else "text-align: start"
            )
            self.css.append(f".apart li {{ padding-inline-start: calc({room}em + {side}) }}")
            self.css.append(f".apart li b {{ width: {room}em; margin-inline-start: -{room}em; {align} }}")
        else:
            hang = self.pick((0, 1.2, 1.9, 1.9)) if kind != "table" else 0
            self.css.append(
                f"ol:not(.apart) li {{ padding-inline-start: calc({hang}em + {side}); text-indent: -{hang}em }}"
            )
        if self.odds(0.2):
            self.css.append(("main > h2:last-child" if self._heads_names() else "ol") + " { break-before: page }")
        look = self.pick(
            (
                "",
                "font-style: italic",
                "border-top: .5pt solid; padding-top: .4em",
                "text-align: center",
                "border: .5pt solid; padding: .5em",
            )
        )
        self.css.append(
            f"footer:not(:empty) {{ margin-top: {self.pick((1, 1.5, 2))}em; font-size: {size:g}pt; {look} }}"
        )

    def _heads_names(self) -> bool:
        """Whether the text ends with the heading of the names."""
        at_foot = self.entry.get("notes") == "foot"
        kinds = [unit.kind for unit in self.statement.body if not (at_foot and unit.kind == "note")]
        return kinds[-1] == "heading"

    def design(self) -> Design:
        """The design, when all has been drawn."""
        self.furnish()
        self.lay_zones()
        self._notes()
        self.open()
        self.set_text()
        foot = self.bottom + self.notes_height
        page = f"@page {{ margin: {self.top:.1f}mm {self.right:g}mm {foot:.1f}mm {self.left:g}mm }}"
        colour = "* { -webkit-print-color-adjust: exact; print-color-adjust: exact }"
        entry: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in self.entry.items()
        }
        return Design(
            name=self.name,
            css="\n".join([colour, page, *self.css]),
            furniture="".join(self.furniture),
            first_page="".join(self.first),
            size=self.page_size,
            **entry,
        )


def _row(row: Mapping[str, str]) -> str:
    two = "centre" not in row
    places = ("left", "right") if two else ("left", "centre", "right")
    cells = "".join(f'<div class="{place}">{row.get(place, "")}</div>' for place in places)
    return f'<div class="row{" two" if two else ""}">{cells}</div>'


def stacked(blocks: Sequence[Block], gap: float = 0) -> Block:
    """Blocks under each other."""
    html = "".join(block.html for block in blocks)
    height = sum(block.height for block in blocks) + gap * (len(blocks) - 1)
    return Block(
        f'<div style="display: grid; grid-template-columns: minmax(0, 1fr); row-gap: {gap:g}mm">{html}</div>',
        height,
    )


def beside(blocks: Sequence[Block], columns: str, gap: float = 6) -> Block:
    """Blocks beside each other."""
    html = "".join(f"<div>{block.html}</div>" for block in blocks)
    style = f"display: grid; grid-template-columns: {columns}; column-gap: {gap:g}mm"
    return Block(f'<div style="{style}">{html}</div>', max(block.height for block in blocks))


def draw(name: str, paper: Statement, chance: random.Random) -> Design:
    """A design for a statement."""
    return Draft(name, paper, chance).design()


def scanner(design: Design, chance: random.Random) -> dict[str, Any]:
    """How a sheet is scanned and read; small type is scanned no worse than can be read."""
    size = float(re.findall(r"^body \{ font-family: .*?font-size: ([\d.]+)pt", design.css, re.MULTILINE)[0])
    dpi = chance.choice((150, 200, 200, 300, 300)) if size >= 10.5 else chance.choice((200, 200, 300, 300))
    wear = chance.choices((0, 1, 2), (15, 65, 20 if size >= 10 or dpi == 300 else 0))[0]
    entry: dict[str, Any] = {"dpi": dpi, "wear": wear, "psm": chance.choices((3, 1), (75, 25))[0]}
    if chance.random() < 0.7:
        entry["skew"] = round(chance.uniform(-0.8, 0.8), 1)
    if chance.random() < 0.12 and dpi > 150:
        entry["bilevel"] = True
    if chance.random() < 0.12:
        entry["read_in"] = "eng+fra+spa"
    return entry


def as_toml(entry: Mapping[str, Any]) -> str:
    """A table for tomllib: JSON's strings, numbers and lists are TOML's too; long strings keep their lines."""
    lines = []
    for key, value in entry.items():
        if isinstance(value, str) and "\n" in value:
            lines.append(f"{key} = '''\n{value}\n'''")
        else:
            lines.append(f"{key} = {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def design_file(design: Design) -> str:
    """The file of a design: what differs from the defaults."""
    drawn = {
        each.name: getattr(design, each.name)
        for each in fields(Design)
        if each.name != "name" and getattr(design, each.name) != each.default
    }
    return as_toml(drawn)


def write(seed: int, count: int, names: Sequence[str], folder: Path) -> list[str]:
    """Write designs and scans into the folder; what an earlier drawing called the same is replaced."""
    (folder / "designs").mkdir(parents=True, exist_ok=True)
    entries = []
    for index in range(count):
        paper = statement(names[index % len(names)], folder)
        chance = random.Random(f"{seed} {index} {paper.name}")
        design = draw(f"d{seed}x{index}", paper, chance)
        (folder / "designs" / f"{design.name}.toml").write_text(design_file(design), encoding="utf-8")
        entries.append({"statement": paper.name, "design": design.name, **scanner(design, chance)})
    listed = folder / "scans.toml"
    drawn = {entry["design"] for entry in entries}
    earlier = tomllib.loads(listed.read_text(encoding="utf-8"))["scans"] if listed.exists() else []
    kept = [entry for entry in earlier if entry["design"] not in drawn]
    listed.write_text("\n".join("[[scans]]\n" + as_toml(entry) for entry in [*kept, *entries]), encoding="utf-8")
    return [f"{entry['statement']}.{entry['design']}.{entry['dpi']}" for entry in entries]


def main() -> None:
    """Draw what was asked for and print the names of the scans."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("seed", type=int, metavar="SEED", help="what chance begins with")
    parser.add_argument("-n", "--count", type=int, default=10, help="how many designs (10)")
    parser.add_argument(
        "--into", type=Path, required=True, metavar="FOLDER", help="where designs and scans.toml are written"
    )
    parser.add_argument(
        "--statements", nargs="+", metavar="NAME", help="statements to set; all of FOLDER by default"
    )
    asked = parser.parse_args()
    names = asked.statements or sorted(path.stem for path in (asked.into / "statements").glob("*.toml"))
    if not names:
        parser.error(
            f"{asked.into / 'statements'} has no statements: name some of the benchmark's with --statements."
        )
    print("\n".join(write(asked.seed, asked.count, names, asked.into)))


if __name__ == "__main__":
    main()
