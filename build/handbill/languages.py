"""Languages: the packs in `layout/languages/`, each everything that makes a language on the page.

In: a BCP 47 tag. Out: a `Language`. Nothing about a language is in code: a new language is a new file, and fonts
where its script is new.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated, Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from pydantic import AfterValidator, Field, field_validator, model_validator

from handbill.assets import resource_folder
from handbill.errors import CallError, did_you_mean
from handbill.forms import Form, read_form
from handbill.model import Version

Segment = Literal["spaces", "words", "syllables", "characters", "phrases"]
"""Where a line may break beside spaces: nowhere, at the engine's words (Thai), between syllables (Myanmar script),
between characters (Chinese, Japanese), or between the phrases of a heading (the same)."""


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from None
    return pattern


Pattern = Annotated[str, Field(min_length=1), AfterValidator(_compiles)]
Label = Annotated[str, Field(min_length=1)]
Features = Annotated[str, Field(pattern=r'^(normal|"[a-z0-9]{4}"(, "[a-z0-9]{4}")*)$')]


class SegmentForm(Form):
    """Where a line may break."""

    body: Segment
    headings: Segment
    names: Segment


class TypeForm(Form):
    """How the language is set."""

    fonts: tuple[str, ...] = Field(min_length=1, strict=False, description="Keys of the manifest, first one first")
    size: float = Field(gt=0.5, lt=2, description="Factor on the size of the edition")
    leading: float = Field(gt=0.5, lt=2.5, description="Factor on the leading of the edition")
    align: Literal["justify", "start"]
    hyphens: Literal["auto", "none"]
    hyphenate_limits: str = Field(pattern=r"^\d+ \d+ \d+$")
    emphasis: Literal["italic", "bold"]
    kerning: bool = Field(default=True, description="Off where letters that overlap are copied as two words")
    capitals: bool = Field(description="Whether labels are set in spaced capitals")
    segment: SegmentForm
    kept: tuple[Label, ...] = Field(default=(), strict=False, description="Words that are never broken")
    tied: tuple[Label, ...] = Field(default=(), strict=False, description="Words that end no line")
    ordinals: Pattern | None = Field(default=None, description="What is raised after a number: er in 1er")
    word_space: float = Field(default=0, ge=0, le=0.5, description="Added to the font's, in em")
    features: Features = Field(default='"onum", "pnum"', description="OpenType features of running text, as CSS")
    figures: Features = Field(default='"lnum", "tnum"', description="Those of numbers that stand under each other")
    quotes: tuple[str, str, str, str] = Field(strict=False)
    full_stop: str = Field(default=".", max_length=2, description="What ends a sentence")


class NumeralsForm(Form):
    """How numbers are written; what Handbill numbers itself is in these digits."""

    digits: str = Field(min_length=10, max_length=10)
    group: str = Field(min_length=1, description="Signs that may stand between thousands")
    decimal: str = Field(min_length=1, max_length=1)
    scales: Mapping[str, int] = Field(default={}, description="Words after a number that multiply it")
    words: Mapping[str, int] = Field(default={}, description="Numbers in words, of which others are made by adding")
    multipliers: Mapping[str, int] = Field(default={}, description="Words that multiply the one before: hundred")
    joints: tuple[Label, ...] = Field(
        default=(), strict=False, description="What may stand between them beside a space and a hyphen: and"
    )

    @field_validator("digits")
    @classmethod
    def _count_up(cls, digits: str) -> str:
        if [unicodedata.decimal(digit, None) for digit in digits] != list(range(10)):
            raise ValueError("must be ten digits from nought to nine")
        return digits


class DatesForm(Form):
    """CLDR date patterns, how a range is worded, and month names where CLDR has none."""

    pattern: str
    first: str = Field(description="The first date of a range inside one year")
    second: str = Field(description="The second date of a range inside one year")
    range: str
    first_of_month: str = Field(default="", description="The day 1, where it is an ordinal: 1er")
    first_in_words: str = Field(default="", description="The same in words: premier")
    months: tuple[str, ...] = Field(default=(), max_length=12, strict=False)
    month_forms: tuple[Pattern, ...] = Field(
        default=(),
        max_length=12,
        strict=False,
        description="Regular expressions that find the months in a text, where their names alone do not",
    )


class CountForm(Form):
    """A label that counts, in the plural categories that CLDR gives the language."""

    zero: Label | None = None
    one: Label | None = None
    two: Label | None = None
    few: Label | None = None
    many: Label | None = None
    other: Label


class LabelsForm(Form):
    """Every word that Handbill itself prints on a page."""

    kind: Label
    signed_by: CountForm
    demands: Label
    text: Label
    signatories: Label
    signatories_note: CountForm
    signed: CountForm
    withheld: CountForm
    online: Label
    online_original: Label
    qr: Label
    published: Label
    session: Label
    paragraph: Label
    reference: Label = "\N{NO-BREAK SPACE}¶\N{NO-BREAK SPACE}{number}"
    folio: Label
    draft: Label
    draft_note: Label
    unofficial: Label
    unofficial_note: Label
    reviewed_note: Label
    closing: CountForm
    pace: Label = "{count}/min"
    attached: str = Field(default="", description="That the text is attached, where no reader can copy the script")


class SpeechForm(Form):
    """How fast the language is said where interpreters must follow."""

    unit: Literal["words", "letters", "syllables"] = Field(
        description="What is counted: letters where no space parts words, syllables in Myanmar script"
    )
    per_minute: int = Field(ge=30, le=600, description="Units a minute, pauses included")
    figure: int = Field(default=1, ge=1, le=6, description="Units in which a figure of a number is said")
    source: Label = Field(description="What the pace rests on")
    verified: bool = Field(description="Whether a source says so; false for an estimate")


class ForbiddenForm(Form):
    """A sequence that looks right on one machine and wrong on the next."""

    pattern: Pattern
    reason: Label


class LintForm(Form):
    """What text in this script must and must not hold."""

    letters: Pattern = Field(description="The letters of the script, as a regular expression")
    least_share: float = Field(ge=0, le=1, description="Share of them among the letters of a paragraph")
    forbidden: tuple[ForbiddenForm, ...] = Field(default=(), strict=False)


class SampleForm(Form):
    """A short text for the golden page and the coverage of the fonts."""

    heading: str
    paragraph: str
    names: tuple[str, ...] = Field(strict=False)


def _known_locale(name: str) -> str:
    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        raise ValueError("is no locale that Babel knows; take that of a related language") from None
    return name


class LanguageForm(Form):
    """A language pack."""

    tag: str
    script: str = Field(pattern=r"^[A-Z][a-z]{3}$")
    direction: Literal["ltr", "rtl"]
    name: str
    tier: Literal[1, 2]
    limits: tuple[Label, ...] = Field(default=(), strict=False, description="What does not work, in English")
    reviewed_by: str = Field(default="", description="Who read the labels as a native reader; empty if nobody has")
    locale: Annotated[str, AfterValidator(_known_locale)]
    signatory_nouns: tuple[str, ...] = Field(strict=False)
    ocr: str = Field(default="", description="What tesseract calls it; empty if it has no data for it")
    addressed: tuple[Label, ...] = Field(default=(), strict=False, description="Words that begin an address: To")
    session: Pattern | None = Field(
        default=None, description="Regular expression that finds the name of a session of the Human Rights Council"
    )
    sorted_after: Mapping[str, str] = Field(
        default={}, description="Letters of their own in the alphabet, each with the letter it follows"
    )
    type: TypeForm
    numerals: NumeralsForm
    dates: DatesForm
    labels: LabelsForm
    speech: SpeechForm
    lint: LintForm
    sample: SampleForm

    @model_validator(mode="after")
    def _counts_as_its_language_does(self) -> "LanguageForm":
        needed = Locale.parse(self.locale).plural_form.tags
        for name, label in self.labels:
            missing = [tag for tag in sorted(needed) if isinstance(label, CountForm) and not getattr(label, tag)]
            if missing:
                raise ValueError(
                    f"labels.{name}: the plural categories of {self.locale} need: {', '.join(missing)}"
                )
        return self

    @model_validator(mode="after")
    def _says_what_it_cannot_do(self) -> "LanguageForm":
        if self.tier == 2 and not self.limits:
            raise ValueError("limits: a language of tier 2 must state them")
        return self


@dataclass(frozen=True)
class Language:
    """A language on the page: its pack, and what follows from it."""

    pack: LanguageForm

    @property
    def tag(self) -> str:
        """BCP 47 tag."""
        return self.pack.tag

    @property
    def labels(self) -> LabelsForm:
        """The words printed on a page."""
        return self.pack.labels

    @property
    def is_rtl(self) -> bool:
        """Whether it runs from right to left."""
        return self.pack.direction == "rtl"

    @property
    def month_names(self) -> tuple[str, ...]:
        """The twelve months as dates write them."""
        return self.pack.dates.months or tuple(self._locale().months["format"]["wide"].values())

    @property
    def signatory_nouns(self) -> tuple[str, ...]:
        """What the text calls those who sign."""
        return self.pack.signatory_nouns

    def written_date(self, day: date) -> str:
        """A date as this language writes it, in its digits."""
        return self.digits(self._format(day, self.pack.dates.pattern))

    def date_range(self, opens: date, closes: date) -> str:
        """Two dates as a range; what they share is written once."""
        dates = self.pack.dates
        same = opens.year == closes.year
        first = self._format(opens, dates.first if same else dates.pattern)
        second = self._format(closes, dates.second if same else dates.pattern)
        return self.digits(dates.range.format(opens=first, closes=second))

    def digits(self, text: str) -> str:
        """The text with its digits in the language's own."""
        return text.translate(str.maketrans("0123456789", self.pack.numerals.digits))

    def count(self, label: CountForm, count: int) -> str:
        """A label that counts, in the number's form; other places of it are left to be filled."""
        form: str | None = getattr(label, self._locale().plural_form(count))
        return (form or label.other).replace("{count}", self.digits(str(count)))

    def territory(self, code: str) -> str:
        """The name of a country or a region as a heading; CLDR's English one where it has none in the language."""
        own = self._locale()
        is_own = own.language == self.tag.split("-")[0]
        name: str = (own.territories.get(code) if is_own else None) or Locale("en").territories[code]
        return name[:1].upper() + name[1:]

    def _format(self, day: date, pattern: str) -> str:
        dates, month, first = self.pack.dates, "\ue000", "\ue001"  # what is no pattern letter passes through
        if dates.months:
            pattern = pattern.replace("MMMM", month)
        if dates.first_of_month and day.day == 1:
            pattern = re.sub(r"'[^']*'|d", lambda part: first if part[0] == "d" else part[0], pattern)
        written = format_date(day, pattern, locale=self._locale()).replace(first, dates.first_of_month)
        return written.replace(month, dates.months[day.month - 1]) if dates.months else written

    def _locale(self) -> Locale:
        return Locale.parse(self.pack.locale)


def known_languages() -> list[str]:
    """The tags of all packs."""
    return sorted(path.stem for path in (resource_folder("layout") / "languages").glob("*.toml"))


@lru_cache(maxsize=64)
def load_language(tag: str) -> Language:
    """Load a pack.

    Raises:
        CallError: There is no such language, or its pack has mistakes.
    """
    if tag not in known_languages():
        raise CallError(f'"{tag}": there is no such language.', did_you_mean(tag, known_languages()))
    path = resource_folder("layout") / "languages" / f"{tag}.toml"
    pack = read_form(path, LanguageForm)
    if pack.tag != tag:
        raise CallError(f'{path}: the tag in the file is "{pack.tag}".', "Give file and tag the same name.")
    return Language(pack)


def sides(version: Version, language: Language) -> tuple[tuple[Version, Language], ...]:
    """A version with its pack, and where another stands beside it, that one with its own."""
    beside = version.beside
    return (version, language), *([(beside, load_language(beside.statement.language))] if beside else [])
