"""The forms that a statement's folder is filled in with.

In: `statement.toml`, `corrections.toml`, `summary.toml`, `signatories.toml`, `preflight.toml`. Out: the frozen
values of the model. `SCHEMAS` is what a text editor completes and checks the files by.
"""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from babel import Locale
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from handbill import model
from handbill.editions import EDITIONS
from handbill.errors import CallError, did_you_mean
from handbill.files import LARGEST_ORIGINAL, read_bytes, read_utf8
from handbill.forms import LARGEST, Form, parse_form, read_form
from handbill.read.logo import read_logo
from handbill.toml_lines import line_of

_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_SHADE = r"^#[0-9a-fA-F]{6}$"


def _printable(text: str) -> str:
    """One line of visible text."""
    if not text.strip():
        raise ValueError("is empty")
    return _one_line(text)


def _one_line(text: str) -> str:
    """One line, without a control, a line end, or a mark that turns the reading direction."""
    if any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or c in _DIRECTION for c in text):
        raise ValueError("holds a control character or a line end")
    return text.strip()


def _https(address: str) -> str:
    """An address that may be printed and linked."""
    parts = urlsplit(address)
    if (
        parts.scheme != "https"
        or "." not in parts.netloc
        or any(c.isspace() or not c.isprintable() for c in address)
    ):
        raise ValueError("must be a full address that begins with https://")
    return address


def _edition(name: str) -> str:
    """The name of an edition."""
    if name not in EDITIONS:
        raise ValueError(f"is no edition. {did_you_mean(name, EDITIONS)}")
    return name


def _country(code: str) -> str:
    """The code of a country that has a name in the languages."""
    if code != "001" and not (
        len(code) == 2 and code.isascii() and code.isupper() and code in Locale("en").territories
    ):
        raise ValueError("is no country: write its two letters as in ISO 3166, such as MM")
    return code


Words = Annotated[str, Field(max_length=2000), AfterValidator(_printable)]
Tag = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", description="A BCP 47 language tag")]
Country = Annotated[
    str, Field(description="ISO 3166-1 alpha-2, such as MM; 001 for the world"), AfterValidator(_country)
]
Status = Annotated[
    Literal["general", "special", "roster", "none"], Field(description="Its consultative status with ECOSOC")
]
Registered = Annotated[Words, Field(description="Its name in the database of ECOSOC, where it signed with another")]
Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Kind = Annotated[Key, Field(description="Its kind: a key of kinds under [signatories] in statement.toml")]
LogoFile = Annotated[
    str,
    Field(
        pattern=r"^logos/[A-Za-z0-9][A-Za-z0-9._-]*\.(svg|png)$",
        description="Its logo, a file in the statement's folder: logos/name.svg or logos/name.png",
    ),
]
BlockId = Annotated[str, Field(pattern=r"^[phin][1-9][0-9]*$", description="A block of the text, such as p3")]


Ink = Annotated[float, Field(ge=0, le=100, strict=False)]


class SessionForm(Form):
    """The session the brief is handed out at."""

    name: Words = Field(description="For example: 58th session of the Human Rights Council")
    opens: date
    closes: date
    agenda_item: int | None = Field(
        default=None, ge=1, le=10, description="The item of the Council's agenda that the statement is for"
    )

    @model_validator(mode="after")
    def _in_order(self) -> "SessionForm":
        if self.closes < self.opens:
            raise ValueError("closes before it opens")
        return self


class ExpectedForm(Form):
    """What the editor counted on the paper; the build stops where the text does not agree."""

    signatories: int | None = Field(default=None, ge=0, le=10_000)
    paragraphs: int | None = Field(default=None, ge=1)
    other_counts: tuple[Words, ...] = Field(
        default=(), strict=False, description='Phrases that count other organisations: "30 organizations"'
    )


class ApprovalForm(Form):
    """The approval of the text."""

    text_sha256: str = Field(
        pattern=r"^[0-9a-f]{64}$", description="Of the approved text, as `handbill build` prints it"
    )


class ListingForm(Form):
    """How the names are printed; each keeps the number it signed with."""

    order: Literal["signed", "sorted"] = Field(
        default="signed", description="As signed, or by the alphabet of the page's language"
    )
    group: Literal["none", "country", "subregion", "region", "kind"] = Field(
        default="none",
        description="Under one heading, or one for each country, region of the United Nations (M49) or kind "
        "(signatories.toml)",
    )
    countries: bool = Field(default=False, description="Print the country in brackets, where it is known")
    kinds: Mapping[Key, Words] = Field(
        default={},
        description="Kinds of organisations in the order of their headings; each heading is in the statement's "
        "language, and translated with the text",
    )
    logos: bool = Field(default=False, description="Print the logos beside the names, on A4 and Letter")

    @model_validator(mode="after")
    def _has_its_kinds(self) -> "ListingForm":
        if self.group == "kind" and not self.kinds:
            raise ValueError('lacks kinds, such as kinds = { women = "Women’s organisations" }')
        return self


class SubmissionForm(Form):
    """The written statement to the Human Rights Council; figures that are not given are those of ohchr.toml."""

    submitted_by: int = Field(
        ge=1, description="Number in the list of the organisation that submits; its status is in signatories.toml"
    )
    words: int | None = Field(default=None, ge=1, description="Words it may have, footnotes included")
    size: int | None = Field(default=None, ge=8, le=14, description="Size of its type in points")


class OralForm(Form):
    """The statement as it is said aloud: what is on the card for its speaker."""

    seconds: int | None = Field(
        default=None, ge=10, le=1800, description="What the debate allows; the shortest of speech.toml if left out"
    )
    opening: Words | None = Field(default=None, description="What is said before the title: Mr. President,")
    closing: Words | None = Field(default=None, description="What is said last: Thank you.")
    passages: tuple[Words, ...] = Field(
        default=(),
        strict=False,
        description="What of the summary is said, in this order: standfirst, figures, figure2, demands, demands3, "
        "demands3.item1; all of it if left out",
    )

    @model_validator(mode="after")
    def _each_once(self) -> "OralForm":
        twice = [name for name, times in Counter(self.passages).items() if times > 1]
        if twice:
            raise ValueError(f"passages: {', '.join(twice)} is named more than once")
        return self


class SourceForm(Form):
    """The file that source.txt was taken from; it is kept beside it."""

    file: Words = Field(description="Its name in the folder")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="Of its bytes: the build stops where it is another")
    how: Words | None = Field(default=None, description="What read it")
    kind: Literal["typed", "printed"] = Field(
        default="printed",
        description="typed: the blocks of source.txt are the paragraphs of the file, as a word processor has them; "
        "printed: they are lines of pages, as a scanner or a PDF has them",
    )

    @model_validator(mode="after")
    def _is_in_the_folder(self) -> "SourceForm":
        if self.file != Path(self.file).name or self.file.startswith("."):
            raise ValueError("file: must be the name of a file in the statement's folder")
        return self


class StatementForm(Form):
    """statement.toml: the particulars of one statement."""

    title: Words
    language: Tag = Field(description="The language of source.txt")
    published: date
    online: Annotated[str, Field(max_length=1000), AfterValidator(_https)] | None = Field(
        default=None,
        description="Address of the text online, https; printed, and in the QR code. A draft goes without",
    )
    languages: tuple[Tag, ...] = Field(min_length=1, strict=False, description="Languages to build")
    paper: Literal["a4", "letter"] = "a4"
    accent: str = Field(default="#7a1f2b", pattern=_SHADE, description="The one accent colour, #rrggbb")
    accent_cmyk: tuple[Ink, Ink, Ink, Ink] | None = Field(
        default=None,
        strict=False,
        description="The inks that print it, in per cent; else the profile finds them",
    )
    summary_size: int = Field(
        default=112,
        ge=74,
        le=112,
        description="Per cent of the design's size that no language's summary goes over, so that several share one",
    )
    keywords: tuple[Words, ...] = Field(default=(), strict=False)
    session: SessionForm | None = None
    expected: ExpectedForm = ExpectedForm()
    signatories: ListingForm = ListingForm()
    submission: SubmissionForm | None = None
    oral: OralForm | None = None
    source: SourceForm | None = None
    approval: ApprovalForm | None = None


class CorrectionForm(Form):
    """One decision of an editor on the source."""

    line: int = Field(ge=1, description="Line of source.txt on which `before` begins")
    before: str = Field(min_length=1, description="The words as they stand; a line end as \\n")
    after: str = Field(description="The words as they should be; the same as `before` to keep them")
    reason: Words


class CorrectionsForm(Form):
    """corrections.toml: an editor's decisions on the source, each with its reason."""

    corrections: tuple[CorrectionForm, ...] = Field(default=(), strict=False)


class ItemForm(Form):
    """A sentence of the summary and the block it is taken from."""

    text: Words
    source: BlockId


class FigureForm(Form):
    """A number with what it counts."""

    lead: Annotated[str, AfterValidator(_one_line)] = Field(
        default="", max_length=60, description="What stands before the number: more than"
    )
    value: Words
    label: Words
    source: BlockId


class DemandsForm(Form):
    """The calls on one addressee."""

    addressee: Words
    items: tuple[ItemForm, ...] = Field(min_length=1, strict=False)


class SummaryForm(Form):
    """summary.toml: the one-page summary, every item of it taken from the text."""

    verbatim: bool = Field(default=False, description="Every item must read word for word, in order, as its block")
    standfirst: ItemForm
    figures: tuple[FigureForm, ...] = Field(default=(), max_length=4, strict=False)
    demands: tuple[DemandsForm, ...] = Field(min_length=1, strict=False)


class SignatoryForm(Form):
    """What is known of one signatory beside its name in the list."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"properties": {"withheld": {"enum": [True]}}, "required": ["withheld"]},
                {"required": ["name", "official", "source"]},
                {"required": ["name", "country"]},
                {"required": ["name", "kind"]},
                {"required": ["name", "logo"]},
                {"required": ["name", "status", "source"]},
            ]
        }
    )

    number: int = Field(ge=1, description="Its number in the list")
    name: Words | None = Field(
        default=None,
        description="Its name as signed; the build stops where the list has another. Optional if it is withheld",
    )
    official: Mapping[Tag, Words] = Field(default={}, description='Its own name in other languages: { fr = "…" }')
    source: Words | None = Field(
        default=None,
        description="Where this is from: its website, its letterhead, the database; or who asked for silence",
    )
    country: Country | None = None
    kind: Kind | None = None
    logo: LogoFile | None = None
    status: Status | None = None
    registered: Registered | None = None
    withheld: bool = Field(default=False, description="Counted, and named nowhere")
    also: tuple[Words, ...] = Field(
        default=(), strict=False, description="Other forms of a withheld name, to be looked for in the text as well"
    )

    @model_validator(mode="after")
    def _is_whole(self) -> "SignatoryForm":
        wanted: tuple[str, ...] = ("name", "source") if self.status else ("name",)
        if self.official or not (self.status or self.country or self.kind or self.logo):
            wanted = ("name", "official", "source")
        missing = [key for key in wanted if not getattr(self, key)]
        if missing and not self.withheld:
            raise ValueError(f"lacks {', '.join(missing)} (only `withheld = true` does without)")
        if self.also and not self.withheld:
            raise ValueError("also: is for withheld names")
        if self.withheld and (self.status or self.registered or self.kind or self.logo):
            raise ValueError(
                "is withheld: take out its status, registered name, kind and logo, which need stand nowhere"
            )
        if self.registered and not self.status:
            raise ValueError("registered: an organisation in the database has a status")
        return self


class LateForm(Form):
    """A sign-on that came after the text was scanned; it is numbered on from the list."""

    name: Words | None = Field(default=None, description="Its name as signed; left out if it is withheld")
    acronym: Words | None = None
    official: Mapping[Tag, Words] = Field(default={}, description='Its own name in other languages: { fr = "…" }')
    country: Country | None = None
    kind: Kind | None = None
    logo: LogoFile | None = None
    signed: date | None = Field(default=None, description="The day it signed")
    status: Status | None = None
    registered: Registered | None = None
    source: Words | None = Field(
        default=None, description="Where this is from: the database, on what day; its website, its letterhead"
    )
    withheld: bool = Field(default=False, description="Counted, and named nowhere")

    @model_validator(mode="after")
    def _is_named_or_withheld(self) -> "LateForm":
        named = self.name or self.acronym or self.official or self.registered
        if self.withheld and (named or self.country or self.kind or self.logo or self.status):
            raise ValueError(
                "is withheld: take out its name, acronym, country and status, kind, logo and official names, which "
                "need stand nowhere"
            )
        if (self.status or self.official) and not self.source:
            raise ValueError("lacks source: where its status, or its official name, is from")
        if self.registered and not self.status:
            raise ValueError("registered: an organisation in the database has a status")
        if not self.withheld and not self.name:
            raise ValueError("lacks name (only `withheld = true` does without)")
        return self


class SignatoriesForm(Form):
    """signatories.toml: what the list does not say of its signatories, and who is not in the list."""

    signatories: tuple[SignatoryForm, ...] = Field(default=(), strict=False)
    late: tuple[LateForm, ...] = Field(
        default=(), strict=False, description="Signed later, in that order; printed after the list, numbered on"
    )

    @model_validator(mode="after")
    def _each_once(self) -> "SignatoriesForm":
        numbers = Counter(signatory.number for signatory in self.signatories)
        twice = [str(number) for number, count in numbers.items() if count > 1]
        if twice:
            raise ValueError(f"number {', '.join(twice)}: there is more than one entry; make one of them")
        return self


class WaiverForm(Form):
    """One finding of the preflight that is taken as it is."""

    finding: str = Field(
        pattern=r"^[a-z-]+/[a-z0-9-]+(:[a-z0-9-]+)?$",
        description='As the build names it in brackets, "lines/last-word:runt", or the check alone',
    )
    reason: Words
    edition: Annotated[str, AfterValidator(_edition)] = Field(
        default="", description="The edition it is for; all if left out", json_schema_extra={"enum": [*EDITIONS]}
    )
    language: Tag | Literal[""] = Field(default="", description="The language it is for; all if left out")


class PreflightForm(Form):
    """preflight.toml: findings of the preflight that an editor takes as they are, each with its reason."""

    waivers: tuple[WaiverForm, ...] = Field(default=(), strict=False)


PLAIN = model.Listing()
"""Nothing is said of the list."""

SCHEMAS: Mapping[str, type[BaseModel]] = {
    "statement": StatementForm,
    "corrections": CorrectionsForm,
    "summary": SummaryForm,
    "signatories": SignatoriesForm,
    "preflight": PreflightForm,
}
"""The forms by the name of their file, for `handbill schema`."""


def read_particulars(path: Path) -> model.Particulars:
    """Read statement.toml.

    Raises:
        CallError: It is missing or has mistakes, all of them listed; or the file that the text was taken from is
            not there, or another one.
    """
    form = read_form(path, StatementForm)
    if form.source:
        _hold_to_original(path, form.source)
    session = form.session
    return model.Particulars(
        title=form.title,
        language=form.language,
        published=form.published,
        online=form.online or "",
        session=model.Session(session.name, session.opens, session.closes, session.agenda_item)
        if session
        else None,
        languages=form.languages,
        paper=form.paper,
        accent=form.accent.lower(),
        keywords=form.keywords,
        expected=model.Expected(form.expected.signatories, form.expected.paragraphs, form.expected.other_counts),
        approved_text=form.approval.text_sha256 if form.approval else None,
        accent_cmyk=form.accent_cmyk,
        summary_size=form.summary_size,
        listing=model.Listing(
            form.signatories.order,
            form.signatories.group,
            form.signatories.countries,
            dict(form.signatories.kinds),
            form.signatories.logos,
        ),
        submission=model.Submission(**form.submission.model_dump()) if form.submission else None,
        oral=_oral(form.oral) if form.oral else None,
        typed=form.source is not None and form.source.kind == "typed",
    )


def _oral(form: OralForm) -> model.Oral:
    return model.Oral(form.seconds, form.opening or "", form.closing or "", form.passages)


def _hold_to_original(path: Path, source: SourceForm) -> None:
    """Refuse a folder in which the file that was handed in is not the one that the text was taken from."""
    original = path.with_name(source.file)
    if hashlib.sha256(read_bytes(original, LARGEST_ORIGINAL)).hexdigest() != source.sha256:
        line = line_of(read_utf8(path, LARGEST), ("source", "sha256"))
        raise CallError(
            f"{path}, line {line}: {original.name} is not the file that the text was taken from.",
            "Put back the file as it was handed in, or begin anew from this one: handbill new NAME --from FILE.",
        )


def read_corrections(path: Path) -> tuple[model.Correction, ...]:
    """Read corrections.toml; no file is no decision."""
    if not path.exists():
        return ()
    form = read_form(path, CorrectionsForm)
    return tuple(model.Correction(c.line, c.before, c.after, c.reason) for c in form.corrections)


def read_signatories(path: Path, listing: model.Listing = PLAIN) -> model.SignOns:
    """Read signatories.toml; no file is no name.

    Args:
        path: Of the file.
        listing: What statement.toml says of the list: the kinds of organisations, whether logos are wanted.

    Raises:
        CallError: It has mistakes, or a kind that is none of these, or a logo that cannot be printed.
    """
    if not path.exists():
        return model.SignOns()
    form = read_form(path, SignatoriesForm)
    _refuse_unknown_kinds(path, form, listing.kinds)
    about = partial(_about, folder=path.parent if listing.logos else None)
    entries = form.signatories
    return model.SignOns(
        official_names=tuple(
            model.OfficialName(e.number, e.name or "", e.official, e.source or "")
            for e in entries
            if not e.withheld
        ),
        withheld=tuple(
            model.Withheld(e.number, e.name or "", (*e.official.values(), *e.also)) for e in entries if e.withheld
        ),
        late=tuple(
            model.LateSignOn(
                e.name or "", about(e), e.acronym or "", e.signed, e.withheld, _standing(e), dict(e.official)
            )
            for e in form.late
        ),
        about={e.number: known for e in entries if (known := about(e)) != model.About() and not e.withheld},
        standings={e.number: standing for e in entries if (standing := _standing(e))},
    )


def _about(entry: SignatoryForm | LateForm, folder: Path | None) -> model.About:
    """What is known of a signatory; its logo is read from the folder, if there is one."""
    logo = read_logo(folder, entry.logo) if folder and entry.logo else None
    return model.About(entry.country or "", entry.kind or "", logo)


def _entries(form: SignatoriesForm) -> Iterator[tuple[tuple[str, int], SignatoryForm | LateForm]]:
    """Every entry with its place in the form."""
    yield from ((("signatories", at), entry) for at, entry in enumerate(form.signatories))
    yield from ((("late", at), entry) for at, entry in enumerate(form.late))


def _refuse_unknown_kinds(path: Path, form: SignatoriesForm, kinds: Collection[str]) -> None:
    text = read_utf8(path, LARGEST)
    lines: dict[str, list[int]] = {}
    for (table, at), entry in _entries(form):
        if entry.kind and entry.kind not in kinds:
            lines.setdefault(entry.kind, []).append(line_of(text, (table, at, "kind")))
    unknown = [
        f'{path}, {"line" if len(at) == 1 else "lines"} {", ".join(map(str, at))}: "{kind}" is no kind of '
        f"statement.toml. {did_you_mean(kind, kinds) if kinds else ''}".rstrip()
        for kind, at in lines.items()
    ]
    if unknown:
        raise CallError(
            "\n".join(unknown),
            'Mend it, or add it there: kinds = { women = "Women’s organisations" } under [signatories].',
        )


def _standing(entry: SignatoryForm | LateForm) -> model.Standing | None:
    return model.Standing(model.Consultative(entry.status), entry.registered or "") if entry.status else None


def check_signatories(path: Path, text: str) -> None:
    """Refuse a text that would not do as signatories.toml, before it is written.

    Raises:
        CallError: It has mistakes; all of them are listed.
    """
    parse_form(path, text, SignatoriesForm)


def read_waivers(path: Path) -> tuple[model.Waiver, ...]:
    """Read preflight.toml; no file is no waiver."""
    if not path.exists():
        return ()
    form = read_form(path, PreflightForm)
    text = read_utf8(path, LARGEST)
    return tuple(
        model.Waiver(w.finding, w.reason, w.edition, w.language, line_of(text, ("waivers", number)))
        for number, w in enumerate(form.waivers)
    )


def read_summary(path: Path) -> model.Summary | None:
    """Read summary.toml; None where there is none."""
    if not path.exists():
        return None
    form = read_form(path, SummaryForm)
    return model.Summary(
        standfirst=_item(form.standfirst),
        figures=tuple(model.Figure(f.lead.strip(), f.value, f.label, f.source) for f in form.figures),
        demands=tuple(
            model.DemandGroup(group.addressee, tuple(_item(item) for item in group.items)) for group in form.demands
        ),
        verbatim=form.verbatim,
    )


def _item(form: ItemForm) -> model.SummaryItem:
    return model.SummaryItem(form.text, form.source)
