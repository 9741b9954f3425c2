"""Languages: the packs in `layout/languages/`, each everything that makes a language on the page.

In: a BCP 47 tag. Out: a `Language`. Nothing about a language is in code: a new language is a new file, and fonts
where its script is new.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated, Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from pydantic import AfterValidator, Field

from handbill.assets import resource_folder
from handbill.errors import CallError, did_you_mean
from handbill.forms import Form, read_form

Segment = Literal["spaces", "syllables", "words"]


class SegmentForm(Form):
    """Where a line may break: at spaces, or also between syllables or words that have no space between them."""

    body: Segment
    headings: Segment
    names: Segment


class TypeForm(Form):
    """How the language is set."""

    fonts: tuple[str, ...] = Field(min_length=1, strict=False)
    size: float = Field(gt=0.5, lt=2)
    leading: float = Field(gt=0.5, lt=2.5)
    align: Literal["justify", "start"]
    hyphens: Literal["auto", "none"]
    hyphenate_limits: str = Field(pattern=r"^\d+ \d+ \d+$")
    emphasis: Literal["italic", "bold"]
    segment: SegmentForm
    stretch: Literal["spaces", "characters", "nothing"]
    quotes: tuple[str, str, str, str] = Field(strict=False)


class NumeralsForm(Form):
    """The digits, and the CSS counter styles of lists and folios."""

    digits: str = Field(min_length=10, max_length=10)
    list: str
    folio: str


class DatesForm(Form):
    """CLDR date pattern, how a range is worded, and month names where CLDR has none."""

    pattern: str
    without_year: str
    range: str
    months: tuple[str, ...] = Field(max_length=12, strict=False)


Label = Annotated[str, Field(min_length=1)]


class CountForm(Form):
    """A label that counts: for one, and for any other number."""

    one: Label
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
    online: Label
    qr: Label
    published: Label
    session: Label
    paragraph: Label
    folio: Label
    draft: Label
    draft_note: Label
    unofficial: Label


class LintForm(Form):
    """What text in this script must not hold."""

    nfc: bool
    forbidden: tuple[str, ...] = Field(strict=False)


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
    locale: Annotated[str, AfterValidator(_known_locale)]
    signatory_nouns: tuple[str, ...] = Field(strict=False)
    type: TypeForm
    numerals: NumeralsForm
    dates: DatesForm
    labels: LabelsForm
    lint: LintForm
    sample: SampleForm


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
    def signatory_nouns(self) -> tuple[str, ...]:
        """What the text calls those who sign."""
        return self.pack.signatory_nouns

    def written_date(self, day: date) -> str:
        """A date as this language writes it, in its digits."""
        return self.digits(self._format(day, self.pack.dates.pattern))

    def date_range(self, opens: date, closes: date) -> str:
        """Two dates as a range; the year only once where it is the same."""
        dates = self.pack.dates
        first = self._format(opens, dates.without_year if opens.year == closes.year else dates.pattern)
        return self.digits(dates.range.format(opens=first, closes=self._format(closes, dates.pattern)))

    def digits(self, text: str) -> str:
        """The text with its digits in the language's own."""
        return text.translate(str.maketrans("0123456789", self.pack.numerals.digits))

    def count(self, label: CountForm, count: int) -> str:
        """A label that counts, in the number's form; other places of it are left to be filled."""
        form = label.one if self._locale().plural_form(count) == "one" else label.other
        return form.replace("{count}", self.digits(str(count)))

    def _format(self, day: date, pattern: str) -> str:
        months = self.pack.dates.months
        if months:
            pattern = pattern.replace("MMMM", f"'{months[day.month - 1]}'")
        return format_date(day, pattern, locale=self._locale())

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
