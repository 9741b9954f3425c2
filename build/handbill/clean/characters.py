"""Rules that read one line and return it as it should read.

In: a line's text and the document's evidence. Out: the text, changed or not. Each rule is a plain
`(str, Evidence) -> str`; file order is running order; the first line of the docstring is the reason that the
ledger prints.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence

from handbill.clean.evidence import Evidence
from handbill.lexicon import KNOWN, LONGEST_LISTED
from handbill.model import Gap, Line
from handbill.numbering import NUMBERED, names_run

LineRule = Callable[[str, Evidence], str]
"""Reads one line, returns what it should read."""

TextRule = Callable[[Sequence[Line], Evidence], Mapping[int, str]]
"""Reads a whole text, and returns the lines that change."""

_LIGATURES = str.maketrans(
    {
        "\N{LATIN SMALL LIGATURE FF}": "ff",
        "\N{LATIN SMALL LIGATURE FI}": "fi",
        "\N{LATIN SMALL LIGATURE FL}": "fl",
        "\N{LATIN SMALL LIGATURE FFI}": "ffi",
        "\N{LATIN SMALL LIGATURE FFL}": "ffl",
        "\N{LATIN SMALL LIGATURE LONG S T}": "st",
        "\N{LATIN SMALL LIGATURE ST}": "st",
    }
)

_INVISIBLE = dict.fromkeys(
    [
        ord("\N{ZERO WIDTH NO-BREAK SPACE}"),
        ord("\N{LEFT-TO-RIGHT EMBEDDING}"),
        ord("\N{RIGHT-TO-LEFT EMBEDDING}"),
        ord("\N{POP DIRECTIONAL FORMATTING}"),
        ord("\N{LEFT-TO-RIGHT OVERRIDE}"),
        ord("\N{RIGHT-TO-LEFT OVERRIDE}"),
        ord("\N{LEFT-TO-RIGHT ISOLATE}"),
        ord("\N{RIGHT-TO-LEFT ISOLATE}"),
        ord("\N{FIRST STRONG ISOLATE}"),
        ord("\N{POP DIRECTIONAL ISOLATE}"),
        ord("\N{OBJECT REPLACEMENT CHARACTER}"),
    ]
)

_SPACES = re.compile(
    "[\t\v\f \N{NO-BREAK SPACE}\N{EN QUAD}-\N{HAIR SPACE}\N{NARROW NO-BREAK SPACE}"
    "\N{MEDIUM MATHEMATICAL SPACE}\N{IDEOGRAPHIC SPACE}]+"
)

_PAIRS = (
    ("I", "l"),
    ("l", "I"),
    ("1", "l"),
    ("1", "I"),
    ("|", "l"),
    ("|", "I"),
    ("0", "o"),
    ("0", "O"),
    ("é", "ó"),
)
"""Letters that print alike, as read and as meant; safe in any word."""

_WIDE_PAIRS = (("rn", "m"), ("m", "rn"), ("vv", "w"), ("cl", "d"), ("ii", "n"), ("tl", "d"))
"""Letters that run together; tried in common words only, since a name may well be spelled so."""

_DIGITS = str.maketrans("OolI", "0011")
_ALMOST_NUMBER = re.compile(r"(?<!\w)\d[\dOolI]*(?:,[\dOolI]{3})+(?!\w)|(?<!\w)\d[\dOolI]*\d(?!\w)")

_ADDRESS = re.compile(r"[/@]|\w\.\w")

_CAPITAL_L = re.compile(r"(?:(?<=[^\W\d_] )|(?<=[,;] ))L(?P<rest>[a-zß-ÿ]{1,2}(?= [a-zß-ÿ])|(?=['’][a-zß-ÿ]))")
"""A short word with a capital L amid words in small letters."""

PARTICLE, FEWEST_CAPITALS = 6.5, 3
"""Zipf frequency from which a short word is an article or the like; how many show that its letter is misread."""

FAR_COMMONER = 3.0
"""How much more usual a word is than what it was misread as, on the Zipf scale."""

_LIKE_NUMERO = re.compile(r"(?<![^\W_])n\.(?:[^\w\s]{1,2}|\d)(?=\s\d)")

_TOUCHING = re.compile(r"(?P<number>\d{1,2}\.)(?P<first>0(?= [a-zß-ÿ])|[A-ZÀ-Þ](?=[a-zß-ÿ]{2}| [a-zß-ÿ]))")
"""A number that begins a block and touches its text; the nought is what the article "O" is read as."""

_STROKE = re.compile(r"(?:(?<=^[“«\"])|(?<=\s[“«\"]))[|](?= [a-zß-ÿ])")
_STROKES = re.compile(r"(?:(?<=[.!?] )|(?<=\s[“«\"]))II(?= [a-zß-ÿ])")
"""Upright strokes that begin a quotation or a sentence: "I" and "Il" are such."""

_BRACKETS = re.compile(
    r"(?<!\S)(?P<opens>\{\(?|\(\{?|\[)(?P<inside>\w[^][(){}]*[\w.’'»])(?P<closes>\}\)?|\)\}?|\])(?![\w^])"
)
"""Two brackets with words between them, of whatever kinds."""

_SQUARE = ("[", "]")

_PIECE = re.compile(r"[^\W_]+|\|[^\W_]+|[^\W_]+\|[^\W_]*")


def control_characters(text: str, evidence: Evidence) -> str:
    """A control or formatting character has no place in print."""
    plain = text.translate(_INVISIBLE)
    return "".join(c for c in plain if c in "\t\f\v" or unicodedata.category(c) not in ("Cc", "Co", "Cs"))


def composed_letters(text: str, evidence: Evidence) -> str:
    """A letter and its accent are one character (Unicode normal form C)."""
    return unicodedata.normalize("NFC", text)


def ligatures(text: str, evidence: Evidence) -> str:
    """A ligature read by the scanner is two or three letters; the font makes its own."""
    return text.translate(_LIGATURES)


def spaces(text: str, evidence: Evidence) -> str:
    """Spaces at the edge of a line, and more than one between words, come from the scanner."""
    return _SPACES.sub(" ", text).strip(" ")


def underscores(text: str, evidence: Evidence) -> str:
    """An underscore between two words is a space that the scanner saw a line in."""
    return re.sub(r"\S+", lambda token: token[0] if _ADDRESS.search(token[0]) else _spaced(token[0]), text)


def _spaced(token: str) -> str:
    return re.sub(r"(?<=[^\W\d_])_+(?=[^\W\d_])", " ", token)


def soft_hyphens(text: str, evidence: Evidence) -> str:
    """A soft hyphen inside a line shows nothing and means nothing."""
    return re.sub("\N{SOFT HYPHEN}(?!$)", "", text)


def apostrophes(text: str, evidence: Evidence) -> str:
    """The document's apostrophes are typographic; the scanner read this one as a straight mark."""
    return re.sub(r"(?<=[^\W\d_])'(?=[^\W\d_])", "’", text) if evidence.curly else text


def doubled_apostrophes(text: str, evidence: Evidence) -> str:
    """An apostrophe between two letters is one mark, which the scanner read twice."""
    return re.sub(r"(?<=[^\W\d_])(?:['’]){2}(?=[^\W\d_])", lambda match: match[0][-1], text)


def elisions(text: str, evidence: Evidence) -> str:
    """No space stands after the apostrophe of a word that has lost its vowel before the next one."""
    elided = evidence.writing.elided
    begins = "(?=[aeiouyhàâäéèêëîïôöùûüœæ])"
    return re.sub(rf"\b((?:{elided})['’]) {begins}", r"\1", text, flags=re.IGNORECASE) if elided else text


def confusable_letters(text: str, evidence: Evidence) -> str:
    """The word is in no dictionary as read; with one letter that prints alike put right, it is a common word."""
    if NUMBERED.fullmatch(text):
        return text  # a name is never corrected by a dictionary
    return _PIECE.sub(lambda match: _unconfused(match[0], evidence), text)


def tildes(text: str, evidence: Evidence) -> str:
    """The word is far commoner with the letter that has a tilde, or stands so in small letters in the same text."""
    if not evidence.writing.tilde or NUMBERED.fullmatch(text):
        return text
    return _PIECE.sub(lambda match: _with_tilde(match[0], evidence), text)


def _with_tilde(word: str, evidence: Evidence) -> str:
    """The word with the letter that was lost, if one place of it, and no other, makes it the commoner word."""
    lower = word.lower()
    seen, meant = evidence.writing.capital_tilde if word.isupper() else evidence.writing.tilde
    if len(word) > LONGEST_LISTED or seen not in word or evidence.folded[lower] > 1:
        return word
    places = (match.span() for match in re.finditer(seen, word))
    made = [word[:start] + meant + word[stop:] for start, stop in places]
    usual = evidence.lexicon.zipf(lower)
    common = [each for each in made if evidence.lexicon.zipf(each.lower()) >= max(KNOWN, usual) + FAR_COMMONER]
    own = [each for each in made if word.isupper() and evidence.folded[each.lower()]]
    found = set(own or common)
    return found.pop() if len(found) == 1 else word


def capital_articles(lines: Sequence[Line], evidence: Evidence) -> Mapping[int, str]:
    """Articles begin with a capital L amid sentences, again and again: the typewriter's small l, misread."""
    names = names_run([line.text for line in lines])
    text = lines[: names.positions[0] if names else len(lines)]
    found = {
        at: [m for m in _CAPITAL_L.finditer(line.text) if _is_article(m, evidence)] for at, line in enumerate(text)
    }
    if sum(map(len, found.values())) < FEWEST_CAPITALS:
        return {}
    made: dict[int, str] = {}
    for at, matches in found.items():
        starts = {match.start() for match in matches}
        made[at] = "".join("l" if place in starts else char for place, char in enumerate(lines[at].text))
    return {at: read for at, read in made.items() if read != lines[at].text}


def _is_article(match: re.Match[str], evidence: Evidence) -> bool:
    return not match["rest"] or evidence.lexicon.zipf("l" + match["rest"]) >= PARTICLE


def pronouns(lines: Sequence[Line], evidence: Evidence) -> Mapping[int, str]:
    """A stroke or two before a small letter, where a sentence begins, are the very common word of those letters."""
    made: dict[int, str] = {}
    for pattern, meant in ((_STROKE, "I"), (_STROKES, "Il")):
        if evidence.lexicon.zipf(meant.lower()) < PARTICLE:
            continue
        for at, line in enumerate(lines):
            ahead = lines[at + 1].text[:1] if at + 1 < len(lines) else ""
            text = pattern.sub(meant, f"{line.text} {ahead}")[: -1 - len(ahead)]
            if text != line.text:
                made[at] = text
    return made


def touching_numbers(lines: Sequence[Line], evidence: Evidence) -> Mapping[int, str]:
    """A space stands between the number that begins a block and its text, which begins with a word."""
    has_o = evidence.lexicon.zipf("o") >= PARTICLE
    made: dict[int, str] = {}
    for at, line in enumerate(lines):
        match = _TOUCHING.match(line.text) if at == 0 or line.gap is not Gap.NONE else None
        if match and (match["first"] != "0" or has_o):
            first = match["first"].replace("0", "O")
            made[at] = f"{match['number']} {first}{line.text[match.end() :]}"
    return made


def round_brackets(text: str, evidence: Evidence) -> str:
    """Two brackets of which one is curly, or which are unlike, are round ones, as others of the document are."""
    return _BRACKETS.sub(_rounded, text) if evidence.round_brackets else text


def _rounded(match: re.Match[str]) -> str:
    square = (match["opens"], match["closes"]) == _SQUARE
    return match[0] if square else f"({match['inside']})"


def letters_in_numbers(text: str, evidence: Evidence) -> str:
    """Inside a number, a letter that prints like a digit is that digit."""
    return _ALMOST_NUMBER.sub(lambda match: match[0].translate(_DIGITS), text)


def numero(text: str, evidence: Evidence) -> str:
    """The raised letter of the abbreviation of "number" is small, and a scanner reads it as any sign."""
    meant = evidence.writing.numero
    return _LIKE_NUMERO.sub(meant, text) if meant else text


LINE_RULES: tuple[LineRule, ...] = (
    control_characters,
    composed_letters,
    ligatures,
    spaces,
    underscores,
    soft_hyphens,
    letters_in_numbers,
)
"""Rules that need no evidence, run on every line before anything is judged; in this order."""

TYPED_RULES: tuple[LineRule, ...] = (control_characters, composed_letters, ligatures, spaces, soft_hyphens)
"""Those of them that no scanner is the reason for: all that a typed text is read with."""

WORD_RULES: tuple[LineRule, ...] = (
    round_brackets,
    doubled_apostrophes,
    apostrophes,
    elisions,
    confusable_letters,
    tildes,
    numero,
)
"""Rules that need the document's evidence; in this order."""

TEXT_RULES: tuple[TextRule, ...] = (capital_articles, pronouns, touching_numbers)
"""Rules that read letters by what the whole text has of them."""


def _unconfused(word: str, evidence: Evidence) -> str:
    """The word, or the one common word that differs from it by letters that print alike."""
    if not _is_suspect(word, evidence):
        return word
    meant = set(_readings(word, evidence))
    return meant.pop() if len(meant) == 1 else word


def _is_suspect(word: str, evidence: Evidence) -> bool:
    """Whether a word looks misread: in no list, nowhere else in the document, and not all capitals or digits."""
    if not 3 <= len(word) <= LONGEST_LISTED or word.isupper() or word.isdigit() or not evidence.lexicon.available:
        return False
    return evidence.lexicon.zipf(word) == 0 and evidence.folded[word.lower()] <= 1


def _readings(word: str, evidence: Evidence) -> Iterator[str]:
    """The common words that one replacement makes of a suspect word."""
    pairs = _PAIRS if word[:1].isupper() and word[:1] not in "I" else _PAIRS + _WIDE_PAIRS
    for seen, meant in pairs:
        for match in re.finditer(re.escape(seen), word):
            candidate = word[: match.start()] + meant + word[match.end() :]
            plausible = candidate.islower() or candidate.istitle() or candidate.isupper()
            common = evidence.lexicon.zipf(candidate) >= KNOWN or evidence.folded[candidate.lower()] > 1
            if plausible and common:
                yield candidate
