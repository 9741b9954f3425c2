"""Reporting: what was done to the text, in forms that a person or a program can check.

In: a source, its cleaned text and the statement made of it; the files of a build. Out: the proof of cleaning as a
view for its template, the `clean --json` object, the manifest. Nothing is decided here.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from handbill.model import NOT_SCANNED, Block, Change, Cleaned, Doubt, Kind, Lines, RunningTitle, Source, Statement
from handbill.proposals import Proposal, as_toml, proposals, unconfirmed
from handbill.redaction import WITHHELD

WIDEST_QUOTE = 240
"""Characters of a line that a message quotes."""

PLAIN_JOINS = frozenset({"sentence-goes-on", "same-paragraph", "wrapped-name"})
"""Rules that only turn a line's end into a space; shown as a sign, not as a marked word."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line; `change` is what happened to it, or None."""

    text: str
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the source with its number and its pieces."""

    number: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A piece of the source beside what became of it.

    Attributes:
        lines: The source, line by line.
        label: "p3", "12." for a name, or "" for lines that were taken out.
        segments: The text that was made of it.
        changes: The changes that a reader should look at.
    """

    lines: tuple[SourceLine, ...]
    label: str
    segments: tuple[Segment, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule changed something, and what for."""

    rule: str
    reason: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class DoubtView:
    """A doubt with the source lines it is about, and a correction to fill in."""

    doubt: Doubt
    quoted: tuple[tuple[int, str], ...]
    correction: str


@dataclass(frozen=True, slots=True)
class Proof:
    """The proof of cleaning.

    Attributes:
        statement: The text and its structure.
        source_name: The source's file name.
        line_count: How many lines the source has.
        doubts: What is left to a person.
        rules: The changes by rule.
        rows: The source beside the text.
        titles: Running titles that were taken out, each wording once, with the lines it stood on.
        corrections: How many of the editor's decisions were applied.
        unconfirmed: How many of them are still as they were proposed.
        edits: How many edits lead from the source to the text and back; the build has walked them.
    """

    statement: Statement
    source_name: str
    line_count: int
    doubts: tuple[DoubtView, ...]
    rules: tuple[RuleCount, ...]
    rows: tuple[Row, ...]
    titles: tuple[tuple[RunningTitle, tuple[Lines, ...]], ...]
    corrections: int
    unconfirmed: int
    edits: int


def proof(source: Source, cleaned: Cleaned, statement: Statement) -> Proof:
    """Set the source beside the text, with every change and every doubt."""
    return Proof(
        statement=statement,
        source_name=source.path.name,
        line_count=len(source.lines),
        doubts=tuple(_doubt_views(source, statement.doubts)),
        rules=tuple(_rules(cleaned.changes)),
        rows=tuple(_rows(source, cleaned, statement)),
        titles=tuple(_titles(cleaned.titles)),
        corrections=len(source.corrections),
        unconfirmed=len(unconfirmed(source.corrections)),
        edits=len(cleaned.edits),
    )


def as_json(source: Source, cleaned: Cleaned, statement: Statement) -> dict[str, Any]:
    """The object that `handbill clean --json` prints; DESIGN.md, section 2, is its contract.

    Where names are withheld it says how many, as "withheld"; what heads the names is "names_heading". A note has
    its "mark".
    """
    made: dict[str, Any] = {
        "title": statement.title,
        "language": statement.language,
        "blocks": [
            {"id": b.id, "kind": b.kind.value, "text": b.text, "lines": list(b.lines)}
            | ({"mark": b.marker} if b.kind is Kind.NOTE else {})
            for b in statement.blocks
        ],
        "signatories": [
            {"number": s.number, "name": s.name, "lines": list(s.lines)} for s in statement.signatories
        ],
        "changes": [
            {"lines": list(c.lines), "rule": c.rule, "before": c.before, "after": c.after, "reason": c.reason}
            for c in cleaned.changes
        ],
        "doubts": [_asked(doubt) for doubt in statement.doubts],
        "edits": [
            {"at": e.at, "before": e.before, "after": e.after, "rule": e.entry.rule if e.entry else ""}
            for e in cleaned.edits
        ],
    }
    if head := statement.names_heading:
        made["names_heading"] = {"text": head.text, "lines": list(head.lines)}
    return {**made, "withheld": len(statement.withheld)} if statement.withheld else made


def _asked(doubt: Doubt) -> dict[str, Any]:
    made: dict[str, Any] = {"lines": list(doubt.lines), "text": doubt.text, "reason": doubt.reason}
    places = [{"lines": list(place.lines), "text": place.text} for place in doubt.places]
    return {**made, "places": places} if places else made


def quote(source: Source, lines: Lines, most: int = 4) -> list[tuple[int, str]]:
    """The lines of the source that have ink, with their numbers, as a message quotes them."""
    numbered = [(n, source.lines[n - 1]) for n in range(lines[0], min(lines[1], len(source.lines)) + 1)]
    inked = [(number, text.strip()) for number, text in numbered if text.strip()]
    return inked[:most]


def doubt_message(source: Source, doubt: Doubt) -> str:
    """A doubt as a message tells it: where it is, the words, the reason, and the lines of the source."""
    quoted = "\n".join(f"    {number}: {_clipped(text)}" for number, text in _quoted(source, doubt))
    words = _clipped(doubt.text.replace("\n", "⏎"))
    return f"{source.path}, line {doubt.lines[0]}: doubt about “{words}”. {doubt.reason}\n{quoted}"


def _quoted(source: Source, doubt: Doubt) -> list[tuple[int, str]]:
    """The lines of each of a doubt's places."""
    return sorted({line for place in doubt.each() for line in quote(source, place.lines)})


def _clipped(text: str) -> str:
    return text if len(text) <= WIDEST_QUOTE else f"{text[:WIDEST_QUOTE]}…"


def doubts_with_entries(source: Source, doubts: Sequence[Doubt]) -> Iterator[str]:
    """The doubts as messages, each with an entry for corrections.toml to paste for each of its places."""
    owners = {id(place): doubt for doubt in doubts for place in doubt.each()}
    grouped: dict[int, tuple[dict[int, Doubt], list[Proposal]]] = {}
    for proposal in proposals(source, doubts):
        of = {id(owner): owner for owner in (owners[id(place)] for place in proposal.doubts)}
        told, made = grouped.setdefault(next((each for each in of if each in grouped), min(of)), ({}, []))
        told.update(of)
        made.append(proposal)
    for told, made in grouped.values():
        messages = "\n".join(doubt_message(source, doubt) for doubt in told.values())
        lines = "\n\n".join(map(as_toml, made)).split("\n")
        entry = "\n".join(f"    {line}".rstrip() for line in lines if not line.startswith("# Line "))
        yield f"{messages}\n\n{entry}\n"


def entries(source: Source, doubts: Sequence[Doubt]) -> str:
    """Entries for corrections.toml that settle the doubts, as TOML."""
    return "\n\n".join(as_toml(proposal) for proposal in proposals(source, doubts))


def summed_up(source: Source, cleaned: Cleaned, statement: Statement) -> str:
    """What cleaning did, in numbers: changes by rule, decisions applied, doubts left."""
    counts = Counter(change.rule for change in cleaned.changes)
    rules = ", ".join(
        f"{rule} {count}" for rule, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
    lines = [f"{counted(len(cleaned.changes), 'change')}{f': {rules}' if rules else ''}"]
    applied, left = counted(len(source.corrections), "correction"), counted(len(statement.doubts), "doubt")
    lines.append(f"{applied} applied, {left} left")
    open_ones = unconfirmed(source.corrections)
    if open_ones:
        where = ", ".join(str(correction.line) for correction in open_ones)
        lines.append(f"{len(open_ones)} of the corrections not yet compared with the paper: line {where}")
    return "\n".join(lines)


def counted(count: int, noun: str) -> str:
    """A count with its noun.

    >>> counted(1, "page"), counted(2, "page")
    ('1 page', '2 pages')
    """
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _doubt_views(source: Source, doubts: Sequence[Doubt]) -> Iterator[DoubtView]:
    made = {id(place): proposal for proposal in proposals(source, doubts) for place in proposal.doubts}
    for doubt in doubts:
        of = {id(made[id(place)]): made[id(place)] for place in doubt.each()}
        yield DoubtView(doubt, tuple(_quoted(source, doubt)), "\n\n".join(map(as_toml, of.values())))


def _titles(titles: Sequence[RunningTitle]) -> Iterator[tuple[RunningTitle, tuple[Lines, ...]]]:
    """Each wording once, as it was read surest, with all the lines it stood on."""
    found: dict[tuple[str, str], list[RunningTitle]] = {}
    for title in titles:
        found.setdefault((title.rule, title.text), []).append(title)
    for alike in found.values():
        yield max(alike, key=lambda title: title.confidence), tuple(title.lines for title in alike)


def _rules(changes: Sequence[Change]) -> Iterator[RuleCount]:
    """The changes by rule, the rarest first: what is rare is worth a look."""
    counts = Counter(change.rule for change in changes)
    for rule, _ in sorted(counts.items(), key=lambda item: (item[1], item[0])):
        of_rule = tuple(change for change in changes if change.rule == rule)
        yield RuleCount(rule, of_rule[0].reason, of_rule)


def _rows(source: Source, cleaned: Cleaned, statement: Statement) -> Iterator[Row]:
    """Every line of the source once, in order, beside what became of it."""
    made: list[tuple[Lines, str, str]] = [(b.lines, _label(b), b.text) for b in statement.blocks]
    head = statement.names_heading
    made += [(head.lines, head.id, head.text)] if head else []
    made += [(s.lines, f"{s.number}.", s.name) for s in statement.signatories if not s.is_late]
    made += [(lines, WITHHELD, "") for _, lines in statement.withheld if lines != NOT_SCANNED]
    used: set[int] = set()
    for lines, _, _ in made:
        used.update(range(lines[0], lines[1] + 1))
    for number, text in enumerate(source.lines, 1):
        if text.strip() and number not in used:
            made.append(((number, number), "", ""))
    shown = 0
    begins = [change.lines[0] for change in cleaned.changes]
    for lines, label, text in sorted(made, key=lambda piece: piece[0]):
        near = cleaned.changes[bisect_left(begins, lines[0]) : bisect_right(begins, lines[1])]
        changes = [change for change in near if change.lines[1] <= lines[1]]
        yield Row(
            lines=tuple(_source_lines(source, (max(lines[0], shown + 1), lines[1]), changes)),
            label=label,
            segments=tuple(_mark_after(text, changes)),
            changes=tuple(c for c in changes if c.rule not in PLAIN_JOINS),
        )
        shown = max(shown, lines[1])
    yield from (Row((), f"{s.number}.", (Segment(s.name),), ()) for s in statement.signatories if s.is_late)
    yield from (Row((), WITHHELD, (), ()) for _, lines in statement.withheld if lines == NOT_SCANNED)


def _label(block: Block) -> str:
    return f"{block.id} {block.marker}".strip()


def _source_lines(source: Source, lines: Lines, changes: Sequence[Change]) -> Iterator[SourceLine]:
    for number in range(lines[0], lines[1] + 1):
        text = source.lines[number - 1].replace("\f", "␌")
        if not text.strip():
            yield SourceLine(number, ())
            continue
        yield SourceLine(number, tuple(_mark_before(text, number, changes)))


def _mark_before(text: str, number: int, changes: Sequence[Change]) -> Iterator[Segment]:
    """The words of a source line, those that were changed marked."""
    marks: list[tuple[int, int, Change]] = []
    for change in changes:
        if change.rule in PLAIN_JOINS or not change.lines[0] <= number <= change.lines[1]:
            continue
        pieces = [piece for piece in change.before.replace("\f", "\n").split("\n") if piece.strip()]
        if len(pieces) > 1 and number == change.lines[0]:
            at = text.rfind(pieces[0])
            marks.append((at, at + len(pieces[0]), change))
        elif len(pieces) > 1 and number == change.lines[1]:
            at = text.find(pieces[-1])
            marks.append((at, at + len(pieces[-1]), change))
        elif pieces and (at := text.find(change.before)) >= 0:
            marks.append((at, at + len(change.before), change))
    yield from _cut(text, marks)


def _mark_after(text: str, changes: Sequence[Change]) -> Iterator[Segment]:
    """The words of the text, those that a rule made marked."""
    marks: list[tuple[int, int, Change]] = []
    at = 0
    for change in changes:
        words = change.after.strip()
        if change.rule in PLAIN_JOINS or not words:
            continue
        found = text.find(words, at)
        if found >= 0:
            marks.append((found, found + len(words), change))
            at = found
    yield from _cut(text, marks)


def _cut(text: str, marks: list[tuple[int, int, Change]]) -> Iterator[Segment]:
    """A text cut at its marks; of marks that overlap, the first counts."""
    at = 0
    for start, stop, change in sorted(marks, key=lambda mark: mark[:2]):
        if start < at:
            continue
        if start > at:
            yield Segment(text[at:start])
        yield Segment(text[start:stop], change)
        at = stop
    if at < len(text):
        yield Segment(text[at:])


@dataclass(frozen=True, slots=True)
class Output:
    """One finished file, as the manifest and the index list it.

    Attributes:
        statement: Its statement's short name.
        title: Its statement's title.
        path: Below the output folder, with forward slashes.
        sha256: Of the file.
        bytes: Its size.
        pages: Its page count.
        edition: Its edition.
        language: Its language, BCP 47.
        translation: "original" for the language the statement was written in.
        findings: What a person should look at.
        draft: Whether it is stamped as a draft.
        inputs: A hash of everything that made it.
        text: Fingerprint of the signed text that it says, in whatever language.
        checks: How many checks of the preflight gave each kind of answer.
        particulars: What it is, in the words of a print shop: size, bleed, colours.
        waived: Findings that an editor took as they are, each with its reason.
        made_of: What of the statement and the call made it: each piece by its name and a short hash.
        program: Short hash of the program that made it; the manifest has its pieces.
        beside: The language that stands beside it, BCP 47; empty where there is none.
        translation_beside: What `translation` says, for that one.
    """

    statement: str
    title: str
    path: str
    sha256: str
    bytes: int
    pages: int
    edition: str
    language: str
    translation: str
    findings: tuple[str, ...]
    draft: bool
    inputs: str
    text: str = ""
    checks: Mapping[str, int] = field(default_factory=dict)
    particulars: Mapping[str, str] = field(default_factory=dict)
    waived: tuple[str, ...] = ()
    made_of: Mapping[str, str] = field(default_factory=dict)
    program: str = ""
    beside: str = ""
    translation_beside: str = ""

    @property
    def asked(self) -> int:
        """How many questions the preflight asked of it."""
        return sum(count for answer, count in self.checks.items() if answer != "waived")

    @property
    def picture(self) -> str:
        """Path of the picture of its first page, below the output folder."""
        return self.path.removesuffix(".pdf") + ".png"

    @property
    def report(self) -> str:
        """Path of the page on what was checked of it, below the output folder; only the press edition has one."""
        return self.path.removesuffix(".pdf") + ".html"


@dataclass(frozen=True, slots=True)
class Companion:
    """A file that is no brief, as the manifest lists it.

    Attributes:
        path: Below the output folder, with forward slashes.
        kind: What it is, in a word or two.
        statement: The short name of its statement, or empty.
        sha256: Of the file.
        bytes: Its size.
    """

    path: str
    kind: str
    statement: str
    sha256: str
    bytes: int


def companions(outputs: Sequence[Output]) -> list[tuple[str, str, str]]:
    """What may lie beside these briefs: path, kind, and statement of each file."""
    found = [("index.html", "gallery", "")]
    for name in sorted({output.statement for output in outputs}):
        found.append((f"{name}/proof.html", "proof of cleaning", name))
        found.append((f"{name}/contact-sheet.pdf", "contact sheet", name))
        found += [(f"{name}/preflight.{end}", "sheet for the print shop", name) for end in ("pdf", "html")]
    for output in outputs:
        found.append((output.picture, "picture of the first page", output.statement))
        found.append((output.report, "report of checks", output.statement))
    return found


Programs = Mapping[str, Mapping[str, str]]
"""Programs by their short hash, each as the hashes of its pieces by their names."""


def manifest(
    outputs: Sequence[Output], others: Sequence[Companion] = (), programs: Programs | None = None
) -> dict[str, Any]:
    """The manifest of a build, sorted by path: the briefs, the files beside them, and what programs made them."""
    used = {output.program for output in outputs}
    return {
        "files": [asdict(output) for output in sorted(outputs, key=lambda output: output.path)],
        "others": [asdict(other) for other in sorted(others, key=lambda other: other.path)],
        "programs": {name: pieces for name, pieces in sorted((programs or {}).items()) if name in used},
    }


def why_again(now: Mapping[str, str], then: Mapping[str, str]) -> str:
    """Why a file is made again: the pieces it is made of that are not those it was made of."""
    other = sorted(name for name in now.keys() & then.keys() if now[name] != then[name])
    said = [f"{_listed(other)} changed"] if other else []
    said += [f"{_listed(new)} came" for new in [sorted(now.keys() - then.keys())] if new]
    said += [f"{_listed(gone)} went" for gone in [sorted(then.keys() - now.keys())] if gone]
    return "; ".join(said) or "it is of another version"


_MOST_PIECES = 4


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_PIECES
    return ", ".join(names if more <= 0 else [*names[:_MOST_PIECES], f"{more} more"])


@dataclass(frozen=True, slots=True)
class Gallery:
    """The files of one statement: languages across, editions down.

    Attributes:
        name: The statement's short name.
        title: Its title in the language it was written in, or in any.
        languages: The languages there are, the original first.
        rows: For each edition its name and its file in each language, None where there is none.
    """

    name: str
    title: str
    languages: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Output | None, ...]], ...]

    @property
    def is_pressed(self) -> bool:
        """Whether a file is for the print shop."""
        return any(edition == "press" for edition, _ in self.rows)


def gallery(files: Sequence[Output], editions: Iterable[str]) -> Gallery:
    """The files of one statement as the gallery shows them."""
    original = next((file for file in files if file.translation == "original"), files[0])
    tags = sorted({file.language for file in files}, key=lambda tag: (tag != original.language, tag))
    there = {(file.edition, file.beside, file.language): file for file in files}
    kinds = [(edition, beside) for edition in editions for beside in sorted({file.beside for file in files})]
    rows = tuple(
        (
            f"{edition} with {beside}" if beside else edition,
            tuple(there.get((edition, beside, tag)) for tag in tags),
        )
        for edition, beside in kinds
    )
    return Gallery(original.statement, original.title, tuple(tags), tuple(row for row in rows if any(row[1])))


_SHOP_WORDS: Mapping[str, str] = {
    "size": "Trimmed size",
    "bleed": "Bleed on each side",
    "colours": "Colours",
    "ink": "Ink in one place",
    "condition": "Inks are meant for",
    "fonts": "Fonts, all in the file",
    "thinnest line": "Thinnest line",
    "images": "Images",
    "standards": "Standard",
}
"""What a preflight finds out of a file, as a print shop calls it."""

_MOST_NOTES = 14
"""Notes on the sheet for the print shop, so that it stays one page."""


@dataclass(frozen=True, slots=True)
class ShopSheet:
    """The sheet that goes along with the press files of a statement.

    Attributes:
        title: The statement's title.
        language: Of the title, BCP 47.
        particulars: What the files are, by name; where they differ, every answer there is.
        files: The press files.
        notes: What a person should look at.
    """

    title: str
    language: str
    particulars: tuple[tuple[str, str], ...]
    files: tuple[Output, ...]
    notes: tuple[str, ...]


def shop_sheet(files: Sequence[Output]) -> ShopSheet | None:
    """The sheet for the press files among those of one statement; None where there are none."""
    press = tuple(file for file in files if file.edition == "press")
    if not press:
        return None
    original = next((file for file in press if file.translation == "original"), press[0])
    said = {
        words: dict.fromkeys(part for file in press for part in file.particulars.get(key, "").split(", ") if part)
        for key, words in _SHOP_WORDS.items()
    }
    notes = [f"{file.language}: {finding}" for file in press for finding in file.findings]
    notes += [f"{file.language}: taken as it is: {each}" for file in press for each in file.waived]
    if len(notes) > _MOST_NOTES:
        notes[_MOST_NOTES:] = [f"and {len(notes) - _MOST_NOTES} more, in manifest.json"]
    return ShopSheet(
        original.title,
        original.language,
        tuple((words, ", ".join(answers)) for words, answers in said.items() if answers),
        press,
        tuple(notes),
    )
