"""Checks of colour, lines and images: what an ink or a toner makes of what is painted."""

import math
from collections.abc import Iterable, Iterator
from functools import lru_cache

from handbill.colour import contrast, load_profile, luminance
from handbill.preflight.answers import Answer, any_of, check, failed, skipped, warned
from handbill.preflight.checks.rules import from_rule
from handbill.preflight.painted import Paint
from handbill.preflight.subject import Subject

WHITE = (1.0, 1.0, 1.0)

_DARK = 0.05
"""Relative luminance under which a grey is black to the eye."""

_DECORATION = 72.0
"""Points: letters of a page's furniture that are so large are a stamp across the page, not to be read as text
(WCAG 2.2, 1.4.3, leaves pure decoration out)."""

_MOST = 5
"""Places that are told one by one."""


@check(
    "colour/spaces",
    reason="A colour of another kind is converted by a machine nobody set, black text first of all.",
    source="ISO 32000-1, 8.6",
)
def spaces(subject: Subject) -> Iterator[Answer]:
    """Is every colour of a kind that the edition may have?"""
    allowed = subject.profile.limits.spaces
    found = {paint.space for paint in subject.painted.paints}
    if not allowed:
        yield skipped("Any colour may be used.")
        return
    wrong, kinds = [p for p in subject.painted.paints if p.space not in allowed], ", ".join(allowed)
    answers = [
        failed("colour-space", f"{paint.kind} in {paint.space}{elsewhere}; allowed: {kinds}.", paint.page)
        for paint, elsewhere in _each_kind(wrong)
    ]
    yield from any_of(answers, ", ".join(sorted(found)) or "nothing painted")


@check(
    "colour/black-text",
    reason="Black made of several inks or of dots has coloured or rough edges in small type.",
    source="notes of print shops; ISO 32000-1, 8.6.4",
)
def black_text(subject: Subject) -> Iterator[Answer]:
    """Is black text in solid black and nothing else?"""
    texts = [paint for paint in subject.painted.paints if paint.kind == "text"]
    wrong = [paint for paint in texts if _is_black_to_the_eye(paint) and not paint.is_solid_black]
    answers = [
        failed(
            "mixed-black",
            f"Black text in {paint.space} {' '.join(f'{each:g}' for each in paint.components)}{elsewhere}; "
            "it must be in black alone.",
            paint.page,
        )
        for paint, elsewhere in _each_kind(wrong)
    ]
    yield from any_of(answers, f"{sum(paint.is_solid_black for paint in texts)} pieces of text")


def _is_black_to_the_eye(paint: Paint) -> bool:
    colour = seen(paint)
    return colour is not None and max(colour) - min(colour) < 0.1 and luminance(colour) < _DARK


@check(
    "colour/contrast",
    reason="Pale letters cannot be read by many, and by nobody in a dim room.",
    source="WCAG 2.2, 1.4.3 and 1.4.6; the paper is taken for white",
)
def enough_contrast(subject: Subject) -> Iterator[Answer]:
    """Is every letter dark enough on white paper?"""
    wanted = subject.profile.limits.contrast
    paler: dict[tuple[float, ...], Paint] = {}
    least = math.inf
    for paint in subject.painted.paints:
        colour = seen(paint) if paint.kind == "text" and not _is_decoration(paint) else None
        if colour is not None:
            ratio = contrast(colour, WHITE)
            least = min(least, ratio)
            if ratio < wanted:
                paler.setdefault(colour, paint)
    if least == math.inf:
        yield skipped("No letters in a plain colour.")
        return
    yield from any_of(
        [
            failed(
                "low-contrast",
                f"Letters of {paint.size:.1f} pt have a contrast of {contrast(colour, WHITE):.1f} to 1; "
                f"{wanted:g} to 1 is needed. Take a darker colour.",
                paint.page,
            )
            for colour, paint in list(paler.items())[:_MOST]
            if len(colour) == 3
        ],
        f"at least {least:.1f} to 1",
    )


def _is_decoration(paint: Paint) -> bool:
    return paint.tag == "Artifact" and paint.size >= _DECORATION


def seen(paint: Paint) -> tuple[float, float, float] | None:
    """The colour of a paint on a screen, from 0 to 1; None where it is no plain colour."""
    return _seen(paint.space, paint.components)


@lru_cache(maxsize=256)
def _seen(space: str, parts: tuple[float, ...]) -> tuple[float, float, float] | None:
    if space in ("DeviceRGB", "ICCBased 3", "CalRGB") and len(parts) == 3:
        return (parts[0], parts[1], parts[2])
    if space in ("DeviceGray", "ICCBased 1", "CalGray") and len(parts) == 1:
        return (parts[0], parts[0], parts[0])
    if space in ("DeviceCMYK", "ICCBased 4") and len(parts) == 4:
        if not any(parts[:3]) and parts[3] == 1:
            return (0.0, 0.0, 0.0)  # the paper is not white in a profile, nor its black black
        cyan, magenta, yellow, black = (100 * part for part in parts)
        return load_profile().seen((cyan, magenta, yellow, black))
    return None


@check(
    "images/resolution",
    reason="Under 300 pixels to the inch an image is soft in print, under 150 its pixels are seen.",
    source="practice of print shops (150 lines to the inch, two pixels a line)",
)
def resolution(subject: Subject) -> Iterator[Answer]:
    """Has every image pixels enough?"""
    limits = subject.profile.limits
    images = [paint for paint in subject.painted.paints if paint.resolution < math.inf]
    if not images:
        yield skipped("No images.")
        return
    coarse = sorted(
        (paint for paint in images if paint.resolution < limits.image_wanted), key=lambda p: p.resolution
    )
    answers = []
    for paint in coarse[:_MOST]:
        said = f"An image has {paint.resolution:.0f} pixels to the inch; {limits.image_wanted:.0f} are wanted."
        if paint.resolution < limits.image_least:
            answers.append(
                failed("image-too-coarse", f"{said} Place a larger one, or print it smaller.", paint.page)
            )
        else:
            answers.append(warned("image-coarse", said, paint.page))
    yield from any_of(
        answers, f"{len(images)} images, at least {min(i.resolution for i in images):.0f} to the inch"
    )


def _each_kind(paints: Iterable[Paint]) -> list[tuple[Paint, str]]:
    """The first paint of each kind and colour space, and on how many other pages there are such."""
    kinds: dict[tuple[str, str], list[Paint]] = {}
    for paint in paints:
        kinds.setdefault((paint.kind, paint.space), []).append(paint)
    counted = [(alike[0], len({paint.page for paint in alike}) - 1) for alike in kinds.values()]
    return [(paint, f" (and on {more} other pages)" if more else "") for paint, more in counted[:_MOST]]


CHECKS = (
    spaces,
    black_text,
    enough_contrast,
    from_rule("colour/ink", "ink", "Too much ink does not dry, and comes off on the next sheet."),
    from_rule(
        "colour/opaque", "transparency", "What shines through is flattened on the way to the plate, and may change."
    ),
    from_rule("lines/hairlines", "hairlines", "A thinner line breaks up, or is not there at all."),
    resolution,
)
