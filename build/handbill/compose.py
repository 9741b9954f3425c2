"""Composing: the statement's words and the language's labels become one HTML page.

In: a `Statement`, its particulars and summary, a `Language`, an `Edition`. Out: a `Composition`, the HTML with all
files it may load. Words are escaped wherever they come from; what is added to them is only what typography needs:
a no-break space in place of a space, a word joiner inside a compound, a mark around a name that must not be
hyphenated, a place where an address may break. Only this module knows Jinja2.
"""

import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import jinja2
import segno
from markupsafe import Markup, escape

from handbill.assets import resource_folder
from handbill.editions import Edition
from handbill.errors import ContentError
from handbill.fonts import FontStack, load_stack
from handbill.languages import Language
from handbill.model import Asset, Block, Composition, Particulars, Signatory, Statement, Summary

NO_BREAK = "\N{NO-BREAK SPACE}"
WORD_JOINER = "\N{WORD JOINER}"
"""Keeps a compound whole: at a line's end its hyphen would be copied, and read aloud, as a typesetter's."""

LEAST_TAIL, MOST_TAIL = 10, 24
"""Characters: a last line has at least so many, unless tying that much would tear the line above it."""

_NAMES = re.compile(r"[^\W\d_]*[A-ZÀ-ÖØ-ÞА-ЯЁ][\w’'-]*")
_NUMBER_AND_WORD = re.compile(r"(?<!\S)(\d{1,2}|\d+[.,]\d+) (?=[^\W\d_]{2,10}\b)")
_INITIALS = re.compile(r"\b([A-Z]\.) (?=[A-Z])")
_COMPOUND = re.compile(r"(?<=\w)(-)(?=\w)")
_ONE_LETTER = re.compile(r"(?<!\S)([^\W\d_]) (?=\S)")
_AFTER_DIGITS = re.compile(r"(?<=\d) (?=\d{3}\b)")


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything the templates print, in words ready for the page.

    Attributes:
        title: The statement's title.
        kicker: The line above it.
        session: What session it is for, with its dates; empty if for none.
        published: The day of publication.
        blocks: The text.
        signatories: The names.
        signatories_note: The line above them.
        signed: The line on the summary page that says how many they are and where, with a place for the page.
        summary: The summary page, if there is one.
        online: Address of the text online.
        qr: What the QR code is, for those who cannot see it.
        colophon: Lines about this paper.
        folio: "Page x of y", with places for the numbers.
        accent: The accent colour.
        paper: "a4" or "letter".
        stamp: What a draft is stamped with; empty for a final one.
    """

    title: str
    kicker: str
    session: str
    published: str
    blocks: tuple[Block, ...]
    signatories: tuple[Signatory, ...]
    signatories_note: str
    signed: Markup
    summary: Summary | None
    online: str
    qr: str
    colophon: tuple[str, ...]
    folio: Markup
    accent: str
    paper: str
    stamp: str


def compose(
    statement: Statement,
    particulars: Particulars,
    summary: Summary | None,
    language: Language,
    edition: Edition,
    *,
    draft: bool = False,
) -> Composition:
    """Compose a brief.

    Raises:
        ContentError: A character of the text is in no font of the language.
    """
    brief = _brief(statement, particulars, summary, language, draft)
    fonts = load_stack(language.pack.type.fonts)
    assets = {**stylesheets(), **fonts.assets(), "asset:qr.svg": _qr_code(particulars.online)}
    html = (
        _environment()
        .get_template("brief.html.j2")
        .render(
            brief=brief,
            edition=edition,
            font_css=Markup(fonts.css()),
            fonts=fonts,
            labels=language.labels,
            language=language,
            paragraph_number=lambda block_id: language.digits(block_id[1:]),
            cited=lambda text, block_id: _cited(text, block_id, language),
            typeset=partial(typeset, mark_names=language.pack.type.hyphens == "auto"),
        )
    )
    _refuse_uncovered(brief, fonts, language)
    return Composition(html, assets)


def compose_browser_page(template: str, **values: Any) -> str:
    """Compose a page for the browser (the proof, the index) from its template; its styles are inside it."""
    css = Markup(stylesheets()["asset:styles/browser.css"].content.decode())
    return _environment().get_template(template).render(css=css, **values)


@lru_cache(maxsize=1)
def stylesheets() -> Mapping[str, Asset]:
    """Every stylesheet of the project by its address."""
    folder = resource_folder("styles")
    return {
        f"asset:styles/{path.relative_to(folder).as_posix()}": Asset(path.read_bytes(), "text/css")
        for path in sorted(folder.rglob("*.css"))
    }


def _brief(
    statement: Statement,
    particulars: Particulars,
    summary: Summary | None,
    language: Language,
    draft: bool,
) -> Brief:
    labels = language.labels
    count = len(statement.signatories)
    published = language.written_date(particulars.published)
    kicker = [labels.kind, language.count(labels.signed_by, count) if count else "", published]
    folio = escape(labels.folio).format(
        page=Markup('<span class="page-number"></span>'), pages=Markup('<span class="page-count"></span>')
    )
    return Brief(
        title=statement.title,
        kicker=" · ".join(part.replace(" ", NO_BREAK) for part in kicker if part),
        session=_session(particulars, language),
        published=published.replace(" ", NO_BREAK),
        blocks=statement.blocks,
        signatories=statement.signatories,
        signatories_note=language.count(labels.signatories_note, count),
        signed=escape(language.count(labels.signed, count)).format(
            page=Markup('<a class="page-of" href="#signatories"></a>')
        ),
        summary=summary,
        online=particulars.online,
        qr=labels.qr.format(address=particulars.online),
        colophon=tuple(_colophon(particulars, language, published)),
        folio=folio,
        accent=particulars.accent,
        paper=particulars.paper,
        stamp=labels.draft_note if draft else "",
    )


def _session(particulars: Particulars, language: Language) -> str:
    session = particulars.session
    if session is None:
        return ""
    dates = language.date_range(session.opens, session.closes)
    return language.labels.session.format(session=session.name, dates=dates)


def _colophon(particulars: Particulars, language: Language, published: str) -> Sequence[str]:
    lines = [_session(particulars, language), language.labels.published.format(date=published)]
    return [f"{line}." if line[-1].isalnum() else line for line in lines if line]


def _cited(text: str, block_id: str, language: Language) -> Markup:
    """A sentence with the paragraph it is taken from; the reference stays with the last words."""
    head, space, tail = _with_tail(text).rpartition(" ")
    reference = _reference(block_id, language)
    return typeset(head) + space + Markup('<span class="kept">{} {}</span>').format(typeset(tail), reference)


def _reference(block_id: str, language: Language) -> Markup:
    """A link to a paragraph, by the number in its margin."""
    number = language.digits(block_id[1:])
    spoken = language.labels.paragraph.format(number=number)
    mark = f"¶{NO_BREAK}{number}" if block_id.startswith("p") else f"§{NO_BREAK}{number}"
    return Markup('<a class="reference" href="#{}" aria-label="{}">{}</a>').format(block_id, spoken, mark)


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        autoescape=True,
        loader=jinja2.FileSystemLoader(resource_folder("layout")),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["typeset_name"] = typeset_name
    environment.filters["address"] = breakable_address
    environment.filters["css_names"] = lambda names: Markup(", ".join(f'"{name}"' for name in names))
    return environment


def typeset(text: str, mark_names: bool = False) -> Markup:
    r"""Text for the page: ties where no line may break, all of it escaped.

    Args:
        text: The words.
        mark_names: Whether to mark what has a capital, so that a language that hyphenates does not cut it.

    >>> str(typeset("On 1 February 2021 <b>"))
    'On 1\xa0February 2021 &lt;b&gt;'
    >>> str(typeset("in Geneva", mark_names=True))
    'in <span class="name">Geneva</span>'
    """
    tied = _AFTER_DIGITS.sub(NO_BREAK, text)
    tied = _NUMBER_AND_WORD.sub(rf"\1{NO_BREAK}", tied)
    tied = _INITIALS.sub(rf"\1{NO_BREAK}", tied)
    tied = _COMPOUND.sub(rf"\1{WORD_JOINER}", tied)
    tied = _ONE_LETTER.sub(rf"\1{NO_BREAK}", tied)
    tied = _with_tail(tied)
    return _mark_names(tied) if mark_names else escape(tied)


def _with_tail(text: str) -> str:
    """A text whose last words are tied, so that no short word stands alone on a last line."""
    words = text.split(" ")
    tail = words.pop()
    while len(tail) < LEAST_TAIL and len(words) > 3 and len(words[-1]) + len(tail) < MOST_TAIL:
        tail = f"{words.pop()}{NO_BREAK}{tail}"
    return " ".join([*words, tail])


def _mark_names(text: str) -> Markup:
    made, at = Markup(), 0
    for match in _NAMES.finditer(text):
        made += escape(text[at : match.start()]) + Markup('<span class="name">{}</span>').format(match[0])
        at = match.end()
    return made + escape(text[at:])


def typeset_name(name: str) -> Markup:
    r"""A name for the list: a dash stays with the word before it.

    >>> str(typeset_name("Prisoners Network - North"))
    'Prisoners Network\xa0- North'
    """
    return escape(_COMPOUND.sub(rf"\1{WORD_JOINER}", re.sub(r" (?=[-–—] )", NO_BREAK, name)))


def breakable_address(address: str) -> str:
    """An address that may break after a slash or a dot, never inside a word; one text, so that it is one link."""
    return "\N{ZERO WIDTH SPACE}".join(re.findall(r".+?(?:[/.?]+(?=[^/.?])|$)", address))


def _qr_code(address: str) -> Asset:
    """The QR code of an address as SVG: error level M, quiet zone of four modules (ISO/IEC 18004)."""
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing, kind="svg", border=4, xmldecl=False, svgns=True, omitsize=True, dark="#000", light=None
    )
    return Asset(drawing.getvalue(), "image/svg+xml")


def _refuse_uncovered(brief: Brief, fonts: FontStack, language: Language) -> None:
    """Refuse a text with a character that no font of the language has, and say where it stands."""
    places = [("the title", brief.title)]
    places += [(f"{block.id} (line {block.lines[0]})", block.text) for block in brief.blocks]
    places += [(f"signatory {each.number} (line {each.lines[0]})", each.name) for each in brief.signatories]
    if brief.summary:
        places.append(("the summary", _words_of(brief.summary)))
    places.append((f"the labels of {language.tag}", f"{brief.kicker} {brief.signatories_note}"))
    places.append(("statement.toml", f"{brief.online} {brief.session}"))
    missing = [
        f"“{character}” (U+{ord(character):04X} {unicodedata.name(character, 'unnamed')}) in {place}"
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
