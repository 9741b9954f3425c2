"""Rules that read the small marks at a line's edge: bullets, and the marks of footnotes.

In: all lines and the evidence. Out: the new text of each line that reads otherwise, by position. A mark is a single
glyph without a word around it, so a scanner reads it as any letter or sign; what it is, its place and its fellows
tell. The first line of a rule's docstring is the reason that the ledger prints.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from handbill.clean.evidence import TERMINAL, Evidence, head_blocks
from handbill.head import asks
from handbill.headline import titles_first
from handbill.model import Gap, Line
from handbill.numbering import BULLETED, names_run, roman

MarkRule = Callable[[Sequence[Line], Evidence], Mapping[int, str]]
"""Reads the marks of a text, and returns the lines that change."""

BULLET = "•"

_DASH = re.compile(r"[-–—]\s+\S")
_LIKE_BULLET = re.compile(
    r"(?P<mark>[eo]|-~|[-~]\s?[-~]|__|[^\w\s.,:;!?'’‘\"“”„(){}\[\]¿¡«–—-]{1,2}|_)[\s_]+(?:[—–-]\s+)?(?P<text>[^\W_].*)"
)
_SIGN_OF_ITEM = re.compile(
    r"(?P<mark>[^\w\s()\[¿¡]{1,2}(?:\s[^\w\s()\[¿¡]{1,2})?)\s(?:[—–-]\s+)?(?P<text>[^\W_].*)"
    r"|(?P<touching>[~_=+*°¢<>|«])(?P<word>[a-zß-ÿ].*)"
)
"""What a bullet may be read as where the line above leads to an item."""

_LETTER_OF_ITEM = re.compile(r"(?P<mark>[^\W\d_]|[ºª])\s(?P<text>[a-zß-ÿ].*)")
"""A lone letter before a small one: what a square or a ring may be read as."""

_RING_OF_ITEM = re.compile(r"(?P<mark>[OQ][o0]|[O0]{2})\s(?P<text>[a-zß-ÿ].*)")
"""Two round letters before a small one: what the ring of a typewriter may be read as."""

_SIGN_OF_BLOCK = re.compile(r"(?P<mark>[@©®¢¤§°])\s(?P<text>[^\W_].*)")
"""Signs that begin no text, with the text after them."""

_LETTERED = re.compile(r"(?P<mark>[^\W\d_]{1,2}|[^\w\s(])\)\s+(?P<text>\S.*)")
_BULLET = re.compile(r"[•●▪■◦‣∙·*]\s")
_ORNAMENT = re.compile(r"[●▪◦‣▫□○►➢❖✔♦]\s+(?P<text>\S.*)")
_LEADS = re.compile(r"(?:[:;,](?:\s[^\w\s])?|[.;,:]['’”\"!?*°}\])]|\b(?:and|or|et|ou|y|e|o|u|und|oder|dan|atau))$")

_LIKE_NUMERAL = re.compile(r"(?P<numeral>(?!1+\b)[IVXLivxl1|]{1,6})(?P<stop>[.,:;])\s(?P<text>[A-ZÀ-Þ¿¡«“\"].*)")
_NUMERALS = {roman(number).upper(): number for number in range(1, 40)}
_AS_NUMERAL = str.maketrans("Llivx1|", "IIIVXII")

_SPECK_AT_END = re.compile(r"[.!?][”\"»]?\s[:;,]$")
"""A colon behind the end of a sentence, which is dirt."""

_FALSE_NOTE = re.compile(r"(?P<mark>[!?'’*°”\"»«+}\]])\s?(?P<text>[^\W_].*)")
_LIKE_NOTE = re.compile(r"(?P<mark>[^\w\s.,:;(){\[«“„¿¡–—-]{1,2}|\d{1,2}|[¹²³⁴-⁹])\s+(?P<text>[^\W\d_]+\s.*)")
_NUMBERED_NOTE = re.compile(r"(?P<mark>\d{1,2}|[¹²³⁴-⁹])\s+(?P<text>[^\W\d_].*)")
_CALL = re.compile(
    r"(?<=[.!?,;»”)])(?<!\b[^\W\d_]\.)(?!(?<=\d\.)\S{1,2}\s[^\W\d_A-Z])(?P<mark>[!?'’*°”\"}\]><™®©¹²³⁴-⁹]|['’]['’])(?=\s|$)"
)
_LAST_SIGN = re.compile(r"(?<=[^\W\d_])[!?'’*°”\"}\]¹²³⁴-⁹]$")
RAISED_NOTE = re.compile(r"(?P<mark>[¹²³⁴-⁹][⁰¹²³⁴-⁹]?)\s(?=\S)")
"""The mark of a note that was read, at the head of a line."""

_STARS = "*+•"
_FIGURES = "¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

FEWEST_NUMERALS, MOST_NUMERALS_LOST = 2, 1
"""Roman numerals that were read right, from which the headings count; those in a row that may be lost."""

LONGEST_NOTE, LONGEST_PARAGRAPH = 5, 30
"""Lines that a note, and the rest of the paragraph that it interrupts, may have."""

LONGEST_ITEM = 10
"""Lines of the item above one."""

MOST_LOOKED_BACK = 5_000
"""Characters in which the sign that opens a quotation is looked for."""

FEWEST_ALIKE = 3
"""Lines that begin with the same letter or sign, from which it is a bullet though it may be a word."""

VERY_COMMON = 6.0
"""Zipf frequency from which a letter may be a word: "a", "e", "o", "y"."""

FEWEST_BULLETS = 2
"""Lines that begin alike and go on with a list, from which the glyph is its bullet."""


def bullets(lines: Sequence[Line], evidence: Evidence) -> Mapping[int, str]:
    """Every line of this list begins with the same sign or lone letter: the scanner's reading of a bullet."""
    begun = {position: match for position, line in enumerate(lines) if (match := _LIKE_BULLET.fullmatch(line.text))}
    items = {position for position in begun if is_led_to(lines, position)}
    dashed = {at for at, line in enumerate(lines) if _DASH.match(line.text) and is_led_to(lines, at)}
    between = {position for position in begun.keys() - items if _is_beside_bullets(lines, position)}
    signed = {
        position: match
        for position, line in enumerate(lines)
        if position not in items | dashed and is_led_to(lines, position) and (match := _sign_of_item(line.text))
    }
    signed |= _letters_of_items(lines, evidence, beside=len(items) + len(dashed) + len(signed))
    signed |= _signs_of_blocks(lines) | _rings_of_items(lines)
    signed = {at: match for at, match in signed.items() if lines[at].first not in evidence.title}
    if len(items) + len(dashed) + len(between) + len(signed) < FEWEST_BULLETS:
        return {}
    marks = {begun[position]["mark"] for position in items}
    has_dashes = dashed or any(_DASH.match(line.text) for line in lines if line.gap is not Gap.NONE)
    sign = "—" if has_dashes else BULLET
    made = {
        position: f"{sign} {match['text'] or match.groupdict().get('word')}" for position, match in signed.items()
    }
    return made | {
        position: f"{sign} {match['text']}"
        for position, match in begun.items()
        if position in items | between or (match["mark"] in marks and lines[position].gap is not Gap.NONE)
    }


def _letters_of_items(lines: Sequence[Line], evidence: Evidence, beside: int) -> dict[int, re.Match[str]]:
    """Items that begin with a lone letter, beside others: one that is no word, or a word beside such.

    "E" and "o" are words of a language; but nobody begins each demand with "And".
    """
    begun = {
        position: match
        for position, line in enumerate(lines)
        if (match := _LETTER_OF_ITEM.fullmatch(line.text))
        and is_led_to(lines, position)
        and not _SPECK_AT_END.search(lines[position - 1].text)
    }
    counts = Counter(match["mark"] for match in begun.values())
    strange = {mark for mark in counts if not is_word(mark, evidence)}
    if (
        not evidence.lexicon.available
        or sum(counts[mark] for mark in strange) == 0
        or counts.total() + beside < FEWEST_BULLETS
    ):
        return {}
    sure = {mark for mark, count in counts.items() if mark in strange or (mark.isupper() and count >= FEWEST_ALIKE)}
    return {position: match for position, match in begun.items() if match["mark"] in sure}


def is_word(letter: str, evidence: Evidence) -> bool:
    """Whether a letter stands by itself in the language; one that has lost its vowel has an apostrophe."""
    lower = letter.lower()
    elided = evidence.writing.elided and re.fullmatch(evidence.writing.elided, lower)
    return lower not in "ºª" and not elided and evidence.lexicon.zipf(lower) >= VERY_COMMON


def _signs_of_blocks(lines: Sequence[Line]) -> dict[int, re.Match[str]]:
    """Blocks that begin with the same sign, which begins no text; near each other, as notes of pages are not."""
    begun = {
        position: match
        for position, line in enumerate(lines)
        if (line.gap is not Gap.NONE or TERMINAL.search(lines[position - 1].text))
        and (match := _SIGN_OF_BLOCK.fullmatch(line.text))
    }
    of_sign: dict[str, list[int]] = {}
    for position, match in begun.items():
        of_sign.setdefault(match["mark"], []).append(position)
    runs = (
        run for at in of_sign.values() for run in _near_each_other(at, LONGEST_ITEM) if len(run) >= FEWEST_ALIKE
    )
    return {position: begun[position] for run in runs for position in run}


def _near_each_other(positions: Sequence[int], most: int) -> Iterator[list[int]]:
    """Positions in groups, in each of which none is farther than so many lines below the one before."""
    group: list[int] = []
    for at in positions:
        if group and at - group[-1] > most:
            yield group
            group = []
        group.append(at)
    if group:
        yield group


def _rings_of_items(lines: Sequence[Line]) -> dict[int, re.Match[str]]:
    """Items that begin with what a ring of two letters is read as."""
    return {
        position: match
        for position, line in enumerate(lines)
        if (match := _RING_OF_ITEM.fullmatch(line.text)) and is_led_to(lines, position)
    }


def _sign_of_item(text: str) -> re.Match[str] | None:
    """The sign that begins an item, if it is no dash, no bullet, and opens no quotation."""
    found = _SIGN_OF_ITEM.fullmatch(text)
    return None if BULLETED.fullmatch(text) or opens_quotation(text) else found


def _is_beside_bullets(lines: Sequence[Line], position: int) -> bool:
    """Whether the paragraph above a sign, or those about a letter, begin with the bullet that it is as well."""
    if lines[position].gap is Gap.NONE:
        return False
    above, below = range(position - 1, max(-1, position - LONGEST_ITEM), -1), range(position + 1, len(lines))
    around = (above,) if not lines[position].text[0].isalnum() else (above, below)
    beside = [next((at for at in each if lines[at].gap is not Gap.NONE), None) for each in around]
    return all(at is not None and _BULLET.match(lines[at].text) for at in beside)


def ornaments(lines: Sequence[Line], evidence: Evidence) -> Mapping[int, str]:
    """A square, a ring or an arrow that begins a line is a bullet; few fonts have it."""
    found = ((position, _ORNAMENT.fullmatch(line.text)) for position, line in enumerate(lines))
    return {position: f"{BULLET} {match['text']}" for position, match in found if match}


def is_led_to(lines: Sequence[Line], position: int) -> bool:
    """Whether the line above leads to an item: it ends with a colon, a semicolon, a comma or a conjunction."""
    return position > 0 and bool(_LEADS.search(lines[position - 1].text))


def item_letters(lines: Sequence[Line], evidence: Evidence) -> Mapping[int, str]:
    """The items of this list are lettered and count up, so the sign between two letters is the one between them."""
    made: dict[int, str] = {}
    lettered = [(at, match) for at, line in enumerate(lines) if (match := _LETTERED.fullmatch(line.text))]
    for (_, above), (at, match), following in zip(lettered, lettered[1:], [*lettered[2:], None], strict=False):
        wanted = chr(ord(above["mark"]) + 1) if re.fullmatch("[a-y]", above["mark"]) else ""
        is_capital = match["mark"] != wanted and set(match["mark"].lower()) == {wanted}
        is_between = following is not None and wanted and following[1]["mark"] == chr(ord(wanted) + 1)
        is_last = following is None and wanted and is_led_to(lines, at)
        if is_capital or ((is_between or is_last) and not match["mark"].isalnum()):
            made[at] = f"{wanted}) {match['text']}"
    return made


def roman_numbers(lines: Sequence[Line], evidence: Evidence) -> Mapping[int, str]:
    """The headings are numbered by Roman numerals that count up, so this one is the numeral that is due."""
    names = names_run([line.text for line in lines])
    begun = [
        (at, match, _NUMERALS[match["numeral"].translate(_AS_NUMERAL)])
        for at, line in enumerate(lines[: names.positions[0] if names else len(lines)])
        if at == 0 or line.gap is not Gap.NONE or TERMINAL.search(lines[at - 1].text)
        if (match := _LIKE_NUMERAL.fullmatch(line.text)) and match["numeral"].translate(_AS_NUMERAL) in _NUMERALS
    ]
    counting: list[tuple[int, re.Match[str], int]] = []
    for each in begun:
        last = counting[-1][2] if counting else 0
        if last < each[2] <= last + MOST_NUMERALS_LOST + 1:
            counting.append(each)
    right = sum(match["numeral"] == roman(number).upper() and match["stop"] == "." for _, match, number in counting)
    if right < FEWEST_NUMERALS:
        return {}
    made = {at: f"{roman(number).upper()}. {match['text']}" for at, match, number in counting}
    return {at: text for at, text in made.items() if text != lines[at].text}


def note_marks(lines: Sequence[Line], evidence: Evidence) -> Mapping[int, str]:
    """The notes at the foot and the marks that call them count up together, so each mark is the next figure."""
    notes = list(_notes(lines))
    calls = list(_calls(lines, notes))
    # Items of a list may begin with a star too; then the title calls the first of the notes that are left.
    starless = [(at, text) for at, text in notes if lines[at].text[0] not in _STARS]
    if len(calls) + 1 == len(starless) < len(notes) and any(_call_of_title(lines)):
        notes = starless
    if len(calls) + 1 == len(notes):
        calls[:0] = _call_of_title(lines)
    if len(calls) != len(notes):
        certain = len(notes)
        notes = list(_like_notes(lines))
        calls = list(_calls(lines, notes))
        if len(notes) < certain:  # a note more than there are calls: nobody knows which of them was lost
            return {}
    if not notes or len(calls) != len(notes) or any(at < calls[0][0] for at, _ in notes):
        return {}
    made = {position: line.text for position, line in enumerate(lines)}
    for number, (position, start, stop) in reversed(list(enumerate(calls, 1))):
        made[position] = made[position][:start] + raised(number) + made[position][stop:]
    for number, (position, text) in enumerate(notes, 1):
        made[position] = f"{raised(number)} {text}"
    return {position: text for position, text in made.items() if text != lines[position].text}


def _calls(lines: Sequence[Line], notes: Sequence[tuple[int, str]]) -> Iterator[tuple[int, int, int]]:
    """Where marks call the notes: the line, and where in it the mark begins and ends."""
    first_lines = {position for position, _ in notes}
    for position, line in enumerate(lines):
        for match in _CALL.finditer(line.text) if position not in first_lines else ():
            if _is_call(lines, position, match):
                yield position, match.start(), match.end()


def _call_of_title(lines: Sequence[Line]) -> Iterator[tuple[int, int, int]]:
    """Where the title calls a note, if it ends with a sign that may be a mark: where, as in `_calls`."""
    starts = head_blocks(lines)
    blocks = [" ".join(line.text for line in lines[start:stop]) for start, stop in pairwise(starts)]
    for at in titles_first([_LAST_SIGN.sub("", block) for block in blocks])[:1]:
        last = starts[at + 1] - 1
        sign = _LAST_SIGN.search(lines[last].text)
        if sign and not (sign[0] == "?" and asks(blocks[at])):
            yield last, sign.start(), sign.end()


def _like_notes(lines: Sequence[Line]) -> Iterator[tuple[int, str]]:
    """Lines that may begin a note: with the next figure, or with any sign that opens no item and no quotation."""
    count, items = 0, _signs_of_blocks(lines)
    for position in range(1, len(lines)):
        match = None if position in items else _LIKE_NOTE.fullmatch(lines[position].text)
        apart = lines[position].gap is not Gap.NONE or lines[position - 1].text.endswith(".")
        if not match or not apart or is_led_to(lines, position) or opens_quotation(match[0]):
            continue
        if match["mark"][0].isalnum() and lowered(match["mark"]) != str(count + 1):
            continue
        count += 1
        yield position, match["text"]


def _notes(lines: Sequence[Line]) -> Iterator[tuple[int, str]]:
    """Lines that begin a footnote, with the text after the mark: a sign that begins no sentence, or a figure."""
    expected, items = 1, _signs_of_blocks(lines)
    for position, line in enumerate(lines):
        if position in items:
            continue
        if line.gap is Gap.NONE and position and not lines[position - 1].text.endswith((".", "»", "”")):
            continue
        match = _FALSE_NOTE.fullmatch(line.text) or _NUMBERED_NOTE.fullmatch(line.text)
        is_item = _LIKE_BULLET.fullmatch(line.text) and is_led_to(lines, position)
        if not match or is_item or opens_quotation(line.text):
            continue
        figure = lowered(match["mark"])
        if match["mark"].isdigit() and figure != str(expected):
            continue
        yield position, match["text"]
        expected += 1


def notes_below(lines: Sequence[Line], evidence: Evidence) -> tuple[Line, ...]:
    """A note at the foot of a page stands between two halves of a sentence, so it goes below their paragraph."""
    made = list(lines)
    moved = 0
    for position, _ in _notes(lines):
        stop = _note_end(lines, position)
        if stop is None or position <= moved or TERMINAL.search(lines[position - 1].text):
            continue
        below = next(
            (
                place
                for place in range(stop + 1, min(stop + LONGEST_PARAGRAPH, len(lines)))
                if lines[place].gap is not Gap.NONE and TERMINAL.search(lines[place - 1].text)
            ),
            None,
        )
        if below is not None:
            note = [replace(line, gap=Gap.NONE) for line in lines[position:stop]]
            note[0] = replace(note[0], gap=Gap.BLANK)
            resumed = replace(lines[stop], gap=Gap.NONE)
            made[position:below] = [resumed, *lines[stop + 1 : below], *note]
            moved = below
    return tuple(made)


def _note_end(lines: Sequence[Line], position: int) -> int | None:
    """The line in which the sentence goes on that a note interrupts; None where none does."""
    for stop in range(position + 1, min(position + LONGEST_NOTE, len(lines))):
        ended = lines[stop].gap is Gap.PAGE or re.search(r"[.!?»”)][\s:;,|]*$", lines[stop - 1].text)
        if ended and lines[stop].text[:1].islower():
            return stop
    return None


def notes_at_foot(lines: Sequence[Line]) -> frozenset[int]:
    """Positions of lines that begin a note at the foot of a page, whatever their marks were read as."""
    found: set[int] = set()
    for page_end in (at for at, line in enumerate(lines) if line.gap is Gap.PAGE and at):
        near = range(page_end - 1, max(0, page_end - LONGEST_NOTE), -1)
        first = next((at for at in near if lines[at].gap is not Gap.NONE), page_end)
        if first < page_end and _begins_note(lines[first].text):
            ended = (at for at in range(first + 1, page_end) if lines[at - 1].text.endswith("."))
            found.update((first, *(at for at in ended if _begins_note(lines[at].text))))
    return frozenset(found)


def raised(number: int) -> str:
    """A number in small raised figures."""
    return str(number).translate(_RAISED)


def lowered(figures: str) -> str:
    """The same with raised figures as plain ones."""
    return figures.translate(_PLAIN)


def _begins_note(text: str) -> bool:
    """Whether a line begins with what the mark of a note is read as, apart from its first word."""
    match = _FALSE_NOTE.fullmatch(text) or _NUMBERED_NOTE.fullmatch(text)
    return bool(match) and text[1:3].strip() != text[1:3] and not opens_quotation(text)


def opens_quotation(text: str) -> bool:
    """Whether the sign at the head of a line opens a quotation that is closed later."""
    pairs = {"'": "'’", "’": "’", '"': '"”', "”": "”", "«": "»", "»": "«"}
    attached = text[0] in "«»" or not text[1:2].isspace()
    return attached and text[0] in pairs and any(closing in text[1:] for closing in pairs[text[0]])


def _is_call(lines: Sequence[Line], position: int, match: re.Match[str]) -> bool:
    """Whether a sign after a stop calls a note; its paragraph, as far as the scan shows it, is looked at."""
    paragraph = [lines[position].text[: match.start()]]
    for above in range(position, max(0, position - LONGEST_PARAGRAPH), -1):
        if lines[above].gap is not Gap.NONE:
            break
        paragraph.append(lines[above - 1].text)
    return calls_note(match["mark"], " ".join(reversed(paragraph)))


def stray_calls(text: str) -> Iterator[str]:
    """Words of a paragraph that end with a stop and a sign that closes nothing."""
    for match in _CALL.finditer(text):
        before = text[max(0, match.start() - MOST_LOOKED_BACK) : match.start()]
        if match["mark"] not in _FIGURES and calls_note(match["mark"], before):
            yield before.split()[-1] + match["mark"]


def calls_note(mark: str, before: str) -> bool:
    """Whether a sign after a stop is no quotation mark that closes what was opened, and no second stop."""
    if mark in "!?":
        return before[-1] not in "!?"
    said = Counter(before)
    if mark == "”":
        return said["“"] + said["„"] <= said["”"]
    if mark == '"':
        return said['"'] % 2 == 0 and said["“"] <= said["”"]
    if mark in "'’":
        return not re.search(r"(?:^|\s)['‘]\w", before)
    return True


TYPED_MARK_RULES: tuple[MarkRule, ...] = (ornaments,)
"""Those that no scanner is the reason for."""

MARK_RULES: tuple[MarkRule, ...] = (note_marks, item_letters, ornaments, bullets, roman_numbers)
"""In this order: a sign that marks a note is no bullet."""
