"""Making: one version of a statement becomes the files of its editions.

In: jobs for one version whose layouts share the fit of the summary. Out: the finished files with what a person
should look at. The page of a layout is composed and laid out once, and every edition is derived from it; before
that the type of the summary, and of the names on the sheet, is fitted to its page by laying out that part alone.
"""

import hashlib
from bisect import bisect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from handbill.compose import Picture, compose, compose_browser_page, compose_contact_sheet, compose_shop_sheet
from handbill.derive import PLAIN, Printing, count_sides, derive, derive_plain, in_reading_order
from handbill.editions import Edition, load_edition
from handbill.errors import ContentError, FaultError
from handbill.inputs import hash_of_all, resources, short_hash
from handbill.languages import Language, load_language
from handbill.model import Asset, Composition, Extent, Finding, Fit, Pages, Statement, Status, Version, Waiver
from handbill.pictures import first_page
from handbill.preflight import Copy, Layout, Preflight, Result, load_profile, preflight
from handbill.preflight import Status as Answered
from handbill.render import EVERY, TORN, extent, render, render_within
from handbill.report import Gallery, Output, ShopSheet

SUMMARY_FITS = tuple(percent / 100 for percent in range(112, 73, -2))
"""Factors on the type of the summary, the best first: the largest with which it fills one page, never over it, and
no larger than statement.toml allows. tokens.css has the floor under which no type goes."""

SUMMARY_LEADINGS = (1.18, 1.15, 1.12, 1.09, 1.06, 1.03, 1.0)
"""Factors on its leading, the best first, by which a page that its size does not fill is filled."""

FILLED = 0.99
"""Share of its page that a summary fills at most where its height grows with its leading, as it nearly does: of the
leadings by which it would fill more none left it on its page, in any of the first statement's ten languages."""

SIZE_BY_HEIGHT = 2 / 3
"""Power by which the size of a text goes with its height: less than the half of an area's, as headings break less.
Only the search begins by it; measured on the first statement's ten languages."""

NAMES_FITS = tuple(
    Fit(names=percent / 100, columns=columns)
    for columns, percent in ((2, 115), (2, 100), (2, 94), (3, 94), (3, 86), (3, 78), (4, 78), (5, 78))
)
"""Sizes and columns in which the names are tried on one page, the best first; where none goes they are counted."""


MOST_NAMES = 600
"""Names that nobody need try on one page: five columns of the smallest type have fewer than 500 lines on A4."""

MOST_NAMES_AT_BEST = 110
"""Names that may go on one page in the best of these sizes: its two columns have fewer lines than that on A4."""


_PACKS, _STYLES = "layout/languages/", "styles/editions/"


@dataclass(frozen=True, slots=True)
class Job:
    """One file to make.

    Attributes:
        version: The statement in one language.
        edition: What it is made into.
        draft: Whether it is stamped.
        faults: What a draft leaves open.
        printing: How it is printed.
        original: The statement as it was signed, where the version is a translation.
        waivers: Findings of the preflight that an editor took as they are.
    """

    version: Version
    edition: str
    draft: bool
    faults: tuple[str, ...] = ()
    printing: Printing = PLAIN
    original: Statement | None = None
    waivers: tuple[Waiver, ...] = ()

    @property
    def language(self) -> str:
        """BCP 47 tag of what it is in."""
        return self.version.statement.language

    @property
    def beside(self) -> str:
        """BCP 47 tag of the language that stands beside it; empty where there is none."""
        return self.version.beside.statement.language if self.version.beside else ""

    @property
    def signed(self) -> Statement:
        """The statement as it was signed, in whatever language."""
        return self.original or self.version.statement

    @property
    def layout(self) -> str:
        """Name of the edition whose pages it is made from."""
        return load_edition(self.edition).layout

    @property
    def summary_as(self) -> str:
        """Name of the layout by whose page its summary is fitted."""
        return load_edition(self.layout).summary_as or self.layout

    @property
    def path(self) -> str:
        """Where the file goes, below the output folder."""
        name, tags = self.version.statement.name, "-".join(filter(None, (self.language, self.beside)))
        return f"{name}/{self.language}/{name}-{tags}-{self.edition}.pdf"


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file.

    Attributes:
        output: What the manifest says of it.
        pdf: Its bytes.
        picture: Its first page as a PNG.
        report: A page (HTML) on what was checked, for the print shop; empty for other editions.
    """

    output: Output
    pdf: bytes
    picture: bytes
    report: bytes = b""


def make(job: Job) -> Made:
    """Make one file.

    Raises:
        ContentError: The page cannot be printed right.
    """
    return make_together([job])[0]


def make_together(jobs: Sequence[Job]) -> list[Made]:
    """Make the files of jobs that share a version and the fit of its summary.

    Raises:
        ContentError: The page cannot be printed right.
    """
    first = jobs[0]
    language = load_language(first.language)
    summary = fitted_summary(first.version, language, load_edition(first.summary_as))
    groups = [list(group) for _, group in groupby(jobs, key=lambda job: job.layout)]
    return [made for group in groups for made in _of_one_layout(group, language, summary)]


def _of_one_layout(jobs: Sequence[Job], language: Language, summary: Fit) -> list[Made]:
    """The files of jobs that share a layout too, from one pass of the layout engine."""
    first, layout = jobs[0], load_edition(jobs[0].layout)
    pages = _at_best(first, language, layout, summary)
    if pages is None:
        pages = _laid_out(first, language, layout, fitted(first.version, language, layout, summary))
    if pages.findings and not first.draft:
        _refuse(first, pages.findings)
    return [_finished(job, pages, language) for job in jobs]


def _at_best(job: Job, language: Language, layout: Edition, summary: Fit) -> Pages | None:
    """The leaf of a sheet whose names go on their page in the best size; none where a size must be sought.

    Most do, and a leaf that is laid out at once spares the trial of its names. It has two pages where its summary
    has one and its names have one.
    """
    count = len(job.version.statement.signatories)
    if layout.fits_names != "must" or not 0 < count <= MOST_NAMES_AT_BEST or job.draft or not job.version.summary:
        return None
    best = replace(summary, names=NAMES_FITS[0].names, columns=NAMES_FITS[0].columns)
    pages = render_within(compose(job.version, language, layout, fit=best), 2)
    return pages if pages and pages.count == 2 else None


def _laid_out(job: Job, language: Language, layout: Edition, fit: Fit) -> Pages:
    """The pages of a layout; a row that two languages would not begin on the same page is not parted."""
    pages = render(compose(job.version, language, layout, draft=job.draft, fit=fit))
    torn = {finding.block for finding in pages.findings if finding.code == TORN}
    return pages if torn <= fit.whole else _laid_out(job, language, layout, replace(fit, whole=fit.whole | torn))


def _finished(job: Job, pages: Pages, language: Language) -> Made:
    statement = job.version.statement
    pdf = derive(pages, job.version, language, load_edition(job.edition), job.printing)
    checked = _checked(job, pdf, pages, language)
    report = _press_report(job, checked) if job.edition == "press" else b""
    output = Output(
        statement=statement.name,
        title=statement.title,
        path=job.path,
        sha256=hashlib.sha256(pdf).hexdigest(),
        bytes=len(pdf),
        pages=count_sides(pdf),
        edition=job.edition,
        language=job.language,
        beside=job.beside,
        translation=job.version.status.value,
        translation_beside=job.version.beside.status.value if job.version.beside else "",
        findings=(*job.faults, *(str(result) for result in checked.findings)),
        draft=job.draft,
        inputs=inputs_of(job),
        made_of=made_of(job),
        program=hash_of_all(the_program()),
        text=job.signed.fingerprint(),
        checks=checked.counts,
        particulars=checked.particulars,
        waived=tuple(dict.fromkeys(str(result.waiver) for result in checked.results if result.waiver)),
    )
    return Made(output, pdf, first_page(pdf, right_bound=language.is_rtl), report)


def _checked(job: Job, pdf: bytes, pages: Pages, language: Language) -> Preflight:
    """The preflight of a file, before it leaves this module.

    Raises:
        ContentError: It fails, and is no draft.
        FaultError: A check broke, and the file is no draft.
    """
    edition = load_edition(job.edition)
    found = preflight(
        pdf,
        job.path,
        load_profile(job.edition),
        copy=Copy(job.version, language, job.signed, load_language(job.signed.language), edition.parts),
        layout=Layout(in_reading_order(pages, job.version, language, edition), pages.findings),
        waivers=job.waivers,
        ink_limit=job.printing.condition.ink_limit,
    )
    broken, failed = found.of(Answered.ERROR), found.of(Answered.FAIL)
    if broken and not job.draft:
        raise FaultError(_listed(job, broken), "Report this with the statement it is about.")
    if failed and not job.draft:
        raise ContentError(
            _listed(job, failed),
            "Mend it; or take it as it is in preflight.toml, with a reason (README.md, “Preflight”); or leave the "
            "edition out with -e; or build a stamped draft with --draft.",
        )
    return found


def _press_report(job: Job, checked: Preflight) -> bytes:
    """The page with every question and its answer, for the print shop."""
    name = job.path.rpartition("/")[2]
    return compose_browser_page("press.html.j2", results=checked.results, name=name).encode()


def _listed(job: Job, results: Sequence[Result]) -> str:
    return "\n".join(f"{job.path}: {result}" for result in results)


def contact_sheet(gallery: Gallery, pictures: Mapping[str, bytes]) -> bytes:
    """The first page of every file of a statement on one sheet (PDF), from its pictures by their path."""
    rows = [
        (
            edition,
            [
                Picture(f"{file.language} · {file.pages} p.", file.picture, pictures[file.picture])
                for file in row
                if file
            ],
        )
        for edition, row in gallery.rows
    ]
    language = load_language(gallery.languages[0])
    return derive_plain(render(compose_contact_sheet(gallery.title, language, rows)), gallery.title)


def shop_sheet(sheet: ShopSheet) -> bytes:
    """The sheet that goes along with the press files (PDF)."""
    tags = dict.fromkeys([sheet.language, *(file.language for file in sheet.files)])
    return derive_plain(render(compose_shop_sheet(sheet, [load_language(tag) for tag in tags])), sheet.title)


def fitted(version: Version, language: Language, layout: Edition, summary: Fit) -> Fit:
    """How the type is fitted to the pages of a layout: the names as large as goes, beside the summary's fit."""

    def is_one_page(fit: Fit) -> bool:
        return _extent(compose(version, language, layout, fit=fit, only="signatories"), 2).pages == 2

    count = len(version.statement.signatories)
    if layout.fits_names == "never" or not count:
        return summary
    otherwise = Fit(listed=layout.fits_names == "may")
    tried = NAMES_FITS if count <= MOST_NAMES else ()
    names = next((fit for fit in tried if is_one_page(fit)), otherwise)
    return replace(summary, names=names.names, columns=names.columns, listed=names.listed)


def fitted_summary(version: Version, language: Language, layout: Edition) -> Fit:
    """The largest size of the summary, or of the card, with which it is one page, and then a leading to fill it."""

    def tried(fit: Fit, most: int = 1) -> Extent:
        return _extent(compose(version, language, layout, fit=fit, only=layout.fitted_part), most)

    def is_one_page(fit: Fit) -> bool:
        return tried(fit).pages == 1

    if not version.summary or layout.fitted_part not in layout.parts:
        return Fit()
    most = version.particulars.summary_size
    largest = max(most / 100, layout.least_fit)
    sizes = [Fit(size) for size in SUMMARY_FITS if layout.least_fit <= size <= largest]
    first = tried(sizes[0], EVERY if len(sizes) > 1 else 1)
    at = 0
    if first.pages > 1:
        likely = sizes[0].summary / first.filled**SIZE_BY_HEIGHT
        at = 1 + _first([size.summary <= likely for size in sizes[1:]], lambda at: is_one_page(sizes[1 + at]))
    if at == len(sizes):
        return sizes[-1] if layout.one_page_summary == "must" else Fit()
    room = FILLED / (tried(sizes[at]) if at else first).filled
    leadings = (replace(sizes[at], leading=leading) for leading in SUMMARY_LEADINGS if leading <= room)
    # At its own leading it is known to be one page.
    return next((each for each in leadings if each.leading == 1 or is_one_page(each)), sizes[at])


def _extent(composition: Composition, most: int) -> Extent:
    return _extent_once(composition.html, tuple(composition.assets.items()), most)


@lru_cache(maxsize=256)
def _extent_once(html: str, assets: tuple[tuple[str, Asset], ...], most: int) -> Extent:
    """The extent of a part, taken once: a worker that stays is asked again where other parts have changed."""
    return extent(Composition(html, dict(assets)), most)


def _first(likely: Sequence[bool], holds: Callable[[int], bool]) -> int:
    """The first position from which on something holds; as many as there are if it never does.

    It is sought from the first at which it is likely to hold: if that is right, it is asked there and just before.
    """
    count = len(likely)
    if not count:
        return 0
    at = likely.index(True) if True in likely else count - 1
    is_before = holds(at)
    low, high, step = (0, at, 1) if is_before else (at + 1, count, 1)
    while low < high:
        at = max(low, high - step) if is_before else min(high - 1, low + step - 1)
        held = holds(at)
        low, high, step = (low, at, 2 * step) if held else (at + 1, high, 2 * step)
        if held != is_before:
            break
    return bisect(range(count), False, low, high, key=holds)


def _refuse(job: Job, findings: Sequence[Finding]) -> None:
    raise ContentError(
        "\n".join(f"{job.path}: {finding.message}" for finding in findings),
        "Mend the text or the summary, or build a stamped draft with --draft.",
    )


def inputs_of(job: Job) -> str:
    """A hash of everything that makes the file: the statement, the options, the program and its resources."""
    return hashlib.sha256(repr(sorted(pieces_of(job).items())).encode()).hexdigest()


def pieces_of(job: Job) -> Mapping[str, str]:
    """Everything that makes the file, each piece by its name and a hash."""
    return {**made_of(job), **of_the_program(job, the_program())}


@lru_cache(maxsize=1)
def the_program() -> Mapping[str, str]:
    """Every piece of the program by its name and a hash, as it was when this was first asked."""
    return resources()


def made_of(job: Job) -> Mapping[str, str]:
    """What of the statement and the call makes the file."""
    version, printing, session = job.version, job.printing, job.version.particulars.session
    particulars = version.particulars
    if "card" not in load_edition(job.edition).parts:
        particulars = replace(particulars, oral=None)
    pieces: dict[str, object] = {
        "preflight.toml": [str(each) for each in job.waivers],
        "what is open in it": job.faults,
        "an option": (job.edition, job.draft, printing, printing.profile and printing.profile.content),
    }
    if version.status is Status.ORIGINAL:
        pieces["the text"] = version.statement, job.signed.fingerprint()
        pieces["summary.toml"] = version.summary
        pieces["statement.toml"] = particulars
    else:
        listing = particulars.listing
        untranslated = replace(
            particulars,
            session=session and replace(session, name=""),
            listing=replace(listing, kinds=dict.fromkeys(listing.kinds, "")),
        )
        translated = (session, listing.kinds) if listing.kinds else session
        pieces["the text"] = job.signed.fingerprint()
        pieces["statement.toml"] = untranslated
        pieces["the translation"] = version.statement, version.summary, translated, version.status, version.reviewed
    if version.beside:
        pieces["the language beside it"] = version.beside
    return {name: short_hash(repr(piece).encode()) for name, piece in pieces.items()}


def of_the_program(job: Job, pieces: Mapping[str, str]) -> Mapping[str, str]:
    """What of the program makes the file: neither packs of other languages nor styles of other layouts."""
    tags = (job.language, job.beside, job.signed.language)
    own = {f"{_PACKS}{tag}.toml" for tag in tags} | {f"{_STYLES}{load_edition(job.layout).stylesheet}"}
    return {name: each for name, each in pieces.items() if name in own or not name.startswith((_PACKS, _STYLES))}
