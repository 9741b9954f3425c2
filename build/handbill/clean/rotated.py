"""Read a line that was printed upside down.

In: one line of scanned text, the document's own words and a dictionary. Out: a `Reading`, or None where the
line is not upside-down text.

Why it exists: a layout with a running title turned by 180 degrees in the margin reaches us as a line of its own
in which every word is reversed and every glyph is another one (`pue` for "and", `Jo` for "of"). It looks like
dirt, but it is printed text, and text is neither thrown away nor guessed at. The method is a noisy channel:
what would this word have to look like upside down, and how usual is the word? All costs are in nats
(minus the natural logarithm of a probability), so that they add up, and so that the reading competes on equal
terms with the other explanation, that the line is upright text we do not know.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, pairwise
from pathlib import Path

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from handbill.lexicon import WORD, following, without_accents

# How often each printed glyph, or pair of glyphs that touch, was read as what: see the file's head.
_COUNTED = Path(__file__).with_name("upside-down.tsv")
# Sightings that an accented letter borrows of the bare one; the bare one's are of what is in no row.
_SEEN_BEFORE = 3.0
_LEAST_SEEN_PAIR = 2  # a pair read as one glyph only once was aligned by chance
# A capital with two stems falls into three glyphs in scans of faces that the table was not counted with.
_SEEN_SPREAD = {"M": ("|p|", "|A|", "lAl", "IAI", "]A]", "[A]", "p|")}
_SPREAD = 3.5
_SEEN_MARKS = {  # what is seen of them hangs on the dirt beside them, not on the face
    "'": {",": 0.7, ".": 1.7, ";": 1.7, "'": 2.8, "/": 2.8, "J": 2.8, "‘": 2.8, "’": 2.8, "": 2.6},
    "-": {"-": 0.7, "–": 1.7, "—": 1.7, "=": 2.8, "_": 2.8, "~": 2.8, "": 5.0},
}
_FACE = 0.65  # power of a counted share: a face that was not counted confuses other glyphs
_UNLIKE = 5.6
_OTHER_CASE = 0.7  # a glyph on its head stands too high or too low, so its case is guessed
_CAPITAL = 0.5
_LOST = 5.0
_STRAY, _STRAY_MARK = 6.5, 3.4
_NUMBER = re.compile(r"(?<=\s)\d{1,4}(?=[\s,;:?]|$|\.(?:\s|$))")  # one at a line's beginning may count items
_LONGEST_NUMBER = 5  # glyphs that one of four figures is seen as
_NUMBER_SHARE = 0.001  # of all words, those that the document does not have
_NUMBERS = 10  # of the document that are tried
_MARKS = frozenset("‘’'\"“”,.;:-_~^`´°*|!/\\¢©®«»=+")

# Punctuation upside down: at the head of a scanned word stands what followed the printed one.
_AFTER = {
    **dict.fromkeys("‘’'`´“”\"*", ","),
    **dict.fromkeys(":;-<~.", ":"),
    **dict.fromkeys("°˙,", "."),
    "¿": "?",
}
_PUNCTUATION = 1.5
_SEAM = re.compile(r"(?<=.)[,‘’'-](?=.)")
_LONGEST_CLITIC = 3
_PARTS = re.compile(r"(['-])")

# Letters that are mistaken for one another upside down share a class, for the first selection of candidates.
_CLASSES = {"a": "aceo", "n": "nu", "m": "mw", "p": "bdpq", "g": "g", "i": "fijlrt", "y": "hkvy", "s": "sxz"}
_BY_FREQUENCY = "etaoinshrdlucmfwypvbgkqjxz"
_SPREAD_M = re.compile(r"[|lIi1\[\]T][pAaV][|lIi1\[\]T]")
_FROM_VOCABULARY, _FROM_DICTIONARY = 60, 100
_FAR = 1.5

# A word's own cost. It counts a little more than half: a frequent short word must not swallow a rare long one.
_PRIOR_WEIGHT = 0.55
_DICTIONARY_SHARE = 0.5
_UNKNOWN_WORD = 18.0
_STEM, _STEM_SHARE = 6, 0.5
_SHORT_MISREAD = 2  # letters: a word of the document as short as this, seen once, tells nothing but a misread
_UNREAD_GLYPH = 6.0

# The other explanation, upright text.
_FAMILIAR = 3.0  # Zipf: once in a million words
_PAIRS_FROM = 10_000
_WORST_PAIR, _SYMBOL_INSIDE, _SYMBOL_OUTSIDE, _CAPITAL_INSIDE = 6.0, 5.0, 3.0, 2.0
_CHANCE = 3.4  # for each glyph, if the line is mere dirt

# The three gates, cheapest first, then the decision.
_FEWEST_LETTERS = 8
_LONGEST_WORD, _LONGEST_LINE = 40, 400  # characters: no margin holds more
_MOST_SEARCHES = 600  # different words in a document; a page's title has a dozen, dirt has no end
_MOST_HOPELESS, _FOR_EACH_READ = 40, 20  # lines tried in vain, and as many more for each that could be read
_UPRIGHT_ENOUGH = 0.5
_LEAST_TURN = -0.2
_FIRST_READ, _HOPELESS = 3, -4.0
_EVEN_GAIN, _GAIN_STEP = 8.0, 3.0
_EVEN_RATE, _RATE_STEP = 0.15, 0.05
_SURE_ENOUGH = 0.5

_POOR = 2.2  # nats for each letter: worth trying whether the scanner cut or joined the word
_JOINED, _CUT = 4.0, 8.0
_OUTLIER = 16.0  # what a scan that shows another word altogether counts at most
_OUTLIER_GLYPH = 3.0  # the same for each glyph, of long words
_SAME_PRINT = 60  # likeness (Indel, per cent) of two scans of one line upside down
_FOLIOS = (
    re.compile(r"^[^\w\s]*\s?(?P<number>\d{1,3})(?:\s?/\s?\d{1,3})?(?:\s?[^\w\s]+)?\s+"),
    re.compile(r"\s+(?:[^\w\s]+\s?)?(?P<number>\d{1,3})(?:\s?/\s?\d{1,3})?\s?[^\w\s]*$"),
)
_MISREAD_FOLIOS = dict(zip(_FOLIOS, (re.compile(r"^\S{1,3}\s+"), re.compile(r"\s+\S{1,3}$")), strict=True))
_MOST_CUTS = 3  # numbers of words that a title is read with: all scans are read anew for each
_CLEAREST = 6  # different scans of a word that are read: each is held against a thousand words
_OTHERWISE_CUT = 8.0  # for each scan with other words than those that it is cut into
_TWO = 2  # scans that are alike, from which a line is a running title
_MOST_SCANS = 24  # of one title that are read together: more tell nothing new
_LIKELIEST = 12  # words for each place, of which those are taken that follow each other in the document
_NEAREST = 3  # of them, those beside which the document's words are looked for
_MOST_BESIDE = 60  # words beside one, from which it is a particle that tells nothing
_FOLLOWING_SHARE, _FOLLOWING_WEIGHT = 0.5, 1.1
_PARTICLE = 6.5  # Zipf: articles, prepositions, conjunctions, of which any may stand beside any word
_PARTICLE_WEIGHT = 0.6  # so that what follows them tells less
_SCANS_TELL = 0.35  # power of the number of scans as which so many count: most of their faults are the same
_OWN_CASE, _CAPITAL_WITHIN = 4.5, 3.0


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a reading.

    Attributes:
        seen: What the scanner wrote, upside down.
        read: What the page says, with its punctuation.
        cost: How unlike the two are, in nats for each letter: below 1.5 is a sure reading, above 2.5 a guess.
    """

    seen: str
    read: str
    cost: float


@dataclass(frozen=True, slots=True)
class Reading:
    """An upside-down line, read.

    Attributes:
        text: The printed line.
        words: The same, word by word, in printed order.
        confidence: How sure it is that the line is upside-down text, from 0.5 to 1. It says nothing of a single
            word; `Word.cost` does.
    """

    text: str
    words: tuple[Word, ...]
    confidence: float


@dataclass(frozen=True)
class PrintedWords:
    """What words there are. Make one for a document and use it for all its lines: it keeps its indexes.

    Attributes:
        vocabulary: The document's own words as they are spelled there, with their counts.
        zipf: How usual a word is in the language, on the Zipf scale; 0 for an unknown one.
        words: The language's most usual words, in lower case, the most usual first.
        texts: The document's lines.
    """

    vocabulary: Mapping[str, int]
    zipf: Callable[[str], float]
    words: Sequence[str]
    texts: Sequence[str] = ()

    def without(self, lines: Sequence[str]) -> "PrintedWords":
        """The same but for the words of some lines: misread ones would speak for themselves."""
        left_out = frozenset(lines)
        words = Counter(word for text in self.texts if text in left_out for word in WORD.findall(text))
        vocabulary = {word: count - words[word] for word, count in self.vocabulary.items() if count > words[word]}
        return replace(self, vocabulary=vocabulary, texts=[text for text in self.texts if text not in left_out])

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The numbers that the document has, with counts."""
        return Counter(number for text in self.texts for number in _NUMBER.findall(text))

    @cached_property
    def following(self) -> Mapping[str, Mapping[str, int]]:
        """For each of the document's words, in lower case, how often which word comes next."""
        return following(self.texts)

    @cached_property
    def preceding(self) -> Mapping[str, Sequence[str]]:
        """For each of the document's words, in lower case, the words that it comes after."""
        preceding: dict[str, list[str]] = {}
        for word, after in self.following.items():
            for each in after:
                preceding.setdefault(each, []).append(word)
        return preceding

    @cached_property
    def spellings(self) -> Mapping[str, str]:
        """The most usual spelling of each of the document's words, by its lower-case form."""
        ranked = sorted(self.vocabulary.items(), key=lambda entry: entry[1])
        return {word.lower(): word for word, _ in ranked if _is_word(word)}

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How often the document has each word, whatever its case."""
        counts: Counter[str] = Counter()
        for word, count in self.vocabulary.items():
            counts[word.lower()] += count
        return counts

    @cached_property
    def total(self) -> int:
        """How many words the document has."""
        return max(1, sum(self.counts.values()))

    @cached_property
    def own(self) -> tuple[list[str], list[str]]:
        """The document's words, the most usual first, and the class shape of each."""
        words = list(self.spellings)[::-1]
        return words, [_shape(word) for word in words]

    @cached_property
    def common(self) -> tuple[list[str], list[str]]:
        """The dictionary's words, and the class shape of each."""
        words = [word for word in self.words if _is_word(word)]
        return words, [_shape(word) for word in words]

    @cached_property
    def pairs(self) -> Mapping[str, float]:
        """The cost of each pair of letters in upright words; a space stands for the word's edge."""
        pairs: Counter[str] = Counter()
        heads: Counter[str] = Counter()
        for word in self.words[:_PAIRS_FROM]:
            if _is_word(word):
                edged = f" {_plain(word)} "
                pairs.update(map("".join, pairwise(edged)))
                heads.update(edged[:-1])
        return {pair: -math.log(count / heads[pair[0]]) for pair, count in pairs.items()}

    @cached_property
    def stems(self) -> Mapping[str, int]:
        """How often the document has words with the same beginning: a title inflects them its own way."""
        stems: Counter[str] = Counter()
        for word, count in self.counts.items():
            stems[word[:_STEM]] += count
        return stems

    @cached_property
    def searched(self) -> dict[str, tuple[str, float, float]]:
        """What has been found so far, for a running title comes back on every page."""
        return {}

    @cached_property
    def tried(self) -> Counter[bool]:
        """How many lines could be read, and how many not: a document of noise has no end of those."""
        return Counter()

    def share(self, word: str) -> float:
        """How much of all text a word, in lower case, is likely to be: by the document and the dictionary."""
        if word.isdecimal():
            any_number = _NUMBER_SHARE * math.exp(-len(word) * math.log(10))
            return any_number + (1 - _DICTIONARY_SHARE) * self.numbers.get(word, 0) / self.total
        kin = self.stems.get(word[:_STEM], 0) if len(word) >= _STEM else 0
        zipf = self.zipf(word)
        count = self.counts.get(word, 0)
        if count == 1 and len(word) <= _SHORT_MISREAD and zipf < _PARTICLE:
            count = 0
        own = (count + _STEM_SHARE * kin) / self.total
        common = 10 ** (zipf - 9) if zipf else 0.0
        return (1 - _DICTIONARY_SHARE) * own + _DICTIONARY_SHARE * common

    def prior(self, word: str) -> float:
        """The cost of a word, in lower case, before anything is seen of it."""
        share = self.share(word)
        return _PRIOR_WEIGHT * (-math.log(share) if share else _UNKNOWN_WORD)

    def gain(self, word: str, before: str) -> float:
        """How much less a word costs because it comes after another one in the document."""
        following = self.following.get(before)
        if not following or word not in following:
            return 0.0
        particle = max(self.zipf(word), self.zipf(before)) >= _PARTICLE
        share, here = self.share(word), following[word] / sum(following.values())
        weight = _PARTICLE_WEIGHT if particle else _FOLLOWING_WEIGHT
        return weight * math.log1p(_FOLLOWING_SHARE * here / share)


def decode(line: str, lexicon: PrintedWords) -> Reading | None:
    """Read a line that was printed upside down.

    Args:
        line: A line as the scanner wrote it; it may be any line of a document.
        lexicon: The words to read it with.

    Returns:
        The reading, or None where the line is not upside-down text or cannot be told from other dirt.
    """
    tokens = line.split()
    if not _worth_reading(tokens, lexicon):
        return None
    guesses = _read_line(tokens, lexicon)
    confidence = _confidence(guesses, lexicon)
    lexicon.tried[confidence >= _SURE_ENOUGH] += 1
    if confidence < _SURE_ENOUGH:
        return None
    return _reading(_repair(guesses, lexicon), lexicon, confidence)


def decode_alike(lines: Sequence[str], lexicon: PrintedWords) -> Mapping[str, Reading]:
    """Read lines at the edges of pages each of which is too poor to be sure, but which are alike.

    What stands there on two pages and is no text is a running title; that it may be upside down needs less proof.

    Args:
        lines: Lines at the edges of pages that `decode` cannot read.
        lexicon: The words to read them with.
    """
    poor = [line for line in lines[:_MOST_SCANS] if lexicon.words and _may_be_turned(line, lexicon)]
    scans = {line: _read_line(line.split(), lexicon) for line in poor}
    gains = {line: sum(_gain(guess, lexicon) for guess in guesses) for line, guesses in scans.items() if guesses}
    read: dict[str, Reading] = {}
    for line in gains:
        near = sorted(gain for other, gain in gains.items() if are_alike(line, other))
        gain = sum(near[-_TWO:])
        if len(near) >= _TWO and gain > 0:
            confidence = (1 + math.tanh(gain / _GAIN_STEP / 2)) / 2
            read[line] = _reading(_repair(scans[line], lexicon), lexicon, confidence)
    return read


def are_alike(line: str, other: str) -> bool:
    """Whether two lines are like two scans of one, whatever their case: upside down it is guessed."""
    return fuzz.ratio(line.lower(), other.lower()) >= _SAME_PRINT


def is_another_scan(line: str, others: Sequence[str], lexicon: PrintedWords) -> bool:
    """Whether a line that cannot be read looks like ones that were read upside down: the same, scanned worse."""
    return _may_be_turned(line, lexicon) and any(are_alike(line, other) for other in others[:_MOST_SCANS])


def read_together(lines: Sequence[str], lexicon: PrintedWords) -> Reading | None:
    """Read a running title from all its scans, page after page: what one has lost another may show.

    Args:
        lines: Scans of one printed line, each of which `decode` can read.
        lexicon: The words to read them with.

    Returns:
        The reading that suits all scans, of the first `_MOST_SCANS`, best; None where none can be read.
    """
    lines = _without_folios(lines[:_MOST_SCANS])
    scans = [_repair(_read_line(line.split(), lexicon), lexicon) for line in lines]
    whole = [guesses for guesses in scans if guesses]
    if not whole:
        return None
    _, agreed = min((_read_as(cut, lines, lexicon) for cut in _cuts(whole)), key=lambda read: read[0])
    return _reading(agreed, lexicon, max(_confidence(guesses, lexicon) for guesses in scans))


def _without_folios(lines: Sequence[str]) -> list[str]:
    """The lines without a number at their beginning or end that is another one on another page."""
    left = [line.strip() for line in lines]
    for folio in _FOLIOS:
        found = [folio.search(line) for line in left]
        numbers = {match["number"] for match in found if match}
        if len(numbers) < _TWO:
            continue
        rest = [folio.sub("", line) if match else line for line, match in zip(left, found, strict=True)]
        lengths = Counter(len(line.split()) for line, match in zip(rest, found, strict=True) if match)
        [(usual, _)] = lengths.most_common(1)
        misread = _MISREAD_FOLIOS[folio]
        left = [misread.sub("", line) if len(line.split()) == usual + 1 else line for line in rest]
    return left


def _cuts(scans: Sequence[Sequence["_Guess"]]) -> list[Sequence["_Guess"]]:
    """Of the scans with each number of words the likeliest one; of the likeliest numbers only."""
    cuts: dict[int, Sequence[_Guess]] = {}
    for guesses in sorted(scans, key=_cost_of_line):
        cuts.setdefault(len(guesses), guesses)
    often = Counter(len(guesses) for guesses in scans)
    return sorted(cuts.values(), key=lambda cut: (-often[len(cut)], _cost_of_line(cut)))[:_MOST_CUTS]


def _cost_of_line(guesses: Sequence["_Guess"]) -> float:
    """What the words of a line cost together."""
    return sum(guess.cost for guess in guesses)


def _read_as(cut: Sequence["_Guess"], lines: Sequence[str], lexicon: PrintedWords) -> tuple[float, list["_Guess"]]:
    """What the words cost that suit all lines, if each of them is cut into words as one is, and these words."""
    tokens = [guess.seen for guess in reversed(cut)]
    columns: list[list[_Guess]] = [[] for _ in cut]
    for line in lines:
        for column, piece in zip(columns, reversed(_cut_alike(line, tokens)), strict=True):
            if piece:
                column.append(_read(piece, lexicon))
    lost = _OUTLIER * sum(len(lines) - len(column) for column in columns)
    columns = [_clearest(column) for column in columns]
    ranked = [_ranked(column, lexicon) for column in columns]
    places = list(_with_neighbours(columns, ranked, lexicon))
    cost, best = _likeliest(places, lexicon)
    lost += _OTHERWISE_CUT * sum(len(line.split()) != len(cut) for line in lines)
    return cost + lost * len(lines) ** (_SCANS_TELL - 1), [
        _agreed(column, word, lexicon) for column, word in zip(columns, best, strict=True)
    ]


def _clearest(guesses: Sequence["_Guess"]) -> list["_Guess"]:
    """All scans of a word, or where they differ much those that are most like a word."""
    cores = list(dict.fromkeys(guess.core for guess in sorted(guesses, key=lambda guess: guess.unlike)))
    clear = frozenset(cores[:_CLEAREST])
    return [guess for guess in guesses if guess.core in clear]


def _cut_alike(line: str, tokens: Sequence[str]) -> list[str]:
    """The letters of a line, cut where they are nearest to another scan's words; no letters for a word it lost."""
    whole, seen = "".join(tokens), "".join(line.split())
    if list(map(len, tokens)) == list(map(len, line.split())):
        return line.split()
    stands = _stands_for(whole.lower(), seen.lower())
    spaces = {end for end in accumulate(map(len, line.split()))}
    at = [_nearest_space(stands[end], spaces) for end in (0, *accumulate(map(len, tokens)))]
    at[0], at[-1] = 0, len(seen)
    return [seen[start:end] for start, end in pairwise(at)]


def _stands_for(first: str, second: str) -> list[int]:
    """For each place in one text, and its end, the place in another one, letter by letter."""
    stands = list(range(len(first) + 1))
    for step in Levenshtein.opcodes(first, second):
        for at in range(step.src_start, step.src_end + 1):
            stands[at] = min(step.dest_end, step.dest_start + at - step.src_start)
        stands[step.src_end] = step.dest_end
    return stands


def _nearest_space(at: int, spaces: Set[int]) -> int:
    """Where a line has a space, there or one letter off, it is cut there."""
    return next((place for place in (at, at - 1, at + 1) if place in spaces), at)


def _ranked(guesses: Sequence["_Guess"], lexicon: PrintedWords) -> dict[str, float]:
    """The words that several scans of one most likely are, all together, and what each costs."""
    priors = {guess.word: guess.prior for guess in guesses}
    priors |= {word: lexicon.prior(word) for guess in guesses for word in _candidates(guess.core, lexicon)}
    costs = _costs_together(guesses, priors)
    ranked = sorted(costs, key=lambda word: (costs[word], word))
    return {word: costs[word] for word in ranked[:_LIKELIEST]}


def _costs_together(guesses: Sequence["_Guess"], priors: Mapping[str, float]) -> dict[str, float]:
    """What each word costs as that of all scans; the priors are what it costs before anything is seen."""
    # The same fault twice is one fault of the print, and no new evidence.
    most = {guess.core: max(_OUTLIER, _OUTLIER_GLYPH * len(guess.core)) for guess in guesses}
    each = len(most) ** (_SCANS_TELL - 1)
    return {
        word: prior + each * sum(min(_channel(core, word, far, _EITHER_CASE), far) for core, far in most.items())
        for word, prior in priors.items()
    }


def _with_neighbours(
    columns: Sequence[Sequence["_Guess"]], ranked: Sequence[Mapping[str, float]], lexicon: PrintedWords
) -> Iterator[Mapping[str, float]]:
    """The words of each place, and those that the document has beside the likeliest words of its neighbours."""
    nearest = [sorted(words, key=words.__getitem__)[:_NEAREST] for words in ranked]
    for at, words in enumerate(ranked):
        above = nearest[at - 1] if at else ()
        below = nearest[at + 1] if at + 1 < len(ranked) else ()
        after = [list(lexicon.following.get(word, ())) for word in above]
        beside = [*after, *(lexicon.preceding.get(word, ()) for word in below)]
        added = {
            word
            for each in beside
            if len(each) <= _MOST_BESIDE
            for word in each
            if word not in words and lexicon.share(word)
        }
        yield {**words, **_costs_together(columns[at], {word: lexicon.prior(word) for word in added})}


def _likeliest(places: Sequence[Mapping[str, float]], lexicon: PrintedWords) -> tuple[float, list[str]]:
    """What the words, one of each place, that cost least in their order cost, and these words."""
    ways: dict[str, tuple[float, list[str]]] = {"": (0.0, [])}
    for place in places:
        ways = {
            word: min(
                (cost + own - lexicon.gain(word, before), [*words, word]) for before, (cost, words) in ways.items()
            )
            for word, own in place.items()
        }
    return min(ways.values())


def _agreed(guesses: Sequence["_Guess"], word: str, lexicon: PrintedWords) -> "_Guess":
    """The guess that several scans are of one word, shown by the one that shows it best."""
    costs = [_channel(guess.core, word, math.inf, _EITHER_CASE) for guess in guesses]
    nearest = min(range(len(costs)), key=lambda at: costs[at])
    tail = Counter(guess.tail for guess in guesses).most_common(1)[0][0]
    return _Guess(guesses[nearest].seen, word, tail, costs[nearest], lexicon.prior(word))


@dataclass(frozen=True, slots=True)
class _Guess:
    """The best reading of a scanned token: a word in lower case, what follows it, and its two costs."""

    seen: str
    word: str
    tail: str
    channel: float
    prior: float

    @property
    def core(self) -> str:
        """What was seen of the word alone, from its first letter to its last."""
        return self.seen[1 if self.tail else 0 :][::-1]

    @property
    def cost(self) -> float:
        return self.channel + self.prior

    @property
    def unlike(self) -> float:
        """What `Word.cost` is."""
        return self.channel / max(1, len(self.word))


# Is it worth reading?


def _worth_reading(tokens: Sequence[str], lexicon: PrintedWords) -> bool:
    """The cheap gates: mostly unknown words, and letters that follow each other better upside down.

    A line too long for a margin is dirt, and so is what comes after many hundred words upside down.
    """
    if max(map(len, tokens), default=0) > _LONGEST_WORD or sum(map(len, tokens)) > _LONGEST_LINE:
        return False
    hopeless = lexicon.tried[False] > _MOST_HOPELESS + _FOR_EACH_READ * lexicon.tried[True]
    if hopeless or len(lexicon.searched) > _MOST_SEARCHES:
        return False
    words = _bare_words(tokens)
    letters = sum(len(word) for word in words)
    if letters < _FEWEST_LETTERS or not lexicon.words:
        return False
    if _is_upright(words, lexicon):
        return False
    upright = sum(_pairs_cost(word, lexicon) for word in words)
    turned = sum(_pairs_cost(word[::-1].translate(_LIKELY), lexicon) for word in words)
    return upright - turned >= _LEAST_TURN * letters


def _may_be_turned(line: str, lexicon: PrintedWords) -> bool:
    """Whether a line is no text as it stands, and of a length that a margin holds."""
    words = _bare_words(line.split())
    fits = sum(map(len, words)) >= _FEWEST_LETTERS and len(line) <= _LONGEST_LINE
    return fits and not _is_upright(words, lexicon)


def _bare_words(tokens: Sequence[str]) -> list[str]:
    """The words without the punctuation about them."""
    return [word for token in tokens if (word := token.strip("‘’'\"“”,.;:()"))]


def _is_upright(words: Sequence[str], lexicon: PrintedWords) -> bool:
    """Whether most letters are of known words."""
    long = (word for word in words if len(word) > 2 and _is_word(word.replace("’", _APOSTROPHE)))
    known = sum(len(word) for word in long if lexicon.zipf(word.lower()) >= _FAMILIAR)
    return known >= _UPRIGHT_ENOUGH * sum(map(len, words))


def _pairs_cost(word: str, lexicon: PrintedWords) -> float:
    plain = [char if char in _LETTERS else " " for char in _plain(word)]
    return sum(lexicon.pairs.get(first + second, _WORST_PAIR) for first, second in pairwise([" ", *plain, " "]))


def _gain(guess: _Guess, lexicon: PrintedWords) -> float:
    """How much cheaper the token is as upside-down text than as anything else, in nats."""
    return min(_upright_cost(guess.seen, lexicon), _CHANCE * len(guess.seen)) - guess.cost


def _upright_cost(token: str, lexicon: PrintedWords) -> float:
    """What the token costs as upright text, of a known word or of an unknown one."""
    cost = 0.0
    last = " "
    for at, char in enumerate(token):
        letter = _plain(char)
        if letter in _LETTERS:
            cost += lexicon.pairs.get(last + letter, _WORST_PAIR)
            cost += _CAPITAL_INSIDE if at and char.isupper() and not token[at - 1].isupper() else 0.0
            last = letter
        else:
            cost += _SYMBOL_INSIDE if 0 < at < len(token) - 1 else _SYMBOL_OUTSIDE
            last = " "
    zipf = lexicon.zipf(token.lower())
    return min(cost, (9 - zipf) * math.log(10)) if zipf else cost


def _confidence(guesses: Sequence[_Guess], lexicon: PrintedWords) -> float:
    """Both the whole gain and the gain for each glyph count: a long line of dirt gathers a little luck."""
    if not guesses:
        return 0.0
    gain = sum(_gain(guess, lexicon) for guess in guesses)
    rate = gain / sum(len(guess.seen) for guess in guesses)
    odds = min((gain - _EVEN_GAIN) / _GAIN_STEP, (rate - _EVEN_RATE) / _RATE_STEP)
    return (1 + math.tanh(odds / 2)) / 2  # the logistic function, without its overflow


# Reading.


def _read_line(tokens: Sequence[str], lexicon: PrintedWords) -> list[_Guess]:
    """The readings in printed order; none where the longest tokens already speak against it."""
    longest = sorted(range(len(tokens)), key=lambda at: -len(tokens[at]))
    guesses: dict[int, _Guess] = {}
    gain = 0.0
    for count, at in enumerate(longest, 1):
        guesses[at] = _read(tokens[at], lexicon)
        gain += _gain(guesses[at], lexicon)
        if count >= _FIRST_READ and gain < _HOPELESS * count:
            return []
    return [guesses[at] for at in reversed(range(len(tokens)))]


def _read(token: str, lexicon: PrintedWords) -> _Guess:
    """The cheapest reading of a token, whichever of the marks at its head are letters or punctuation."""
    return min((_read_core(token, cut, lexicon) for cut in _heads(token)), key=lambda guess: guess.cost)


def _heads(token: str) -> Iterator[int]:
    """How many marks at the head may be punctuation."""
    yield 0
    for cut in (1, 2):
        if len(token) <= cut or token[cut - 1] not in _AFTER:
            return
        yield cut


def _read_core(token: str, cut: int, lexicon: PrintedWords) -> _Guess:
    core = token[cut:][::-1]
    found = [_search(core, lexicon)]
    for seam in _SEAM.finditer(core):
        parts = core[: seam.start()], core[seam.end() :]
        if seam.group() == "-" or min(map(len, parts)) <= _LONGEST_CLITIC:
            first, second = (_search(part, lexicon) for part in parts)
            word = f"{first[0]}{'-' if seam.group() == '-' else _APOSTROPHE}{second[0]}"
            found.append((word, first[1] + second[1] + _PUNCTUATION, first[2] + second[2]))
    word, channel, prior = min(found, key=lambda entry: entry[1] + entry[2])
    tail = _AFTER[token[cut - 1]] if cut else ""
    return _Guess(token, word, tail, channel + cut * _PUNCTUATION, prior)


def _search(core: str, lexicon: PrintedWords) -> tuple[str, float, float]:
    """The word that a reversed core most likely is, its channel cost and its prior."""
    if core in lexicon.searched:
        return lexicon.searched[core]
    best = (core, _UNREAD_GLYPH * len(core), _PRIOR_WEIGHT * _UNKNOWN_WORD)
    found = _candidates(core, lexicon)
    priors = {word: lexicon.prior(word) for word in found}
    # The likeliest first, so that the others are soon seen to be out of reach.
    for word in sorted(found, key=lambda word: (priors[word] + _FAR * found[word], word)):
        prior = priors[word]
        room = best[1] + best[2] - prior
        if room <= 0:
            continue
        channel = _channel(core, word, room, _EITHER_CASE)
        if channel < room:
            best = (word, channel, prior)
    lexicon.searched[core] = best
    return best


def _candidates(core: str, lexicon: PrintedWords) -> dict[str, float]:
    """Words and numbers of about the same shape, and how far off they are."""
    found: dict[str, float] = {}
    plain = core.translate(_SEEN_SHAPE)
    if len(core) <= _LONGEST_NUMBER:
        figures = core.translate(_LIKELY_FIGURES)
        if figures.isdecimal():
            found[figures] = 0
        near = process.extract(
            figures,
            list(lexicon.numbers),
            scorer=Levenshtein.distance,
            processor=None,
            limit=_NUMBERS,
            score_cutoff=1,
        )
        found |= {number: distance for number, distance, _ in near}
    for shape in dict.fromkeys((plain, _SPREAD_M.sub("M", core).translate(_SEEN_SHAPE), plain.replace("y", "ii"))):
        far = max(2, (len(shape) + 1) // 2)
        for (words, shapes), limit in ((lexicon.own, _FROM_VOCABULARY), (lexicon.common, _FROM_DICTIONARY)):
            near = process.extract(
                shape, shapes, scorer=Levenshtein.distance, processor=None, limit=limit, score_cutoff=far
            )
            for _, distance, at in near:
                found[words[at]] = min(distance, found.get(words[at], distance))
    return found


def _channel(core: str, word: str, room: float, initial: Mapping[str, Mapping[str, float]]) -> float:
    """The cost of seeing a printed word as this reversed core; infinite if it is more than there is room for.

    A weighted edit distance in which one or two printed glyphs may be seen as up to three.
    """
    width = len(core)
    strays = [_STRAY_MARK if seen in _MARKS else _STRAY for seen in core]
    pieces = [[core[at : at + size] for size in (1, 2, 3) if at + size <= width] for at in range(width)]
    before = [math.inf] * (width + 1)
    row = [0.0, *accumulate(strays)]
    for at, letter in enumerate(word):
        single = (_COSTS if at else initial).get(letter, _NOTHING)
        double = _COSTS.get(word[at - 1 : at + 1], _NOTHING) if at else _NOTHING
        lost = single.get("", _LOST)
        after = [cost + lost for cost in row]
        for start, starting in enumerate(pieces):
            here, there = row[start], before[start]
            if here <= room:
                substituted = here + single.get(starting[0], _UNLIKE)
                if substituted < after[start + 1]:
                    after[start + 1] = substituted
            elif there > room:
                continue
            for end, piece in enumerate(starting, start + 1):
                if piece in single and here + single[piece] < after[end]:
                    after[end] = here + single[piece]
                if piece in double and there + double[piece] < after[end]:
                    after[end] = there + double[piece]
            stray = after[start] + strays[start]
            if stray < after[start + 1]:
                after[start + 1] = stray
        if min(after) > room and min(row) > room:
            return math.inf
        before, row = row, after
    return row[width]


# Words that the scanner cut in two or ran together.


def _repair(guesses: Sequence[_Guess], lexicon: PrintedWords) -> list[_Guess]:
    repaired: list[_Guess] = []
    for guess in guesses:
        if repaired and max(guess.unlike, repaired[-1].unlike) > _POOR:
            joined = _read(guess.seen + repaired[-1].seen, lexicon)
            if joined.cost + _JOINED < guess.cost + repaired[-1].cost:
                repaired[-1] = joined
                continue
        repaired.append(guess)
    return [part for guess in repaired for part in _halves(guess, lexicon)]


def _halves(guess: _Guess, lexicon: PrintedWords) -> tuple[_Guess, ...]:
    seen = guess.seen
    if guess.unlike <= _POOR or len(seen) < 6:
        return (guess,)
    splits = [(_read(seen[at:], lexicon), _read(seen[:at], lexicon)) for at in range(2, len(seen) - 1)]
    best = min(splits, key=lambda split: split[0].cost + split[1].cost)
    return best if best[0].cost + best[1].cost + _CUT < guess.cost else (guess,)


# The text of the reading.


def _reading(guesses: Sequence[_Guess], lexicon: PrintedWords, confidence: float) -> Reading:
    words: list[Word] = []
    last = "."
    for guess in guesses:
        words.append(Word(guess.seen, _spelling(guess, last, lexicon) + guess.tail, guess.unlike))
        last = guess.tail
    return Reading(" ".join(word.read for word in words), tuple(words), confidence)


def _spelling(guess: _Guess, last: str, lexicon: PrintedWords) -> str:
    """The word in the case that its first glyph, the document and its place in the line speak for."""
    word = guess.word
    own = "".join(lexicon.spellings.get(part, part) for part in _PARTS.split(word))
    capital = own[0].upper() + own[1:]
    if last == ".":
        return capital

    def cost(spelling: str) -> float:
        within = _CAPITAL_WITHIN if spelling != word and last != ":" else 0.0
        return within + _channel(guess.core, spelling, math.inf, _COSTS) - (_OWN_CASE if spelling == own else 0.0)

    return min((word, own, capital), key=cost)


# Letters and shapes.


def _is_word(word: str) -> bool:
    return word.replace("'", "").replace("-", "").isalpha()


def _plain(text: str) -> str:
    """Lower case, without accents."""
    lower = text.lower()
    return lower if lower.isascii() else without_accents(lower)


def _shape(word: str) -> str:
    return _plain(word).replace("'", "").replace("-", "").translate(_WORD_SHAPE)


def _glyph_costs() -> dict[str, dict[str, float]]:
    """For each printed glyph or pair, the cost of each (reversed) string it may be seen as; "" if it is lost."""
    total: dict[str, int] = {}
    counts: dict[str, dict[str, float]] = {}
    for line in _COUNTED.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        printed, often, lost, *found = line.split("\t")
        total[printed] = int(often)
        pairs = zip(found[::2], map(float, found[1::2]), strict=True)
        counts[printed] = {"": float(lost)} | {glyphs[::-1]: count for glyphs, count in pairs}
    costs: dict[str, dict[str, float]] = {}
    shares: dict[str, dict[str, float]] = {}
    # A letter comes before the same with an accent, which borrows from it.
    for printed in sorted(total | dict.fromkeys(_ACCENTED, 0), key=without_accents):
        bare = without_accents(printed)
        borrowed = shares[bare] if len(printed) == 1 and bare != printed else {}
        row = counts.get(printed, {})
        times = total.get(printed, 0) + _SEEN_BEFORE
        shares[printed] = {
            seen: (row.get(seen, 0) + _SEEN_BEFORE * borrowed.get(seen, 0.0)) / times
            for seen in borrowed | row
            if len(printed) == 1 or row[seen] >= _LEAST_SEEN_PAIR
        }
        costs[printed] = {seen: _cost_of(share) for seen, share in shares[printed].items()}
        for seen, cost in list(costs[printed].items()):
            costs[printed].setdefault(seen.swapcase(), min(_UNLIKE, cost + _OTHER_CASE))
    for printed, spread in _SEEN_SPREAD.items():
        costs[printed] |= {seen[::-1]: min(_SPREAD, costs[printed].get(seen[::-1], _SPREAD)) for seen in spread}
    return costs | _SEEN_MARKS


def _cost_of(share: float) -> float:
    return min(_UNLIKE, -_FACE * math.log(share)) if share else _UNLIKE


def _either_case() -> dict[str, dict[str, float]]:
    """The same, where a small letter may as well be a capital."""
    rows = {printed: dict(row) for printed, row in _COSTS.items()}
    for printed, row in rows.items():
        for seen, cost in _COSTS.get(printed.upper(), _NOTHING).items():
            row[seen] = min(cost + _CAPITAL, row.get(seen, math.inf))
    return rows


def _likely_letters() -> dict[int, str]:
    """For each glyph seen, the small letter it most likely is."""
    seen = {glyph for row in _COSTS.values() for glyph in row if len(glyph) == 1}
    return {
        ord(glyph): min(_BY_FREQUENCY, key=lambda letter: _EITHER_CASE[letter].get(glyph, _UNLIKE))
        for glyph in sorted(seen)
    }


def _likely_figures() -> dict[int, str]:
    """For each glyph seen, the figure it most likely is."""
    figures = "1234567890"
    seen = {glyph for figure in figures for glyph in _COSTS.get(figure, _NOTHING) if len(glyph) == 1}
    return {
        ord(glyph): min(figures, key=lambda figure: _COSTS.get(figure, _NOTHING).get(glyph, _UNLIKE))
        for glyph in sorted(seen)
    }


_APOSTROPHE = "'"
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_NOTHING: Mapping[str, float] = {}
# What the lists of words have, whether or not it was counted.
_ACCENTED = "àáâäãåçèéêëìíîïñòóôöõùúûüýÿÀÁÂÄÃÅÇÈÉÊËÌÍÎÏÑÒÓÔÖÕÙÚÛÜÝ"
_COSTS = _glyph_costs()
_EITHER_CASE = _either_case()
_LIKELY = _likely_letters()
_LIKELY_FIGURES = _likely_figures()
_WORD_SHAPE = {ord(letter): shape for shape, letters in _CLASSES.items() for letter in letters}
_SEEN_SHAPE = {seen: _WORD_SHAPE[ord(letter)] for seen, letter in _LIKELY.items()}
