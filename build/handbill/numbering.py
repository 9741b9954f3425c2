"""Numbered and bulleted lists, as the lines of a text show them.

In: lines or blocks of text. Out: which of them start a list item, and the runs of numbers they form. Both the
cleaner (a new item ends the line before it) and the structure (which run is the signatories, and what heads it)
ask here.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NUMBERED = re.compile(r"\(?(?P<number>\d{1,4})[.)]\s+(?P<text>\S.*)", re.DOTALL)
BULLETED = re.compile(r"(?P<marker>[•●▪■◦‣∙·*]|[-–—](?=\s))\s*(?P<text>\S.*)", re.DOTALL)
LETTERED = re.compile(r"(?P<marker>\(?[a-z]\)|\(?[ivx]{1,4}\))\s+(?P<text>\S.*)", re.DOTALL)

RAISED = re.compile(r"[¹²³⁴-⁹][⁰¹²³⁴-⁹]*\s?(?=[^\W\d_])")
"""The raised figure that begins a note."""

_NOTE_MARK = r"(?:[⁰¹²³⁴-⁹]+|\*{1,3}(?![\w*])|[†‡])"
NOTE = re.compile(rf"(?P<mark>{_NOTE_MARK})\s+(?P<text>\S.*)", re.DOTALL)
"""What reads like a note: its mark, and its words."""

CALL = re.compile(rf"(?<=[^\s*†‡])(?P<mark>{_NOTE_MARK})")
"""The mark of a note behind the word that calls it."""

_ADDRESS = re.compile(r"@\s?[\w-]+\s?\.|://|www\.")
"""An address of the net; an "ø" is read as "@" too, inside a name."""

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)

LABELLED = re.compile(r"(?:[^\W\d_]+ ){0,4}[^\W\d_]+:\s|[^\W\d_]+ :\s")
"""What stands below a list and says whom to write to: a few words with a colon."""

SPECKS = re.compile(r"(?:\S{1,2}\s+){2,}\S{1,2}|[^\w\s]+")
"""What is left of a column of numbers, or of dirt: nothing longer than two characters."""

MOST_MISSING, MOST_NAMES_MISSING = 3, 30
"""Numbers in a row that a scan may have lost before a list counts as ended; of names it may lose half a column."""


LONGEST_HEADING = 6
"""Words that the heading of a list of names may have."""

LONGEST_UNSPACED_HEADING = 60
"""Characters of one, which tell where a script has no spaces."""

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "ar": ("الموق",),
    "bn": ("স্বাক্ষর",),
    "de": ("unterzeich", "unterschr", "mitunterzeich", "erstunterzeich", "teilnehmende"),
    "en": (
        "signator",
        "signed",
        "undersigned",
        "cosign",
        "co-sign",
        "endors",
        "joined",
        "joining",
        "participating",
        "co-sponsor",
        "cosponsor",
    ),
    "es": (
        *("firm", "signatari", "suscri", "adhier", "adhirien", "adherent", "participantes"),
        "organizaciones convocantes",
    ),
    "fa": ("امضا",),
    "fr": (
        *("signat", "soussign", "signé", "signent", "cosign", "co-sign", "adhérent", "adhèrent", "participant"),
        "organisations autrices",
    ),
    "hi": ("हस्ताक्षर",),
    "id": ("penandatangan", "tertanda"),
    "it": ("firmat", "sottoscri", "aderent", "partecipanti"),
    "ja": ("署名",),
    "ko": ("서명",),
    "my": ("လက်မှတ်",),
    "pt": (
        *("signat", "assina", "subscre", "subscri", "firmam", "aderem", "aderent", "participantes"),
        *("organizações proponentes", "entidades proponentes"),
    ),
    "ru": ("подпис",),
    "th": ("ลงนาม", "ผู้ลงนาม"),
    "ur": ("دستخط",),
    "zh": ("签署", "签名"),
}
"""How the words begin that head a list of names, by language."""

FEWEST_WORDS = 8
"""Words from which a line of small letters is one of a sentence, not one of a name."""


def unnumbered(text: str) -> str:
    """A line without the number before it.

    >>> unnumbered("12. River Watch"), unnumbered("River Watch")
    ('River Watch', 'River Watch')
    """
    match = NUMBERED.fullmatch(text)
    return match["text"] if match else text


def has_address(text: str) -> bool:
    """Whether a line has an address of the net, as what stands below a list of names has.

    >>> has_address("Write to desk@lantern.example."), has_address("Barnas Rett, S@nderland")
    (True, False)
    """
    return _ADDRESS.search(text) is not None


def roman(number: int) -> str:
    """A number from 1 to 3999 in small Roman numerals.

    >>> [roman(number) for number in (4, 28, 1990)]
    ['iv', 'xxviii', 'mcmxc']
    """
    written = ""
    for worth, letters in _ROMAN:
        times, number = divmod(number, worth)
        written += letters * times
    return written


def is_sentence(text: str) -> bool:
    """Whether a line is of a sentence: long, and mostly of words in small letters, or ended like one.

    >>> is_sentence("For further information, please contact the secretariat at once")
    True
    >>> is_sentence("Coalition of Survivors of the Disaster and of the Villages of the")
    False
    """
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    small = sum(word.islower() for word in words)
    long = len(text.split()) >= FEWEST_WORDS
    ended = text.endswith((".", ";", "!", "?"))
    return long and (small > 0.6 * len(words) or (small > 0.3 * len(words) and ended))


def heads_names(text: str, language: str) -> bool:
    """Whether a line is short and has a word for those who sign."""
    stems = HEADINGS.get(language.partition("-")[0], ())
    words = min(len(text.split()), len(re.findall(r"\w+", text)))
    if not stems or words > LONGEST_HEADING or len(text) > LONGEST_UNSPACED_HEADING:
        return False
    # The vowel signs of many scripts are no letters to Python: what precedes a stem is asked, not what a word is.
    return re.search(rf"(?<!\w)(?:{'|'.join(stems)})", text.casefold()) is not None


@dataclass(frozen=True, slots=True)
class Run:
    """A list that counts up from 1: positions in the sequence given, and the number at each."""

    positions: tuple[int, ...]
    numbers: tuple[int, ...]


def runs(texts: Sequence[str], most_missing: int = MOST_MISSING) -> list[Run]:
    """The lists that count up from 1, in order; a line such as "2017. The" inside a sentence is none.

    >>> [run.numbers for run in runs(["in", "2017. The", "1. A", "of b", "2. C"])]
    [(1, 2)]
    """
    found: list[Run] = []
    positions: list[int] = []
    numbers: list[int] = []

    def close() -> None:
        if len(numbers) > 1:
            found.append(Run(tuple(positions), tuple(numbers)))
        positions.clear()
        numbers.clear()

    for position, text in enumerate(texts):
        match = NUMBERED.fullmatch(text)
        if not match:
            continue
        number = int(match["number"])
        if numbers and numbers[-1] < number <= numbers[-1] + 1 + most_missing:
            positions.append(position)
            numbers.append(number)
        elif number == 1:
            close()
            positions.append(position)
            numbers.append(number)
    close()
    return found


def names_run(texts: Sequence[str]) -> Run | None:
    """The run that is the list of signatories: the last one, at the end of the text, and made of names.

    Names are short, and nearly none of them ends like a sentence; a list of demands does.
    """
    return _last_if_names(texts, MOST_NAMES_MISSING) or _last_if_names(texts, MOST_MISSING)


def _last_if_names(texts: Sequence[str], most_missing: int) -> Run | None:
    """The last list, if it is one of names."""
    all_runs = runs(texts, most_missing)
    if not all_runs:
        return None
    run = all_runs[-1]
    entries = [NUMBERED.fullmatch(texts[position]) for position in run.positions]
    names = [entry["text"] for entry in entries if entry]
    sentences = sum(name.rstrip().endswith((".", ";", "!", "?")) and len(name.split()) > 4 for name in names)
    long = sum(len(name.split()) > 16 for name in names)
    return run if len(names) >= 3 and sentences + long <= len(names) / 5 else None


def notes(texts: Sequence[str]) -> frozenset[int]:
    """Positions of the notes: each has the mark of a word above it that no other note has taken.

    A star may be a bullet as well: it is the mark of a note where as many words have it as lines begin with it.

    >>> sorted(notes(["Houses burned.¹ Boats sank.*", "¹ Report.", "* Letter.", "² of a kind."]))
    [1, 2]
    """
    begun = {at: match for at, text in enumerate(texts) if (match := NOTE.fullmatch(text))}
    rest = [begun[at]["text"] if at in begun else text for at, text in enumerate(texts)]
    everywhere = Counter(match["mark"] for text in rest for match in CALL.finditer(text))
    many = Counter(match["mark"] for match in begun.values())
    called: Counter[str] = Counter()
    found: set[int] = set()
    for at, text in enumerate(rest):
        mark = begun[at]["mark"] if at in begun else ""
        if called[mark] and ("*" not in mark or many[mark] == everywhere[mark]):
            called[mark] -= 1
            found.add(at)
        called.update(match["mark"] for match in CALL.finditer(text))
    return frozenset(found)


def marker(text: str) -> tuple[str, str]:
    """A block's marker and the rest of it; an empty marker where it has none.

    >>> marker("• Free them.")
    ('•', 'Free them.')
    >>> marker("(a) free them")
    ('(a)', 'free them')
    >>> marker("Free them.")
    ('', 'Free them.')
    """
    match = BULLETED.fullmatch(text) or LETTERED.fullmatch(text)
    return (match["marker"], match["text"]) if match else ("", text)
