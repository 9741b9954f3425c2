"""Agreement: what the statement says of itself must be so.

In: a statement, its particulars, its summary, and the language's words for organisations. Out: findings, one for
each number or quotation that does not agree, naming both places. Nothing is mended here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handbill.languages import Language
from handbill.model import NOT_SCANNED, Finding, OfficialName, Particulars, Statement, Summary
from handbill.number_words import in_words, value_of

_NUMBER = re.compile(r"\d+(?:[.,\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE} ]\d{3})*(?:[.,]\d+)?")
_QUOTATION = re.compile(r"“([^”]+)”|«\s*([^»]+?)\s*»|‘([^’]+)’(?!\w)")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_WORD = re.compile(r"[\w’'-]+")

LEAST_IN_WORDS = 10
"""Number in words from which it is a claim: "two groups" are seldom the signatories."""


def check_agreement(
    statement: Statement,
    particulars: Particulars,
    summary: Summary | None,
    language: Language,
    *,
    official_names: Sequence[OfficialName] = (),
) -> list[Finding]:
    """Everything in which the statement contradicts itself or what the editor counted."""
    return [
        *_check_counts(statement, particulars),
        *check_claims(statement, particulars, summary, language),
        *(_check_summary(statement, summary) if summary else ()),
        *_check_names(statement, official_names),
    ]


def _check_names(statement: Statement, official_names: Sequence[OfficialName]) -> Iterator[Finding]:
    """Every entry of signatories.toml against the list, so that no name is given to another organisation."""
    signed = {signatory.signed: signatory.name for signatory in statement.signatories}
    for entry in official_names:
        if signed.get(entry.number) != entry.name:
            there = f"“{signed[entry.number]}”" if entry.number in signed else "no such number"
            yield Finding(
                "official-name", f"signatories.toml: {entry.number} is “{entry.name}”; the list has {there}."
            )


def check_claims(
    statement: Statement, particulars: Particulars, summary: Summary | None, language: Language
) -> Iterator[Finding]:
    """Every place that says how many signed, against the list.

    Args:
        statement: In the language that is looked at, its own or a translation's.
        particulars: Its particulars, for the counts of other organisations that an editor has settled.
        summary: In the same language.
        language: That language.
    """
    entries, others = statement.signatory_count, particulars.expected.other_counts
    late = f" ({late_count(statement)} of them late)" if late_count(statement) else ""
    settled = {int(number) for phrase in others for number in re.findall(r"\d+", phrase)}
    translated = language.tag != particulars.language  # where a settled phrase is worded otherwise
    for claim in claims(statement, summary, language):
        if claim.number == entries or claim.words in others or (translated and claim.number in settled):
            continue
        remedy = "" if translated else ". If these are other organisations, add the phrase to expected.other_counts"
        yield _count(f"{claim.place} says “{claim.words}”, but the list has {entries} names{late}{remedy}")


def late_count(statement: Statement) -> int:
    """How many signed after the text was scanned."""
    named = sum(signatory.is_late for signatory in statement.signatories)
    return named + sum(lines == NOT_SCANNED for _, lines in statement.withheld)


def _check_counts(statement: Statement, particulars: Particulars) -> Iterator[Finding]:
    """The names counted, the highest number, and the editor's own count."""
    entries = statement.signatory_count
    expected = particulars.expected
    numbers = {signatory.signed: signatory.lines for signatory in statement.signatories} | dict(statement.withheld)
    if numbers and max(numbers) != entries:
        highest = max(numbers)
        yield _count(
            f"the list has {entries} names, but its highest number is {highest}"
            + ("" if numbers[highest] == NOT_SCANNED else f" (line {numbers[highest][0]})")
        )
    if expected.signatories is not None and expected.signatories != entries:
        yield _count(f"the list has {entries} names; statement.toml expects {expected.signatories} signatories")
    paragraphs = statement.paragraph_count
    if expected.paragraphs is not None and expected.paragraphs != paragraphs:
        yield _count(f"the text has {paragraphs} paragraphs; statement.toml expects {expected.paragraphs}")


def _count(message: str) -> Finding:
    return Finding("count", f"{message[:1].upper()}{message[1:]}.")


@dataclass(frozen=True, slots=True)
class Claim:
    """A place that says how many organisations there are.

    Attributes:
        place: Where, as a message names it: "line 1 (p1)".
        words: The phrase: "46 organizations".
        number: The number in it.
    """

    place: str
    words: str
    number: int


def claims(statement: Statement, summary: Summary | None, language: Language) -> Iterator[Claim]:
    """Every place where the words of a statement count organisations, in digits or in words."""
    for place, text in _texts(statement, summary):
        yield from (Claim(place, words, number) for words, number in counts_in(text, language))


def counts_in(text: str, language: Language) -> Iterator[tuple[str, int]]:
    """The phrases of a text that count organisations, each with its number.

    >>> from handbill.languages import load_language
    >>> list(counts_in("Nous, vingt organisations, 3 jours", load_language("fr")))
    [('vingt organisations', 20)]
    """
    nouns = "|".join(re.escape(noun) for noun in sorted(language.signatory_nouns, key=len, reverse=True))
    if not nouns:
        return
    digits, written = r"\d{1,4}(?!\d)", in_words(language)
    # Where a script has no spaces, the noun follows the number at once and is followed by other words.
    spaced = rf"(?<![\w.,])(?:({digits})\s*|({written})\s+)(?:[^\s\d.,;]+\s+){{0,3}}?(?:{nouns})(?!\w)"
    unspaced = rf"(?<![\d.,])(?:({digits})|({written}))\s?(?:{nouns})"
    claim = re.compile(spaced if language.pack.type.segment.body == "spaces" else unspaced, re.IGNORECASE)
    for match in claim.finditer(text):
        number = int(match[1]) if match[1] else value_of(match[2], language)
        if match[1] or number >= LEAST_IN_WORDS:
            yield match[0], number


def _texts(statement: Statement, summary: Summary | None) -> Iterator[tuple[str, str]]:
    """Everything that is printed but the names, with its place."""
    yield "the title", statement.title
    head = (statement.names_heading,) if statement.names_heading else ()
    yield from ((f"line {block.lines[0]} ({block.id})", block.text) for block in (*statement.blocks, *head))
    if summary:
        yield "the stand-first of the summary", summary.standfirst.text
        for figure in summary.figures:
            yield f"figure “{figure.value}” of the summary", f"{figure.lead} {figure.value} {figure.label}".strip()
        for group in summary.demands:
            yield "an addressee of the summary", group.addressee
            yield from ((f"a demand of the summary ({item.source})", item.text) for item in group.items)


def _check_summary(statement: Statement, summary: Summary) -> Iterator[Finding]:
    """Every item of the summary against the block it names."""
    for text, source, in_order in _items(summary):
        block = statement.block(source)
        if block is None:
            yield Finding("summary-source", f"summary.toml: “{text}” names {source}, and there is no such block.")
            continue
        for words in _not_in(text, block.text):
            message = f"summary.toml: “{words}” in “{text}” does not stand in {source}."
            yield Finding("summary-words", message)
        if summary.verbatim and in_order and (strange := _first_strange_word(text, block.text)):
            message = (
                f"summary.toml: “{strange}” in “{text}” is not the next word of {source}. "
                "Quote the text word for word (words may be left out), or set verbatim = false."
            )
            yield Finding("summary-verbatim", message)


def _items(summary: Summary) -> Iterator[tuple[str, str, bool]]:
    """Every text of the summary, the block it names, and whether it is a sentence taken from it.

    What a figure counts is worded anew ("people killed"), so only its number can be compared.
    """
    yield summary.standfirst.text, summary.standfirst.source, True
    for figure in summary.figures:
        yield f"{figure.lead} {figure.value}".strip(), figure.source, True
        yield figure.label, figure.source, False
    for group in summary.demands:
        for item in group.items:
            yield item.text, item.source, True


def _not_in(text: str, block: str) -> Iterator[str]:
    """Numbers and quotations of an item that its block does not hold."""
    numbers = _NUMBER.findall(block)
    yield from (number for number in _NUMBER.findall(text) if number not in numbers)
    for match in _QUOTATION.finditer(text):
        quoted = next(group for group in match.groups() if group)
        if quoted not in block:
            yield match[0]


def _first_strange_word(text: str, block: str) -> str:
    """The first word of an item that does not follow in its block, in order; "" where all do.

    Words in square brackets are the editor's, as in any quotation.
    """
    words = [word.lower() for word in _WORD.findall(block)]
    at = 0
    for match in _WORD.finditer(_BRACKETS.sub(" ", text)):
        try:
            at = words.index(match[0].lower(), at) + 1
        except ValueError:
            return match[0]
    return ""
