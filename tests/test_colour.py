"""Colours: what is black prints in black alone, the accent in inks a press can print, and contrast is WCAG's."""

import shutil
import struct
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from PIL import ImageCms

import colour_profile
from handbill import colour
from handbill.colour import (
    BLACK,
    PAPER,
    Inks,
    ManifestForm,
    Palette,
    contrast,
    grey_of,
    load_profile,
    make_palette,
    parse_colour,
    read_profile,
    total_ink,
    whole,
)
from handbill.errors import CallError, ContentError, FaultError
from handbill.forms import read_form

PROFILE = load_profile()
MANIFEST = read_form(colour.profile_folder() / "manifest.toml", ManifestForm)


@pytest.fixture
def palette() -> Palette:
    return make_palette("#7a1f2b", None, PROFILE)


# The profile


def test_the_profile_is_one_of_a_press_in_the_colours_of_its_name() -> None:
    header = PROFILE.content[:128]
    assert (header[12:16], header[16:20], header[20:24], header[36:40]) == (b"prtr", b"CMYK", b"Lab ", b"acsp")
    assert struct.unpack(">I", header[:4]) == (len(PROFILE.content),)
    assert (PROFILE.name, PROFILE.registry) == ("FOGRA39", "http://www.color.org")


def test_the_profile_bears_the_date_of_its_measurements_and_not_of_its_making() -> None:
    assert struct.unpack(">6H", PROFILE.content[colour_profile.DATE]) == (2006, 12, 1, 0, 0, 0)


@pytest.mark.parametrize("form", MANIFEST.profiles, ids=lambda form: str(form.key))
def test_the_terms_stand_beside_a_profile_and_say_that_it_is_altered(form: colour.ProfileForm) -> None:
    terms = (colour.profile_folder() / form.licence_file).read_text("utf-8")
    assert "must not be\n   misrepresented" in terms
    assert "altered version" in terms and form.source in terms


def test_paper_is_white_and_solid_black_is_dark() -> None:
    assert min(PROFILE.seen(PAPER)) > 0.99
    assert max(PROFILE.seen(BLACK)) < 0.25


def test_no_colour_takes_more_ink_than_the_limit() -> None:
    steps = [step / 5 for step in range(6)]
    assert max(total_ink(PROFILE.separate(rgb)) for rgb in product(steps, steps, steps)) <= PROFILE.ink_limit


@pytest.mark.parametrize("accent", ["#7a1f2b", "#1f4e79", "#005f3c", "#5b2a86", "#8a4b08"])
def test_an_accent_looks_in_print_as_it_does_on_a_screen(accent: str) -> None:
    shown = parse_colour(accent)
    printed = PROFILE.seen(make_palette(accent, None, PROFILE).accent_inks)
    assert max(abs(ours - theirs) for ours, theirs in zip(shown, printed, strict=True)) < 0.1


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the profiles that a test may change."""
    copy = Path(shutil.copytree(colour.profile_folder(), tmp_path / "colour"))
    monkeypatch.setattr(colour, "profile_folder", lambda: copy)
    yield copy


def test_a_profile_with_one_changed_byte_is_refused(folder: Path) -> None:
    path = folder / MANIFEST.profiles[0].file
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    with pytest.raises(FaultError) as refused:
        load_profile()
    assert str(path) in refused.value.message and "build/colour" in refused.value.remedy


def test_a_missing_profile_is_refused(folder: Path) -> None:
    (folder / MANIFEST.profiles[0].file).unlink()
    with pytest.raises(FaultError, match="No such file"):
        load_profile()


def test_an_unknown_profile_is_offered_the_nearest() -> None:
    with pytest.raises(CallError) as refused:
        load_profile("forga39")
    assert 'Did you mean "fogra39"?' in refused.value.remedy


# Making it again


def test_another_time_of_day_makes_no_difference() -> None:
    measured = b'CREATED    "December 2006"\n'
    at_noon = PROFILE.content[:24] + struct.pack(">6H", 2026, 11, 24, 12, 0, 1) + PROFILE.content[36:]
    assert colour_profile.dated(at_noon, measured) == PROFILE.content


def test_a_profile_of_another_version_is_not_taken() -> None:
    version_4 = PROFILE.content[:8] + b"\4" + PROFILE.content[9:]
    with pytest.raises(SystemExit, match="another version"):
        colour_profile.dated(version_4, b'CREATED "December 2006"\n')


TERMS = """Format: dep5

Files: FOGRA*ti3 TR00*ti3
Copyright:  A. Author
License: Zlib

Files: sRGB.icc
Copyright: Another
License: GPL-2

License: Zlib
 Do as you like.
 .
 But say so.
"""
KEYS = {"source": "FOGRA39L.ti3", "file": "a.icc", "package": "p", "package_version": "1"}


def test_the_terms_are_those_of_the_measurements() -> None:
    notice = colour_profile.terms_of(TERMS, KEYS)
    assert "Copyright: A. Author" in notice
    assert notice.endswith("Do as you like.\n\nBut say so.\n")


@pytest.mark.parametrize(
    ("terms", "reason"),
    [
        (TERMS.replace("License: Zlib\n\nFiles", "License: GPL-2\n\nFiles"), "no longer under the zlib licence"),
        (TERMS.replace("FOGRA*ti3", "SWOP*ti3"), "does not say"),
    ],
)
def test_measurements_under_other_terms_are_not_taken(terms: str, reason: str) -> None:
    with pytest.raises(SystemExit, match=reason):
        colour_profile.terms_of(terms, KEYS)


# The palette


@pytest.mark.parametrize(
    ("shown", "inks"),
    [
        pytest.param("#000000", BLACK, id="black is black ink alone"),
        pytest.param("#010101", BLACK, id="what is darker than the ink is solid"),
        pytest.param("#ffffff", PAPER, id="white is paper"),
        pytest.param("#fefefe", PAPER, id="a dot that does not hold is left out"),
        pytest.param("#4a4a4a", (0, 0, 0, 88), id="dark grey is a tint of black, as light in print"),
        pytest.param("#e4e4e4", (0, 0, 0, 15), id="light grey too"),
    ],
)
def test_greys_have_no_ink_but_black(palette: Palette, shown: str, inks: Inks) -> None:
    assert palette.inks(parse_colour(shown)) == inks


def test_a_lighter_grey_never_has_more_ink(palette: Palette) -> None:
    tints = [palette.inks((value / 255,) * 3)[3] for value in range(256)]
    assert tints == sorted(tints, reverse=True)


def test_the_accent_has_the_inks_that_the_profile_finds(palette: Palette) -> None:
    assert palette.inks(palette.accent) == palette.accent_inks == (0, 96, 58, 59)
    assert total_ink(palette.accent_inks) == 213


def test_the_accent_has_the_inks_that_its_statement_gives() -> None:
    given = make_palette("#7a1f2b", (10, 100, 60, 40), PROFILE)
    assert given.inks(given.accent) == (10, 100, 60, 40)


def test_a_tint_of_the_accent_has_a_tint_of_its_inks() -> None:
    given = make_palette("#7a1f2b", (10, 100, 60, 40), PROFILE)
    half = (1 + given.accent[0]) / 2, (1 + given.accent[1]) / 2, (1 + given.accent[2]) / 2
    assert given.inks(half) == (5, 50, 30, 20)


@pytest.mark.parametrize("shown", ["#1f7a2b", "#3d1016"], ids=["another hue", "a shade of the accent"])
def test_any_other_colour_goes_by_the_profile(palette: Palette, shown: str) -> None:
    assert palette.inks(parse_colour(shown)) == PROFILE.separate(parse_colour(shown))


def test_a_grey_accent_has_no_ink_but_black() -> None:
    assert make_palette("#4a4a4a", None, PROFILE).accent_inks == (0, 0, 0, 88)


@pytest.mark.parametrize(
    ("inks", "reason"),
    [
        pytest.param((0, 120, 0, 0), "from 0 to 100", id="more than all of the area"),
        pytest.param((-1, 0, 0, 50), "from 0 to 100", id="less than none"),
        pytest.param((0, 0.96, 0.58, 0.59), "per cent", id="shares of one"),
        pytest.param((90, 90, 80, 60), "320 %", id="more than the paper takes"),
    ],
)
def test_inks_that_cannot_be_printed_are_refused(inks: Inks, reason: str) -> None:
    with pytest.raises(ContentError, match=reason):
        make_palette("#7a1f2b", inks, PROFILE)


@pytest.mark.parametrize("text", ["7a1f2b", "#7a1f2", "#7a1f2b0", "#7a1f2g", "red", "", "#٧a1f2b", "#7a 1fb"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(CallError, match="no colour"):
        parse_colour(text)


def test_dots_that_do_not_hold_are_left_out_and_others_are_whole() -> None:
    assert whole((0.4, 2.4, 2.6, 99.7)) == (0, 0, 3, 100)


# Contrast


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.00),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(parse_colour(one), parse_colour(other)) == pytest.approx(ratio, abs=0.01)
    assert contrast(parse_colour(other), parse_colour(one)) == contrast(parse_colour(one), parse_colour(other))


def test_the_accent_can_be_read_on_paper_too(palette: Palette) -> None:
    assert contrast(PROFILE.seen(palette.accent_inks), PROFILE.seen(PAPER)) > 7


@pytest.mark.parametrize("shown", ["#7a1f2b", "#00ff00", "#123456", "#010203"])
def test_the_grey_of_a_colour_is_as_light_as_the_colour(shown: str) -> None:
    grey = grey_of(parse_colour(shown))
    assert contrast((grey, grey, grey), parse_colour(shown)) == pytest.approx(1, abs=1e-9)


def test_pillow_s_profile_for_the_screen_is_srgb() -> None:
    """What the colours of the page are read as: the conversion is only as right as that."""
    assert "sRGB" in ImageCms.getProfileDescription(ImageCms.createProfile("sRGB"))


# A print shop's own profile


def test_a_shops_profile_goes_by_its_own_description() -> None:
    profile = read_profile(colour.profile_folder() / MANIFEST.profiles[0].file)

    assert profile.content == PROFILE.content and profile.name == "Custom" and "FOGRA39" in profile.info


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not a profile", "no ICC profile"),
        (b"", "no ICC profile"),
        ((colour.profile_folder() / "sRGB2014.icc").read_bytes(), "class mntr, RGB"),
    ],
)
def test_what_is_no_profile_of_a_press_is_refused_by_name(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "shop.icc"
    path.write_bytes(content)
    with pytest.raises(CallError, match=r"shop\.icc") as refusal:
        read_profile(path)

    assert said in str(refusal.value)
