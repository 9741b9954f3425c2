"""Making: one pass of the layout engine for each geometry, and each edition as it is promised."""

import getpass
import hashlib
import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from handbill import making
from handbill.colour import profile_folder, read_profile
from handbill.compose import compose
from handbill.derive import Printing
from handbill.editions import EDITIONS, load_edition
from handbill.errors import CallError
from handbill.languages import load_language
from handbill.making import Job, Made, fitted, fitted_summary, inputs_of, make, make_together
from handbill.model import Fit, Signatory, Status, Version
from handbill.prepared import Prepared
from handbill.render import extent, render
from sides import as_printed
from specimen import specimen

LAYOUTS = sorted({edition.layout for edition in EDITIONS.values()})


def files_of(version: Version) -> dict[str, bytes]:
    """Every edition of a version."""
    made: dict[str, bytes] = {}
    for layout in LAYOUTS:
        names = [edition.name for edition in EDITIONS.values() if edition.layout == layout]
        for file in make_together([Job(as_printed(version, name), name, draft=False) for name in names]):
            assert file.output.findings == ()
            made[file.output.edition] = file.pdf
    return made


@pytest.fixture(scope="module")
def english(prepared: Prepared) -> dict[str, bytes]:
    return files_of(prepared.original)


@pytest.fixture(scope="module")
def arabic() -> dict[str, bytes]:
    return files_of(specimen("ar"))


def with_names(version: Version, count: int) -> Version:
    """The version with so many signatories."""
    names = tuple(
        Signatory(n, f"Organisation number {n} for human rights in the valley", (n, n)) for n in range(1, count + 1)
    )
    return replace(version, statement=replace(version.statement, signatories=names))


def texts(pdf: bytes) -> list[str]:
    with pdfium.PdfDocument(pdf) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def everything_in(pdf: bytes) -> bytes:
    """All decoded streams but font files, and all strings of a file."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        objects = list(opened.objects)
        streams = [one.read_bytes() for one in objects if isinstance(one, pikepdf.Stream) and "/Length1" not in one]
        return b"\n".join([*streams, *(one.unparse() for one in objects), opened.trailer.unparse()])


def sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of the pages in mm."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        boxes = [[float(edge) for edge in page.trimbox] for page in opened.pages]
    return [(round((b[2] - b[0]) * 25.4 / 72, 1), round((b[3] - b[1]) * 25.4 / 72, 1)) for b in boxes]


def test_there_are_no_more_passes_of_the_engine_than_page_geometries(
    prepared: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parts that are tried for their fit are laid out alone and are no passes."""
    passes: list[str] = []
    render, render_within = making.render, making.render_within
    monkeypatch.setattr(making, "render", lambda page: (passes.append(page.html), render(page))[1])
    monkeypatch.setattr(
        making, "render_within", lambda page, most: (passes.append(page.html), render_within(page, most))[1]
    )
    files_of(prepared.original)

    assert len(passes) == len(LAYOUTS) == len({(e.stylesheet) for e in EDITIONS.values() if e.stylesheet})


@pytest.mark.parametrize("edition", EDITIONS)
class TestEveryEdition:
    def test_its_code_can_be_read_from_the_page(self, edition: str, english: dict[str, bytes]) -> None:
        with pdfium.PdfDocument(english[edition]) as document:
            images = [page.render(scale=200 / 72).to_pil() for page in document]
        found = {code.text for image in images for code in zxingcpp.read_barcodes(image)}

        # Who speaks needs none.
        assert found == (set() if edition == "card" else {"https://progressivevoicemyanmar.org/?p=63680"})

    def test_it_is_made_in_arabic_too(self, edition: str, arabic: dict[str, bytes]) -> None:
        """It is bound on the right, except where English stands beside it: readers would turn its lines round."""
        with pikepdf.open(io.BytesIO(arabic[edition])) as pdf:
            direction = pdf.Root.ViewerPreferences.get("/Direction")
            assert direction == (None if EDITIONS[edition].is_bilingual else pikepdf.Name.R2L)

    def test_making_it_again_gives_the_same_bytes(
        self, edition: str, english: dict[str, bytes], prepared: Prepared
    ) -> None:
        assert make(Job(as_printed(prepared.original, edition), edition, draft=False)).pdf == english[edition]

    def test_no_trace_of_the_machine_or_of_a_program_is_left(
        self, edition: str, english: dict[str, bytes], arabic: dict[str, bytes]
    ) -> None:
        machine = [f"{Path.home()}/", getpass.getuser(), os.uname().nodename, str(Path(making.__file__).parent)]
        programs = [
            "WeasyPrint",
            "weasyprint",
            "pikepdf",
            "qpdf",
            "pydyf",
            "Handbill",
            "handbill",
            "file:",
            "/tmp/",
            "/home/",
        ]
        for pdf in (english[edition], arabic[edition]):
            said = everything_in(pdf)
            # Names of a few letters ("pc") stand in any text by chance.
            assert not [word for word in (*machine, *programs) if len(word) > 3 and word.encode() in said]


MAKE = """
import hashlib, sys
from dataclasses import replace
from pathlib import Path
from handbill.editions import EDITIONS
from handbill.making import Job, make_together
from handbill.pipeline import prepare
from handbill.versions import versions
(version, _), (beside, _) = versions(prepare(Path(sys.argv[1])), ["en", "fr"], False, lambda line: None)
for layout in sorted({edition.layout for edition in EDITIONS.values()}):
    names = [edition.name for edition in EDITIONS.values() if edition.layout == layout]
    printed = replace(version, beside=beside) if EDITIONS[layout].is_bilingual else version
    for file in make_together([Job(printed, name, draft=False) for name in names]):
        print(file.output.edition, file.output.sha256)
"""


def test_the_bytes_are_the_same_whatever_the_seed_the_zone_and_the_user(
    english: dict[str, bytes], seed: Path
) -> None:
    expected = {name: hashlib.sha256(pdf).hexdigest() for name, pdf in english.items()}
    for variables in (
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Kolkata", "USER": "ana", "SOURCE_DATE_EPOCH": "1"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "USER": "bo", "LANG": "C"},
    ):
        run = subprocess.run(
            [sys.executable, "-c", MAKE, str(seed)],
            env={**os.environ, "PYTHONPATH": str(Path(making.__file__).parents[1]), **variables},
            capture_output=True,
            text=True,
            check=True,
        )
        assert dict(line.split() for line in run.stdout.splitlines()) == expected


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("tag", ["ar", "my", "ru"])
def test_no_printer_cuts_off_that_a_translation_is_unofficial(tag: str, layout: str) -> None:
    """Office printers leave 4 to 6 mm white at the edges; the folio may take two lines."""
    version, language = replace(as_printed(specimen(tag), layout), status=Status.UNREVIEWED), load_language(tag)
    pages = render(compose(version, language, load_edition(layout), fit=Fit(summary=0.8)))
    with pdfium.PdfDocument(pages.pdf) as document:
        for page in document:
            text = page.get_textpage()
            boxes = [text.get_charbox(index) for index in range(text.count_chars())]
            seen = [(bottom, page.get_height() - top) for left, bottom, right, top in boxes if right > left]
            assert min(map(min, seen)) >= 7 * 72 / 25.4


class TestPrinting:
    """What the print shop or the printer at hand asks for."""

    def made(self, prepared: Prepared, edition: str, printing: Printing) -> Made:
        return make(Job(prepared.original, edition, draft=False, printing=printing))

    def test_the_booklet_can_be_imposed_on_a3(self, prepared: Prepared, english: dict[str, bytes]) -> None:
        pdf = self.made(prepared, "booklet", Printing(sheet="a3")).pdf

        assert set(sizes(pdf)) == {(420.0, 297.0)} and set(sizes(english["booklet"])) == {(297.0, 210.0)}
        assert texts(pdf) == texts(english["booklet"])

    def test_marks_of_the_print_shop_are_no_finding(self, prepared: Prepared) -> None:
        plain, marked = (self.made(prepared, "press", Printing(marks=marks)) for marks in (False, True))

        assert marked.output.findings == plain.output.findings and marked.pdf != plain.pdf

    def test_paper_that_would_push_words_into_the_fold_is_refused(self, prepared: Prepared) -> None:
        with pytest.raises(CallError, match="too thick"):
            self.made(prepared, "booklet", Printing(paper_thickness_mm=6))

    def test_the_shops_own_condition_is_in_the_press_file_and_passes(self, prepared: Prepared) -> None:
        profile = read_profile(profile_folder() / "FOGRA39L_coated.icc")
        made = self.made(prepared, "press", Printing(profile=profile))
        with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
            intent = pdf.Root.OutputIntents[0]
            assert intent.DestOutputProfile.read_bytes() == profile.content
            assert str(intent.OutputConditionIdentifier) == "Custom" and str(intent.Info) == profile.info
            assert "/RegistryName" not in intent
        assert b"Custom" in made.report

    def test_no_file_is_made_anew_for_what_it_does_not_show(self, prepared: Prepared) -> None:
        asked = Printing(marks=True, sheet="a3")
        jobs = {name: Job(prepared.original, name, draft=False) for name in EDITIONS}
        changed = {
            name for name, job in jobs.items() if inputs_of(replace(job, printing=asked.of(name))) != inputs_of(job)
        }

        assert changed == {"press", "booklet"}


@given(st.lists(st.booleans(), max_size=30), st.integers(0, 30))
def test_what_is_sought_is_found_wherever_it_is_thought_likely(likely: list[bool], at: int) -> None:
    asked: list[int] = []

    def holds(position: int) -> bool:
        asked.append(position)
        return position >= at

    found = making._first(likely, holds)

    assert found == min(at, len(likely)) and len(asked) == len(set(asked))
    if likely and found == [*likely, True].index(True):
        assert len(asked) <= 2


class TestTheSummary:
    """One page, filled: first by the size of its type, then by its leading."""

    def fit(self, version: Version, layout: str = "screen", **particulars: int) -> Fit:
        asked = replace(version, particulars=replace(version.particulars, **particulars))
        return fitted_summary(asked, load_language("en"), EDITIONS[layout])

    def shortened(self, version: Version) -> Version:
        assert version.summary
        return replace(version, summary=replace(version.summary, demands=version.summary.demands[:2]))

    def test_no_language_goes_over_the_size_that_the_statement_names(self, prepared: Prepared) -> None:
        free, held = (self.fit(prepared.original, summary_size=size) for size in (112, 90))

        assert free.summary > held.summary == 0.9

    def test_a_page_that_the_size_leaves_open_is_filled_by_the_leading(self, prepared: Prepared) -> None:
        held, short = self.fit(prepared.original, summary_size=90), self.shortened(prepared.original)

        assert held.leading > 1 and self.fit(short).leading == max(making.SUMMARY_LEADINGS)

    def test_in_the_booklet_it_is_one_page_if_it_fits_and_else_runs_on_whole(self, prepared: Prepared) -> None:
        booklet, whole = load_edition("booklet"), prepared.original
        short = self.shortened(whole)
        fit = self.fit(short, "booklet")

        assert extent(compose(short, load_language("en"), booklet, fit=fit, only="summary")).pages == 1
        assert fit != Fit() and self.fit(whole, "booklet").summary == 1

    @pytest.mark.parametrize("layout", [name for name, edition in EDITIONS.items() if edition.summary_as])
    def test_a_layout_that_takes_the_fit_of_another_has_the_same_room(
        self, prepared: Prepared, layout: str
    ) -> None:
        other = EDITIONS[layout].summary_as
        assert self.fit(prepared.original, layout) == self.fit(prepared.original, other)


class TestTheSheet:
    def test_it_is_one_leaf_the_summary_in_front_and_the_names_behind(self, english: dict[str, bytes]) -> None:
        front, back = texts(english["sheet"])

        assert "WHAT THE SIGNATORIES CALL FOR" in front and "Odhikar" not in front
        assert "Odhikar" in back and "Youth Congress Rohingya" in back

    def test_more_names_stand_in_smaller_type_and_more_columns(self, prepared: Prepared) -> None:
        fit = fitted(with_names(prepared.original, 80), load_language("en"), EDITIONS["sheet"], Fit())

        assert fit.listed and (fit.columns > 2 or fit.names < 1)

    @pytest.mark.parametrize("count", [3, 50, 80, 110])
    def test_it_is_the_same_whether_its_names_are_tried_before(
        self, prepared: Prepared, count: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        job = Job(with_names(prepared.original, count), "sheet", draft=False)
        made = make(job).pdf
        monkeypatch.setattr(making, "MOST_NAMES_AT_BEST", 0)

        assert made == make(job).pdf

    def test_names_that_go_on_their_page_at_best_are_not_tried_before(
        self, prepared: Prepared, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        job = Job(prepared.original, "sheet", draft=False)
        monkeypatch.setattr(making, "fitted", lambda *given: pytest.fail("the names were tried"))

        assert make(job).output.pages == 2

    def test_names_that_do_not_fit_are_counted_and_never_make_a_third_side(self, prepared: Prepared) -> None:
        pdf = make(Job(with_names(prepared.original, 440), "sheet", draft=False)).pdf
        front, back = texts(pdf)
        with pdfium.PdfDocument(pdf) as document:
            image = document[1].render(scale=200 / 72).to_pil()

        assert "440 organizations" in back and "Organisation number" not in back
        assert "Signed by 440 organizations." in front and "named on page" not in front
        assert "Order and numbering" not in back
        assert len(zxingcpp.read_barcodes(image)) == 1


class TestLargePrint:
    def test_the_code_is_never_alone_on_a_page(self, english: dict[str, bytes]) -> None:
        (page,) = [text for text in texts(english["large-print"]) if "Full text online" in text]

        assert "All parties to the armed conflict in Myanmar" in page

    def test_nothing_is_smaller_than_18_pt(self, english: dict[str, bytes]) -> None:
        with pdfium.PdfDocument(english["large-print"]) as document:
            smallest = min(
                text.get_textobj(index).get_font_size()
                for page in document
                for text in [page.get_textpage()]
                for index in range(text.count_chars())
                if text.get_text_range(index, 1).strip()
            )
        assert smallest >= 17.9

    def test_nothing_is_slanted(self, english: dict[str, bytes]) -> None:
        with pikepdf.open(io.BytesIO(english["large-print"])) as pdf:
            fonts = [str(f.BaseFont) for f in pdf.objects if isinstance(f, pikepdf.Dictionary) and "/BaseFont" in f]
        assert fonts and not [name for name in fonts if "Italic" in name or "Oblique" in name]

    def test_names_stand_in_one_column(self, english: dict[str, bytes]) -> None:
        text = " ".join(texts(english["large-print"]))
        assert text.index("22 Free Rohingya Coalition") < text.index("23 Global") < text.index("24 Human Rights")


class TestPaper:
    def test_a4_and_its_half(self, english: dict[str, bytes]) -> None:
        assert {edition: set(sizes(pdf)) for edition, pdf in english.items()} == {
            edition: {(297.0, 210.0)} if edition == "booklet" else {(210.0, 297.0)} for edition in EDITIONS
        }

    def test_letter_and_its_half(self, prepared: Prepared) -> None:
        version = prepared.original
        letter = replace(version, particulars=replace(version.particulars, paper="letter"))

        assert {edition: set(sizes(pdf)) for edition, pdf in files_of(letter).items()} == {
            edition: {(279.4, 215.9)} if edition == "booklet" else {(215.9, 279.4)} for edition in EDITIONS
        }
