"""Logos stand beside the names in rows of one height, in colours that each edition can print."""

import io
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from conftest import english_only
from handbill.__main__ import main
from handbill.compose import compose
from handbill.editions import EDITIONS
from handbill.errors import ContentError
from handbill.languages import load_language
from handbill.model import About, Asset, Listing, Logo, Version
from handbill.pipeline import prepare
from handbill.prepared import Prepared
from handbill.unchanged import Call
from tagged import structure_of

WAVE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 1"><rect width="3" height="1" fill="#0b6e99"/></svg>'


def with_logos(folder: Path) -> Path:
    """Give two signatories a logo, an SVG and a PNG in colour."""
    english_only(folder)
    (folder / "logos").mkdir()
    (folder / "logos" / "wave.svg").write_text(WAVE, encoding="utf-8")
    Image.new("RGB", (400, 200), (200, 30, 60)).save(folder / "logos" / "reef.png")
    names = {each.number: each.name for each in prepare(folder).statement.signatories}
    entries = [
        f"[[signatories]]\nnumber = {number}\nname = {json.dumps(names[number])}\nlogo = {json.dumps(logo)}\n"
        for number, logo in ((3, "logos/wave.svg"), (5, "logos/reef.png"))
    ]
    (folder / "signatories.toml").write_text("\n".join(entries), encoding="utf-8")
    form = folder / "statement.toml"
    form.write_text(f"{form.read_text('utf-8')}\n[signatories]\nlogos = true\n", encoding="utf-8")
    return folder


@pytest.fixture
def folder(seed: Path, statement_folder: Path) -> Path:
    return with_logos(statement_folder)


def images(pdf: pikepdf.Pdf) -> list[str]:
    """The colour space of each image of the file."""
    return [
        str(each.ColorSpace)
        for each in pdf.objects
        if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == pikepdf.Name.Image
    ]


def test_each_edition_has_them_in_its_own_colours_and_passes_its_preflight(folder: Path, tmp_path: Path) -> None:
    editions = [word for edition in ("screen", "office", "press", "booklet") for word in ("-e", edition)]
    assert main(["build", str(folder), *editions, "-o", str(tmp_path / "out"), "-j", "1"]) == 0

    spaces: Mapping[str, list[str]] = {
        "screen": ["/DeviceRGB"],
        "office": ["/DeviceGray"],
        "press": ["/DeviceCMYK"],
        "booklet": [],
    }
    for edition, wanted in spaces.items():
        with pikepdf.open(tmp_path / "out" / folder.name / "en" / f"{folder.name}-en-{edition}.pdf") as pdf:
            assert images(pdf) == wanted, edition


def test_the_build_says_how_many_have_none(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["build", str(folder), "-e", "screen", "-o", str(tmp_path / "out"), "-j", "1"])
    assert "46 signatories, 44 without a logo, " in capsys.readouterr().err


def test_who_listens_hears_the_names_and_no_logo(folder: Path, tmp_path: Path) -> None:
    main(["build", str(folder), "-e", "screen", "-o", str(tmp_path / "out"), "-j", "1"])
    content = (tmp_path / "out" / folder.name / "en" / f"{folder.name}-en-screen.pdf").read_bytes()
    structure = structure_of(content)
    assert len(structure.all("Figure")) == 1  # the code
    items = [item.text for item in structure.all("LI")]
    assert "3 Amnesty International" in items or "3Amnesty International" in items


def test_a_logo_that_is_another_one_makes_the_files_anew(folder: Path) -> None:
    call, logo = Call([str(folder)]).inputs, prepare(folder).statement.signatories[2].about.logo
    (folder / "logos" / "wave.svg").write_text(WAVE.replace("#0b6e99", "#0b6e9a"), encoding="utf-8")
    other = prepare(folder).statement.signatories[2].about.logo
    assert Call([str(folder)]).inputs != call
    assert repr(logo) != repr(other)


def test_unasked_no_logo_is_read(folder: Path) -> None:
    form = folder / "statement.toml"
    form.write_text(form.read_text("utf-8").replace("logos = true", "logos = false"), encoding="utf-8")
    (folder / "logos" / "wave.svg").write_text("no logo", encoding="utf-8")
    assert not any(each.about.logo for each in prepare(folder).statement.signatories)


def version_with(prepared: Prepared, pixels: tuple[int, int]) -> Version:
    drawing = io.BytesIO()
    Image.new("L", pixels).save(drawing, "PNG")
    logo = Logo("logos/reef.png", "", pixels, Asset(drawing.getvalue(), "image/png"))
    original = prepared.original
    first, *others = original.statement.signatories
    signatories = (replace(first, about=About(logo=logo)), *others)
    return replace(
        original,
        statement=replace(original.statement, signatories=signatories),
        particulars=replace(original.particulars, listing=Listing(logos=True)),
    )


@pytest.mark.parametrize("pixels", [(283, 40), (100, 129)])
def test_a_logo_of_too_few_pixels_for_its_size_on_paper_is_refused(
    prepared: Prepared, pixels: tuple[int, int]
) -> None:
    with pytest.raises(ContentError, match=r"logos/reef\.png: .* 29[79] to the inch"):
        compose(version_with(prepared, pixels), load_language("en"), EDITIONS["screen"])


@pytest.mark.parametrize("pixels", [(284, 40), (100, 130)])
def test_one_that_has_enough_in_the_direction_it_fills_is_printed(
    prepared: Prepared, pixels: tuple[int, int]
) -> None:
    html = compose(version_with(prepared, pixels), load_language("en"), EDITIONS["screen"]).html
    assert html.count('class="logo"') == 1
    assert html.count('class="logo-place"') == 1  # a name without one has the whole width
