"""The frozen values that travel between the stages.

Nothing here does anything: a stage takes one of these and returns another. Lines count from 1 in the source.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Literal

Lines = tuple[int, int]
"""First and last line of the source, counted from 1, both included."""

NOT_SCANNED: Lines = (0, 0)
"""The lines of a name that the source does not have: of a late sign-on."""


class Gap(Enum):
    """What the source has between a line and the printed line before it."""

    NONE = "none"
    BLANK = "blank"
    PAGE = "page"

    def wider(self, other: "Gap") -> "Gap":
        """The one of both that tells more: a page's end before a blank line before none."""
        return max(self, other, key=list(Gap).index)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source, or several that the cleaner has joined.

    Attributes:
        first: First line of the source it comes from.
        last: Last line of the source it comes from.
        text: What it reads now, without a line end.
        gap: What stands before it in the source.
        space: The white space between the line before and this one, letter for letter. The text at any moment is
            the space and the text of every line, one after the other.
        widths: Of a line that a correction made, how long the lines of the source are; else its text tells.
    """

    first: int
    last: int
    text: str
    gap: Gap = Gap.NONE
    space: str = ""
    widths: tuple[int, ...] = ()

    @property
    def lines(self) -> Lines:
        """The lines of the source it covers."""
        return (self.first, self.last)


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file that was handed in.

    Attributes:
        text: Its lines; blocks are parted by empty lines, pages by form feeds.
        how: What it was taken from, and by what: "docx", "PDF, read by tesseract 5.3.0 (eng)".
        countries: Names of a table, in its order, whose countries are not in the text: each with the code.
        notes: What is to be known of the reading, a sentence each.
        title: What the file sets as its title; empty where it does not tell.
        typed: Whether the blocks are the paragraphs of the file, and nothing of a page is among them.
    """

    text: str
    how: str
    countries: tuple[tuple[str, str], ...] = field(default=(), kw_only=True)
    notes: tuple[str, ...] = ()
    title: str = ""
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the ledger: what a rule or an editor changed, and why.

    Attributes:
        lines: Where in the source.
        rule: Name of the rule; "correction" for an editor's decision.
        before: The words as they stood, line ends as newlines.
        after: The words as they stand now; empty where something was taken out.
        reason: Why, in one sentence.
    """

    lines: Lines
    rule: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Edit:
    """What cleaning did to the text, exactly: one replacement at one place.

    Edits are a sequence. Each applies to the text that the edits before it left, the source's lines joined by
    newlines being the first; after the last one the text is the blocks with an empty line between them.

    Attributes:
        at: Characters of the text before the place.
        before: What stands there.
        after: What stands there afterwards.
        entry: The ledger's entry for it; None where nothing but white space between blocks is evened out.
    """

    at: int
    before: str
    after: str
    entry: Change | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """What no rule can decide: a person must look at the paper.

    Attributes:
        lines: Where in the source.
        text: The words in doubt, as the source has them.
        reason: What is unclear, and how to settle it.
        likely: What the words most likely are, line ends as newlines; None where they are as good as any.
        places: What it is about, one by one, where the same is asked of several places; else empty.
    """

    lines: Lines
    text: str
    reason: str
    likely: str | None = None
    places: tuple["Doubt", ...] = ()

    def each(self) -> tuple["Doubt", ...]:
        """The doubt at each of its places."""
        return self.places or (self,)


@dataclass(frozen=True, slots=True)
class Correction:
    """An editor's decision on the source (`corrections.toml`)."""

    line: int
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The one-page summary as `summary.toml` has it; every item names its paragraph.

    Attributes:
        standfirst: The opening sentences.
        figures: Three or four numbers with what they count.
        demands: The calls, grouped by whom they address.
        verbatim: Whether every item must read word for word, in order, as its paragraph does.
    """

    standfirst: "SummaryItem"
    figures: tuple["Figure", ...]
    demands: tuple["DemandGroup", ...]
    verbatim: bool


@dataclass(frozen=True, slots=True)
class SummaryItem:
    """One sentence of the summary and the id of the block it is taken from."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number on the summary page: what stands before it, the number, what it counts, and its block."""

    lead: str
    value: str
    label: str
    source: str


@dataclass(frozen=True, slots=True)
class DemandGroup:
    """The calls on one addressee."""

    addressee: str
    items: tuple[SummaryItem, ...]


@dataclass(frozen=True, slots=True)
class Session:
    """The session the brief is handed out at.

    Attributes:
        name: Its official name.
        opens: Its first day.
        closes: Its last day.
        agenda_item: The item of its agenda that the statement is for; None if it is not said.
    """

    name: str
    opens: date
    closes: date
    agenda_item: int | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """What the editor counted on the paper.

    Attributes:
        signatories: Number of names, None if not counted.
        paragraphs: Number of paragraphs, None if not counted.
        other_counts: Phrases of the text that count organisations other than the signatories.
    """

    signatories: int | None = None
    paragraphs: int | None = None
    other_counts: tuple[str, ...] = ()


class Consultative(Enum):
    """What an organisation is to the Economic and Social Council (ECOSOC) of the United Nations."""

    GENERAL = "general"
    SPECIAL = "special"
    ROSTER = "roster"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Standing:
    """The consultative status of a signatory (`signatories.toml`).

    Attributes:
        status: Its status.
        registered: Its name in the database of ECOSOC, where it signed with another; else empty.
    """

    status: Consultative
    registered: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """What `statement.toml` says of the written statement to the Human Rights Council.

    Attributes:
        submitted_by: The number in the signed list of the organisation that submits it.
        words: Words it may have, instead of what is known of the status; None for that.
        size: Size of its type in points, instead of what is known of the form; None for that.
    """

    submitted_by: int
    words: int | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Oral:
    """What `statement.toml` says of the statement as it is said aloud.

    Attributes:
        seconds: What the debate allows; None for the shortest that any does.
        opening: What is said before the title, or empty.
        closing: What is said last, or empty.
        passages: Ids of what of the summary is said, in that order; empty for all of it.
    """

    seconds: int | None = None
    opening: str = ""
    closing: str = ""
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """How the names are printed.

    Attributes:
        order: "signed", or "sorted" by the alphabet of the page's language.
        group: "none", "country", "subregion", "region" or "kind".
        countries: Whether each name has its country in brackets, where it is known.
        kinds: The kinds of organisations in the order of their headings: each by its key.
        logos: Whether a name has its logo beside it, where there is one.
    """

    order: str = "signed"
    group: str = "none"
    countries: bool = False
    kinds: Mapping[str, str] = field(default_factory=dict)
    logos: bool = False

    @property
    def is_as_signed(self) -> bool:
        """Whether the names are printed as they stand under the statement."""
        return (self.order, self.group, self.countries) == ("signed", "none", False)


@dataclass(frozen=True, slots=True)
class Particulars:
    """What `statement.toml` says of a statement.

    Attributes:
        title: The title as published.
        language: BCP 47 tag of the source text.
        published: Date of publication.
        online: Address of the text online, https; empty while it is not known.
        session: The session it is for, if any.
        languages: The languages it is built in.
        paper: "a4" or "letter".
        accent: The accent colour, "#rrggbb".
        accent_cmyk: The inks that print it, in per cent, or None where the profile finds them.
        summary_size: Per cent of the design's size that the type of no language's summary goes over.
        listing: How the names are printed.
        submission: What belongs to it as a written statement, if it is to be one.
        oral: What belongs to it as it is said aloud, if anything is said of that.
        typed: Whether the blocks of its text are the paragraphs of a typed file.
        keywords: For the document's metadata.
        expected: The editor's counts.
        approved_text: sha256 of the text that was approved, or None.
    """

    title: str
    language: str
    published: date
    online: str
    session: Session | None
    languages: tuple[str, ...]
    paper: str
    accent: str
    keywords: tuple[str, ...]
    expected: Expected
    approved_text: str | None
    accent_cmyk: tuple[float, float, float, float] | None = None
    summary_size: int = 112
    listing: Listing = Listing()
    submission: Submission | None = None
    oral: Oral | None = None
    typed: bool = False


@dataclass(frozen=True, slots=True)
class OfficialName:
    """What a signatory calls itself in other languages (`signatories.toml`).

    Attributes:
        number: Its number in the list.
        name: Its name as signed, so that an entry is not applied to another organisation.
        names: Official name by BCP 47 tag.
        source: Where the names are from.
    """

    number: int
    name: str
    names: Mapping[str, str]
    source: str


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that a page may load, held in memory: nothing else can be loaded."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Logo:
    """The logo of a signatory, fit to be printed: an SVG of plain shapes, or an opaque PNG without metadata.

    Attributes:
        file: Its path below the statement's folder.
        sha256: Of the file there.
        pixels: Width and height of a PNG; None for an SVG.
        drawing: What is printed.
    """

    file: str
    sha256: str
    pixels: tuple[int, int] | None
    drawing: Asset = field(repr=False)


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a signatory beside its names (`signatories.toml`).

    Attributes:
        country: Its country, ISO 3166-1 alpha-2, "001" for the world, or empty.
        kind: What kind of organisation it is, by a key of `statement.toml`, or empty.
        logo: Its logo, where logos are printed and it has one.
    """

    country: str = ""
    kind: str = ""
    logo: Logo | None = None


@dataclass(frozen=True, slots=True)
class Withheld:
    """A signatory that is counted and not named (`signatories.toml`).

    Attributes:
        number: Its number in the list.
        name: Its name as signed, or empty: the form need not hold it.
        others: Other forms of the name that the editor gives, to be looked for as well.
    """

    number: int
    name: str = field(default="", repr=False)
    others: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class LateSignOn:
    """An organisation that signed after the text was scanned (`signatories.toml`).

    Attributes:
        name: Its name as signed; empty where it is withheld, so that nothing has to be blacked out.
        about: What else is known of it.
        acronym: What it is called in short, or empty.
        signed: The day it signed, if known.
        withheld: Whether it is counted and named nowhere.
        standing: Its consultative status, if known.
        official: Its own name in other languages, by BCP 47 tag.
    """

    name: str
    about: About = About()
    acronym: str = ""
    signed: date | None = None
    withheld: bool = False
    standing: Standing | None = None
    official: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its number in the file, counted from 1, and the text of its cells."""

    number: int
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Table:
    """The export of a form: its headers, and its rows, each as wide as they are."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SignOns:
    """What `signatories.toml` says of the signatories.

    Attributes:
        official_names: What they call themselves in other languages.
        withheld: Those of the list that are counted and not named.
        late: Those that are not in the list, in the order they signed.
        about: What else is known of those in the list, by their number.
        standings: Consultative status by the number in the list, where it is known.
    """

    official_names: tuple["OfficialName", ...] = ()
    withheld: tuple["Withheld", ...] = ()
    late: tuple[LateSignOn, ...] = ()
    about: Mapping[int, About] = field(default_factory=dict)
    standings: Mapping[int, Standing] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waiver:
    """A decision to take a finding of the preflight as it is (`preflight.toml`).

    Attributes:
        finding: Id of a check, "lines/last-word", or with one of its answers, "lines/last-word:runt".
        reason: Why.
        edition: The edition it is for; "" for all.
        language: BCP 47 tag of the language it is for; "" for all.
        line: Where it stands in the file.
    """

    finding: str
    reason: str
    edition: str = ""
    language: str = ""
    line: int = 0

    def __str__(self) -> str:
        """The waiver in a line, as the manifest has it."""
        scope = ", ".join(part for part in (self.edition, self.language) if part)
        return f"{self.finding}{f' ({scope})' if scope else ''}: {self.reason}"

    def is_for(self, edition: str, language: str) -> bool:
        """Whether it is about a file of this edition and language."""
        return self.edition in ("", edition) and self.language in ("", language)


@dataclass(frozen=True, slots=True)
class Source:
    """A statement as it lies on the disk, read and decoded but not cleaned.

    Attributes:
        name: The folder's name, or the file's name without its ending.
        path: The text's path, for messages.
        language: BCP 47 tag of the text.
        lines: The text's lines, empty ones included, without line ends.
        typed: Whether its blocks, parted by empty lines, are the paragraphs of a typed file; else they are lines
            of pages, as a scanner reads them.
        changes: What decoding had to change (encoding, mojibake).
        particulars: From `statement.toml`; None for a bare text file.
        summary: From `summary.toml`; None where there is none.
        corrections: From `corrections.toml`.
        official_names: From `signatories.toml`.
        withheld: From `signatories.toml`; the names in it are gone once they are blacked out of the lines.
        late: From `signatories.toml`.
        about: From `signatories.toml`, by the number in the list.
        standings: From `signatories.toml`, by the number in the list.
        waivers: From `preflight.toml`.
    """

    name: str
    path: Path
    language: str
    lines: tuple[str, ...]
    changes: tuple[Change, ...] = ()
    particulars: Particulars | None = None
    summary: Summary | None = None
    corrections: tuple[Correction, ...] = ()
    official_names: tuple[OfficialName, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    late: tuple[LateSignOn, ...] = ()
    about: Mapping[int, About] = field(default_factory=dict)
    standings: Mapping[int, Standing] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    typed: bool = False


@dataclass(frozen=True, slots=True)
class RunningTitle:
    """A title that stood in the margin, not in the text.

    Attributes:
        lines: Where in the source.
        seen: What the scanner wrote.
        text: What it reads, without the folio beside it; another text altogether where the line was decoded.
        rule: Name of the rule that took it out.
        confidence: How sure it is that the line is no line of the text, from 0.5 to 1.
    """

    lines: Lines
    seen: str
    text: str
    rule: str = ""
    confidence: float = 1.0

    @property
    def decoded(self) -> bool:
        """Whether it was read upside down: what the scanner wrote has other letters."""
        return self.text not in self.seen


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The text after cleaning: one `Line` for each paragraph, heading, item or name.

    Attributes:
        lines: The text in order.
        changes: The ledger, in the order of the source.
        doubts: What is left to a person, in the order of the source.
        titles: Running titles that were taken out of the text.
        edits: The same as `changes` and what lies between, exactly, in the order it was done.
        decided: The lines that each of the editor's decisions is about.
        withheld: Numbers in the list whose names are blacked out of it.
    """

    lines: tuple[Line, ...]
    changes: tuple[Change, ...]
    doubts: tuple[Doubt, ...]
    titles: tuple[RunningTitle, ...] = ()
    edits: tuple[Edit, ...] = ()
    decided: tuple[Lines, ...] = ()
    withheld: frozenset[int] = frozenset()

    @property
    def title(self) -> str:
        """The longest running title, which was cut the least; empty if there is none."""
        return max((title.text for title in self.titles), key=len, default="")


class Kind(Enum):
    """What a block of the text is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or note.

    Attributes:
        id: "p1", "h1", "i1", "n1" and so on: kind and position among its kind; a summary and a translation cite it.
        kind: What it is.
        text: Its words.
        lines: Where they stand in the source.
        marker: The number or bullet of an item, or the mark of a note, as printed ("1.", "a)", "•", "¹"), else "".
        foreign: BCP 47 tag of its text where that is not the statement's language, else "".
    """

    id: str
    kind: Kind
    text: str
    lines: Lines
    marker: str = ""
    foreign: str = ""


@dataclass(frozen=True, slots=True)
class Signatory:
    """A name under the statement, with the number printed beside it.

    Attributes:
        number: As printed: withheld names leave no gap, which would tell where in the alphabet they stood.
        name: As signed, or the official name in the statement's language.
        lines: Where it stands in the source.
        foreign: BCP 47 tag of the name where that is not the statement's language, else "".
        withheld_before: How many names above it in the signed list are withheld.
        about: What else is known of it.
        group: The heading it is printed under, or empty.
        beside: What is printed in brackets after the name, or empty.
    """

    number: int
    name: str
    lines: Lines
    foreign: str = ""
    withheld_before: int = 0
    about: About = About()
    group: str = ""
    beside: str = ""

    @property
    def signed(self) -> int:
        """Its number in the signed list."""
        return self.number + self.withheld_before

    @property
    def is_late(self) -> bool:
        """Whether it signed after the text was scanned."""
        return self.lines == NOT_SCANNED

    @property
    def place(self) -> str:
        """Where its name can be changed."""
        return "signatories.toml" if self.is_late else f"source.txt, line {self.lines[0]}"


@dataclass(frozen=True, slots=True)
class Statement:
    """The cleaned statement as a publication sees it.

    Attributes:
        name: Its short name.
        title: Its title.
        language: BCP 47 tag.
        blocks: The text.
        signatories: The names that are printed.
        doubts: What is left to a person.
        withheld: For each signatory that is counted and not named, its number in the signed list and its lines.
        names_heading: What heads the names in the signed text; None where nothing does, and in a translation.
    """

    name: str
    title: str
    language: str
    blocks: tuple[Block, ...]
    signatories: tuple[Signatory, ...]
    doubts: tuple[Doubt, ...] = ()
    withheld: tuple[tuple[int, Lines], ...] = ()
    names_heading: Block | None = None

    @property
    def paragraph_count(self) -> int:
        """How many paragraphs are numbered: neither headings nor items nor notes."""
        return sum(block.kind is Kind.PARAGRAPH for block in self.blocks)

    @property
    def signatory_count(self) -> int:
        """How many signed it, those included whose names are withheld."""
        return len(self.signatories) + len(self.withheld)

    @property
    def last_scanned(self) -> int:
        """The highest number in the list that was scanned; late ones are numbered on from it. 0 without a list."""
        named = [each.signed for each in self.signatories if not each.is_late]
        return max([*named, *(number for number, lines in self.withheld if lines != NOT_SCANNED)], default=0)

    def block(self, block_id: str) -> Block | None:
        """The block with this id, or None."""
        return next((block for block in self.blocks if block.id == block_id), None)

    def paragraph_of(self, block_id: str) -> str:
        """The number a speaker cites a block by: its own, or that of the paragraph it stands under; "" for none.

        A heading, and what stands above every paragraph, is cited by the one below it.
        """
        at = next((at for at, block in enumerate(self.blocks) if block.id == block_id), None)
        if at is None:
            return ""
        above = [each.id[1:] for each in self.blocks[: at + 1] if each.kind is Kind.PARAGRAPH]
        below = [each.id[1:] for each in self.blocks[at:] if each.kind is Kind.PARAGRAPH]
        near = (below[:1] or above[-1:]) if self.blocks[at].kind is Kind.HEADING else (above[-1:] or below[:1])
        return near[0] if near else ""

    def fingerprint(self) -> str:
        """Sha256 (hex) of title, blocks and names, one a line: what an approval is given for.

        Of withheld names only their count: whoever knows the rest of a text can guess a name by its hash.
        """
        words = [self.title, *(f"{b.marker} {b.text}".strip() for b in self.blocks)]
        words += [self.names_heading.text] if self.names_heading else []
        words += [f"{s.number}. {s.name}" for s in self.signatories]
        words += [f"{len(self.withheld)} withheld"] if self.withheld else []
        return hashlib.sha256("\n".join(words).encode()).hexdigest()


class Status(Enum):
    """How far the words of a version can be relied on."""

    ORIGINAL = "original"
    UNREVIEWED = "unofficial, unreviewed"
    REVIEWED = "unofficial, reviewed"


@dataclass(frozen=True, slots=True)
class Version:
    """A statement in one language, with everything that is printed of it in that language.

    Attributes:
        statement: Title, blocks and names.
        summary: The summary page, if there is one.
        particulars: As `statement.toml` has them, the session's name in this language.
        status: Whether it is what was signed, or a translation, and whether that was reviewed.
        reviewed: The day of the review, for a reviewed translation.
        beside: The same in the language that stands beside it, in an edition of two languages.
    """

    statement: Statement
    summary: Summary | None
    particulars: Particulars
    status: Status = Status.ORIGINAL
    reviewed: date | None = None
    beside: "Version | None" = None


@dataclass(frozen=True, slots=True)
class Message:
    """One text to translate.

    Attributes:
        id: "title", "p3", "summary.demands2.item1", "name12": stable as long as the statement's structure is.
        text: The words of the source.
        place: Where they stand, for messages: "source.txt, line 34".
        note: What a translator must know.
        room: Most characters that the page has room for; 0 where there is no limit.
        given: The only translation there may be (a name), or "".
    """

    id: str
    text: str
    place: str
    note: str = ""
    room: int = 0
    given: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a page, in the words of whoever has to mend it.

    Attributes:
        code: Stable name of the check's answer, such as "summary-over-one-page".
        message: Where, what, and the way out.
        page: Page of the document, counted from 1; 0 for the whole of it.
        block: Id of the block it is about; empty where it is about none.
    """

    code: str
    message: str
    page: int = 0
    block: str = ""


@dataclass(frozen=True, slots=True)
class Extent:
    """What a composition takes of its pages.

    Attributes:
        pages: How many.
        filled: How many text areas of the first page's height it fills; infinite where it was not laid out whole.
    """

    pages: int
    filled: float


@dataclass(frozen=True, slots=True)
class Pages:
    """A laid-out document: the PDF as the renderer wrote it, its page count, and what layout found."""

    pdf: bytes
    count: int
    findings: tuple[Finding, ...] = ()


Assets = Mapping[str, Asset]
"""Assets by their address, "asset:fonts/SourceSerif4-Regular.ttf" for example."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How the type of a brief is fitted to its pages.

    Attributes:
        summary: Factor on the type of the summary.
        leading: Factor on the leading of the summary.
        names: Factor on the type of the names.
        columns: Columns of names.
        listed: Whether the names are printed at all, or only their count and where they are online.
        whole: Ids of the blocks that no page's end parts, beside another language.
    """

    summary: float = 1.0
    leading: float = 1.0
    names: float = 1.0
    columns: int = 2
    listed: bool = True
    whole: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Composition:
    """A page as HTML, with every file it may load.

    Attributes:
        html: The page.
        assets: All that it may load.
        one_page: The part that must be one page; empty if none must.
    """

    html: str
    assets: Assets
    one_page: Literal["", "summary", "card"] = ""
