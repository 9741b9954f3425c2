"""Languages: the packs in `layout/languages/`, each everything that makes a language on the page.

In: a BCP 47 tag. Out: a `Language`. Nothing about a language is in code: a new language is a new file, and fonts
where its script is new.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from pydantic import Field

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
    range: str
    months: tuple[str, ...] = Field(max_length=12, strict=False)


class CountForm(Form):
    """A label that counts: for one, and for any other number."""

    one: str
    other: str


class LabelsForm(Form):
    """Every word that Handbill itself prints on a page."""

    kind: str
    signed_by: CountForm
    demands: str
    text: str
    signatories: str
    signatories_note: CountForm
    signed: CountForm
    online: str
    qr: str
    published: str
    session: str
    paragraph: str
    folio: str
    draft: str
    draft_note: str
    unofficial: str


class LintForm(Form):
    """What text in this script must not hold."""

    nfc: bool
    forbidden: tuple[str, ...] = Field(strict=False)


class SampleForm(Form):
    """A short text for the golden page and the coverage of the fonts."""

    heading: str
    paragraph: str
    names: tuple[str, ...] = Field(strict=False)


class LanguageForm(Form):
    """A language pack."""

    tag: str
    script: str = Field(pattern=r"^[A-Z][a-z]{3}$")
    direction: Literal["ltr", "rtl"]
    name: str
    tier: Literal[1, 2]
    locale: str
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
        return self.digits(self._format(day))

    def date_range(self, opens: date, closes: date) -> str:
        """Two dates as a range; the year only once where it is the same."""
        first = self._format(opens)
        if opens.year == closes.year:
            first = format_skeleton("MMMMd", opens, locale=self._locale())
        return self.digits(self.pack.dates.range.format(opens=first, closes=self._format(closes)))

    def digits(self, text: str) -> str:
        """The text with its digits in the language's own."""
        return text.translate(str.maketrans("0123456789", self.pack.numerals.digits))

    def count(self, label: CountForm, count: int) -> str:
        """A label that counts, in the number's form; other places of it are left to be filled."""
        form = label.one if self._locale().plural_form(count) == "one" else label.other
        return form.replace("{count}", self.digits(str(count)))

    def _format(self, day: date) -> str:
        return format_date(day, self.pack.dates.pattern, locale=self._locale())

    def _locale(self) -> Locale:
        try:
            return Locale.parse(self.pack.locale)
        except (UnknownLocaleError, ValueError):
            return Locale.parse("en")


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
