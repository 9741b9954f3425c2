"""Composing: the statement's words and the language's labels become one HTML page.

In: a `Version`, a `Language`, an `Edition`. Out: a `Composition`, the HTML with all files it may load. Words are
escaped wherever they come from; what is added to them is only what `typesetting` adds. Only this module knows
Jinja2.
"""

import io
import math
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import groupby
from typing import Any

import jinja2
import segno
from markupsafe import Markup

from handbill.assets import resource_folder
from handbill.editions import Edition
from handbill.errors import ContentError
from handbill.fonts import FontStack, load_stack
from handbill.languages import LabelsForm, Language, sides
from handbill.model import (
    Asset,
    Block,
    Composition,
    DemandGroup,
    Fit,
    Logo,
    Particulars,
    Signatory,
    Statement,
    Status,
    Summary,
    Version,
)
from handbill.speech import Role, Speech, minutes, speech
from handbill.typesetting import Typesetter, balanced, breakable_address, count_lines
from handbill.visible import STEERING, visible

WHOLE = Fit()
"""Everything at the size of the edition."""

LEAST_TITLE = 13 / 21
"""What the title of the summary is never smaller than, beside its size at fit 1 (styles/parts/summary.css)."""

MOST_MARKS = 4
"""Combining marks in a row; the languages there are have three at most (Arabic: shadda, vowel, small alef)."""

COLUMN_MEASURE = 23
"""Width of a line of text beside another language, in em."""

SHORT_ROW = 8
"""Lines up to which a paragraph, and the same in the other language, are not parted by the end of a page."""

LOGO_RESOLUTION = 300
"""Pixels to the inch under which a logo is soft in print."""

FIGURE_GAP = 2.7
"""Between two figures, in em of their notes."""

DEMAND_MEASURE = 24
"""Width of a line of a demand in em; only the relation of the groups' lengths matters."""


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything the templates print, in words ready for the page.

    Attributes:
        title: The statement's title.
        kicker: The line above it, in its parts; the day is the last.
        session: What session it is for, with its dates; empty if for none.
        published: The day of publication.
        notice: What every page of a translation says; empty for the original.
        blocks: The text.
        signatories: The names.
        names_heading: What heads them.
        logos: The logos that are printed, by the number of the name they stand beside.
        groups: The same under the headings they are printed under; one without a heading where there is none.
        signatories_note: The line above them.
        signed: The line on the summary page that says how many they are and, if they are named, where, with a place
            for the page.
        withheld: How many more signed it, whose names are withheld; empty if there is none.
        summary: The summary page, if there is one.
        lowered: For each of its figures by how many lines of its lead it is lowered, so that all stand on one line.
        demand_columns: Its demands, dealt out to columns of about the same length.
        online: Address of the text online; empty in a draft that does not know it yet.
        online_label: What that text is.
        qr: What the QR code is, for those who cannot see it.
        colophon: Lines about this paper.
        folio: "Page x of y", with places for the numbers.
        speech: What is said aloud, in the words of a card; empty for another edition.
        card_time: How long that takes, what is allowed, and the pace.
        accent: The accent colour.
        stamp: What a draft is stamped with; empty for a final one.
    """

    title: str
    kicker: tuple[Markup, ...]
    session: str
    published: Markup
    notice: str
    blocks: tuple[Block, ...]
    signatories: tuple[Signatory, ...]
    names_heading: str
    logos: Mapping[int, Logo]
    groups: tuple[tuple[str, tuple[Signatory, ...]], ...]
    signatories_note: str
    signed: Markup
    withheld: str
    summary: Summary | None
    lowered: tuple[int, ...]
    demand_columns: tuple[tuple[DemandGroup, ...], ...]
    online: str
    online_label: str
    qr: str
    colophon: tuple[str, ...]
    folio: Markup
    accent: str
    stamp: str
    speech: tuple["Said", ...] = ()
    card_time: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A passage of a speech as the card prints it; when it begins is empty for the first and where it goes on."""

    role: Role
    text: str
    begins: str


@dataclass(frozen=True, slots=True)
class Setting:
    """A brief in one language and what it is set with; an edition of two languages has two.

    Attributes:
        brief: What is printed.
        language: In which language.
        fonts: Its faces.
        title_share: The share of its measure that the title is set in.
    """

    brief: Brief
    language: Language
    fonts: FontStack
    title_share: float

    @property
    def font_keys(self) -> tuple[str, ...]:
        """The keys of its faces in the manifest."""
        return self.language.pack.type.fonts

    @property
    def figure_width(self) -> float:
        """Width of the widest digit, in em."""
        return self.fonts.widest(self.language.pack.numerals.digits)

    @property
    def labels(self) -> LabelsForm:
        """The words of the language that stand on a page."""
        return self.language.labels

    @property
    def setter(self) -> Typesetter:
        """Sets its words."""
        return Typesetter(self.language)

    def group_of(self, number: int) -> str:
        """The heading under which a name stands."""
        return next(each.group for each in self.brief.signatories if each.number == number)


def compose(
    version: Version,
    language: Language,
    edition: Edition,
    *,
    draft: bool = False,
    fit: Fit = WHOLE,
    only: str = "",
) -> Composition:
    """Compose a brief.

    Args:
        version: The statement in this language.
        language: Its pack.
        edition: What it is made into; one that is laid out anew.
        draft: Whether every page is stamped as a draft.
        fit: How its type is fitted to its pages.
        only: The one part to compose, to see cheaply whether it fits; all of the edition's parts if empty.

    Raises:
        ContentError: A character of the text is in no font of the language, or would change the lines about it.
    """
    first, *others = (
        _setting(text, its_language, edition, draft, fit) for text, its_language in sides(version, language)
    )
    second = others[0] if others else None
    brief, fonts = first.brief, first.fonts
    _refuse_coarse(brief.logos, edition)
    for setting in (first, *others):
        places = tuple(_printed(setting.brief, setting.language))
        _refuse_unprintable(places)
        _refuse_uncovered(places, setting.fonts, setting.language)
    every_font = load_stack(list(dict.fromkeys(key for each in (first, *others) for key in each.font_keys)))
    html = (
        _environment()
        .get_template("brief.html.j2")
        .render(
            brief=brief,
            edition=edition,
            font_css=Markup(every_font.css()),
            fonts=fonts,
            fit=fit,
            highest=max((each.number for each in brief.signatories), default=0),
            figure_width=first.figure_width,
            labels=language.labels,
            language=language,
            only=only,
            cited=partial(_cited, of=version.statement, language=language, linked="text" in edition.parts),
            trim=(edition.trims or {})[version.particulars.paper],
            second=second,
            stays_whole=second and partial(_stays_whole, first, second, fit),
            setter=first.setter,
            title_share=first.title_share,
        )
    )
    online = version.particulars.online
    code = {"asset:qr.svg": _qr_code(online)} if online else {}
    logos = {f"asset:logos/{number}": logo.drawing for number, logo in brief.logos.items()}
    assets = {**stylesheets(), **every_font.assets(), **logos, **code}
    return Composition(html, assets, edition.fitted_part if edition.one_page_summary == "must" else "")


def compose_browser_page(template: str, **values: Any) -> str:
    """Compose a page for the browser (the proof, the index) from its template; its styles are inside it."""
    css = Markup(stylesheets()["asset:styles/browser.css"].content.decode())
    return _environment(finalize=_shown).get_template(template).render(css=css, **values)


def _shown(value: Any) -> Any:
    """A value as a page for the browser prints it: what would turn its words around is shown instead."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the contact sheet: what it shows, where it is, and its bytes (PNG)."""

    caption: str
    address: str
    content: bytes


def compose_contact_sheet(
    title: str, language: Language, rows: Sequence[tuple[str, Sequence[Picture]]]
) -> Composition:
    """All first pages of a statement on one sheet, a row for each edition.

    Args:
        title: The statement's, as it is in the language.
        language: Of the title; the rest of the sheet is in English.
        rows: Name of the edition and its pictures.
    """
    images = {
        f"asset:{picture.address}": Asset(picture.content, "image/png")
        for _, pictures in rows
        for picture in pictures
    }
    return _composed("contact-sheet.html.j2", [language], images, title=title, rows=rows)


def compose_shop_sheet(sheet: Any, languages: Sequence[Language]) -> Composition:
    """The sheet that goes along with the press files.

    Args:
        sheet: What is on it: a `report.ShopSheet`.
        languages: That of its title first; the sheet is in English, but quotes words of all of them.
    """
    return _composed("shop-sheet.html.j2", languages, {}, sheet=sheet)


def _composed(
    template: str, languages: Sequence[Language], images: Mapping[str, Asset], **values: Any
) -> Composition:
    """A sheet of our own in the fonts of some languages; a sign that none of them has is a question mark."""
    fonts = load_stack(list(dict.fromkeys(key for each in languages for key in each.pack.type.fonts)))
    html = (
        _environment()
        .get_template(template)
        .render(language=languages[0], fonts=fonts, font_css=Markup(fonts.css()), **values)
    )
    unknown = dict.fromkeys(map(ord, fonts.uncovered(html)), "?")
    return Composition(html.translate(unknown), {**stylesheets(), **fonts.assets(), **images})


@lru_cache(maxsize=1)
def stylesheets() -> Mapping[str, Asset]:
    """Every stylesheet of the project by its address."""
    folder = resource_folder("styles")
    return {
        f"asset:styles/{path.relative_to(folder).as_posix()}": Asset(path.read_bytes(), "text/css")
        for path in sorted(folder.rglob("*.css"))
    }


def _setting(version: Version, language: Language, edition: Edition, draft: bool, fit: Fit) -> Setting:
    fonts = load_stack(language.pack.type.fonts)
    brief = _brief(version, language, fonts, draft, edition, fit)
    if "card" in edition.parts:
        brief = _with_speech(brief, speech(version, language), language)
    return Setting(brief, language, fonts, _title_share(brief, fonts, language, edition, fit.summary))


def _brief(
    version: Version, language: Language, fonts: FontStack, draft: bool, edition: Edition, fit: Fit
) -> Brief:
    statement, particulars = version.statement, version.particulars
    labels, setter = language.labels, Typesetter(language)
    count, named, unnamed = statement.signatory_count, len(statement.signatories), len(statement.withheld)
    late = any(each.is_late for each in statement.signatories)
    rearranged = unnamed > 0 or late or not particulars.listing.is_as_signed
    # Order and numbering of names that are rearranged, or that are only counted, are not those of the statement.
    of_list = labels.signed_by if rearranged else labels.signatories_note
    note = of_list if fit.listed else labels.closing
    original = version.status is Status.ORIGINAL
    published = language.written_date(particulars.published)
    kicker = [labels.kind, language.count(labels.signed_by, count) if count else "", published]
    return Brief(
        title=statement.title,
        kicker=tuple(setter.kept(part) for part in kicker if part),
        session=_session(particulars, language),
        published=setter.kept(published),
        notice="" if original else labels.unofficial,
        blocks=statement.blocks,
        signatories=statement.signatories,
        names_heading=statement.names_heading.text if statement.names_heading else labels.signatories,
        logos={
            each.number: each.about.logo
            for each in statement.signatories
            if each.about.logo and edition.logos_mm and particulars.listing.logos
        },
        groups=tuple((name, tuple(each)) for name, each in groupby(statement.signatories, lambda each: each.group)),
        signatories_note=language.count(note, count),
        signed=_filled(
            language.count(labels.signed if fit.listed else labels.closing, named),
            setter,
            page=Markup('<a class="page-of" href="#signatories" title="{}"></a>').format(labels.signatories),
        ),
        withheld=language.count(labels.withheld, unnamed) if unnamed else "",
        summary=version.summary,
        lowered=_lowered(version.summary, fonts, language, edition, fit.summary) if version.summary else (),
        demand_columns=_columns(version.summary.demands, fonts) if version.summary else (),
        online=particulars.online,
        online_label=labels.online if original else labels.online_original,
        qr=labels.qr.format(address=particulars.online),
        colophon=tuple(_colophon(version, language, published, draft)),
        folio=_filled(
            labels.folio,
            setter,
            page=Markup('<span class="page-number"></span>'),
            pages=Markup('<span class="page-count"></span>'),
        ),
        accent=particulars.accent,
        stamp=labels.draft_note if draft else "",
    )


def _with_speech(brief: Brief, whole: Speech, language: Language) -> Brief:
    said = tuple(
        Said(each.role, each.text, language.digits(minutes(each.begins)) if each.begins else "")
        for each in whole.passages
    )
    time = f"{language.digits(minutes(whole.seconds))} / {language.digits(minutes(whole.limit))}"
    pace = language.labels.pace.format(count=language.digits(str(whole.pace)))
    return replace(brief, speech=said, card_time=f"{time} · {pace}")


def _title_share(brief: Brief, fonts: FontStack, language: Language, edition: Edition, fit: float) -> float:
    """The share of its measure that the title is set in, so that its lines are of about the same length."""
    if language.pack.type.segment.headings == "words":  # which only the engine knows
        return 1.0
    text = Typesetter(language).broken_heading(brief.title)
    measure = edition.title_measure / (language.pack.type.size * max(fit * fit, LEAST_TITLE))
    return balanced(text, partial(fonts.width, weight=600), measure)


def _lowered(
    summary: Summary, fonts: FontStack, language: Language, edition: Edition, fit: float
) -> tuple[int, ...]:
    """Lines that the lead of each figure has less than the longest one; they are guessed from the letters."""
    count = len(summary.figures)
    measure = (edition.figure_measure / (language.pack.type.size * fit) - FIGURE_GAP * (count - 1)) / max(1, count)
    leads = [Typesetter(language).broken_heading(each.lead) if each.lead else "" for each in summary.figures]
    lines = [count_lines(lead, fonts.width, measure) for lead in leads]
    return tuple(max(lines) - each for each in lines)


@lru_cache(maxsize=16)
def _columns(groups: tuple[DemandGroup, ...], fonts: FontStack) -> tuple[tuple[DemandGroup, ...], ...]:
    """The groups in two columns, in order, the first one the longer; lengths are guessed from the letters."""
    lines = [_lines(group, fonts) for group in groups]
    cut = min(range(1, len(groups) + 1), key=lambda at: (max(sum(lines[:at]), sum(lines[at:])), -at))
    return groups[:cut], groups[cut:]


def _lines(group: DemandGroup, fonts: FontStack) -> float:
    texts = [group.addressee, *(item.text for item in group.items)]
    return sum(fonts.width(text) / DEMAND_MEASURE + 0.5 for text in texts) + len(group.items) * 0.25 + 0.6


def _filled(label: str, setter: Typesetter, **places: Markup) -> Markup:
    """A label with markup in its places, set like any other; private-use signs hold the places meanwhile."""
    signs = {name: chr(0xE000 + number) for number, name in enumerate(places)}
    line = setter.heading(label.format(**signs))
    for name, place in places.items():
        line = line.replace(signs[name], place)
    return line


def _session(particulars: Particulars, language: Language) -> str:
    session = particulars.session
    if session is None:
        return ""
    dates = language.date_range(session.opens, session.closes)
    return language.labels.session.format(session=session.name, dates=dates)


def _colophon(version: Version, language: Language, published: str, draft: bool) -> Iterator[str]:
    """Lines about this paper: the session, the day, how far a translation can be relied on, where its words are."""
    labels = language.labels
    if draft:  # whoever listens does not hear the stamp
        yield labels.draft_note
    lines = [_session(version.particulars, language), labels.published.format(date=published)]
    stop = language.pack.type.full_stop
    yield from (f"{line}{stop}" if line[-1].isalnum() else line for line in lines if line)
    if version.status is Status.UNREVIEWED:
        yield labels.unofficial_note
    if version.status is Status.REVIEWED and version.reviewed:
        yield labels.reviewed_note.format(date=language.written_date(version.reviewed))
    if labels.attached:
        yield labels.attached


def _cited(text: str, block_id: str, of: Statement, language: Language, linked: bool) -> Markup:
    """A sentence with the paragraph it is taken from; the reference stays with the last words."""
    head, tail = Typesetter(language).with_tail_apart(text)
    reference = _reference(block_id, of, language, linked)
    return head + Markup('<span class="kept">{}{}</span>').format(tail, reference)


def _reference(block_id: str, of: Statement, language: Language, linked: bool) -> Markup:
    """The paragraph of a block by the number in its margin, as a link where the block is in the same file."""
    number = language.digits(of.paragraph_of(block_id))
    if not number:
        return Markup()
    spoken = language.labels.paragraph.format(number=number)
    mark = language.labels.reference.format(number=number)
    space = "" if mark[0].isalnum() else mark[0]
    if not linked:
        return space + Markup('<span class="reference">{}</span>').format(mark.strip())
    link = Markup('<a class="reference" href="#{}" aria-label="{}">{}</a>').format(block_id, spoken, mark.strip())
    return space + link


@lru_cache(maxsize=2)
def _environment(finalize: Callable[[Any], Any] | None = None) -> jinja2.Environment:
    environment = jinja2.Environment(
        autoescape=True,
        finalize=finalize,
        loader=jinja2.FileSystemLoader(resource_folder("layout")),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["address"] = breakable_address
    environment.filters["css_names"] = lambda names: Markup(", ".join(f'"{name}"' for name in names))
    return environment


@lru_cache(maxsize=64)
def _qr_code(address: str) -> Asset:
    """The QR code of an address as SVG: error level M, quiet zone of four modules (ISO/IEC 18004)."""
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing, kind="svg", border=4, xmldecl=False, svgns=True, omitsize=True, dark="#000", light=None
    )
    return Asset(drawing.getvalue(), "image/svg+xml")


def _printed(brief: Brief, language: Language) -> Iterator[tuple[str, str]]:
    """Everything that is printed, with the place where it can be changed."""
    yield "the title", brief.title
    yield from ((f"{block.id} (line {block.lines[0]})", block.marker + block.text) for block in brief.blocks)
    yield "the heading of the names", brief.names_heading
    yield from ((f"signatory {each.number} ({each.place})", each.name) for each in brief.signatories)
    yield from (("the headings of the names", name) for name, _ in brief.groups)
    yield from (
        ("the names of the countries", name) for name in sorted({each.beside for each in brief.signatories})
    )
    if brief.summary:
        yield "the summary", _words_of(brief.summary)
    if brief.speech:
        yield "the card", " ".join([brief.card_time, *(f"{said.text} {said.begins}" for said in brief.speech)])
    yield "statement.toml", f"{brief.online} {brief.session}"
    labels = [
        *brief.kicker,
        brief.published,
        brief.signatories_note,
        *brief.colophon,
        brief.online_label,
        brief.notice,
    ]
    labels += [language.labels.demands, language.labels.text, language.labels.signatories, language.labels.draft]
    labels += [brief.signed, brief.withheld, brief.folio, brief.stamp, language.pack.numerals.digits, "¶§·"]
    yield f"the labels of {language.tag}", Markup(" ").join(labels).striptags()


def _stays_whole(first: Setting, second: Setting, fit: Fit, block: Block, beside: Block) -> bool:
    """Whether a row of two languages stays on one page: one that is short, guessed from the letters, or has to."""
    widths = (first.fonts.width(block.text), second.fonts.width(beside.text))
    return block.id in fit.whole or max(widths) <= SHORT_ROW * COLUMN_MEASURE


def _refuse_coarse(logos: Mapping[int, Logo], edition: Edition) -> None:
    """Refuse logos that have too few pixels for the size they are printed at."""
    coarse = []
    for logo in logos.values():
        assert edition.logos_mm
        width, height = edition.logos_mm
        across, down = logo.pixels or (math.inf, math.inf)
        resolution = max(across / width, down / height) * 25.4  # it fills its place in one direction
        if resolution < LOGO_RESOLUTION:
            coarse.append(
                f"{logo.file}: {across} by {down} pixels, {math.floor(resolution)} to the inch as it is printed"
            )
    if coarse:
        raise ContentError(
            f"Logos need {LOGO_RESOLUTION} pixels to the inch:\n" + "\n".join(coarse),
            "Put larger ones there, or the same as SVG.",
        )


def _refuse_unprintable(places: Iterable[tuple[str, str]]) -> None:
    """Refuse a text that turns its line around, or whose marks reach into the lines above and below."""
    found = []
    for place, text in places:
        found += [f"{_named(character)} in {place}" for character in sorted(set(STEERING.findall(text)))]
        heap = max((len(list(run)) for marks, run in groupby(text, _is_mark) if marks), default=0)
        if heap > MOST_MARKS:
            found.append(f"{heap} marks on one letter in {place}")
    if found:
        raise ContentError(
            "These would change how the words beside them are read:\n" + "\n".join(found),
            "Take them out of the text.",
        )


def _is_mark(character: str) -> bool:
    return unicodedata.combining(character) > 0


def _named(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, 'unnamed')}"


def _refuse_uncovered(places: Iterable[tuple[str, str]], fonts: FontStack, language: Language) -> None:
    """Refuse a text with a character that no font of the language has, and say where it stands."""
    missing = [
        f"“{character}” ({_named(character)}) in {place}"
        for place, text in places
        for character in fonts.uncovered(text)
    ]
    if missing:
        raise ContentError(
            "No font of the language has these characters:\n" + "\n".join(missing),
            f"Correct the text, or add a font to layout/languages/{language.tag}.toml.",
        )


def _words_of(summary: Summary) -> str:
    items = [summary.standfirst.text]
    items += [f"{figure.lead} {figure.value} {figure.label}" for figure in summary.figures]
    items += [f"{g.addressee} " + " ".join(item.text for item in g.items) for g in summary.demands]
    return " ".join(items)
