"""Agreement: what the statement says of itself must be so.

In: a statement, its particulars, its summary, and the language's words for organisations. Out: findings, one for
each number or quotation that does not agree, naming both places. Nothing is mended here.
"""

import re
from collections.abc import Iterator, Sequence

from handbill.languages import Language
from handbill.model import Block, Finding, Kind, OfficialName, Particulars, Statement, Summary

_NUMBER = re.compile(r"\d+(?:[.,\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE} ]\d{3})*(?:[.,]\d+)?")
_QUOTATION = re.compile(r"“([^”]+)”|«\s*([^»]+?)\s*»|‘([^’]+)’(?!\w)")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_WORD = re.compile(r"[\w’'-]+")


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
        *_check_counts(statement, particulars, language),
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


def _check_counts(statement: Statement, particulars: Particulars, language: Language) -> Iterator[Finding]:
    """The names counted, the highest number, the number claimed in the text, and the editor's own count."""
    entries = statement.signatory_count
    expected = particulars.expected
    numbers = {signatory.signed: signatory.lines for signatory in statement.signatories} | dict(statement.withheld)
    if numbers and max(numbers) != entries:
        highest = max(numbers)
        yield _count(
            f"the list has {entries} names, but its highest number is {highest} (line {numbers[highest][0]})"
        )
    if expected.signatories is not None and expected.signatories != entries:
        yield _count(f"the list has {entries} names; statement.toml expects {expected.signatories} signatories")
    paragraphs = sum(block.kind is Kind.PARAGRAPH for block in statement.blocks)
    if expected.paragraphs is not None and expected.paragraphs != paragraphs:
        yield _count(f"the text has {paragraphs} paragraphs; statement.toml expects {expected.paragraphs}")
    for block, words, claimed in _claims(statement, language):
        if claimed != entries and words not in expected.other_counts:
            yield _count(
                f"line {block.lines[0]} ({block.id}) says “{words}”, but the list has {entries} names. "
                "If these are other organisations, add the phrase to expected.other_counts"
            )


def _count(message: str) -> Finding:
    return Finding("count", f"{message[:1].upper()}{message[1:]}.")


def _claims(statement: Statement, language: Language) -> Iterator[tuple[Block, str, int]]:
    """Every place where the text counts organisations in digits: block, phrase, number."""
    nouns = "|".join(re.escape(noun) for noun in sorted(language.signatory_nouns, key=len, reverse=True))
    if not nouns:
        return
    # Where a script has no spaces, the noun follows the number at once and is followed by other words.
    spaced = rf"(?<![\w.,])(\d{{1,4}})(?!\d)\s*(?:[^\s\d.,;]+\s+){{0,3}}?(?:{nouns})(?!\w)"
    unspaced = rf"(?<![\d.,])(\d{{1,4}})\s?(?:{nouns})"
    claim = re.compile(spaced if language.pack.type.segment.body == "spaces" else unspaced, re.IGNORECASE)
    for block in statement.blocks:
        for match in claim.finditer(block.text):
            yield block, match[0], int(match[1])


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
