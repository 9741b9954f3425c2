"""Colours: how a palette reads on a screen, and which inks print it.

In: colours as "#rrggbb" and the output profile of a printing condition (styles/colour). Out: contrast ratios, and
inks in per cent. Black and grey are black ink alone, so that small letters have one edge and not four; the accent
has the inks that its statement gives, or those that the profile finds, in whole per cent as a printer reads them.
"""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms
from pydantic import Field

from handbill.assets import resource_folder
from handbill.errors import CallError, ContentError, FaultError, did_you_mean
from handbill.files import read_bytes
from handbill.forms import Form, read_form

Rgb = tuple[float, float, float]
"""Red, green and blue of sRGB (IEC 61966-2-1), each from 0 to 1."""

Inks = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black in per cent of the area they cover."""

PAPER: Inks = (0, 0, 0, 0)
BLACK: Inks = (0, 0, 0, 100)

SMALLEST_DOT = 3
"""Per cent from which on offset holds a dot for sure (ISO 12647-2); an ink of less is left out."""

INK_LIMIT = 300
"""Per cent of all inks together that offset on coated paper takes without trouble in drying, for a condition that
does not say."""

LARGEST_PROFILE = 16_777_216
"""Bytes of the largest ICC file that is read; those of printers have 0.5 to 3 MB."""

_STEP = 1 / 255
"""Distance of two neighbouring values of a channel: colours no further apart than that are the same."""


class ProfileForm(Form):
    """An output profile and where it comes from."""

    key: str
    file: str
    name: str = Field(description="Of the printing condition, as registered")
    registry: str = Field(description="Where the name is registered")
    condition: str
    info: str
    ink_limit: int = Field(ge=100, le=400, description="Most ink in per cent, all four together")
    licence: str
    licence_file: str
    package: str
    package_version: str
    profiler: str
    source: str
    sha256_source: str = Field(pattern=r"^[0-9a-f]{64}$")
    command: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class ManifestForm(Form):
    """styles/colour/manifest.toml."""

    profiles: tuple[ProfileForm, ...] = Field(min_length=1, strict=False)


@dataclass(frozen=True, slots=True)
class Profile:
    """The output profile of a printing condition.

    Attributes:
        content: The ICC profile.
        name: The condition's registered name, "FOGRA39"; "Custom" for one that is not registered.
        registry: Address of the registry; empty for one that is not registered.
        condition: The condition in a few words.
        info: The condition in full.
        ink_limit: Most ink that it prints, in per cent of all four inks together.
    """

    content: bytes = field(repr=False)
    name: str
    registry: str
    condition: str
    info: str
    ink_limit: int

    def separate(self, colour: Rgb) -> Inks:
        """The inks that print a colour (relative colorimetric), in whole per cent."""
        return whole(tuple(value / 2.55 for value in _converted(self.content, "print", colour)))

    def separate_picture(self, picture: Image.Image) -> Image.Image:
        """The same for every pixel of a picture in sRGB: one in CMYK, its inks from 0 to 255."""
        separated = ImageCms.applyTransform(picture, _transform(self.content, "print"))
        assert separated is not None
        return separated

    def seen(self, inks: Inks) -> Rgb:
        """What inks look like on their paper, the paper taken for white (relative colorimetric)."""
        red, green, blue = _converted(self.content, "screen", tuple(ink / 100 for ink in inks))
        return (red / 255, green / 255, blue / 255)

    def black_tint(self, grey: float) -> float:
        """The tint of black ink, in per cent, that is as light as a grey of sRGB from 0 to 1.

        The complement of the grey (ISO 32000-1, 10.3.3) would be too light: #4a4a4a would be a tint of 71 %, and
        is as light as one of 88 % (FOGRA39).
        """
        if grey <= _STEP / 2:
            return 100
        lightness = _lightness(grey)
        tints = _tint_lightness(self.content)
        return min(range(101), key=lambda tint: (abs(tints[tint] - lightness), -tint))


def load_profile(key: str = "fogra39") -> Profile:
    """The output profile of this key.

    Raises:
        CallError: The manifest has no such key.
        FaultError: The file is missing or is not the one in the manifest.
    """
    forms = {form.key: form for form in read_form(profile_folder() / "manifest.toml", ManifestForm).profiles}
    if key not in forms:
        raise CallError(f'"{key}": there is no such output profile.', did_you_mean(key, forms))
    form = forms[key]
    path = profile_folder() / form.file
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FaultError(f"{path}: {error.strerror}.", "Make the profile again with build/colour.") from error
    if hashlib.sha256(content).hexdigest() != form.sha256:
        raise FaultError(f"{path}: the file is not the one in the manifest.", "Make it again with build/colour.")
    return Profile(content, form.name, form.registry, form.condition, form.info, form.ink_limit)


def read_profile(path: Path) -> Profile:
    """The output profile of a printer's own condition, from an ICC file.

    The file does not say under which name its condition is registered, if at all, so the condition is "Custom" and
    goes by the profile's own description.

    Raises:
        CallError: There is no such file, or it is no profile of a printer with four inks.
    """
    content = read_bytes(path, LARGEST_PROFILE)
    remedy = "Ask the print shop for the ICC profile (.icc) of its CMYK printing condition."
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(content)).profile
    except (OSError, ImageCms.PyCMSError):
        raise CallError(f"{path}: this is no ICC profile.", remedy) from None
    kind, space = profile.device_class.strip(), profile.xcolor_space.strip()
    if (kind, space) != ("prtr", "CMYK"):
        raise CallError(f"{path}: the profile is of class {kind}, {space}; the press needs prtr, CMYK.", remedy)
    if profile.version >= 5:
        raise CallError(f"{path}: the profile is of version {profile.version:g}; PDF/X-4 takes up to 4.", remedy)
    info = (profile.profile_description or path.stem).strip()
    return Profile(content, "Custom", "", info, info, INK_LIMIT)


def profile_folder() -> Path:
    """Where the output profiles are."""
    return resource_folder("styles") / "colour"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a brief and the inks that print them.

    Attributes:
        accent: The accent colour on a screen.
        accent_inks: The inks that print it.
        profile: The printing condition.
    """

    accent: Rgb
    accent_inks: Inks
    profile: Profile

    def inks(self, colour: Rgb) -> Inks:
        """The inks that print a colour: black for greys, a tint of the accent's inks for a tint of the accent."""
        if is_grey(colour):
            return (0, 0, 0, self.profile.black_tint(colour[0]))
        share = self._share_of_accent(colour)
        if share is not None:
            return whole(tuple(share * ink for ink in self.accent_inks))
        return self.profile.separate(colour)

    def _share_of_accent(self, colour: Rgb) -> float | None:
        """How much of the accent is in a colour mixed of it and white, from 0 to 1; None for any other colour."""
        depths = [(1 - ours, 1 - theirs) for ours, theirs in zip(colour, self.accent, strict=True)]
        share = sum(ours * theirs for ours, theirs in depths) / sum(theirs**2 for _, theirs in depths)
        is_mixed = all(abs(ours - share * theirs) <= _STEP for ours, theirs in depths)
        return min(share, 1.0) if is_mixed and share <= 1 + _STEP else None


def make_palette(accent: str, accent_inks: Inks | None, profile: Profile) -> Palette:
    """The palette of an accent colour.

    Args:
        accent: The accent, "#rrggbb".
        accent_inks: The inks that print it, in per cent, where the statement gives them; else the profile does.
        profile: The printing condition.

    Raises:
        CallError: The accent is no colour.
        ContentError: The inks cannot be printed.
    """
    colour = parse_colour(accent)
    if accent_inks is None:
        inks = (0.0, 0.0, 0.0, profile.black_tint(colour[0])) if is_grey(colour) else profile.separate(colour)
        return Palette(colour, inks, profile)
    _require_printable(accent_inks, profile)
    return Palette(colour, accent_inks, profile)


def _require_printable(inks: Inks, profile: Profile) -> None:
    shown = " ".join(f"{ink:g}" for ink in inks)
    if any(not 0 <= ink <= 100 for ink in inks):
        raise ContentError(f"The inks {shown}: each is a share of the area in per cent, from 0 to 100.")
    if 0 < max(inks) <= 1:
        raise ContentError(f"The inks {shown} are in per cent, and none is seen.", "Write 60, not 0.6.")
    if total_ink(inks) > profile.ink_limit:
        raise ContentError(
            f"The inks {shown} are {total_ink(inks):g} % together; {profile.name} takes {profile.ink_limit} %.",
            "Take less of the three colours and more black.",
        )


def parse_colour(text: str) -> Rgb:
    """The colour of "#rrggbb".

    >>> parse_colour("#ff8000")[0]
    1.0

    Raises:
        CallError: It is not written so.
    """
    digits = text.removeprefix("#")
    if len(text) != 7 or len(digits) != 6 or not all(digit in "0123456789abcdefABCDEF" for digit in digits):
        raise CallError(f'"{text}" is no colour.', 'Write it as "#7a1f2b": two hexadecimal digits a channel.')
    red, green, blue = bytes.fromhex(digits)
    return (red / 255, green / 255, blue / 255)


def is_grey(colour: Rgb) -> bool:
    """Whether a colour has no hue: its channels are the same value."""
    return max(colour) - min(colour) < _STEP / 2


def luminance(colour: Rgb) -> float:
    """Relative luminance, from 0 (black) to 1 (white) (WCAG 2.2, definition of relative luminance)."""
    red, green, blue = (_linear(channel) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def grey_of(colour: Rgb) -> float:
    """The grey of sRGB, from 0 to 1, that is as light as the colour."""
    if is_grey(colour):
        return colour[0]
    light = luminance(colour)
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def contrast(one: Rgb, other: Rgb) -> float:
    """Contrast ratio of two colours, from 1 to 21 (WCAG 2.2, success criterion 1.4.3 asks for 4.5 in small text).

    >>> contrast((0, 0, 0), (1, 1, 1))
    21.0
    """
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def total_ink(inks: Inks) -> float:
    """The area covered by all inks together, in per cent of the paper's: 400 at most."""
    return sum(inks)


def whole(inks: tuple[float, ...]) -> Inks:
    """Inks in whole per cent, without those too faint to hold.

    >>> whole((1.2, 95.6, 57.8, 2.6))
    (0, 96, 58, 3)
    """
    cyan, magenta, yellow, black = (round(ink) if round(ink) >= SMALLEST_DOT else 0 for ink in inks)
    return (cyan, magenta, yellow, black)


def _linear(channel: float) -> float:
    """A channel of sRGB as light (IEC 61966-2-1; WCAG has the older threshold, no 8-bit value lies between)."""
    return float(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)


def _lightness(grey: float) -> float:
    """CIE lightness of a grey of sRGB, from 0 to 100 (ISO/CIE 11664-4)."""
    light = _linear(grey)
    return 116 * light ** (1 / 3) - 16 if light > (6 / 29) ** 3 else light * (29 / 3) ** 3


@lru_cache(maxsize=4)
def _tint_lightness(profile: bytes) -> tuple[float, ...]:
    """CIE lightness of the tints 0 to 100 % of black ink, the paper taken for white."""
    return tuple(_converted(profile, "lab", (0, 0, 0, tint / 100))[0] / 2.55 for tint in range(101))


_CONVERSIONS: Mapping[str, tuple[str, str]] = {
    "print": ("RGB", "CMYK"),
    "screen": ("CMYK", "RGB"),
    "lab": ("CMYK", "LAB"),
}
"""From which mode of Pillow to which; CMYK is the output profile's."""


def _converted(profile: bytes, conversion: str, colour: tuple[float, ...]) -> tuple[int, ...]:
    """A colour from 0 to 1 in the other space, in steps of 1/255."""
    pixel = Image.new(_CONVERSIONS[conversion][0], (1, 1), tuple(round(255 * channel) for channel in colour))
    converted = ImageCms.applyTransform(pixel, _transform(profile, conversion))
    assert converted is not None
    value = converted.getpixel((0, 0))
    assert isinstance(value, tuple)
    return value


@lru_cache(maxsize=12)
def _transform(profile: bytes, conversion: str) -> Any:
    spaces: dict[str, Any] = {
        "RGB": ImageCms.createProfile("sRGB"),
        "LAB": ImageCms.createProfile("LAB"),
        "CMYK": ImageCms.ImageCmsProfile(io.BytesIO(profile)),
    }
    source, target = _CONVERSIONS[conversion]
    return ImageCms.buildTransform(
        spaces[source], spaces[target], source, target, renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC
    )
