"""What a person must look at: questions no rule answered.

In: a block of cleaned text and the evidence. Out: doubts, each with the words and what is unclear. A question
never changes anything.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise, permutations

from rapidfuzz.distance import OSA

from handbill.clean.evidence import TERMINAL, YEAR, Evidence
from handbill.clean.marks import RAISED_NOTE, stray_calls
from handbill.clean.writing import calendar_of
from handbill.lexicon import HYPHENS, KNOWN, LATIN_SCRIPT, WORD, accented_words, without_accents
from handbill.model import Doubt, Gap, Line
from handbill.numbering import BULLETED, marker, unnumbered
from handbill.tongues import (
    RARER,
    accented,
    accented_beside,
    accented_here,
    in_case,
    letters,
    likely_languages,
    sisters,
    zipf,
)

Asked = tuple[str, str] | tuple[str, str, str]
"""The words in doubt and the reason; and what the words most likely are, where the question knows."""

Question = Callable[[Line, Evidence], Iterator[Asked]]
"""Yields what it asks about a line or a block."""

LONGEST_WORD = 200
"""Letters in a word that layout can still break in reasonable time (measured: 2 000 letters take 2.3 s)."""

STOPS = ".,;:!?()[]\"'“”‘’«»"
"""Signs that may stand about a word and are none of it."""

MOST_ODD = 0.4
"""Share of odd words from which a line is not read but asked about as a whole."""

SHORTEST_ODD, SHORT_KNOWN = 3, 5.0
"""Letters up to which a word must be very common to be one, and how common that is (Zipf)."""

SOME = 2
"""Names that lost an accent, from which on others may have lost one that nobody knows of."""

ODD_APART, LONGEST_STRANGE = 0.2, 18
"""The same where the line stands apart; letters of a word that is in no list and is more words than one."""

GARBLED = "Much of this line is in no dictionary. Compare it with the paper and retype it."

NEIGHBOURS = 4
"""Names from one in doubt to the next, up to which both are one doubt."""

MOST_PLACES = 30
"""Places that one doubt is about; more are too many to look at in one go."""

_RUN, _NEAR = 3, 3
"""Strange words that make a run, and words within which the next one must come."""

_BETWEEN_WORDS = '—–-&/+=%$€£#«»“”"…'
"""Signs that stand between words by themselves in every language."""

_MIXED = re.compile(
    r"(?<![\w.,])\d+[lIO][a-z]{0,3}\b|(?<![\w.,])\d+i[a-z]{2}\b"
    r"|\b(?:[^\W\d_]*[a-zß-ÿ][01][^\W\d_]+|[^\W\d_]*[a-zß-ÿ]\d[a-zß-ÿ]+|[^\W\d_]+[|][^\W\d_]*|\d+[a-gi-z]\d+)\b"
    r"|(?<!\S)[|][^\W\d_]+"
)
_RAISED = re.compile(r"[!?'’\"”°»>|<=~+}\]] (?=\w)")
"""What the mark of a footnote is read as, where it stands at the head of a line."""

_FEW = 3
"""Words of a line that is no footnote."""

_STOPPED = re.compile(r"\b([^\W\d_]{5,})\. ([^\W\d_]+)")
_DOTTED = re.compile(r"(?<![\w.@/:-])([^\W\d_A-Z]{2,})\.([^\W\d_A-Z]{2,})(?![\w@/]|\.\w)")
_PARTED_NUMBER = re.compile(r"(?<![\d.])\d{1,3}[.,] \d{3}(?!\d)")
_STOPPED_NUMBER = re.compile(r"(?<![.\s]\s)(?<=[^.]\s)\d{1,3}\.(?:[^\w\s]|\d)?(?= [^\W\d_A-Z]{3})")
"""Stops inside sentences and numbers."""

_SHORT_WORD = re.compile(r"(?<![\w'’.@/-])[a-zß-ÿ]{2,4}+(?![\w'’@/-]|\.\w)")
_SHORT_USUAL = {2: (4.2, 6.3), 3: (4.2, 5.8), 4: (3.6, 5.3)}
"""By letters of a short word: Zipf frequency under which it is hardly one, and from which another may be meant."""

_BEGINS_ALONE = re.compile(r"(?:(?<=^[“«\"])|(?<=\s[“«\"])|(?<=[.!?] ))(?P<letter>[A-ZÀ-Þ]) [a-zß-ÿ]++")
"""A capital that begins a sentence or a quotation, and the word after it."""

_JOINED_START = re.compile(r"(?:^|(?<=[.!?:] )|(?<=[•*—–“«\"] )|(?<=[“«\"]))[A-ZÀ-Þ][a-zß-ÿ]{4,}+(?![\w'’-])")
"""A word that begins a sentence."""

_MAY_BE_TWO = re.compile(r"(?<![\w'’@./-])(?:[A-ZÀ-Þ](?=[a-zß-ÿ]))?[a-zß-ÿ]{3,15}+(?![\w'’@/-]|\.\w)")
"""A word of small letters, or with a capital at its head."""

_MONTH = re.compile(r"(?<!\S)\d{1,2}\S{0,2} (?:de )?(?P<word>[A-ZÀ-Þ][a-zß-ÿ]{2,}+)")
"""What follows the day in a date."""

_RAISED_UNIT = re.compile(r"(?<=\d )[ckm]?m[?!'’*°”\"](?=[\s.,;:)]|$)")
_JOINED_BY_SIGN = re.compile(r"(?<![\w'’-])([^\W\d_]{3,}+)['’]([a-zß-ÿ]{4,}+)(?![\w'’-])")
"""A unit of length with a sign behind it; two words with an apostrophe between them."""

_AFTER_NAME = re.compile(r"(?<=[^\W\d_]{3} )Il(?=[.,;:)]|$| [a-zß-ÿ])")
"""What the numeral of a name is read as: "Sainte-Anne Il"."""

_LOWER_QUOTE = re.compile(r"(?<=[^\W\d_]{3}[.!?])\s[«“\"]\s?[a-zß-ÿ]++")
_LOWER_OPENING = re.compile(r"^[«“¿¡]\s?[a-zß-ÿ]++")
_DASH_AFTER_STOP = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,}+\. [-–—] \w++(?=\s)")
_CAPITAL_INSIDE = re.compile(
    r"(?<!\S)[«“(]?(?P<before>[^\W\d_]++|\d++) (?P<word>[COPSUVWXZL][a-zß-ÿ]++)(?=,? [a-zß-ÿ\d]| ?[;.,])"
    r"(?!\.? \d++\b(?! ))"
)
"""Amid words in small letters, a word with a capital that has the shape of its small letter."""

PARTICLE = 6.5
"""Zipf frequency from which a word is an article or the like, after which an institution stands with a capital."""

OFTEN, VERY_OFTEN = 4.0, 6.0
"""Zipf frequencies from which a word is hardly a name, and is none."""

_TWO_CAPITALS = re.compile(r"\bII[a-zß-ÿ]++\b|\b[A-ZÀ-Þ]{2}[a-zß-ÿ]{2,}+\b")
_CAPITALS_BESIDE = re.compile(r"(?:^|(?<=[a-zß-ÿ.;:,] ))[A-ZÀ-Þ]{3,4}(?= [A-ZÀ-Þ]?[a-zß-ÿ]{2})")
LEAST_CAPITALS = 5
"""Letters of a word in capitals that may be looked for in a dictionary: shorter ones are abbreviations."""

_HYPHEN_INSIDE = re.compile(r"(?<![^\W\d_])[^\W\d_]++- (?P<next>\S++)(?: \S++)?")
_ASIDE = re.compile(r"(?<!\S)(?P<opens>[-–—])(?=[^\W_])|(?<=[^\W_])[-–—](?!\S)")
"""A dash that opens an aside, or closes one."""

JOINS_PARTS = 6.0
"""Zipf frequency from which a word may stand after a hyphen: "and", "or", as in "pre- and post-war"."""

_DATED = re.compile(r"\b\d{1,2}\.? (?:de )?[^\W\d_]{3,}\.? (?:de )?(?P<year>\d{4})\b")
"""A day with its month, and the four figures after it."""

_FAR_YEAR = r"\b(?:{before}) (?P<year>2[2-9]\d\d)(?=[.,;)])"

FAR_YEARS = 30
"""Years by which one is beyond all others, and hardly a year that is meant."""

_UNIT = re.compile(r"\d ?(?P<word>(?P<unit>cm|km|mm|kg|ha|m)(?P<next>[^\W\d_A-Z]{1,3}))(?= )")
_NUMBER_AND_WORD = re.compile(r"(?<![\w.,/-])(?P<number>\d{1,3}(?:[.,]\d+)*)(?P<word>[a-zß-ÿ]{4,}+)(?![\w/-])")
"""A number and a word without the space between them."""

_BEFORE_NUMBER = re.compile(r"(?:[,.] |(?<=\d )[^\W\d_] )(?P<word>[a-zß-ÿ]{2}) \d{1,3}\b")
HARDLY = 4.7
"""Zipf frequency under which two letters are hardly a word."""

_CURRENCY = re.compile(r"\bUSS\.?(?= ?\d)")
"""What the dollar sign of "US$" is read as."""

_TWO_NUMBERS = re.compile(r"\(?\d{1,3}[.)] \D{8,}?[^.;:]\s\d{1,3}[.)] [A-ZÀ-Þ]")
_LEADS_ON = re.compile(r"[:;,]$|[;,]\s\w{1,4}$")
_NO_MARKER = re.compile(
    r"(?P<capitals>[A-ZÀ-Þ]{2,3})\s(?:[a-zß-ÿ]|\d+[.)]\s)|[^\w\s•●▪■◦‣∙·*–—«“\"(\[¿¡-]\s|\d+[.)]\s\d+[.)]\s"
)
"""What no item begins with: capitals before small letters, a sign that is no bullet, numbers in a row."""

_LONE_LETTER = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,}+ (?P<letter>[a-zß-ÿ]) [^\W\d_]{2,}+")
UNIT_LETTERS = "mglth"

_BROKEN_ADDRESS = re.compile(r"(?<!\S)[^\s@]++(?: @[\w-]+\.\w\S*+|@(?: ?[\w-]++\.)? [\w-]++(?:\.\w++)*+)")
_CAPITAL_IN_ADDRESS = re.compile(
    r"(?<!\S)(?!www\.)(?P<name>[a-z\d.]{2,}+)[A-Z©®](?P<host>[a-z\d-]{3,}+(?:\.[a-z]{2,}+)+)(?!\w)"
)
_LATIN_BEYOND_ASCII = re.compile(r"[ß-öø-ɏ]")
_CAPITALS_IN_NAME = re.compile(r"(?<=\s)(?P<word>[A-ZÀ-Þ]{3,}+)(?!\S)")
_DOTS = re.compile(r"(?=.*…)[.…]{2,}|\.{4,}")
ODD_NEAR = 2
"""Words from one that is hardly any to the next."""

LOOKALIKES = (
    *(("i", "l"), ("l", "i"), ("I", "l"), ("l", "I"), ("t", "f"), ("f", "t"), ("c", "e"), ("e", "c"), ("e", "o")),
    *(("h", "b"), ("b", "h"), ("u", "n"), ("n", "u"), ("rn", "m"), ("m", "rn"), ("cl", "d"), ("li", "h")),
    *(("fi", "ñ"), ("a", "o"), ("o", "a"), ("r", "t"), ("t", "r"), ("vv", "w"), ("ti", "n"), ("ii", "u")),
    *(("é", "ó"), ("y", "v"), ("v", "y"), ("t", "l"), ("c", "g"), ("g", "c"), ("d", "cl")),
    *(("Q", "O"), ("O", "D"), ("D", "O")),
)
"""Letters as read and as meant, in words that are rare as they were read."""

FAR_MORE_USUAL = 2.5
"""How much more usual a word must be than the rare one that was read, on the Zipf scale."""

OFTEN_MISREAD = 3
"""Times that a word of no list may stand in a text and still be one that is misread each time."""

COMMONER_NEAR, LONGEST_JUDGED = 5.0, 15
"""The same where a letter is lost; letters of the longest word that is looked at for it."""

COMMON_NEAR = 3.5
"""Zipf frequency from which a word may be the one that was meant."""

COMMON, COMMON_SHORT = 4.0, 6.0
"""Zipf frequencies from which words may have lost the space between them; those of one or two letters."""

_LEAST_JOINED = {1: (COMMON_SHORT, 4, COMMON), 2: (PARTICLE, 6, 2.0), 3: (PARTICLE, 6, 2.0)}
"""By letters of an article that ran into the next word: how usual it is, that word's letters, how usual that is."""

ARE_TWO = "Two common words may stand here without their space. Was it read right?"
"""What is asked about a word that may be two."""

HARDLY_LISTED, COMMON_PART = 3.3, 4.5
"""Zipf frequencies under which a word may be two, and from which the rarer one of these may be meant.

Of the 15 800 words of the statements of the benchmark that were looked at, none is asked about by them.
"""

KNOWN_SHORT = 3.5
"""Zipf frequency from which three letters are a word."""

LEAST_LETTERS = 4
"""Letters of a word that may be misread: shorter ones are too like others."""

_OF_NAMES = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
"""A word of a name, in which a letter may have been read as a figure."""

FEWEST_IN_ORDER, IN_ORDER, SORTED_BY = 8, 0.8, 3
"""Names, and share of them, that show a list to be in alphabetical order; letters by which it is seen."""

ANEW = 0.2
"""Share of the names, at most, that stand after the others because of their first letter."""

ENDING = 3
"""Letters in which a word may end one way or another."""

SURER = 2
"""More than so many times as often as another must a spelling stand in the text for it not to be questioned."""

ACCENTED_AS = {"a", "u"}
"""Letters that one with an accent is read as by turns ("ú", "ü"), though they do not print alike."""

UNLISTED = 3.0
"""Zipf frequency under which a word with a capital is a name of the document's own."""

LEAST_IN_NAME = 6
"""Letters of a word of a name that may be misread: names have many words of their own."""

_EDGE_SIGNS = re.compile(r"^[^\w\s\"'“‘’«(\[„¿¡#@&]|(?:\s(?:[^\w\s\"'”’»)\]]|[a-zß-ÿÀ-ÖØ-Þ])|[-–—=:;,~_|<>])$")
"""A sign at the head of a name that opens nothing; one at its end that closes nothing, or a letter by itself."""

_MIXED_CASE = re.compile(r"(?:[A-Z][a-z]?){2,}|[A-Z]{1,2}[a-z]?[:\]}|]")
"""Capitals amid small letters as in no word."""

_LONE_CAPITAL = re.compile(r"[A-Z] (?=[A-ZÀ-Þ][a-zß-ÿ])")
"""A capital at the head of a name, which is no initial."""

_FALSE_ELISION = re.compile(r"(?<![^\W_])(?:I['’]|\[)(?=[A-ZÀ-Þ][a-zß-ÿ]|[^\W\d_]{4})[^\W\d_]++(?!\])")
"""What an article that has lost its vowel is read as: "I'École", "[Alimentation"."""

_UNEVEN_STOPS = re.compile(
    r"(?<![\w.])(?:[A-ZÀ-Þ]\.)*+(?:[A-ZÀ-Þ]{2,3}\.(?:[A-ZÀ-Þ]{1,3}\.)+|(?<=\.)[A-ZÀ-Þ]{2,3}\.)(?!\w)"
)
"""An abbreviation of capitals with stops, of which two have lost the stop between them."""

_JOINED = re.compile(r"(?<![\w.@/:-])(?:\d{2,4}|[^\W\d_]{3,})[.;:!?][^\W\d_a-zß-ÿ][a-zß-ÿ]+(?![\w@/]|\.\w)")
"""The end of a sentence and the capital of the next one, without the space between them."""


def garbled_line(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """Much of a line of the scan is no text: a stamp or a running title was printed over it."""
    tokens = marker(line.text)[1].split()
    if not evidence.lexicon.available or len(tokens) <= _FEW:
        return
    odd = _odd(tokens, evidence)
    names = sum(token.istitle() for token in odd)  # a word of no list that is written like a name may be one
    much = len(odd) - names >= _RUN and len(odd) >= MOST_ODD * len(tokens)
    # What is printed over a line parts it from the others.
    apart = line.gap is not Gap.NONE and len(odd) > max(1, names) and len(odd) >= ODD_APART * len(tokens)
    melted = any(len(token) >= LONGEST_STRANGE and token.islower() and token.isalpha() for token in odd)
    if much or apart or melted:
        yield _whole_words(line.text), GARBLED


def beside_garbled(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """A line next to one that is no text has odd words as well, or dots: what was printed over that one."""
    tokens = marker(line.text)[1].split()
    if len(tokens) > _FEW and (_odd(tokens, evidence) or any(map(_DOTS.fullmatch, tokens))):
        yield _whole_words(line.text), GARBLED


def _whole_words(text: str) -> str:
    """A line without the word at its end that goes on in the next: it is asked about by itself."""
    return text.rpartition(" ")[0] if text[-1] in HYPHENS else text


def _odd(tokens: Sequence[str], evidence: Evidence) -> list[str]:
    """The tokens that are hardly words; what is left of a word that a hyphen cuts is none that can be judged."""
    cut = tokens[0][:1].islower() and len(tokens[0]) < LONGEST_STRANGE
    return [token for token in tokens[cut:] if _is_odd(token, evidence) and token[-1] not in HYPHENS]


def garbage(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """Most words of a run are in no dictionary and nowhere else in the text."""
    if not evidence.lexicon.available:
        return
    tokens = line.text.split()
    strange = [_is_garbled(token) or _is_strange(token.strip(STOPS), evidence) for token in tokens]
    start = 0
    while True in strange[start:]:
        stop = start = strange.index(True, start)
        while any(strange[stop : stop + _NEAR]):
            stop += 1 + strange[stop : stop + _NEAR].index(True)
        if sum(strange[start:stop]) >= _RUN:
            reason = "These words are in no dictionary. Compare the line with the paper and retype it."
            yield " ".join(tokens[start:stop]), reason
        start = stop


def stray_mark(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """A sign that belongs to no word stands between two, or after a stop."""
    allowed = _BETWEEN_WORDS + evidence.writing.spaced
    tokens = line.text.split()
    if _RAISED.match(line.text) and len(tokens) > _FEW:
        yield " ".join(tokens[:2]), "A sign begins this line. Is it the mark of a footnote?"
    odd_quote = tokens.count('"') % 2
    for position, token in enumerate(tokens[1:], 1):
        stray = (token == "-" and evidence.dashes) or (token == '"' and odd_quote)
        if stray or not any(char.isalnum() or char in allowed for char in token):
            yield " ".join(tokens[position - 1 : position + 2]), "A sign stands by itself here. Is it on the paper?"
    for word in stray_calls(line.text):
        yield word, "A sign closes nothing here. Is it the mark of a footnote?"


def joined_words(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """Letters of no list are two very common words, one after the other."""
    for word in _lone_words(line.text, evidence):
        usual = evidence.lexicon.zipf(word)
        if len(word) >= SHORTEST_ODD and usual < (KNOWN_SHORT if len(word) == SHORTEST_ODD else 0.01):
            halves = [(word[:at], word[at:]) for at in range(1, len(word))]
            parted = [" ".join(each) for each in halves if all(_is_very_common(part, evidence) for part in each)]
            if len(parted) == 1:
                yield word, ARE_TWO, parted[0]
    for match in _MAY_BE_TWO.finditer(line.text) if evidence.lexicon.available else ():
        word = match[0]
        two = _parted_at_particle(word, evidence) if evidence.folded[word.lower()] <= 1 else ""
        if two:
            yield word, ARE_TWO, two
    for match in _JOINED_START.finditer(line.text) if evidence.lexicon.available else ():
        word, frequency = match[0], evidence.lexicon.zipf
        if frequency(word.lower()) or evidence.folded[word.lower()] > 1:
            continue
        parted = [
            f"{word[:at]} {word[at:]}"
            for at, (article, letters_of_word, least) in _LEAST_JOINED.items()
            if len(word) - at >= letters_of_word
            and frequency(word[:at].lower()) >= article
            and frequency(word[at:]) >= least
        ]
        if len(parted) == 1:
            yield word, ARE_TWO, parted[0]


def _parted_at_particle(word: str, evidence: Evidence) -> str:
    """A rare word as two, where the first is an article or the like, and both are far more usual than the whole.

    Word lists are made of texts that have such slips too, so that one lists a word is no proof.
    """
    frequency, lower = evidence.lexicon.zipf, word.lower()
    usual = frequency(lower)
    for at in (2, 3) if usual < HARDLY_LISTED else ():
        article, rest = frequency(lower[:at]), frequency(lower[at:])
        least = max(COMMON_PART, usual + FAR_MORE_USUAL) if len(word) - at >= LEAST_LETTERS else PARTICLE
        if article >= PARTICLE and rest >= least:
            return f"{word[:at]} {word[at:]}"
    return ""


def year_to_come(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """A year is far later than all others of the text."""
    dates = (match["year"] for match in _DATED.finditer(line.text) if not YEAR.fullmatch(match["year"]))
    before = "|".join(evidence.writing.before_year)
    far = {match["year"] for match in re.finditer(_FAR_YEAR.format(before=before), line.text) if before}
    years = (
        far
        | {match[0] for match in YEAR.finditer(line.text)}
        | {year for year in dates if not year.startswith("1")}
    )
    for year in sorted(years):
        if int(year) - FAR_YEARS > evidence.last_year or not YEAR.fullmatch(year):
            yield year, "This year lies far beyond the others of the text. Was it read right?"


def raised_unit(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """A sign stands behind a unit, where a small raised figure may stand."""
    for match in _RAISED_UNIT.finditer(line.text):
        yield match[0], "Is there a small raised figure behind this unit on the paper?"


def joined_by_sign(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """A sign stands between two words of the language, which no apostrophe joins in it."""
    for match in _JOINED_BY_SIGN.finditer(line.text) if not evidence.writing.elided else ():
        words, usual = match.groups(), evidence.lexicon.zipf
        if evidence.folded[match[0].lower()] <= 1 and all(usual(word.lower()) >= COMMON for word in words):
            yield match[0], "A sign stands between these words. Is it on the paper?", " ".join(words)


def joined_unit(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """A unit after a number has run together with the word after it."""
    for match in _UNIT.finditer(line.text):
        parts = f"{match['unit']} {match['next']}"
        known = evidence.folded[match["word"]] > 1 or evidence.lexicon.zipf(match["word"]) >= COMMON
        if evidence.lexicon.zipf(match["next"]) >= COMMON_SHORT and not known:
            yield match["word"], ARE_TWO, parts


def number_and_word(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """A number has run together with the common word after it."""
    for match in _NUMBER_AND_WORD.finditer(line.text):
        if evidence.lexicon.zipf(match["word"]) >= COMMON:
            parts = f"{match['number']} {match['word']}"
            yield match[0], "A space may be lost between this number and the word. Was it read right?", parts


def rare_before_number(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """One or two small letters that are hardly a word stand before a number, where "p." or a figure may stand."""
    for match in _BEFORE_NUMBER.finditer(line.text) if evidence.lexicon.available else ():
        word = match["word"]
        if evidence.lexicon.zipf(word) < HARDLY and evidence.folded[word] <= 1:
            yield match[0], "Letters that are hardly a word stand before this number. Was it read right?"


def lost_accent(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """A word that the language has far more often with an accent."""
    language = evidence.lexicon.language.partition("-")[0]
    for word in dict.fromkeys(filter(str.isalpha, WORD.findall(line.text) if language in LATIN_SCRIPT else ())):
        once, twice = (evidence.folded[word.lower()] <= count for count in (1, 2))
        meant = accented(word, (language,)) if twice else ""
        if meant and zipf(meant.lower(), language) < evidence.lexicon.zipf(word.lower()) + RARER:
            meant = ""  # the longer list has both
        meant = meant or (spelled_here(word, evidence) if once else "")
        if meant:
            yield word, "A scanner may have lost an accent in this word. Compare with the paper.", meant


def spelled_here(word: str, evidence: Evidence) -> str:
    """The commoner word that the document has elsewhere, and which differs by its accents only; or nothing."""
    lower = word.lower()
    usual = evidence.lexicon.zipf(lower)
    found = sisters(lower, evidence.accented) if lower.isascii() and len(lower) >= LEAST_LETTERS else ()
    common = (each for each in found if evidence.lexicon.zipf(each) > usual and len(each) == len(lower))
    return next((in_case(each, word) for each in common), "")


def never_together(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """Two words stand together as they never do, for one has an accent that it has not."""
    never = evidence.writing.never
    for match in never.finditer(line.text) if never else ():
        yield match[0], "These words hardly stand together. Is the accent on the paper?"


def lone_letter(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """A small letter that is no word of the language stands between two words."""
    for match in _LONE_LETTER.finditer(line.text) if evidence.lexicon.available else ():
        if evidence.lexicon.zipf(match["letter"]) < COMMON and match["letter"] not in UNIT_LETTERS:
            yield match[0], "A letter stands by itself here. Is it on the paper?"


def _is_very_common(word: str, evidence: Evidence) -> bool:
    return evidence.lexicon.zipf(word) >= (COMMON_SHORT if len(word) < SHORTEST_ODD else COMMON)


def near_word(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """A rare word that stands only once is a far more usual one, but for letters that print alike."""
    for match in WORD.finditer(line.text) if evidence.lexicon.available else ():
        word, lower = match[0], match[0].lower()
        usual = evidence.lexicon.zipf(lower)
        often = evidence.folded[lower] > 1
        if (
            not LEAST_LETTERS <= len(word) <= LONGEST_WORD
            or word.isupper()
            or (often and (usual or evidence.folded[lower] > OFTEN_MISREAD))
        ):
            continue
        if usual >= (KNOWN if word.islower() else 0.01):
            continue
        best, how = _most_usual_lookalike(word, evidence.lexicon.zipf)
        if often and len(best) == len(word):
            continue  # a name of the document's own
        if how >= max(usual + FAR_MORE_USUAL, COMMON_NEAR):
            yield word, "A far more usual word prints nearly like this one. Which is on the paper?", best


def short_near_word(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """A few small letters are hardly a word, stand only once, and print like a very common one."""
    for match in _SHORT_WORD.finditer(line.text) if evidence.lexicon.available else ():
        word = match[0]
        usual = evidence.lexicon.zipf(word)
        hardly, common = _SHORT_USUAL[len(word)]
        if usual >= hardly or evidence.folded[word] > 1:
            continue
        best, how = _most_usual_lookalike(word, evidence.lexicon.zipf)
        if how >= common:
            yield word, "A far more usual word prints nearly like this one. Which is on the paper?", best


def lone_capital(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """A sentence begins with a letter that is no word of the language."""
    for match in _BEGINS_ALONE.finditer(line.text) if evidence.lexicon.available else ():
        if evidence.lexicon.zipf(match["letter"].lower()) < COMMON_SHORT:
            yield match[0], "A letter stands by itself here. Is it on the paper?"


def letter_too_many(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """A rare word that stands only once is a very common one but for a letter within it."""
    for word in WORD.findall(line.text) if evidence.lexicon.available else ():
        lower = word.lower()
        usual = evidence.lexicon.zipf(lower)
        if not LEAST_LETTERS <= len(word) <= LONGEST_JUDGED or not lower.isalpha() or word.isupper():
            continue
        if not 0 < usual < COMMON_NEAR or evidence.folded[lower] > 1:
            continue
        best = max(_with_a_letter_more_or_less(lower, evidence), key=evidence.lexicon.zipf)
        if evidence.lexicon.zipf(best) >= max(usual + FAR_MORE_USUAL, COMMONER_NEAR):
            likely = best.capitalize() if word[0].isupper() else best
            yield word, "A far more usual word has one letter more or less. Which is on the paper?", likely


def _with_a_letter_more_or_less(word: str, evidence: Evidence) -> Iterator[str]:
    """The words that one is with a letter less, or with one more within it."""
    places = range(1, len(word))
    yield from (word[:at] + word[at + 1 :] for at in places if at + 1 < len(word) or word[at] == word[at - 1])
    own = [letter for letter in letters(evidence.lexicon.language.partition("-")[0]) if letter.isalpha()]
    yield from (word[:at] + letter + word[at:] for at in places for letter in own)


def _lookalikes(word: str) -> Iterator[str]:
    """What a word may have been read for: with letters in one place that print like these."""
    for seen, meant in LOOKALIKES:
        at = word.find(seen)
        while at >= 0:
            yield word[:at] + meant + word[at + len(seen) :]
            at = word.find(seen, at + 1)


def _most_usual_lookalike(word: str, usual: Callable[[str], float]) -> tuple[str, float]:
    """The most usual of the words that one may have been read for, and how usual it is (Zipf)."""
    near = {each: usual(each.lower()) for each in _lookalikes(word)}
    best = max(near, key=lambda each: near[each], default="")
    return best, near.get(best, 0.0)


def strange_word(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """A word in small letters that is in no dictionary and stands only once may be misread."""
    for word in _lone_words(line.text, evidence):
        if len(word) >= LEAST_LETTERS and _is_strange(word, evidence):
            yield word, "The word is in no dictionary and stands only here. Was it read right?"


def _lone_words(text: str, evidence: Evidence) -> Iterator[str]:
    """The words in small letters that stand only once, but those in addresses and compounds."""
    for match in WORD.finditer(text) if evidence.lexicon.available else ():
        word = match[0]
        if len(word) > LONGEST_WORD or not word.islower() or evidence.folded[word] > 1:
            continue
        compound = text[match.end() : match.end() + 1] == "-" or text[max(0, match.start() - 1)] == "-"
        ahead = text[max(0, match.start() - LONGEST_WORD) : match.start()].rpartition(" ")[2]
        behind = text[match.end() : match.end() + LONGEST_WORD]
        address = re.search(r"[/@.]\S*$", ahead) or re.match(r"\S*(?:@|\.\w)", behind)
        if not compound and not address:
            yield word


def mixed_word(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """Letters and digits that print alike stand in one word."""
    for match in _MIXED.finditer(line.text):
        yield match[0], "Letters and digits are mixed in this word. Which of them are on the paper?"
    for match in _CURRENCY.finditer(line.text):
        yield match[0], "Is this a currency? Compare its sign with the paper.", "US$"


def joined_sentences(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """Two sentences meet without a space."""
    for match in _JOINED.finditer(line.text):
        yield match[0], "Is there a space on the paper after the stop?"


def stop_inside(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """A sentence or a number goes on after a stop."""
    for match in _STOPPED.finditer(line.text):
        if evidence.lexicon.zipf(match[1].lower()) >= KNOWN and match[2].islower():
            yield match[0], "After this stop no sentence begins. Is it on the paper?"
    for match in _DOTTED.finditer(line.text):
        if all(evidence.lexicon.zipf(part) >= COMMON_NEAR for part in match.groups()):
            yield match[0], "Is there a stop between these words on the paper, or a space?"
    for match in (*_LOWER_QUOTE.finditer(line.text), *_LOWER_OPENING.finditer(line.text)):
        yield match[0].strip(), "A sentence begins with a small letter here. Was it read right?"
    for match in _DASH_AFTER_STOP.finditer(line.text):
        yield match[0], "A dash stands between two sentences. Is it on the paper?"
    for match in _PARTED_NUMBER.finditer(line.text):
        yield match[0], "Is this one number? Compare it with the paper."
    if evidence.writing.ordinals:
        for match in _STOPPED_NUMBER.finditer(line.text):
            yield match[0], "After this number a sentence goes on. Is there a raised letter on the paper?"


def unopened(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """A question mark that closes no question, by the language's or the document's own way to set it."""
    for match in re.finditer(r"(?<!\S)\S*[^\W\d_][?!](?=\s|$)", line.text):
        before = line.text[: match.end()]
        unmatched = any(
            match[0].endswith(mark) and before.count(sign) < before.count(mark)
            for sign, mark in evidence.writing.opened
        )
        if unmatched or evidence.spaced_marks:
            yield match[0], "This sign is not set like a question mark. Is it the mark of a footnote?"


def capital_inside(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """A word that the language has often begins with a capital amid small letters, and stands so only here."""
    if not evidence.lexicon.available or evidence.writing.nouns:
        return
    calendar = calendar_of(evidence.lexicon.language)
    for match in _MONTH.finditer(line.text):
        if match["word"] not in calendar and match["word"].lower() in calendar:
            yield match["word"], "This word begins with a capital within a sentence. Is it so on the paper?"
    for match in _CAPITAL_INSIDE.finditer(line.text):
        if match["word"] in calendar:
            continue
        usual = evidence.lexicon.zipf(match["word"].lower())
        before = match["before"]
        institution = before.isdigit() or evidence.lexicon.zipf(before.lower()) >= PARTICLE
        month = before.isdigit() and match.start() and usual >= OFTEN
        once = evidence.vocabulary[match["word"]] <= 1 and before.islower()
        small = evidence.folded[match["word"].lower()] > evidence.vocabulary[match["word"]]
        short = len(match["word"]) <= SHORTEST_ODD and line.text[match.end() : match.end() + 1] == "."
        if usual >= VERY_OFTEN or month or (once and not institution and not short and (small or usual >= OFTEN)):
            yield match["word"], "This word begins with a capital within a sentence. Is it so on the paper?"


def capitals_amid(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """Two capitals begin a word that no list has, or a word of a line in capitals is in no list."""
    if not evidence.lexicon.available:
        return
    for match in _TWO_CAPITALS.finditer(line.text):
        usual = evidence.lexicon.zipf(match[0].lower())
        if usual < (KNOWN if match[0].startswith("II") else 0.01) and evidence.folded[match[0].lower()] <= 1:
            yield match[0], "Two capitals begin this word, which is in no dictionary. Was it read right?"
    for match in _CAPITALS_BESIDE.finditer(line.text):
        if evidence.lexicon.zipf(match[0].lower()) >= VERY_OFTEN:
            yield match[0], "Capitals stand amid small letters here. Are they on the paper?"
    for match in _AFTER_NAME.finditer(line.text):
        if line.text[: match.start()].split()[-1].istitle() and evidence.lexicon.zipf("il") < COMMON_SHORT:
            yield line.text[: match.end()].split()[-2] + " Il", "Is this a numeral on the paper?"
    if line.text.isupper():
        for word in WORD.findall(line.text):
            if len(word) >= LEAST_CAPITALS and _is_strange(word, evidence):
                yield word, "The word is in no dictionary and stands only here. Was it read right?"
            elif len(word) == SHORTEST_ODD and _is_misread_capitals(word, evidence):
                yield word, "A far more usual word prints nearly like this one. Which is on the paper?"


def _is_misread_capitals(word: str, evidence: Evidence) -> bool:
    """Whether a few capitals are no word, and print like very common one in capitals."""
    lower = word.lower()
    if evidence.lexicon.zipf(lower) >= KNOWN or evidence.folded[lower] > 1:
        return False
    return _most_usual_lookalike(word, evidence.lexicon.zipf)[1] >= COMMON_SHORT


def hyphen_inside(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """A word ends with a hyphen within a line, and no "and" or "or" follows."""
    found = {match.start(): match for match in _HYPHEN_INSIDE.finditer(line.text)}
    asides = list(_ASIDE.finditer(line.text)) if found else []
    closing = {close.start() for opening, close in pairwise(asides) if opening["opens"] and not close["opens"]}
    for match in found.values():
        word, _, _ = match[0].partition("- ")
        joins = evidence.lexicon.zipf(match["next"].strip(STOPS).lower()) >= JOINS_PARTS
        if match.start() + len(word) not in closing and not joins:
            yield match[0], "A word ends with a hyphen here. What follows it on the paper?"


def broken_address(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """A space stands inside an address."""
    for match in _BROKEN_ADDRESS.finditer(line.text):
        yield match[0], "Is there a space inside this address on the paper?"
    for match in _CAPITAL_IN_ADDRESS.finditer(line.text):
        likely = f"{match['name']}@{match['host']}"
        yield match[0], "A capital stands inside this address. Is it another sign on the paper?", likely


def odd_words(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """Two words that are hardly any stand near each other."""
    if not evidence.lexicon.available:
        return
    tokens = line.text.split()
    odd = [at for at, token in enumerate(tokens) if at and (_is_odd(token, evidence) or _DOTS.fullmatch(token))]
    stop = 0
    for first, second in pairwise(odd):
        named = tokens[first].istitle() + tokens[second].istitle()  # a word of no list that is written like a name
        if first >= stop and (second - first <= ODD_NEAR if not named else named == 1 == second - first):
            stop = second + ODD_NEAR
            yield (
                " ".join(tokens[max(0, first - 1) : stop]),
                "Words here are hardly any. Compare the line with the paper and retype it.",
            )


def endless_word(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """A word too long to be one."""
    for word in line.text.split():
        if len(word) > LONGEST_WORD:
            yield f"{word[:40]}…", f"A word of {len(word)} letters cannot be set. Were the spaces lost?"


def replacement_character(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """The decoder lost a character."""
    if "\N{REPLACEMENT CHARACTER}" in line.text:
        words = [word for word in line.text.split() if "\N{REPLACEMENT CHARACTER}" in word]
        yield " ".join(words), "A character was lost when the file was made. Retype it from the paper."


def guessed_letter(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """The encoding was detected, and no dictionary has this word with its accents."""
    if not evidence.decoded:
        return
    for match in WORD.finditer(line.text):
        word = re.sub(r"[’']s?$", "", match[0])
        if word.isascii() or word.lower() in accented_words() or evidence.lexicon.zipf(word) > 0:
            continue
        if "LATIN" in unicodedata.name(next(c for c in word if not c.isascii()), ""):
            yield match[0], "The file's encoding was guessed. Are these the letters on the paper?"


def columns_as_one(blocks: Sequence[Line], evidence: Evidence) -> Iterator[Doubt]:
    """Numbered lines that hold another number, and those between them: columns were read across."""
    flagged = [at for at, block in enumerate(blocks) if _TWO_NUMBERS.match(block.text)]
    reason = "Two numbered lines may stand here as one. Were columns read across?"
    near = {at for first, last in pairwise(flagged) if last - first <= NEIGHBOURS for at in range(first, last + 1)}
    for block in (blocks[at] for at in sorted(near)):
        if not evidence.is_settled(block.first, block.last, block.text):
            yield Doubt(block.lines, block.text, reason)


def lone_markers(blocks: Sequence[Line], evidence: Evidence) -> Iterator[Doubt]:
    """A bullet without a list, figures or signs without words, or capitals before small letters, below a colon."""
    marked = [bool(BULLETED.fullmatch(block.text)) for block in blocks]
    for at, block in enumerate(blocks):
        beside = marked[max(0, at - 1) : at] + marked[at + 1 : at + 2]
        led = at > 0 and _LEADS_ON.search(blocks[at - 1].text)
        begins = " ".join(block.text.split(maxsplit=3)[:3])
        if marked[at] and not led and not any(beside):
            reason = "A bullet stands here without a list. Is it the mark of a footnote, or dirt?"
        elif led and (found := _NO_MARKER.match(block.text)) and evidence.vocabulary[found["capitals"]] <= 1:
            reason = "This begins like no item. Which number or sign does it begin with?"
        elif not marked[at] and not any(letter.isalpha() for letter in block.text):
            reason = "No word stands here. Does this number what stands elsewhere, or is it a folio or dirt?"
        else:
            continue
        if not evidence.is_settled(block.first, block.last, begins):
            yield Doubt(block.lines, begins, reason)


def open_notes(blocks: Sequence[Line], evidence: Evidence) -> Iterator[Doubt]:
    """A note without a stop, where others have one: what stands last was a stop, a page's number, or half of it."""
    notes = [block for block in blocks if RAISED_NOTE.match(block.text)]
    unended = [note for note in notes if not TERMINAL.search(note.text)]
    if len(unended) > len(notes) / 2:
        return
    for note in unended:
        last = note.text.split()[-1]
        if not evidence.is_settled(note.first, note.last, last):
            yield Doubt(note.lines, last, "Other notes end with a stop. How does this one end on the paper?")


def lost_accents(names: Sequence[Line], evidence: Evidence) -> Iterator[Doubt]:
    """Names of which a word is a common one in the name's language, but for its accents.

    Where there are some, a word that no language has may have lost an accent, too, or one in capitals beside them,
    and nothing but the paper can tell. Names that stand near each other in the scan are one doubt, to be compared
    with it at one look.
    """
    read = [_with_accents(line.text, evidence) for line in names]
    lost = [as_meant != line.text for line, as_meant in zip(names, read, strict=True)]
    is_usual = sum(lost) >= SOME
    asked = [
        at
        for at, line in enumerate(names)
        if (lost[at] or (is_usual and _has_unlisted_word(line, evidence)))
        and not evidence.is_settled(line.first, line.last, unnumbered(line.text))
    ]
    groups: list[range] = []
    for at in asked:
        above = groups[-1].stop - 1 if groups else None
        near = above is not None and at - above <= NEIGHBOURS and _follow(names[above : at + 1])
        groups[-1:] = [range(groups[-1].start, at + 1)] if near else [*groups[-1:], range(at, at + 1)]
    for group in (_with_capitals(group, names, evidence) for group in groups) if is_usual else groups:
        lines = (names[group.start].first, names[group.stop - 1].last)
        alone = len(group) == 1
        seen, likely = (
            "\n".join(unnumbered(text) if alone else text for text in texts[group.start : group.stop])
            for texts in ([line.text for line in names], read)
        )
        what = "this name" if alone else "these names"
        reason = f"A scanner may have lost an accent in {what}. Compare with the paper."
        yield Doubt(lines, seen, reason, likely if likely != seen else None)


def _with_capitals(group: range, names: Sequence[Line], evidence: Evidence) -> range:
    """The group with the names right above and below it that have a word in capitals that may lack its accent."""
    above = names[group.start - 1 : group.start + 1] if group.start else ()
    below = names[group.stop - 1 : group.stop + 1]
    wider_above = len(above) > 1 and _follow(above) and _may_lack_accent(above[0], evidence)
    wider_below = len(below) > 1 and _follow(below) and _may_lack_accent(below[1], evidence)
    return range(group.start - wider_above, group.stop + wider_below)


def _may_lack_accent(name: Line, evidence: Evidence) -> bool:
    """Whether some language has a word of a name, which is in capitals, with an accent: that alone says little."""
    if evidence.is_settled(name.first, name.last, unnumbered(name.text)):
        return False
    capitals = (word for word in _OF_NAMES.findall(unnumbered(name.text)) if word.isupper())
    long = (word.lower() for word in capitals if len(word) >= LEAST_IN_NAME)
    return any(accented(word, (tongue,)) for word in long for tongue in LATIN_SCRIPT)


def _has_unlisted_word(name: Line, evidence: Evidence) -> bool:
    """Whether a word of a name, without an accent, is one that no language of the Latin script has."""
    return any(
        word.isascii() and len(word) >= LEAST_IN_NAME and not word.isupper() and _is_of_no_list(word, evidence)
        for word in _OF_NAMES.findall(unnumbered(name.text))
    )


def out_of_order(names: Sequence[Line], evidence: Evidence) -> Iterator[Doubt]:
    """Names that begin with a short word without which they are in their place in the order of the alphabet."""
    keys = [_alphabetical(unnumbered(line.text)) for line in names]
    kept = _longest_rise(keys)
    if len(names) < FEWEST_IN_ORDER or len(kept) < IN_ORDER * len(names):
        return
    reason = "Without its first word, this name is in its place in the alphabet. Is that word on the paper?"
    above = ""
    for at, line in enumerate(names):
        if at in kept:
            above = keys[at]
            continue
        below = next((keys[place] for place in range(at + 1, len(keys)) if place in kept), "\uffff")
        name = unnumbered(line.text)
        first, _, rest = name.partition(" ")
        is_open = not evidence.is_settled(line.first, line.last, name)
        if is_open and len(first) <= SHORTEST_ODD and above <= _alphabetical(rest) <= below:
            yield Doubt(line.lines, name, reason, rest)


def begun_anew(names: Sequence[Line], evidence: Evidence) -> Iterator[Doubt]:
    """The last names of a list begin its alphabet again, as names do whose first letter has an accent.

    Where a machine sorts them, "Ö" comes after "Z". Their first words are asked about wherever they stand.
    """
    keys = [_alphabetical(unnumbered(line.text)) for line in names]
    start = max(range(len(keys)), key=lambda at: (keys[at], at), default=0) + 1
    if start < FEWEST_IN_ORDER or not 1 < len(keys) - start <= ANEW * len(keys):
        return
    if len(_longest_rise(keys[:start])) < IN_ORDER * start:
        return
    first = [WORD.match(unnumbered(line.text)) for line in names[start:]]
    own = [
        match[0] for match in first if match and len(match[0]) > SHORTEST_ODD and _is_of_no_list(match[0], evidence)
    ]
    if 2 * len(own) < len(first):
        return  # names that were added later
    reason = (
        "The alphabet begins again with this name, as it does with accents. Does this word have one on the paper?"
    )
    asked = set(own)
    for line in names:
        for word in dict.fromkeys(WORD.findall(unnumbered(line.text))):
            if word in asked and not evidence.is_settled(line.first, line.last, word):
                yield Doubt(line.lines, word, reason)


def _is_of_no_list(word: str, evidence: Evidence) -> bool:
    """Whether no language has a word."""
    lower = word.lower()
    return not evidence.lexicon.zipf(lower) and not any(zipf(lower, tongue) for tongue in LATIN_SCRIPT)


def _alphabetical(name: str) -> str:
    """What a name is sorted by: its first letters, without accents and signs."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(filter(str.isalnum, plain))[:SORTED_BY]


def _longest_rise(keys: Sequence[str]) -> frozenset[int]:
    """Positions of the most keys that rise, or stay, from each to the next."""
    ends: list[str] = []  # the least key that ends a rise of each length
    at_end: list[int] = []
    above: list[int] = []
    for at, key in enumerate(keys):
        length = bisect_right(ends, key)
        above.append(at_end[length - 1] if length else -1)
        ends[length : length + 1] = [key]
        at_end[length : length + 1] = [at]
    found = []
    at = at_end[-1] if at_end else -1
    while at >= 0:
        found.append(at)
        at = above[at]
    return frozenset(found)


def other_spellings(lines: Sequence[Line], evidence: Evidence) -> Iterator[Doubt]:
    """Names of places and people that no list has, and that stand in the text with one letter different as well.

    The more frequent spelling is taken for the right one, but not where there are several others: then the scanner
    does not know the letter that is printed.
    """
    counts = Counter(word for line in lines for word in WORD.findall(line.text) if _is_own_word(word, evidence))
    alike: dict[str, list[str]] = {}
    for word in counts:
        plain = without_accents(word.casefold())
        for key in {plain, *(plain[:at] + plain[at + 1 :] for at in range(len(plain)))}:
            alike.setdefault(key, []).append(word)
    others: dict[str, set[str]] = {}
    for group in alike.values():
        for word, other in permutations(group, 2):
            if not (word + other).islower() and _may_be_one(word, other):
                others.setdefault(word, set()).add(other)
    asked = {
        word
        for word, found in others.items()
        if len(found) > 1 or counts[word] <= SURER * max(counts[other] for other in found)
    }
    reason = "This name is spelled otherwise elsewhere in the text. Compare both with the paper."
    for line in lines if asked else ():
        for word in dict.fromkeys(WORD.findall(line.text)):
            if word in asked and not evidence.is_settled(line.first, line.last, word):
                yield Doubt(line.lines, word, reason)


def _is_own_word(word: str, evidence: Evidence) -> bool:
    """Whether a word is a name of the document's own: capitalised, and in no list."""
    usual = evidence.lexicon.zipf(word.lower())
    return LEAST_IN_NAME <= len(word) <= LONGEST_WORD and (usual < UNLISTED if word[:1].isupper() else not usual)


def _may_be_one(one: str, other: str) -> bool:
    """Whether two words are the same but for accents, a letter that is missing, or one that prints alike.

    What differs at their ends only is the same word in another case or number.
    """
    if one.isupper() != other.isupper() or one.casefold() == other.casefold():
        return False
    plain = [without_accents(word.casefold()) for word in (one, other)]
    if plain[0] == plain[1]:
        return True
    ending = max(map(len, plain)) - ENDING
    if plain[0][:ending] == plain[1][:ending] or OSA.distance(*plain) > 1:
        return False
    if len(plain[0]) != len(plain[1]) or any(plain[0] == each.casefold() for each in _lookalikes(plain[1])):
        return True
    return next(({a, b} for a, b in zip(*plain, strict=True) if a != b), set()) == ACCENTED_AS


def by_cause(doubts: Iterable[Doubt]) -> Iterator[Doubt]:
    """The same doubts, but what is asked in the same words of several places is one doubt about them all."""
    causes: dict[str, list[Doubt]] = {}
    for doubt in doubts:
        causes.setdefault(doubt.reason, []).append(doubt)
    for reason, asked in causes.items():
        for start in range(0, len(asked), MOST_PLACES):
            places = tuple(sorted(asked[start : start + MOST_PLACES], key=lambda place: place.lines))
            lines = (places[0].lines[0], max(place.lines[1] for place in places))
            text = "\n".join(place.text for place in places)
            yield Doubt(lines, text, reason, places=places) if len(places) > 1 else places[0]


def _follow(names: Sequence[Line]) -> bool:
    """Whether each name stands in the scan right below the one before it."""
    return all(0 < below.first - above.last <= 2 for above, below in pairwise(names))


def _with_accents(text: str, evidence: Evidence) -> str:
    """A name, under its number, with the accents that it most likely has on paper."""
    name = unnumbered(text)
    words = _OF_NAMES.findall(name)
    language = evidence.lexicon.language
    tongues = likely_languages(words, language)
    meant = {
        word: accented(word, tongues, language)
        or accented_here(word, evidence.accented, tongues)
        or accented_beside(word, words, language)
        for word in words
    }
    return text.removesuffix(name) + _OF_NAMES.sub(lambda found: meant[found[0]] or found[0], name)


def edge_of_name(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """A name begins or ends with a sign, as no name does, or begins with a small letter."""
    name = unnumbered(line.text)
    if _EDGE_SIGNS.search(name):
        yield name, "A sign stands at the edge of this name. Is it on the paper, and is the name whole?"
    elif name[:1].islower() and name.partition(" ")[0].islower():
        yield name, "This name begins with a small letter. Is it whole, and does it begin here?"
    elif _LONE_CAPITAL.match(name) and evidence.lexicon.zipf(name[0].lower()) < VERY_OFTEN:
        yield name, "A letter stands by itself at the head of this name. Is it on the paper?"
    elif _is_unclosed(name):
        yield name, "A bracket or a quotation mark in this name has no other. Is the name whole?"
    elif _is_dirt(name):
        yield name, "This is hardly a name. Is it dirt on the paper?"


def _is_unclosed(name: str) -> bool:
    """Whether a bracket or a quotation mark stands in a name without the one that it belongs to."""
    return any(name.count(opens) != name.count(closes) for opens, closes in ("()", "[]", "{}", "«»", "“”"))


def _is_dirt(name: str) -> bool:
    """Whether a name is a few tokens with capitals and small letters by turns, or with a sign, and capitals."""
    tokens = name.split()
    mixed = [bool(_MIXED_CASE.fullmatch(token)) and not token.isupper() for token in tokens[: _FEW + 1]]
    return len(tokens) <= _FEW and any(mixed) and all(m or t.isupper() for m, t in zip(mixed, tokens, strict=True))


def capitals_in_name(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """Capitals of no list stand within a name of other letters, and nowhere else."""
    name = unnumbered(line.text)
    for match in _CAPITALS_IN_NAME.finditer(name):
        word = match["word"]
        if not evidence.lexicon.zipf(word.lower()) and evidence.folded[word.lower()] <= 1 and not name.isupper():
            yield name, "Capitals that are no word stand in this name. Are they on the paper?"


def foreign_letter(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """A word is in no list of any language, and has a letter that the statement's language does not write."""
    own = letters(evidence.lexicon.language.partition("-")[0])
    for word in _OF_NAMES.findall(unnumbered(line.text)) if evidence.lexicon.available else ():
        if not own.issuperset(_LATIN_BEYOND_ASCII.findall(word.lower())) and _is_of_no_list(word, evidence):
            yield word, "No language has this word with this accent. Is it so on the paper?"


def misread_in_name(line: Line, evidence: Evidence) -> Iterator[Asked]:
    """A word of a name is in no list, and prints like a common word of the name's language; or has uneven stops."""
    name = unnumbered(line.text)
    for match in _UNEVEN_STOPS.finditer(name):
        yield match[0], "Some letters of this abbreviation have a stop and some have none. Was it read right?"
    for match in _FALSE_ELISION.finditer(name):
        yield match[0], "A letter before this word looks misread. Is it an article that lost its vowel?"
    words = _OF_NAMES.findall(name)
    rare = [word for word in words if _is_rare_in_name(word, evidence)]
    tongues = likely_languages(words, evidence.lexicon.language) if rare else ()

    def usual(word: str) -> float:
        return max((zipf(word, tongue) for tongue in tongues), default=0.0)

    for word in rare:
        best, how = ("", 0.0) if usual(word.lower()) else _most_usual_lookalike(word, usual)
        if how >= COMMON_NEAR:
            yield word, "A common word prints nearly like this one of a name. Which is on the paper?", best


def _is_rare_in_name(word: str, evidence: Evidence) -> bool:
    """Whether a word of a name is long enough to be judged, stands only here, and the language has it not."""
    lower = word.lower()
    judged = len(word) >= LEAST_IN_NAME and not word.isupper()
    return judged and evidence.folded[lower] <= 1 and not evidence.lexicon.zipf(lower)


def about_lines(lines: Sequence[Line], evidence: Evidence) -> Iterator[tuple[Line, Question]]:
    """What is asked about the lines of a block that is no name, before the block itself."""
    garbled = {at for at, line in enumerate(lines) if any(True for _ in garbled_line(line, evidence))}
    for at, line in enumerate(lines):
        if at in garbled:
            yield line, garbled_line
        elif garbled & {at - 1, at + 1}:
            yield line, beside_garbled


QUESTIONS: tuple[Question, ...] = (
    garbage,
    stray_mark,
    joined_words,
    near_word,
    short_near_word,
    lone_capital,
    letter_too_many,
    strange_word,
    mixed_word,
    joined_sentences,
    stop_inside,
    unopened,
    capital_inside,
    capitals_amid,
    hyphen_inside,
    broken_address,
    odd_words,
    year_to_come,
    joined_unit,
    raised_unit,
    joined_by_sign,
    number_and_word,
    rare_before_number,
    lost_accent,
    never_together,
    lone_letter,
    endless_word,
    replacement_character,
    guessed_letter,
)
"""What is asked about the text, in this order; a word that one question named is not asked about again."""

NAME_QUESTIONS: tuple[Question, ...] = (
    edge_of_name,
    capitals_in_name,
    foreign_letter,
    misread_in_name,
    mixed_word,
    joined_sentences,
    broken_address,
    endless_word,
    replacement_character,
    guessed_letter,
)
"""What is asked about each name beside its accents."""


TYPED_QUESTIONS: tuple[Question, ...] = (endless_word, replacement_character)
"""What is asked about the blocks of a typed text, names included: what cannot be printed right."""


def _is_garbled(token: str) -> bool:
    """Whether a token is no word at all: signs, figures or capitals stand amid small letters."""
    word = token.strip(STOPS)
    return bool(
        re.search(r"[^\W\d_][\]\[}{|@<>]|[\]\[}{|<>][^\W\d_]|[a-zß-ÿ][A-Z]{2}|[A-Z][a-zß-ÿ]+[A-Z]+[a-z]*$", word)
    )


def _is_odd(token: str, evidence: Evidence) -> bool:
    """Whether a token is hardly a word: a sign, letters among figures, letters of no list, or a rare short word."""
    word = token.strip(STOPS)
    if not any(char.isalnum() for char in word):
        return bool(word) and not any(char in _BETWEEN_WORDS for char in word)
    if word.isdigit() or not word.isalnum():
        return _is_garbled(token)
    if any(char.isdigit() for char in word):
        return bool(_MIXED.search(word)) or bool(re.fullmatch(r"[^\W\d_]+\d+[^\W\d_]*|\d[^\W\d_]", word))
    short = len(word) <= SHORTEST_ODD and evidence.folded[word.lower()] <= 1
    rare = short and len(word) > 1 and evidence.lexicon.zipf(word.lower()) < SHORT_KNOWN
    return rare or _is_garbled(token) or _is_strange(word, evidence)


def _is_strange(word: str, evidence: Evidence) -> bool:
    """Whether a word is in no list and nowhere else in the document."""
    head, _, tail = re.sub(r"[’']s?$", "", word).replace("’", "'").partition("'")
    bare = tail if len(tail) > len(head) and word.islower() else head
    parts = [part for part in re.split(r"[-/—–]", bare) if part]
    if not any(c.isalpha() for c in bare) or not parts:
        return False
    return all(evidence.lexicon.zipf(part) == 0 and evidence.folded[part.lower()] <= 1 for part in parts)
