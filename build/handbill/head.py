"""The head of a document: what the lines above a statement's text are.

In: lines or blocks as they stand there. Out: what each is, by the words in `head.toml` and by its shape. The
cleaner asks here which lines belong to the paper and which end where they end; `headline`, which is the title.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from enum import Enum, IntEnum
from functools import lru_cache
from importlib.resources import files
from itertools import takewhile

from handbill import columns
from handbill.numbering import is_sentence, marker

MOST_IN_HEAD = 16
"""Lines that may stand above the text."""

MOST_TITLE_WORDS, MOST_TITLE = 45, 320
"""Words, and characters, that a title may have."""

MOST_MATTER_WORDS = 24
"""Words of the longest line that says who made a text, and for whom."""

ABOVE_TITLE = "It stands above the title. Does it belong to the letter paper?"
"""What is asked about a line there that is neither a day nor a session, nor says whom the text is of or for; and
about a day or the like beside such a line."""

FEWEST_TITLE_WORDS = 3
"""Words from which a line below others is a title rather than the first heading of the text."""

MOST_ITEM_WORDS = 5
"""Words of an agenda's item that has only its number."""

MOST_SHORT, MOST_SENT = 8, 12
"""Words of a line that names a session, or greets; of one that says how a letter goes, or until when it waits."""

NAMED_WITHIN = 3
"""Words within which a line that says whom a text is for has a capital: "the Permanent", "Monsieur"."""

MOST_PERSON_WORDS = 6
"""Words that the name of a person may have."""

MOST_NAME_WORDS = 9
"""Words that the name of an organisation may have on its paper."""

DATE = (
    r"(?:\d[^\W_]{0,3}\.?\s(?:de\s)?[^\W\d]{3,}\.?,?\s(?:de\s)?\d{4}"
    r"|[^\W\d]{3,}\.?\s\d{1,2},?\s\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})"
)
"""A day as it is written at the head of a letter."""

_DATED = re.compile(
    rf"\W*(?:[^\W\d][\w’'. -]{{1,40}},\s)?(?:le\s|a\s|den\s)?(?:[^\W\d_]{{4,12}}\s)?"
    rf"{DATE}(?:\W*|,\s[^\W\d_a-z][^.!?;:]{{3,80}})"
)
"""A day with the place before it, or with what day it is behind it."""

_MONTH = re.compile(r"[^\W\d_a-z][\w’'. -]{1,40}, (?:en |in )?[^\W\d_]{3,12} (?:de )?\d{4}\W*")
"""A place and a month."""

_DAYS = re.compile(
    r"\W*(?:[^\W\d][\w’'. ()-]{1,60},\s)?(?:[^\W\d_]{2,4}\s)?\d{1,2}\w{0,2}(?:\s(?:de\s)?[^\W\d]{3,})?"
    r"(?:\s?[-–—]\s?|\s[^\W\d]{1,3}\s)\d{1,2}\w{0,2}\s(?:de\s)?[^\W\d]{3,}\s(?:de\s)?\d{4}\W*"
)
"""From one day to another, with the place before it."""

_KEY = re.compile(r"(?P<key>[^\W\d_]+(?:[ ./-]{1,2}[^\W\d_]+){0,2})\.?\s?:\s.*\w")
_CODE = re.compile(r"(?<!\S)(?=\S*\d)(?=[^\s/]*[A-Z])\w[\w().-]*(?:/[\w().-]+)+")
_CONTACT = re.compile(
    r"@|https?:|\bwww\.|\b(?:P\.?\s?O\.?\s?Box|Tel|Tél|Telephone|Téléphone|Teléfono|Telefone|Fax)\b\W*[\w+(]*\d"
    r"|\b(?:P\.?\s?[O0]\.?\s?Box|B\.P\.|C\.P\.|Apartado|Postfach)\s\d|\+\d[\d\s()/.-]{7,}",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s[/|·•–—«:-]\s")
_YEARS = re.compile(r"\b(?:19|20|21)\d\d\s?[-–—/]\s?(?:19|20|21)?\d\d\b")
_DIALLED = re.compile(r"(?:[^\W\d_]{1,3}\W{1,3})?\+?[(\d](?:[\s()/.-]*\d){6,}\W*")
_REGISTERED = re.compile(r"(?<![\d.,])(?:0\d{3,}|\d{5,})(?![\d.,]\d)")
_SITE = re.compile(r"[^\W_]{7,}\.[a-z]{2,7}(?![\w.])")
_QUOTED = re.compile(r"[“„«\"][^“”„«»\"]+[”“»\"]")
_MARKED = re.compile(r"(?P<before>.+?)\s*[/(\[–—,-]\s*(?P<mark>[^/(\[–—]+)")
_ORDINAL = re.compile(r"\d|[^\W\d]+(?:th|st|nd|rd|ième|eme|ème|first|second|third|a|o|er)\b", re.IGNORECASE)


SHORTEST_WHOLE = 2
"""Letters up to which a word for a page is cut short."""

FEWEST_LETTERS = 3
"""Letters of the longest word of a title at least."""

LEAST_STEM = 5
"""Letters by which a word is told again in another form; shorter ones say little of what a text is about."""

FEWEST_PARTS = 3
"""Parts set apart by strokes or dots that no title has."""


class Matter(Enum):
    """What a line of the head is that is no title."""

    KIND = "kind of text"
    BODY = "whom it is of"
    SESSION = "session"
    ITEM = "item of an agenda"
    ADDRESSEE = "whom it is for"
    GREETING = "greeting"
    DATE = "place and date"
    SENT = "how it goes"
    RECEIVED = "what introduces the text"
    RELEASE = "release for the press"


class Rank(IntEnum):
    """What a line that may be a title looks like, the likeliest first."""

    TITLE = 0
    NAME = 1
    OFFICE = 2
    KIND = 3
    SHORT = 4
    BARE_KIND = 5


def matter(text: str) -> Matter | None:
    """What a line of the head is; None for a title, a name, or text.

    >>> [matter(text).name for text in ("Joint statement by 12 groups", "Agenda item 4", "Geneva, 3 May 2031")]
    ['KIND', 'ITEM', 'DATE']
    >>> matter("Open letter on the arrests"), matter("To be free is a right of all")
    (None, None)
    """
    words = folded(text)
    if any(_is_in(each, words) for each in _words("received")):
        return Matter.RECEIVED
    count = len(words.split())
    if any(pattern.fullmatch(text) for pattern in (_DATED, _DAYS, _MONTH)) or _is_dated(words, text):
        return Matter.DATE
    if not words or count > MOST_MATTER_WORDS or text[:1].islower():
        return None
    if words in _words("bodies"):
        return Matter.BODY
    if words in _words("releases") or _is_embargo(words) or _is_dated_release(words):
        return Matter.RELEASE
    if any(words.startswith(each) for each in _words("sent")) and count <= MOST_SENT:
        return Matter.SENT
    kinds = [part for part in _parts(text) if not _is_embargo(part) and part not in _words("digests")]
    if kinds and all(map(_is_kind, kinds)):
        return Matter.KIND
    if any(re.match(rf"{re.escape(each)} \d", words) for each in _words("items")):
        return Matter.ITEM
    if count <= MOST_SHORT and any(_is_in(each, words) for each in _words("sessions")) and _ORDINAL.search(text):
        return Matter.SESSION
    if (
        count <= MOST_ITEM_WORDS
        and any(_is_in(each, words) for each in _words("meetings"))
        and _ORDINAL.match(text)
    ):
        return Matter.SESSION
    if count <= MOST_SHORT and text.rstrip()[-1:] in ",:" and _begins(words, "greetings"):
        return Matter.GREETING
    return Matter.ADDRESSEE if _is_addressed(text) else None


def is_name(text: str) -> bool:
    """Whether a line is like the name of one that has letter paper, and like no title.

    >>> is_name("Hollis, Vane & Partners"), is_name("CHURCH OF THE HARBOUR TOWNS"), is_name("Free the Press")
    (True, True, False)
    """
    words = re.findall(r"[^\W\d_]+", text)
    if not words or len(words) > MOST_NAME_WORDS or re.search(r"[?!]\W*$|\w:\s", text):
        return False
    if not _words("said").isdisjoint(folded(text).split()):
        return False
    if text.isupper():
        return is_office(text) or "&" in text
    # Languages that write names in small letters have what one is at their head: "Ligue des droits".
    if folded(words[0]) in _words("offices"):
        return True
    return all(not word[0].islower() for word in words if len(word) > 3)


def is_person(text: str) -> bool:
    """Whether a line is the name of a person, as a board on letter paper has them: with a title or an office.

    >>> is_person("Prof. Amos Vane"), is_person("Joy Lind, Treasurer"), is_person("Dr. Vane must go free")
    (True, True, False)
    """
    name, _, office = text.partition(", ")
    words = re.findall(r"[^\W\d_]+", name)
    named = not re.search(r"[\d?!:;]", text) and all(not word[0].islower() for word in words if len(word) > 3)
    if not named or not 1 < len(words) <= MOST_PERSON_WORDS:
        return False
    titled = folded(words[0]) in _words("persons") and len(words) > 1
    return titled or folded(words[-1]) in _words("honours") or _begins(folded(office), "posts")


def is_address(text: str) -> bool:
    """Whether a line is one of an address: a few names with a number, or with what streets and rooms are called.

    >>> is_address("12 Tannery Lane"), is_address("Harrow, NC 30218"), is_address("Decree 9 must go")
    (True, True, False)
    """
    words = re.findall(r"[^\W_]+", _YEARS.sub("", text))
    figures = max((len(word) for word in words if word[-1].isdigit() or word[0].isdigit()), default=0)
    if not figures or len(words) > MOST_NAME_WORDS or re.search(r"[?!:;]|[^.]\.$", text) or matter(text):
        return False
    if not _words("streets").isdisjoint(folded(text).split()):
        return True
    named = all(not word[0].islower() for word in words if len(word) > 3)
    return named and figures > 1 and not text.isupper() and _words("said").isdisjoint(folded(text).split())


def in_parts(text: str) -> bool:
    """Whether a line has parts set apart by strokes or dots as no title has."""
    return len(_BETWEEN.split(text)) >= FEWEST_PARTS


def is_office(text: str) -> bool:
    """Whether a word of a line is what those who have letter paper are called."""
    return not _words("offices").isdisjoint(folded(text).split())


def runs_over(upper: str, lower: str) -> bool:
    """Whether a line begins small, or the one above it ends in an article or the like: they are one."""
    return lower[:1].islower() or is_particle(upper.split()[-1])


def is_particle(word: str) -> bool:
    """Whether a word is an article, a preposition or a conjunction, in which no line of a title ends."""
    return folded(word) in _words("particles")


def is_release(text: str) -> bool:
    """Whether a line is what a release for the press has above its title."""
    return matter(text) is Matter.RELEASE


def is_embargo(text: str) -> bool:
    """Whether a line says until when a text must not be printed."""
    return _is_embargo(folded(text))


def has_contact(text: str) -> bool:
    """Whether a line has an address or a number by which one is written to or called."""
    return bool(_CONTACT.search(text))


def is_particular(text: str) -> bool:
    """Whether a line says who sent a text, when, under which number, or where to ask, and is no title.

    >>> [is_particular(text) for text in ("Contact: Ann Lee", "Case No. HC/2031/17", "Harrow: end the siege")]
    [True, True, False]
    """
    found = _KEY.fullmatch(text)
    keyed = bool(found and folded(found["key"]) in _words("keys"))
    numbered = any(pattern.search(text) for pattern in (_CODE, _SITE, _REGISTERED))
    return keyed or has_contact(text) or numbered or bool(_DIALLED.fullmatch(text))


def is_continued(text: str) -> bool:
    """Whether a line says that a text goes on, and nothing else.

    >>> is_continued("- more -"), is_continued("/ continued, page 2"), is_continued("More schools")
    (True, True, False)
    """
    return any(_is_continued(words) for words in (folded(text), re.sub(r"\W*\b\w{1,2}\b\W*$", "", folded(text))))


def without_continued(text: str) -> str:
    """A line without the mark at its end that its text was begun on the page before; empty where it has none.

    >>> without_continued("The schools of Harrow / continued, page 2"), without_continued("The schools go on")
    ('The schools of Harrow', '')
    """
    parts = _MARKED.fullmatch(text)
    mark = re.sub(r"\b(?:\w{1,2}|page|página|seite|p)\b", "", folded(parts["mark"])).strip() if parts else ""
    return parts["before"] if parts and mark in _words("begun") else ""


def asks(title: str) -> bool:
    """Whether a title, or its part after a colon, begins as a question does.

    >>> asks("Schools of Harrow: who pays?"), asks("Schools of Harrow and what they need?")
    (True, False)
    """
    return any(not _words("asking").isdisjoint(folded(part).split()[:1]) for part in title.split(":"))


def is_folio_in_words(text: str) -> bool:
    """Whether a line is a folio in words: "Page two"."""
    words = folded(text).split()
    return len(words) == 2 and words[0] in _words("pages") and words[1] in _words("numbers")


@lru_cache(maxsize=1)
def page_words() -> tuple[str, ...]:
    """What stands before the number of a page, the longest first; short ones are cut, and have a stop."""
    words = sorted(_data()["pages"], key=len, reverse=True)
    return tuple(word if len(word) > SHORTEST_WHOLE else f"{word}." for word in words)


@lru_cache(maxsize=1)
def folio_words() -> frozenset[str]:
    """What stands before the number of a page, and between it and how many there are."""
    return _words("pages") | _words("of_pages")


def unlikely_above(lines: Sequence[str], apart: Sequence[bool] | None = None) -> list[int]:
    """Positions of the lines above a title that no text has there: they may belong to the letter paper.

    A day, a session or an item between such lines, or next to one, is as likely the paper's; and how a letter goes
    says the text only with its readers.

    Args:
        lines: The lines.
        apart: Whether a gap stands above each; None for blocks, of which each is whole.
    """
    found: set[int] = set()
    addressed = False
    for at, text in enumerate(lines):
        if apart is not None and at and _goes_on(lines[at - 1], text, apart[at]):
            found |= {at} if at - 1 in found else set()
            continue
        said = matter(text)
        named = at > 0 and matter(lines[at - 1]) is Matter.ITEM
        addressed = said is Matter.ADDRESSEE or (addressed and said is None and is_name(text))
        if (said is None and not addressed and not named) or (said is Matter.SENT and not has_contact(text)):
            found.add(at)
    beside = (Matter.DATE, Matter.SESSION, Matter.ITEM)
    near = {at for at, text in enumerate(lines) if matter(text) in beside and {at - 1, at + 1} & found}
    return sorted(found | near)


def surely_above(lines: Sequence[str], apart: Sequence[bool]) -> list[int]:
    """Of these positions, those of lines that belong to the paper whatever else is there.

    Days, sessions and items are of the text as often. Below what says the kind of text, or its readers, much may
    stand that is of the text: only what has an address, a number or an office is not.
    """
    unlikely = unlikely_above(lines, apart)
    # Text that runs on there is more than paper has: what was taken for the title is hardly it.
    if any(lines[at][:1].islower() and len(lines[at].split()) > MOST_ITEM_WORDS for at in unlikely):
        return []
    own = next((at for at, text in enumerate(lines) if matter(text) in (Matter.KIND, Matter.ADDRESSEE)), len(lines))
    return [
        at
        for at in unlikely
        if matter(lines[at]) is None and (at < own or is_particular(lines[at]) or is_person(lines[at]))
    ]


def _goes_on(upper: str, lower: str, apart: bool) -> bool:
    """Whether a line of the head is what did not fit in the one above it."""
    if matter(lower):
        return False
    long = len(upper.split()) > MOST_ITEM_WORDS and matter(upper) in (Matter.KIND, Matter.ITEM, Matter.ADDRESSEE)
    return runs_over(upper, lower) or (long and not apart)


def rank_of(text: str, first: bool = False) -> Rank:
    """What a line that may be the title looks like."""
    words = folded(text)
    if matter(text) is Matter.KIND:
        return Rank.BARE_KIND if _words("kinds").issuperset(_parts(text)) else Rank.KIND
    if is_name(text):
        return Rank.OFFICE if is_office(text) else Rank.NAME
    if _QUOTED.fullmatch(text):
        return Rank.NAME  # a motto
    return Rank.SHORT if len(words.split()) < FEWEST_TITLE_WORDS and not first else Rank.TITLE


def may_be_title(text: str) -> bool:
    """Whether a block may be a title: begun like a sentence, not ended like one unless it asks or calls."""
    few = len(text.split()) <= MOST_TITLE_WORDS and len(text) <= MOST_TITLE
    worded = any(len(word) >= FEWEST_LETTERS for word in re.findall(r"[^\W\d_]+", text))
    return (
        few
        and worded
        and not text[:1].islower()
        and not marker(text)[0]
        and text.rstrip("\"'”’»)]¹²³")[-1:] not in ".…;:,"
    )


def begins_text(text: str) -> bool:
    """Whether a block of the head is the first of the text."""
    ended = text.rstrip("\"'”’»)]¹²³⁴⁵⁶⁷⁸⁹")[-1:] in ".;:"
    sentence = ended and is_sentence(text) and matter(text) is not Matter.RECEIVED
    return bool(marker(text)[0]) or sentence or len(text.split()) > MOST_TITLE_WORDS


def _is_embargo(words: str) -> bool:
    return _begins(words, "embargoes") and any(map(str.isdigit, words)) and len(words.split()) <= MOST_SENT


def _is_dated(words: str, text: str) -> bool:
    """Whether a line says which day it is, or that a text was handed in or adopted on a day."""
    if _begins(words, "days"):
        return len(words.split()) <= MOST_NAME_WORDS and not re.search(r"[?!:]", text)
    begun = next((each for each in _words("dated") if words.startswith(f"{each} ")), "")
    return bool(begun) and bool(_DATED.fullmatch(" ".join(text.split()[len(begun.split()) :])))


def _is_dated_release(words: str) -> bool:
    begun = next((each for each in _words("releases") if words.startswith(f"{each} ")), "")
    return bool(begun) and words[len(begun) + 1 :][:1].isdigit() and len(words.split()) <= MOST_NAME_WORDS


def _parts(text: str) -> list[str]:
    """The parts of a line that is set in several languages, folded; the line itself, where it has none."""
    return [folded(part) for part in _BETWEEN.split(text)]


def _is_kind(words: str) -> bool:
    """Whether folded words are the kind of a text, and no more than who made it and for whom."""
    for kind in sorted(_words("kinds") | _words("releases"), key=len, reverse=True):
        if words == kind:
            return True
        if words.startswith(f"{kind} "):
            rest = words[len(kind) + 1 :].split()
            if rest[0] in _words("of_kind") or rest[0].isdigit():
                return True
    said = words.split()
    begun = list(takewhile(lambda word: word in _words("kind_nouns") or word in _words("kind_adjectives"), said))
    rest = said[len(begun) :]
    ends = not rest or rest[0] in _words("of_kind") or rest[0].isdigit()
    return ends and len(begun) > 1 and not _words("kind_nouns").isdisjoint(begun)


def _is_addressed(text: str) -> bool:
    """Whether a line says whom a text is for: it begins so, and names one with a capital."""
    plain = _plain(text)
    for begin in _addressed():
        if plain.startswith(f"{begin} "):
            rest = re.findall(r"[^\W\d_]+", text[len(begin) :])
            return any(not word[0].islower() for word in rest[:NAMED_WITHIN]) and text.rstrip()[-1:] not in "?!"
    return False


def _is_continued(words: str) -> bool:
    known = _words("continued")
    return words in known or words.partition(" page")[0] in known


def _begins(words: str, kind: str) -> bool:
    return any(words == each or words.startswith(f"{each} ") for each in _words(kind))


def _is_in(word: str, words: str) -> bool:
    return f" {word} " in f" {words} "


@lru_cache(maxsize=10_000)
def folded(text: str) -> str:
    """A text as `columns.folded` has it, what is elided apart: "d’organisations" is two words."""
    return columns.folded(re.sub("['’]", " ", text))


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("'", "’").split())


@lru_cache(maxsize=1)
def _addressed() -> tuple[str, ...]:
    """How lines begin that say whom a text is for, the longest first."""
    return tuple(sorted(map(_plain, _data()["addressed"]), key=len, reverse=True))


@lru_cache(maxsize=16)
def _words(kind: str) -> frozenset[str]:
    return frozenset(map(folded, _data()[kind]))


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Sequence[str]]:
    """What `head.toml` has."""
    made: Mapping[str, Sequence[str]] = tomllib.loads((files("handbill") / "head.toml").read_text("utf-8"))
    return made
