"""Checks of the words: that what is printed is what was signed, in every language, in the order it was written.

The words come from the structure of the finished file, where they are whole over lines and pages; and once more
from what a reader of PDFs copies from the page.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import zxingcpp

from handbill.facts import facts
from handbill.languages import Language
from handbill.model import Block, Kind, Signatory, Statement, Summary, Version
from handbill.preflight.answers import Answer, any_of, check, failed, skipped, warned
from handbill.preflight.reading import Element, Letters, one_spaced
from handbill.preflight.subject import Copy, Subject
from handbill.speech import minutes, speech

_NO_COPY = "The statement is not known; name its folder with --statement."
_UNTAGGED = "Without tags, or imposed, its words are in no order that can be read back."
_HEADINGS = tuple(f"H{level}" for level in range(1, 7))
_SHOWN = 60
_MOST = 5

_CODE_SCALE = 2.0
"""Pixels to the point at which a page is drawn to look for its code: 144 to the inch, four a module of ours."""

_CODES = zxingcpp.barcode_formats_from_str("QRCode")


@dataclass(frozen=True)
class Passage:
    """A piece of the copy: its id, its number or bullet as printed, its words, and the paragraph cited after it."""

    id: str
    label: str
    words: str
    reference: str = ""

    @cached_property
    def spellings(self) -> frozenset[str]:
        """What an element of the file may say that says this and nothing else."""
        spaces = ("", " ")
        return frozenset(
            f"{self.label}{one}{self.words}{other}{self.reference}".strip() for one in spaces for other in spaces
        )

    def is_in(self, printed: str) -> bool:
        """Whether an element of the file says this and nothing else."""
        return printed in self.spellings


@check(
    "text/words",
    reason="The printed text is the signed text; a word lost or added may change what 46 organisations said.",
    source="the statement's folder, word for word",
)
def words(subject: Subject) -> Iterator[Answer]:
    """Does the file say what the statement says, word for word?"""
    copy, structure = subject.copy, subject.upright.structure
    if copy is None or structure is None:
        yield skipped(_NO_COPY if copy is None else _UNTAGGED)
        return
    printed = Counter(element.text for element in _read(structure))
    passages = _passages(copy, printed)
    places = {text: at for at, text in enumerate(printed)}
    answers = []
    for passage in passages:
        said = min((text for text in passage.spellings if printed[text]), key=places.__getitem__, default=None)
        if said is None:
            answers.append(_missing(passage, printed))
        else:
            printed[said] -= 1
    answers += _in_excess(structure, copy, passages)
    yield from any_of(
        answers[:_MOST], f"{len(passages)} passages, {sum(len(p.words.split()) for p in passages)} words"
    )


def _missing(passage: Passage, printed: Counter[str]) -> Answer:
    """Says from which word on a passage is another one, beside the element that is most like it."""
    whole = f"{passage.label} {passage.words}".strip()
    nearest = max(printed, key=lambda text: _common(text, whole), default="")
    at = _common(nearest, whole)
    expected = whole[max(0, whole.rfind(" ", 0, at)) :][:_SHOWN].strip()
    found = nearest[max(0, whole.rfind(" ", 0, at)) :][:_SHOWN].strip()
    message = f"{passage.id} is not printed as it stands: “{expected}” expected, “{found or 'nothing'}” found."
    return failed("other-words", message, place=passage.id)


def _common(one: str, other: str) -> int:
    """Length of the beginning that two texts share."""
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _in_excess(structure: Element, copy: Copy, passages: list[Passage]) -> list[Answer]:
    """What stands among the numbered paragraphs of the text, or the names of the list, and is none of them."""
    titles = {one_spaced(version.statement.title) for version, _ in copy.sides}
    heads = {one_spaced(language.labels.text) for _, language in copy.sides}
    # A card begins with what a speaker says first; the title may stand below that, with the time beside it.
    heads |= {text for passage in passages if passage.words in titles for text in passage.spellings}
    heads |= passages[0].spellings
    known = heads | {text for passage in passages for text in passage.spellings}
    numbered = {text for passage in passages if passage.label for text in passage.spellings}
    answers = []
    for section in structure.all("Sect", "L"):
        inside = [
            (each, each.text) for each in section.elements if each.role in ("P", "LI") or each.role in _HEADINGS
        ]
        start = next((at for at, (_, text) in enumerate(inside, 1) if text in heads), 0)
        if any(text in numbered for _, text in inside):
            answers += [
                failed("more-words", f"“{text[:_SHOWN]}” is no passage of the statement.", each.page)
                for each, text in inside[start:]
                if text not in known
            ]
    return answers


@check(
    "tags/order",
    reason="Who listens hears the text in the order of the structure, and has no page to compare it with.",
    source="ISO 14289-1, 7.1; WCAG 2.2, 1.3.2",
)
def order(subject: Subject) -> Iterator[Answer]:
    """Is the text heard in the order it was written?"""
    copy, structure = subject.copy, subject.upright.structure
    if copy is None or structure is None:
        yield skipped(_NO_COPY if copy is None else _UNTAGGED)
        return
    printed = [element.text for element in _read(structure)]
    at, passages = 0, _passages(copy, Counter(printed))
    for passage in passages:
        place = next((n for n, text in enumerate(printed[at:], at) if passage.is_in(text)), None)
        if place is not None:
            at = place + 1
        elif any(passage.is_in(text) for text in printed):
            yield failed("reading-order", f"{passage.id} is read before what stands above it.", place=passage.id)
            return
    yield from any_of([], f"{len(passages)} passages")


@check(
    "text/numbers",
    reason="A number that one language has and another has not is the first thing an opponent finds.",
    source="facts of the signed text against those read from the file",
)
def numbers(subject: Subject) -> Iterator[Answer]:
    """Has every passage the numbers, months and document symbols of the signed text?"""
    copy, structure = subject.copy, subject.upright.structure
    if copy is None or structure is None:
        yield skipped(_NO_COPY if copy is None else _UNTAGGED)
        return
    if not copy.has_text:
        yield skipped("The edition has no full text.")
        return
    printed = [element.text for element in _read(structure)]
    answers, total = [], 0
    for version, language in copy.sides:
        for block, passage in _with_passages(copy, version, language):
            wanted = facts(block.text, copy.original_language)
            theirs = copy.original_language if _is_untranslated(copy, version, block.id) else language
            there = facts(_printed_words(passage, version.statement, printed), theirs)
            total += wanted.total()
            if wanted != there:
                lost, added = ", ".join((wanted - there).elements()), ", ".join((there - wanted).elements())
                parts = [f"lacks {lost}"] if lost else []
                parts += [f"has {added} in excess"] if added else []
                said = f"{passage.id} {' and '.join(parts)}."
                answers.append(failed("numbers-differ", said, place=passage.id))
    yield from any_of(answers[:_MOST], f"{total} numbers, months and symbols")


def _with_passages(copy: Copy, version: Version, language: Language) -> Iterator[tuple[Block, Passage]]:
    """Each block as it was signed, with what is printed of it in a language."""
    signed = {block.id: block for block in copy.original.blocks}
    passages = _text_of(version.statement, language, of=copy)
    for block, passage in zip(version.statement.blocks, passages, strict=True):
        if block.id in signed:
            yield signed[block.id], passage


def _printed_words(passage: Passage, statement: Statement, printed: list[str]) -> str:
    """What is printed of a passage; where it is what it should be, with the spaces that group digits.

    A font has one glyph for all its spaces, so the file does not tell a thousands separator from a space.
    """
    if any(passage.is_in(text) for text in printed):
        block = statement.block(passage.id.split()[0])
        return block.text if block else ""
    whole = f"{passage.label} {passage.words}"
    return max(printed, key=lambda text: _common(text, whole), default="").removeprefix(passage.label)


def _is_untranslated(copy: Copy, version: Version, block_id: str) -> bool:
    block = version.statement.block(block_id)
    return block is not None and block.foreign == copy.original_language.tag


@check(
    "text/copied",
    reason="What cannot be copied cannot be quoted, searched or translated.",
    source="measured with the reader of Chromium (README, “Languages”)",
)
def copied(subject: Subject) -> Iterator[Answer]:
    """Does a reader of PDFs copy every word as it was written?"""
    copy = subject.copy
    if copy is None:
        yield skipped(_NO_COPY)
        return
    copied = [(version, language) for version, language in copy.sides if not language.labels.attached]
    if not copied:
        yield skipped("No reader copies this script; the text is attached to the file.")
        return
    wanted: Counter[str] = Counter()
    lost: list[str] = []
    for version, language in copied:
        texts = [block.text for block in version.statement.blocks] if copy.has_text else []
        is_first = version is copy.version
        texts += (
            [name.name for name in version.statement.signatories] if is_first and _are_listed(subject, copy) else []
        )
        words = Counter(word for text in texts for word in _searched(text))
        there = _copied_words(subject.upright, words, language.pack.type.segment.body == "spaces")
        lost += (words - there).elements()
        wanted += words
    if not wanted:
        yield skipped("The edition has neither the full text nor the names.")
        return
    shown = ", ".join(f"“{word[:_SHOWN]}”" for word in lost[:3])
    share = 1 - len(lost) / max(1, wanted.total())
    answers = [warned("not-copied", f"{len(lost)} words are copied otherwise ({share:.1%} are right): {shown}.")]
    yield from any_of(answers if lost else [], f"{wanted.total()} words of three letters and more")


_VOWELS = re.compile(" ?[\u064b-\u0655\u0670]")
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\u00ad\x02]")


def _searched(text: str) -> list[str]:
    """Runs of three letters and more, as they would be typed into a search box: Arabic without its vowel signs.

    A compound counts as its words: in a page of Arabic a reader may copy those of a Latin name in another order.
    """
    plain = _UNSEEN.sub("", _VOWELS.sub("", unicodedata.normalize("NFC", text)))
    letters = "".join(each if unicodedata.category(each)[0] in "LM" else " " for each in plain)
    return [word for word in letters.split() if len(word) >= 3]


def _copied_words(subject: Subject, wanted: Counter[str], is_spaced: bool) -> Counter[str]:
    """How often each word is found in what a reader copies.

    In a script without spaces a line, and a page, ends anywhere; there each run of letters is sought in the copied
    text without its spaces, and without what stands in head and foot of a page.
    """
    if is_spaced:
        return Counter(_searched("\n".join(re.sub("\u00ad\\s*", "", page) for page in subject.copied)))
    whole = "".join(
        _without(_squeezed(page), _furniture(subject, number)) for number, page in enumerate(subject.copied, 1)
    )
    return Counter({word: whole.count(word) for word in wanted})


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", _UNSEEN.sub("", unicodedata.normalize("NFC", text)))


def _furniture(subject: Subject, page: int) -> list[str]:
    """What head and foot of a page say, each run of artifacts without spaces."""
    letters, runs = Letters(subject.painted), [""]
    for piece in subject.painted.pieces:
        if piece.page == page and piece.tag == "Artifact":
            runs[-1] += piece.written if piece.written is not None else letters.read(piece.shown)
        elif runs[-1]:
            runs.append("")
    return sorted((squeezed for run in runs if (squeezed := _squeezed(run))), key=len, reverse=True)


def _without(text: str, runs: list[str]) -> str:
    for run in runs:
        text = text.replace(run, "", 1)
    return text


@check(
    "text/code",
    reason="A code that leads nowhere, or elsewhere, is found out when the paper is in the room.",
    source="ISO/IEC 18004; read from the page as a telephone reads it",
)
def code(subject: Subject) -> Iterator[Answer]:
    """Does the code on the page lead to the text online?"""
    found: list[str] = []
    with subject.rendered() as document:
        for page in document:
            image = page.render(scale=_CODE_SCALE, grayscale=True).to_pil()
            # Not on darker paper, and at no other size, than it is printed: half of all checking went there.
            read = zxingcpp.read_barcodes(image, formats=_CODES, try_downscale=False, try_invert=False)
            found += [each.text for each in read]
            if found:
                break
    online = subject.copy.version.particulars.online if subject.copy else ""
    if not found and subject.copy and not subject.copy.version.summary:
        yield skipped("The code stands in the summary, and the statement has none.")
    elif not found and subject.copy and not online:
        yield skipped("statement.toml has no address of the text online.")
    elif not found:
        yield failed("no-code", "No code on the page can be read.")
    elif online and found != [online]:
        yield failed("another-address", f"The code leads to “{found[0][:_SHOWN]}”, not to “{online}”.")
    else:
        yield from any_of([], found[0])


@check(
    "text/time",
    reason="The President takes the floor away when the time is over, in the middle of a demand if need be.",
    source="speech.toml, or [oral] in statement.toml; the pace of the language's pack",
)
def time(subject: Subject) -> Iterator[Answer]:
    """Can it be said in the time?"""
    copy = subject.copy
    if copy is None:
        yield skipped(_NO_COPY)
        return
    whole, language = speech(copy.version, copy.language), copy.language
    takes = f"{minutes(whole.seconds)} at {whole.pace} {language.pack.speech.unit} a minute"
    answers = []
    if whole.excess:
        message = (
            f"It takes {takes}, and {minutes(whole.limit)} are allowed: {whole.excess} "
            f"{language.pack.speech.unit} are too many. Choose what is said by passages under [oral] in "
            "statement.toml, shorten the translation, or write there what the debate allows (seconds)."
        )
        answers.append(failed("too-long", message))
    yield from any_of(answers, f"{takes}, of {minutes(whole.limit)}")


def _read(structure: Element) -> list[Element]:
    """The elements that say something of their own: paragraphs, headings, items, in the order of the structure."""
    return list(structure.all("P", "LI", *_HEADINGS))


def _passages(copy: Copy, printed: Counter[str]) -> list[Passage]:
    """What of the copy the edition must print, in order."""
    statement, language = copy.version.statement, copy.language
    passages = [Passage("the title", "", one_spaced(version.statement.title)) for version, _ in copy.sides]
    if "summary" in copy.parts and copy.version.summary:
        passages += _summary_of(copy.version.summary, statement, language)
    if "card" in copy.parts:
        passages = list(_said(copy))
    if copy.has_text:
        texts = [_text_of(version.statement, its_language, of=copy) for version, its_language in copy.sides]
        passages += (passage for row in zip(*texts, strict=True) for passage in row)
    names = [
        Passage(f"name {each.number}", language.digits(str(each.number)), one_spaced(_named(each)))
        for each in statement.signatories
    ]
    if statement.names_heading:
        heads = [
            each.statement.names_heading.text if each.statement.names_heading else its_language.labels.signatories
            for each, its_language in copy.sides
        ]
        heading = Passage("the heading of the names", "", one_spaced(" · ".join(heads)))
        passages += [heading] if copy.has_text or printed[heading.words] else []
    if copy.has_text or any(passage.is_in(text) for passage in names for text in printed):
        passages += names  # on the sheet, names that have no room are only counted
    return passages


def _named(signatory: Signatory) -> str:
    return f"{signatory.name} ({signatory.beside})" if signatory.beside else signatory.name


def _summary_of(summary: Summary, statement: Statement, language: Language) -> Iterator[Passage]:
    yield Passage("the stand-first", "", one_spaced(summary.standfirst.text))
    for each in summary.figures:
        words = " ".join(part for part in (each.lead, each.value, each.label) if part)
        yield Passage(f"figure “{each.value}”", "", one_spaced(words), _reference(each.source, statement, language))
    for group in summary.demands:
        yield Passage("an addressee", "", one_spaced(group.addressee))
        for item in group.items:
            cited = _reference(item.source, statement, language)
            yield Passage(f"demand of {item.source}", "", one_spaced(item.text), cited)


def _said(copy: Copy) -> Iterator[Passage]:
    for number, each in enumerate(speech(copy.version, copy.language).passages, 1):
        begins = copy.language.digits(minutes(each.begins)) if each.begins else ""
        yield Passage(f"{each.role} {number}", begins, one_spaced(each.text))


def _reference(block_id: str, statement: Statement, language: Language) -> str:
    number = language.digits(statement.paragraph_of(block_id))
    return one_spaced(language.labels.reference.format(number=number)) if number else ""


def _text_of(statement: Statement, language: Language, of: Copy) -> list[Passage]:
    """The blocks of the text; beside another language paragraphs have no number of their own."""
    is_beside = statement is not of.version.statement
    return [
        Passage(
            f"{block.id} ({language.tag})" if is_beside else block.id,
            {
                Kind.PARAGRAPH: "" if is_beside else language.digits(block.id[1:]),
                Kind.ITEM: language.digits(block.marker),
                Kind.NOTE: language.digits(block.marker),
                Kind.HEADING: "",
            }[block.kind],
            one_spaced(block.text),
        )
        for block in statement.blocks
    ]


def _are_listed(subject: Subject, copy: Copy) -> bool:
    """Whether the names are printed, and not only counted."""
    structure = subject.upright.structure
    if structure is None:
        return copy.has_text
    lists = [len(each.elements) for each in structure.all("L")]
    groups = [len(list(names)) for _, names in groupby(copy.version.statement.signatories, lambda each: each.group)]
    return bool(groups) and all(any(there >= size for there in lists) for size in groups)


CHECKS = (words, order, numbers, copied, code, time)
