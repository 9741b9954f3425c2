"""The engine: WeasyPrint 70, and what it lacks for the scripts of the room.

In: nothing. Out: a context in which WeasyPrint also stretches lines of Chinese and Japanese, lets each Arabic glyph
stand for its own letter, writes the words beside lines whose glyphs do not tell them, tags by elements, and takes
shortcuts. Only it, `tagging` and `shortcuts` reach into WeasyPrint's internals; it refuses another release than the
one they were written for.
"""

import ctypes.util
import importlib
import io
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from functools import lru_cache
from typing import Any

from fontTools.ttLib import TTFont

from handbill import tagging
from handbill.errors import FaultError
from handbill.shortcuts import Replacement, letting_go, remembering_lines, replaced, shortcuts

RELEASE = "70.0"

# Thai and Lao, the scripts of India, Myanmar, Khmer: several glyphs make a cluster, and WeasyPrint stores for a
# glyph the text of the first cluster it meets it in (measured: 15 to 54 % of the words are found again).
_CLUSTERED = re.compile(
    "[\u0e00-\u0eff\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff\ua8e0-\ua8ff\ua9e0-\ua9ff\uaa60-\uaa7f]"
)
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")
_TATWEEL = "\N{ARABIC TATWEEL}"
_JOINER = "\N{ZERO WIDTH JOINER}"
_UNWRITTEN = re.compile("[\N{ZERO WIDTH SPACE}\N{WORD JOINER}]")
_IDEOGRAPHIC = "\u2e80-\u2fff\u3000-\u30ff\u31c0-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
_STRETCHED = re.compile(f"[{_IDEOGRAPHIC}“”‘’…—·]*[{_IDEOGRAPHIC}][{_IDEOGRAPHIC}“”‘’…—·]*")


@contextmanager
def extended(stylesheet: Callable[[str], Any]) -> Iterator[Any]:
    """WeasyPrint, with its gaps closed as long as the context lasts.

    Args:
        stylesheet: Gives the sheet that a page links to, read before; WeasyPrint would read it for every page anew.

    Raises:
        FaultError: A system library is missing, or another release of WeasyPrint is installed.
    """
    weasyprint = _load()
    from weasyprint import css, pdf
    from weasyprint.formatting_structure.boxes import TextBox
    from weasyprint.layout import inline
    from weasyprint.text.line_break import Layout

    add_fonts, count = pdf.build_fonts_dictionary, inline.count_expandable_spaces
    set_text, read_css = Layout.set_text, css.CSS

    def css_once(*, url: str | None = None, matcher: Any = None, **given: Any) -> Any:
        if url is None or matcher:  # it stands in the page itself, or another sheet imports it
            return read_css(url=url, matcher=matcher, **given)
        return stylesheet(url)

    def add_mended_fonts(pdf: Any, fonts: Mapping[str, Any], *options: Any) -> Any:
        for font in fonts.values():
            _mend_letters(font)
            _fill_gaps(font)
            _mend_spaces(font)
        return add_fonts(pdf, fonts, *options)

    def add_words_and_tags(pdf: Any, document: Any, pdf_version: Any, streams: Sequence[Any]) -> None:
        for stream in streams:
            _write_words(stream, TextBox)
        tagging.add_tags(pdf, document, pdf_version, streams)
        for stream in streams:
            stream._tags.clear()  # each knows all boxes of its page, and a picture on it knows the stream

    def count_stretched(box: Any) -> float:
        # For a box of boxes, `count` asks for each of them, and so comes back here.
        return float(count(box)) + (_gaps(box.text) if isinstance(box, TextBox) else 0)

    def set_stretched(layout: Any, text: str, justify: bool = False) -> None:
        set_text(layout, text, justify)
        if justify and layout.justification_spacing:
            _stretch(layout)

    closing = (
        Replacement(pdf, "build_fonts_dictionary", add_mended_fonts),
        Replacement(pdf, "add_tags", add_words_and_tags),
        Replacement(inline, "count_expandable_spaces", count_stretched),
        Replacement(
            inline, "get_next_linebox", remembering_lines(tagging.noting_word_ends(inline.get_next_linebox))
        ),
        Replacement(Layout, "set_text", set_stretched),
        Replacement(css, "CSS", css_once),
    )
    with replaced((*shortcuts(), *closing)), letting_go():
        yield weasyprint


class EnoughError(Exception):
    """More pages were begun than were asked for."""


@contextmanager
def at_most(pages: int) -> Iterator[None]:
    """Within it a document that takes more pages than these is not laid out further.

    Raises:
        EnoughError: It takes more.
    """
    from weasyprint import layout

    make = layout.make_all_pages

    def make_few(context: Any, *given: Any) -> Iterator[Any]:
        for number, page in enumerate(make(context, *given), 1):
            yield page
            if number == pages and context.page_maker[number][0] is not None:
                raise EnoughError

    with replaced([Replacement(layout, "make_all_pages", make_few)]):
        yield


def loaded_release() -> str:
    """The release of WeasyPrint that is installed and can be loaded.

    Raises:
        FaultError: As for `extended`.
    """
    return str(_load().__version__)


def _load() -> Any:
    try:
        if sys.platform == "linux" and "weasyprint" not in sys.modules:
            _load_by_file_names()
        import weasyprint
    except OSError as error:
        raise FaultError(
            f"A system library that WeasyPrint needs is missing: {str(error).splitlines()[0]}",
            "Run ./build/briefs, which installs it or names the command that does. By hand: sudo apt-get install "
            "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 (Debian, Ubuntu), or brew install pango (macOS).",
        ) from error
    if weasyprint.__version__ != RELEASE:
        raise FaultError(
            f"WeasyPrint {weasyprint.__version__} is installed; this program is written for {RELEASE}.",
            "Run ./build/briefs, which installs what build/requirements.lock names.",
        )
    return weasyprint


def _load_by_file_names() -> None:
    """Load WeasyPrint with its libraries by the names of their files, which it tries last.

    For those it tries first, Python has ldconfig, gcc and ld look, which takes as long as half of all the loading.
    """
    nowhere = Replacement(ctypes.util, "find_library", lambda name: None)
    with replaced([nowhere]), suppress(OSError), redirect_stdout(io.StringIO()):
        importlib.import_module("weasyprint")


def _gaps(text: str) -> float:
    """Places of a line's text that justification may stretch beside its spaces.

    Pango sets half of a letter's space before it and half behind it, but none at the ends of a line.
    """
    runs = list(_STRETCHED.finditer(text))
    ends = sum(run.start() == 0 for run in runs) + sum(run.end() == len(text) for run in runs)
    return sum(len(run[0]) for run in runs) - ends / 2


def _stretch(layout: Any) -> None:
    """Space the letters of the layout's runs of Chinese and Japanese."""
    from weasyprint.text.ffi import TO_UNITS, ffi, pango

    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    for run in _STRETCHED.finditer(layout.text):
        attribute = pango.pango_attr_letter_spacing_new(int(layout.justification_spacing * TO_UNITS))
        attribute.start_index = len(layout.text[: run.start()].encode())
        attribute.end_index = len(layout.text[: run.end()].encode())
        pango.pango_attr_list_change(attributes, attribute)
    pango.pango_layout_set_attributes(layout.layout, attributes)


def _write_words(stream: Any, text_box: Any) -> None:
    """Write the words beside a line whose glyphs do not tell them (ActualText: ISO 32000-1, 14.9.4).

    A line of clusters does not, and neither does one that ends in a hyphen that is not of the text: it gets a soft
    hyphen there, by which readers join the word again (ISO 32000-1, 14.8.2.2.3).
    """
    import pydyf

    marked = {part["MCID"]: part for part in stream.stream if isinstance(part, pydyf.Dictionary) and "MCID" in part}
    for box, tag in stream._tags.items():
        if not isinstance(box, text_box):
            continue
        hyphen = box.style["hyphenate_character"]
        cut = box.style["hyphens"] == "auto" and len(box.text) > 1 and box.text.endswith(hyphen) and hyphen != "-"
        if cut or _CLUSTERED.search(box.text):
            words = box.text.removesuffix(hyphen) + "\N{SOFT HYPHEN}" if cut else box.text
            words = _UNWRITTEN.sub("", words).replace("\N{NO-BREAK SPACE}", " ")
            if tag["mcid"] in marked:  # what is drawn in a group is refused by `tagging`
                marked[tag["mcid"]]["ActualText"] = pydyf.String(words)


def _mend_letters(font: Any) -> None:
    """Let each Arabic glyph stand for its own letter.

    Where shaping makes one cluster of two letters, WeasyPrint stores both for the first glyph, wherever else that
    glyph stands, and nothing for the second; where it makes two glyphs of one letter, it stores the letter twice.
    """
    if not any(_ARABIC.search(text) for text in font.to_unicode.values()):
        return
    letters = _letters(font.file_content)
    for glyph, text in font.to_unicode.items():
        own = letters.get(glyph, text)
        if own == _TATWEEL != text:
            font.to_unicode[glyph] = _JOINER  # the stroke that leads to the letter's other glyph
        elif len(text) != 1:
            font.to_unicode[glyph] = own


def _fill_gaps(font: Any) -> None:
    """Let no glyph stand for nothing, as WeasyPrint has it of the later ones of a cluster (its issue 2841)."""
    if not all(font.to_unicode.values()):
        letters = _letters(font.file_content)
        for glyph, text in font.to_unicode.items():
            font.to_unicode[glyph] = text or letters.get(glyph, "\N{ZERO WIDTH SPACE}")


def _mend_spaces(font: Any) -> None:
    """Let every space be copied as a space.

    A font has one glyph for the space and the no-break space. WeasyPrint stores for a glyph the first character it
    met, so that one no-break space on the first page made every space of the file a no-break space, and no search
    for two words found them.
    """
    for glyph, text in font.to_unicode.items():
        if text == "\N{NO-BREAK SPACE}":
            font.to_unicode[glyph] = " "


@lru_cache(maxsize=8)
def _letters(content: bytes) -> Mapping[int, str]:
    """What each glyph of a font file stands for, by its character map and its substitutions (GSUB)."""
    file = TTFont(io.BytesIO(content), lazy=True)
    standing: dict[str, str] = {}
    for point, name in sorted(file.getBestCmap().items()):
        standing.setdefault(name, chr(point))
    before = -1
    while before < len(standing):
        before = len(standing)
        for made, parts in _substitutions(file):
            if made not in standing and all(part in standing for part in parts):
                standing[made] = "".join(standing[part] for part in parts)
    return {file.getGlyphID(name): text for name, text in standing.items()}


def _substitutions(file: TTFont) -> Iterator[tuple[str, Sequence[str]]]:
    """The glyphs that GSUB makes, and what of (OpenType 1.9, lookup types 1, 2, 3 and 4)."""
    for lookup in file["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            match table.LookupType:
                case 1:
                    yield from ((made, (part,)) for part, made in table.mapping.items())
                case 2:
                    yield from ((made[0], (part,)) for part, made in table.mapping.items() if len(made) == 1)
                case 3:
                    yield from ((made, (part,)) for part, all_made in table.alternates.items() for made in all_made)
                case 4:
                    for first, ligatures in table.ligatures.items():
                        yield from ((each.LigGlyph, (first, *each.Component)) for each in ligatures)
