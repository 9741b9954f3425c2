"""Profiles: which checks are asked of which edition, how much a bad answer weighs, and the limits; all of it data.

In: `profiles.toml`. Out: a `Profile` for each edition, and "any" for a PDF that this program did not make.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from handbill.errors import CallError, did_you_mean
from handbill.forms import Form, read_form

ANY = "any"
"""The profile of a PDF of which nothing is known."""

Level = Literal["fail", "warn"]
"""The most that a bad answer of a check weighs."""


class LimitsForm(Form):
    """Numbers and kinds that checks hold a file against; a profile has those of the one it begins with, too."""

    spaces: tuple[str, ...] = Field(default=(), strict=False, description="Colour spaces; none for all")
    annotations: Literal["all", "links", "none"] = "all"
    claims: tuple[str, ...] = Field(default=(), strict=False, description="Standards that the file must claim")
    pages: int = Field(default=0, ge=0, description="Pages it must have; 0 for any number")
    pages_multiple: int = Field(default=1, ge=1, description="Of what its pages must be a multiple")
    summary_pages: int = Field(default=0, ge=0, description="Pages the summary must fill; 0 for any number")
    bleed_mm: float = Field(default=0.0, ge=0)
    contrast: float = Field(default=4.5, ge=1, description="Of letters against white paper")
    image_least: float = Field(
        default=150.0, ge=0, description="Pixels to the inch under which an image is refused"
    )
    image_wanted: float = Field(default=300.0, ge=0, description="Pixels to the inch an image should have")
    least_lines: int = Field(default=4, ge=0, description="Lines of text under which a page is nearly empty")
    last_line: int = Field(default=5, ge=0, description="Characters a paragraph's last line should have")


class ProfileForm(Form):
    """One profile."""

    begins_with: str = Field(default="", description="The profile whose checks and limits it has, too")
    imposed: bool = Field(default=False, description="Whether its pages are sheets with several pages on them")
    fail: tuple[str, ...] = Field(default=(), strict=False, description="Checks that refuse a file")
    warn: tuple[str, ...] = Field(default=(), strict=False, description="Checks that only warn")
    off: tuple[str, ...] = Field(default=(), strict=False, description="Checks that are not asked")
    limits: Annotated[LimitsForm, Field(default_factory=LimitsForm)]


class ProfilesForm(Form):
    """profiles.toml."""

    profiles: Mapping[str, ProfileForm]


@dataclass(frozen=True, slots=True)
class Profile:
    """What is asked of a file.

    Attributes:
        name: The edition's name, or "any".
        levels: The checks by their id, with the most that a bad answer weighs.
        limits: What they hold the file against.
        is_imposed: Whether its pages are sheets with several pages on them.
    """

    name: str
    levels: Mapping[str, Level]
    limits: LimitsForm
    is_imposed: bool


def load_profile(name: str) -> Profile:
    """The profile of this name.

    Raises:
        CallError: There is none.
    """
    profiles = _profiles()
    if name not in profiles:
        raise CallError(f'"{name}": there is no such edition.', did_you_mean(name, profiles))
    return profiles[name]


@lru_cache(maxsize=1)
def _profiles() -> Mapping[str, Profile]:
    forms = read_form(Path(__file__).with_name("profiles.toml"), ProfilesForm).profiles
    return {name: _made(name, forms) for name in forms}


def _made(name: str, forms: Mapping[str, ProfileForm]) -> Profile:
    form = forms[name]
    levels: dict[str, Level] = {}
    limits = form.limits
    if form.begins_with:
        base = _made(form.begins_with, forms)
        levels |= base.levels
        limits = base.limits.model_copy(update=form.limits.model_dump(include=form.limits.model_fields_set))
    levels |= dict.fromkeys(form.fail, "fail")
    levels |= dict.fromkeys(form.warn, "warn")
    asked = {id_: level for id_, level in levels.items() if id_ not in form.off}
    return Profile(name, asked, limits, form.imposed)
