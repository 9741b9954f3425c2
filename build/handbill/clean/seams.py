"""How two lines meet: the rule that mends a hyphen, joins a sentence, or ends a paragraph.

In: the lines, a position, the evidence. Out: a verdict for the seam between that line and the next. Each rule
answers for the seams it is sure about and passes on the others with None; file order is asking order; what is
left at the end is a doubt.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from string import ascii_lowercase

from handbill.clean.columns import LONGEST_NAME
from handbill.clean.evidence import SHORT, TERMINAL, Evidence, first_of_group, is_short, stands_alone
from handbill.clean.listing import is_about_list
from handbill.clean.marks import RAISED_NOTE
from handbill.head import MOST_IN_HEAD, Matter, begins_text, is_name, matter, may_be_title
from handbill.lexicon import HYPHENS, KNOWN, Lexicon
from handbill.model import Gap, Line
from handbill.numbering import (
    BULLETED,
    LETTERED,
    SPECKS,
    heads_names,
    is_sentence,
)

FEW_WORDS = 6
"""Words that a heading set close to its text has at most."""

FEWEST_CAPITALS = 8
"""Letters of the shortest heading that its capitals show to be one."""

LONGEST_TITLE_LINE = 40
"""Letters that a line of large type hardly holds: a title of more stands in several."""

FEWEST_LINES = 2
"""Lines from which a group is a paragraph."""

LONGEST_PARAGRAPH = 30
"""Lines of the first paragraph that are looked at."""

COMMONEST = 6.5
"""Zipf frequency from which nearly all words are particles: articles, prepositions, conjunctions."""

UNLISTED = 1.5
"""Zipf frequency under which a word is as good as in no list: three in a hundred million."""

SHORT_WORD = 4.5
"""Zipf frequency from which two or three letters are a word: word lists hold "ers" and "ac" too."""

VERY_COMMON = 5.5
"""Zipf frequency from which a word is no name, whatever its first letter."""

_CUT = re.compile(rf"(?<![^\W\d_])(?P<head>[^\W\d_]++)[{HYPHENS}]$")
_CUT_NUMBER = re.compile(r"\d-\n[^\W_]|[^\W_]-\n\d")
_RESUMES = re.compile(r"(?P<tail>[^\W\d_]+)")
_GOES_ON = re.compile(r"[a-zß-ÿ]+-[a-zß-ÿ]{2,}")
"""A compound that begins in the line above: "vingt-dix-neuf" of "quatre-vingt-dix-neuf"."""

_OPENING = re.compile(r"[\"'“‘«(\[¿¡—–-]*")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for one seam.

    Attributes:
        glue: What stands between the lines once they are joined; None where they stay apart.
        drop: Characters to drop at the end of the upper line.
        reason: What is unclear, so that a person must be asked; empty where the rule is sure.
    """

    glue: str | None
    drop: int = 0
    reason: str = ""

    def meet(self, upper: str, lower: str) -> str:
        """The two texts joined."""
        return upper[: len(upper) - self.drop] + (self.glue or "") + lower


@dataclass(frozen=True)
class Seam:
    """The place where two lines meet, with all that may be known about it.

    Attributes:
        lines: All lines of the text.
        position: Position of the upper line.
        starts: Positions of lines that begin a list item.
        names: First position of the list of signatories; beyond the last line where there is none.
        last_name: Position of the line that begins the last of them.
        begins: Whether the upper line begins its block.
        evidence: The document's habits.
    """

    lines: Sequence[Line]
    position: int
    starts: frozenset[int]
    names: int
    last_name: int
    begins: bool
    evidence: Evidence

    @property
    def upper(self) -> Line:
        """The line above the seam."""
        return self.lines[self.position]

    @property
    def lower(self) -> Line:
        """The line below the seam."""
        return self.lines[self.position + 1]

    @property
    def gap(self) -> Gap:
        """What the source has between them."""
        return self.lower.gap


SeamRule = Callable[[Seam], Verdict | None]
"""Judges one seam, or passes it on."""

BREAK = Verdict(glue=None)

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uaa60-\uaa7f\ua9e0-\ua9ff\uf900-\ufaff\uff00-\uffef]"
)
"""Scripts that write no space between words: Thai, Lao, Myanmar, Khmer, Chinese, Japanese."""


def new_item(seam: Seam) -> Verdict | None:
    """The next line begins an item of a list."""
    return BREAK if seam.position + 1 in seam.starts else None


def names_heading(seam: Seam) -> Verdict | None:
    """A line above the names that says who signed is a heading."""
    language = seam.evidence.lexicon.language
    above = seam.position + 1 == seam.names and heads_names(seam.upper.text, language)
    below = seam.position + 2 == seam.names and heads_names(seam.lower.text, language)
    return BREAK if above or below else None


def after_the_names(seam: Seam) -> Verdict | None:
    """What stands after the list of signatories, such as whom to write to or a note, is no part of a name."""
    if seam.position < seam.names or (seam.gap is Gap.NONE and not _ends_last_name(seam)):
        return None
    text = seam.lower.text
    about = is_about_list(text, seam.evidence.lexicon.language)
    return BREAK if about or (seam.gap is not Gap.NONE and SPECKS.fullmatch(text)) else None


def wrapped_name(seam: Seam) -> Verdict | None:
    """The name goes on in the next line of the list of signatories."""
    if seam.position < seam.names or _CUT.search(seam.upper.text):
        return None
    if seam.gap is Gap.NONE:
        return _with_space(seam)
    reason = "Is this the second line of the name above it, or something else? Join or remove it."
    return Verdict(glue=" ", reason=reason)


def dehyphenate(seam: Seam) -> Verdict | None:
    """A word cut by a hyphen at the line's end is one word again, or keeps the hyphen that belongs to it."""
    if _CUT_NUMBER.search(f"{seam.upper.text}\n{seam.lower.text[:1]}"):
        return Verdict(glue="")
    head, tail = _CUT.search(seam.upper.text), _RESUMES.match(seam.lower.text)
    if not head or not tail:
        return None
    if _GOES_ON.match(seam.lower.text) and head["head"].islower():
        return Verdict(glue="")  # all its parts have hyphens between them
    drop = _hyphen_goes(_whole_head(seam.upper.text, head["head"]), head["head"], tail["tail"], seam.evidence)
    if drop is None:
        reason = f"Is it “{head['head']}{tail['tail']}” or “{head['head']}-{tail['tail']}”?"
        return Verdict(glue="", reason=reason)
    return Verdict(glue="", drop=1 if drop else 0)


def title(seam: Seam) -> Verdict | None:
    """The lines of the title are one block, and neither what stands above them nor the text goes on with them."""
    inside = [each.first in seam.evidence.title for each in (seam.upper, seam.lower)]
    if not any(inside) or seam.upper.text[-1] in HYPHENS:
        return None
    if all(inside):
        return _with_space(seam)
    return BREAK if _begins_sentence(seam.lower.text) else None


def head_matter(seam: Seam) -> Verdict | None:
    """A line of the head that says the kind of text, its day, session or readers begins and ends a block."""
    head = seam.lines[: seam.position + 1]
    if seam.position >= MOST_IN_HEAD or any(is_sentence(line.text) for line in head[:-1]):
        return None
    upper, lower = matter(seam.upper.text), matter(seam.lower.text)
    if seam.gap is Gap.BLANK and not upper:
        group = seam.lines[first_of_group(seam.lines, seam.position) : seam.position]
        upper = next((said for line in reversed(group) if (said := matter(line.text))), None)
    if not (upper or lower) or not _begins_sentence(seam.lower.text) or upper is Matter.RECEIVED:
        return None
    resumes = _begins_with_particle(seam.lower.text, seam.evidence)
    goes_on = resumes and not lower and _is_in_capitals(seam.upper.text) and _is_in_capitals(seam.lower.text)
    open_ended = seam.upper.text[-1] in "-–—" or (seam.upper.text[-1] == "," and upper is not Matter.GREETING)
    wrapped = upper is Matter.ADDRESSEE and not lower and not _opens_sentence(seam.lower.text, seam.evidence)
    wrapped = wrapped and seam.gap is Gap.NONE and not is_short(seam.lines, seam.position)
    return None if goes_on or open_ended or wrapped or _asks_for_more(seam.upper.text, seam.evidence) else BREAK


def title_goes_on(seam: Seam) -> Verdict | None:
    """A line in capitals at the head that begins with a particle goes on with the title above it."""
    above = seam.lines[: seam.position + 1]
    if seam.position >= MOST_IN_HEAD or seam.gap is Gap.PAGE or any(is_sentence(line.text) for line in above):
        return None
    upper, lower = seam.upper.text, seam.lower.text
    if not _is_in_capitals(upper) or not _is_in_capitals(lower) or TERMINAL.search(upper) or is_name(upper):
        return None
    resumes = _begins_with_particle(lower, seam.evidence)
    return _with_space(seam) if resumes and len(upper) >= SHORT * len(lower) else None


def below_title(seam: Seam) -> Verdict | None:
    """Below the title and a gap the text begins, be its first letter set large and lost."""
    lines, below = seam.lines, seam.position + 1
    if below >= MOST_IN_HEAD or seam.gap is not Gap.BLANK or seam.upper.text[-1] in ",-–—":
        return None
    first = _first_of_title(seam)
    title = " ".join(line.text for line in lines[first:below])
    begun = any(is_sentence(line.text) for line in lines[:first])
    if begun or not may_be_title(title) or _asks_for_more(seam.upper.text, seam.evidence):
        return None
    group = takewhile(lambda line: line.gap is Gap.NONE, lines[below + 1 : below + LONGEST_PARAGRAPH])
    paragraph = [seam.lower.text, *(line.text for line in group)]
    if _begins_sentence(seam.lower.text):
        return BREAK if len(paragraph) >= FEWEST_LINES and begins_text(" ".join(paragraph)) else None
    if len(title) < LONGEST_TITLE_LINE or not _lacks_initial(seam.lower.text, seam.evidence):
        return None
    return Verdict(glue=None, reason="Does the text begin here, with a large letter that was not read?")


def _first_of_title(seam: Seam) -> int:
    """Position of the first line of the upper one's group; a group that begins small goes on with that above it."""
    first = first_of_group(seam.lines, seam.position)
    while first and seam.lines[first].text[:1].islower():
        first = first_of_group(seam.lines, first - 1)
    return first


def _lacks_initial(text: str, evidence: Evidence) -> bool:
    """Whether the first word of a text is a far more usual one with a letter before it."""
    first = _RESUMES.match(text)
    if first is None:
        return False
    word = first[0].partition("-")[0].lower()
    usual = max(evidence.lexicon.zipf(letter + word) for letter in ascii_lowercase)
    return usual >= KNOWN and usual >= evidence.lexicon.zipf(word) + 1


def _begins_with_particle(text: str, evidence: Evidence) -> bool:
    """Whether the first word of a line is one of the commonest, as "of" and "para" are."""
    first = _RESUMES.match(text)
    return first is not None and evidence.lexicon.zipf(first[0].lower()) >= COMMONEST


def after_dash(seam: Seam) -> Verdict | None:
    """A line that ends in a closed dash or a slash meets the next one without a space."""
    if re.search(r"\w[–—/]$", seam.upper.text):
        return Verdict(glue="")
    return None


def heading(seam: Seam) -> Verdict | None:
    """A short line without a full stop that stands by itself and begins like a sentence is a heading."""
    alone = seam.begins and seam.gap is not Gap.NONE and not TERMINAL.search(seam.upper.text)
    capital = _begins_sentence(seam.upper.text) and _begins_sentence(seam.lower.text)
    whole = _opens_sentence(seam.lower.text, seam.evidence) or not _asks_for_more(seam.upper.text, seam.evidence)
    return BREAK if alone and capital and whole and is_short(seam.lines, seam.position) else None


def capitals(seam: Seam) -> Verdict | None:
    """A title or heading in capitals ends where the capitals end."""
    lines, above = seam.lines, seam.position
    if not _is_in_capitals(seam.upper.text) or _is_in_capitals(seam.lower.text):
        return None
    whole = seam.begins or _is_in_capitals(lines[above - 1].text)
    other = any(map(str.islower, seam.lower.text)) and _begins_sentence(seam.lower.text)
    return BREAK if whole and other and seam.upper.text[-1] not in ",-–—" else None


def close_heading(seam: Seam) -> Verdict | None:
    """A few words without a full stop begin a block, and the next line begins a sentence: a heading, set close."""
    text = seam.upper.text
    if not seam.begins or seam.gap is not Gap.NONE or TERMINAL.search(text) or not _begins_sentence(text):
        return None
    few = len(text.split()) <= FEW_WORDS and is_short(seam.lines, seam.position) and text[-1] not in ",-–—"
    sentence = _opens_sentence(seam.lower.text, seam.evidence) and not is_short(seam.lines, seam.position + 1)
    return BREAK if few and sentence and not _asks_for_more(text, seam.evidence) else None


def sentence_goes_on(seam: Seam) -> Verdict | None:
    """The sentence is not at its end, so the next line belongs to it, whatever the scan has between."""
    if TERMINAL.search(seam.upper.text):
        return None
    if seam.gap is Gap.NONE or not _begins_sentence(seam.lower.text):
        return _with_space(seam)
    if _interrupts(seam):
        reason = "This line stands by itself inside a sentence. Is it a running header or a folio?"
        return Verdict(glue=" ", reason=reason)
    if not seam.evidence.wraps and seam.gap is Gap.BLANK:
        return BREAK  # each paragraph is a line of its own
    opens = _opens_sentence(seam.lower.text, seam.evidence)
    apart = is_short(seam.lines, seam.position) or (seam.begins and stands_alone(seam.lines, seam.position))
    if _asks_for_more(seam.upper.text, seam.evidence) and not opens:
        return _with_space(seam)
    if not seam.evidence.wraps or (apart and (opens or _is_head_matter(seam))):
        return BREAK
    if not apart:
        return _with_space(seam)
    reason = "Does the sentence go on here, or does a new paragraph begin?"
    return Verdict(glue=None, reason=reason)


def abbreviation(seam: Seam) -> Verdict | None:
    """A full stop before a small letter ends an abbreviation, not a sentence."""
    return _with_space(seam) if seam.lower.text[:1].islower() else None


def same_paragraph(seam: Seam) -> Verdict | None:
    """Two full lines with nothing between them belong to one paragraph."""
    if seam.gap is not Gap.NONE:
        return None
    return BREAK if is_short(seam.lines, seam.position) else _with_space(seam)


def paragraph_ends(seam: Seam) -> Verdict | None:
    """A sentence ends and the scan has a gap: the paragraph ends."""
    evidence, above, below = seam.evidence, seam.position, seam.position + 1
    short = is_short(seam.lines, above)
    alone_above = evidence.last_line_apart and stands_alone(seam.lines, above) and not seam.begins
    if short or alone_above or _heads_below(seam):
        return BREAK
    if seam.gap is Gap.PAGE:
        return Verdict(glue=None, reason="A page ends with a full line. Does the paragraph end with it?")
    if evidence.last_line_apart and stands_alone(seam.lines, below) and not seam.begins:
        reason = "This scan sets the last line of a paragraph apart. Is the next line such a line, or a paragraph?"
        return Verdict(glue=None, reason=reason)
    return BREAK


def line_break(seam: Seam) -> Verdict | None:
    """The file has a line break inside a paragraph, which is set anew."""
    return _with_space(seam) if seam.gap is Gap.NONE else None


def typed_paragraph(seam: Seam) -> Verdict | None:
    """Every paragraph of a typed file is known, so none is joined to another."""
    return BREAK


TYPED_SEAM_RULES: tuple[SeamRule, ...] = (new_item, line_break, typed_paragraph)
"""The same for a typed text."""

SEAM_RULES: tuple[SeamRule, ...] = (
    new_item,
    names_heading,
    after_the_names,
    dehyphenate,
    wrapped_name,
    title,
    head_matter,
    title_goes_on,
    below_title,
    after_dash,
    heading,
    capitals,
    close_heading,
    sentence_goes_on,
    abbreviation,
    same_paragraph,
    paragraph_ends,
)
"""In this order; the last one answers every seam that is left."""


def list_starts(lines: Sequence[Line], numbered: frozenset[int]) -> frozenset[int]:
    """Positions of the lines that begin an item or a note, by its number that counts up, its sign or its letter."""
    marked = {
        position
        for position, line in enumerate(lines)
        if any(mark.fullmatch(line.text) for mark in (BULLETED, LETTERED)) or RAISED_NOTE.match(line.text)
    }
    return numbered | marked


def _with_space(seam: Seam) -> Verdict:
    """Join with a space, or without one where the script has none between words."""
    unspaced = _UNSPACED.match(seam.upper.text[-1]) and _UNSPACED.match(seam.lower.text[0])
    return Verdict(glue="" if unspaced else " ")


def _ends_last_name(seam: Seam) -> bool:
    """Whether all lines above the seam are of the names, and the last of these may end here."""
    last, language = seam.last_name, seam.evidence.lexicon.language
    if not last <= seam.position < last + LONGEST_NAME:
        return False
    of_name = seam.lines[last + 1 : seam.position + 1]
    return not any(is_about_list(line.text, language) for line in of_name)


def _interrupts(seam: Seam) -> bool:
    """Whether the lower line parts two halves of a sentence: the next one goes on where the upper one ended."""
    lines, below = seam.lines, seam.position + 1
    if below + 1 >= len(lines) or not stands_alone(lines, below) or TERMINAL.search(seam.lower.text):
        return False
    return lines[below + 1].text[:1].islower() and is_short(lines, below)


def _heads_below(seam: Seam) -> bool:
    """Whether the next line is a heading: short, without a stop, and by itself."""
    lines, below = seam.lines, seam.position + 1
    alone = stands_alone(lines, below) and below + 1 < len(lines) and _begins_sentence(lines[below + 1].text)
    heading = is_short(lines, below) and not TERMINAL.search(seam.lower.text) and _begins_sentence(seam.lower.text)
    return alone and heading and not _asks_for_more(seam.lower.text, seam.evidence)


def _is_head_matter(seam: Seam) -> bool:
    """Whether no sentence has ended yet: addressees, place and date stand above the text, each on its lines."""
    above = seam.lines[: seam.position + 1]
    if seam.lower.text[:1].isdigit() and TERMINAL.search(seam.lower.text):
        return False  # a date stands there without a full stop; "2017 and again." does not
    return seam.gap is Gap.BLANK and not any(TERMINAL.search(line.text) for line in above)


def _is_in_capitals(text: str) -> bool:
    """Whether a line is of two words or more, and all its letters are capitals."""
    return text.isupper() and len(text.split()) > 1 and sum(map(str.isalpha, text)) >= FEWEST_CAPITALS


def _begins_sentence(text: str) -> bool:
    """Whether a line can be the first of a sentence: it begins with a capital, a digit, or caseless script."""
    first = _OPENING.sub("", text, count=1)[:1]
    return bool(first) and not first.islower()


def _asks_for_more(text: str, evidence: Evidence) -> bool:
    """Whether a line ends in a word that nothing ends in: "of", "the", "and" are the commonest words there are."""
    last = text.split()[-1]
    small = last.islower() or _is_in_capitals(text)
    return small and evidence.lexicon.zipf(last.lower()) >= COMMONEST


def _opens_sentence(text: str, evidence: Evidence) -> bool:
    """Whether a line's capital can only be that of a sentence: "We" and "These" are no names."""
    first = _RESUMES.match(_OPENING.sub("", text, count=1))
    return first is not None and first[0].istitle() and evidence.lexicon.zipf(first[0].lower()) >= VERY_COMMON


def _whole_head(text: str, head: str) -> str:
    """The hyphenated word that ends a line with all its parts: "mother-in" of "mother-in-"."""
    match = re.search(rf"((?:[^\W\d_]+-)*{re.escape(head)})[{HYPHENS}]$", text)
    return match[1] if match else head


def _as_word(part: str, lexicon: Lexicon) -> float:
    """How common a part of a word is as a word; two or three letters are one only where they are very common."""
    zipf = lexicon.zipf(part)
    return zipf if len(part) > 3 or zipf >= SHORT_WORD else 0.0


def _hyphen_goes(whole: str, head: str, tail: str, evidence: Evidence) -> bool | None:
    """Whether the hyphen was the typesetter's (True), the word's own (False), or nobody can tell (None).

    The document's own spelling decides first. Then the dictionary: a compound needs two words, so a hyphen
    with no word on one of its sides was the typesetter's; a whole that is common beside its parts is one word; a
    whole that is in no list, between two words that are, is a compound. Measured on English line-end hyphens, in
    steps of the Zipf scale: "cannot" lies 1.7 under its parts and is one word; "wellbeing" (2.4 under), "longterm"
    and "fingerprinted" (2.2) may be either, and are doubts.
    """
    joined, hyphenated = (head + tail).lower(), f"{whole}-{tail}".lower()
    as_one, as_compound = evidence.folded[joined], evidence.compounds[hyphenated]
    if bool(as_one) != bool(as_compound):
        return bool(as_one)
    lexicon = evidence.lexicon
    if tail[:1].isupper() and not head.isupper():
        is_one = lexicon.zipf(joined) >= KNOWN and _as_word(head.lower(), lexicon) < KNOWN
        return None if is_one and head.islower() else False
    if not lexicon.available:
        return None
    one, parts = lexicon.zipf(joined), min(_as_word(head, lexicon), _as_word(tail, lexicon))
    if parts < KNOWN:
        return True if one >= 1 or parts < 2 else None
    if one >= KNOWN and parts - one <= 2:
        return True
    if one < UNLISTED:
        return False
    return None
