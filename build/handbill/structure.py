"""Structure: the cleaned text becomes title, blocks and signatories.

In: `Cleaned` and what is known of the title. Out: a `Statement`. What the scan leaves open (a title that only a
running header holds, a number missing from the list) joins the doubts.
"""

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from rapidfuzz import fuzz

from handbill.head import ABOVE_TITLE, MOST_IN_HEAD, begins_text, matter, may_be_title, unlikely_above
from handbill.headline import LIKELY, SURELY, Beside, Headline, headlines
from handbill.model import (
    NOT_SCANNED,
    About,
    Block,
    Cleaned,
    Doubt,
    Kind,
    LateSignOn,
    Line,
    Lines,
    Particulars,
    Signatory,
    Statement,
)
from handbill.numbering import NOTE, NUMBERED, heads_names, marker, names_run, notes, runs, unnumbered

MOST_HEADING_WORDS = 14
"""Words a heading may have; longer lines without a full stop are paragraphs."""

FEWEST_SURE_WORDS = 5
"""Words from which a line below an upside-down title is no heading of a part of the text."""

IS_TITLE = "It was taken for the title, and little speaks for it. Is it the title, or is another line?"
"""What is asked about a title that hardly looks like one."""

SAME_PRINT = 60
"""Likeness (Indel, per cent) from which a line that is upside down is the one that an editor took out elsewhere."""

SAME_TITLE = 0.8
"""Likeness (difflib ratio) from which a reading and a title count as the same words."""

_SENTENCE_END = re.compile(r"[.!?…;:,。！？။۔؟][\"'”’»)\]]*$")
_LETTER = {Kind.PARAGRAPH: "p", Kind.HEADING: "h", Kind.ITEM: "i", Kind.NOTE: "n"}


def structure(
    cleaned: Cleaned,
    name: str,
    language: str,
    particulars: Particulars | None = None,
    *,
    late: Sequence[LateSignOn] = (),
    about: Mapping[int, About] | None = None,
) -> Statement:
    """Give the cleaned text its structure.

    Args:
        cleaned: The text as blocks.
        name: The statement's short name.
        language: BCP 47 tag of the text.
        particulars: What `statement.toml` says; None for a bare text file.
        late: Who signed after the text was scanned; numbered on from the list.
        about: What else is known of those in the list, by number.
    """
    texts = [line.text for line in cleaned.lines]
    run = names_run(texts)
    names = dict(zip(run.positions, run.numbers, strict=True)) if run else {}
    body = [line for position, line in enumerate(cleaned.lines) if position not in names]
    scanned = tuple(_signatory(cleaned.lines[position], number) for position, number in sorted(names.items()))
    last = max((each.number for each in scanned), default=0)
    listed = (
        *(replace(each, about=(about or {}).get(each.number, About())) for each in scanned),
        *(Signatory(n, each.name, NOT_SCANNED, about=each.about) for n, each in enumerate(late, last + 1)),
    )
    withheld = cleaned.withheld | {number for number, each in enumerate(late, last + 1) if each.withheld}
    noted = {cleaned.lines[position].lines for position in notes(texts)}
    above = [line for line in cleaned.lines[: min(names, default=0)] if line.lines not in noted]
    names_heading, body = _names_heading(body, above[-1:], language)
    whole = body
    headline, body, unsure = _headline(whole, cleaned, particulars, [each.name for each in scanned])
    title, doubts = _title(headline, cleaned, particulars)
    if headline and unsure and not any(a <= headline.last and headline.first <= b for a, b in cleaned.decided):
        doubts.append(Doubt(headline.lines, headline.text, IS_TITLE))
    doubts += _about_lines_above(whole, headline, cleaned)
    return Statement(
        name=name,
        title=title,
        language=language,
        blocks=_blocks(body, noted),
        signatories=tuple(_renumbered(listed, withheld)),
        doubts=(*cleaned.doubts, *doubts, *_missing_numbers(scanned, cleaned.decided)),
        withheld=tuple((each.number, each.lines) for each in listed if each.number in withheld),
        names_heading=names_heading,
    )


def _names_heading(body: Sequence[Line], above: Sequence[Line], language: str) -> tuple[Block | None, list[Line]]:
    """The line above the first name, but for notes, if it says who signed; and the rest of the text."""
    for line in above:
        if heads_names(line.text, language):
            return Block("names", Kind.HEADING, line.text, line.lines), [each for each in body if each is not line]
    return None, list(body)


def _signatory(line: Line, number: int) -> Signatory:
    return Signatory(number, unnumbered(line.text), line.lines)


def _renumbered(listed: Sequence[Signatory], withheld: Set[int]) -> Iterator[Signatory]:
    """The names that are printed, numbered as if those that are withheld had never been there."""
    before = 0
    for each in listed:
        if each.number in withheld:
            before += 1
        else:
            yield replace(each, number=each.number - before, withheld_before=before)


def _headline(
    body: Sequence[Line], cleaned: Cleaned, particulars: Particulars | None, signed: Sequence[str]
) -> tuple[Line | None, list[Line], bool]:
    """The line that is the title of the text, if its head has one; the rest of the text; whether that is unsure.

    A title that is known may stand below others: the kind of text, place and date, whom it is for. Running headers
    say many things, so a line of the head that looks like a title counts for more than they do. Below a title that
    was read upside down it may as well be a line under the title: then it must be long, or both must read alike.
    """
    texts = [line.text for line in body]
    known = particulars.title if particulars else ""
    found = next(
        (at for at in _head_of(texts[: MOST_IN_HEAD + 1]) if known and _likeness(texts[at], known) >= SAME_TITLE),
        None,
    )
    unsure = False
    if found is None and not particulars:
        decoded = min((each.lines[0] for each in cleaned.titles if each.decoded), default=None)
        running = [each.text for each in cleaned.titles]
        likely = [
            each
            for each in headlines(
                texts, None, Beside(running, signed, [change.before for change in cleaned.changes])
            )
            if decoded is None or body[each.start].lines[0] < decoded or _is_surely_title(texts[each.start], each)
        ]
        if likely and len(body) > 1 and (likely[0].worth > LIKELY or not cleaned.titles):
            found, unsure = likely[0].start, likely[0].is_unsure
    if found is None:
        return None, list(body), False
    return body[found], [*body[:found], *body[found + 1 :]], unsure


def _is_surely_title(text: str, found: Headline) -> bool:
    """Whether a line of the head is like a title even where one was read upside down above it."""
    return found.worth >= SURELY or (found.worth > LIKELY and len(text.split()) >= FEWEST_SURE_WORDS)


def _about_lines_above(body: Sequence[Line], headline: Line | None, cleaned: Cleaned) -> list[Doubt]:
    """A doubt about the lines above the title that no text has there and nothing has been asked about yet."""
    stop = next((at for at, line in enumerate(body[:MOST_IN_HEAD]) if begins_text(line.text)), 0)
    above = body[: body.index(headline)] if headline else body[:stop] if cleaned.titles else []
    texts = [line.text for line in above]
    settled = (
        *cleaned.decided,
        *(each.lines for doubt in cleaned.doubts for each in doubt.each() if each.text in texts),
    )
    found = [
        Doubt(line.lines, line.text, ABOVE_TITLE, likely="")
        for line in (above[at] for at in unlikely_above(texts))
        if not any(start <= line.last and line.first <= stop for start, stop in settled)
    ]
    if len(found) < 2:
        return found
    lines = (found[0].lines[0], found[-1].lines[1])
    return [Doubt(lines, "\n".join(each.text for each in found), ABOVE_TITLE, places=tuple(found))]


def _head_of(texts: Sequence[str]) -> Iterator[int]:
    """Positions of the blocks that a text begins with, up to the first that can be neither title nor head."""
    for position, text in enumerate(texts):
        yield position
        if not (may_be_title(text) or matter(text)):
            return


def _title(headline: Line | None, cleaned: Cleaned, particulars: Particulars | None) -> tuple[str, list[Doubt]]:
    """The title, and a doubt for every line that was decoded and does not read like it."""
    if particulars:
        title, reason = particulars.title, f"statement.toml has “{particulars.title}”. Is this line that title?"
    elif headline:
        title, reason = headline.text, f"The text begins with “{headline.text}”. Is this line that title?"
    else:
        title, reason = cleaned.title, "It may be the title. Compare it with the paper."
    known = bool(particulars or headline)
    unlike = [each for each in cleaned.titles if each.decoded and not (known and _begins_alike(each.text, title))]
    first = {each.text: each for each in reversed(unlike)}  # it comes again on each page, and is asked about once
    gone = [change.before for change in cleaned.changes if change.rule == "correction" and not change.after]
    doubts = [
        Doubt(each.lines, each.seen, f"Read upside down, this line says “{each.text}”. {reason}", likely="")
        for each in reversed(first.values())
        if not any(fuzz.ratio(each.seen.lower(), words.lower()) >= SAME_PRINT for words in gone)
    ]
    return title, doubts


def _begins_alike(reading: str, title: str) -> bool:
    """Whether a reading, which may be cut, has the words that the title begins with."""
    words = len(reading.split())
    return _likeness(reading, " ".join(title.split()[:words])) >= SAME_TITLE


def _likeness(one: str, other: str) -> float:
    """How alike two lines are by their letters and digits, from 0 to 1."""
    bare = [re.sub(r"[\W_]+", " ", text).casefold().strip() for text in (one, other)]
    matcher = difflib.SequenceMatcher(None, bare[0], bare[1], autojunk=False)
    most = matcher.real_quick_ratio()  # by the lengths alone; to compare a page with a title takes long
    return matcher.ratio() if most >= SAME_TITLE else most


def _blocks(body: Sequence[Line], noted: Set[Lines]) -> tuple[Block, ...]:
    """The text's blocks with their kinds and ids; notes are those of these lines."""
    texts = [line.text for line in body]
    numbered = {position for run in runs(texts) for position in run.positions}
    counts: Counter[Kind] = Counter()
    made: list[Block] = []
    for position, line in enumerate(body):
        note = NOTE.fullmatch(line.text) if line.lines in noted else None
        sign, text = (note["mark"], note["text"]) if note else _marker(line.text, position in numbered)
        heads = _is_heading(line) and position + 1 < len(body)
        kind = Kind.NOTE if note else Kind.ITEM if sign else Kind.HEADING if heads else Kind.PARAGRAPH
        counts[kind] += 1
        made.append(Block(f"{_LETTER[kind]}{counts[kind]}", kind, text, line.lines, sign))
    return tuple(made)


def _marker(text: str, numbered: bool) -> tuple[str, str]:
    """The marker of an item and its text; an empty marker for anything else."""
    match = NUMBERED.fullmatch(text) if numbered else None
    if match:
        return text[: match.start("text")].strip(), match["text"]
    return marker(text)


def _is_heading(line: Line) -> bool:
    """Whether a block is a heading: short, begun like a sentence and not ended like one."""
    few = len(line.text.split()) <= MOST_HEADING_WORDS and len(line.text) <= 120
    return few and not line.text[:1].islower() and not _SENTENCE_END.search(line.text)


def _missing_numbers(signatories: Sequence[Signatory], decided: Sequence[Lines]) -> list[Doubt]:
    """A doubt for every number that the list skips where no editor has decided on the lines about it."""
    doubts: list[Doubt] = []
    for above, below in pairwise(signatories):
        skipped = [str(number) for number in range(above.number + 1, below.number)]
        lines = (above.lines[0], below.lines[1])
        if skipped and not any(first <= above.lines[1] and below.lines[0] <= last for first, last in decided):
            reason = f"The list goes from {above.number} to {below.number}: where is {', '.join(skipped)}?"
            doubts.append(Doubt(lines, f"{above.name}\n{below.name}", reason))
    return doubts
