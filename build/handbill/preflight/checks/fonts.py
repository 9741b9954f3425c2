"""Checks of fonts: that every letter is printed as it was set, on any machine."""

import re
from collections.abc import Iterator

from handbill.fonts import known_families
from handbill.preflight.answers import Answer, any_of, check, failed, skipped
from handbill.preflight.checks.rules import from_rule
from handbill.preflight.subject import Subject


@check(
    "fonts/families",
    reason="A face that nobody chose stands for one that was missing, and its letters may be wrong.",
    source="styles/fonts/manifest.toml",
)
def families(subject: Subject) -> Iterator[Answer]:
    """Is every font one of the project's?"""
    names = sorted({str(font.get("/BaseFont", "/none"))[1:] for font in subject.painted.fonts.values()})
    if not names:
        yield skipped("No letters.")
        return
    known = {_plain(family) for family in known_families()}
    strange = [name for name in names if not any(_plain(name).startswith(family) for family in known)]
    yield from any_of(
        [
            failed(
                "fallback-family", f"{name} is no font of the project; a letter is missing in those.", place=name
            )
            for name in strange
        ],
        ", ".join(names),
    )


def _plain(name: str) -> str:
    """A font's or family's name without the mark of a subset, spaces and signs."""
    return re.sub(r"[^a-z0-9]", "", re.sub(r"^[A-Z]{6}\+", "", name).lower())


CHECKS = (
    from_rule("fonts/embedded", "embedded-fonts", "A font that is not in the file is replaced by another one."),
    from_rule("fonts/subset", "subset-fonts", "Whole fonts make a file large, and their licence may forbid it."),
    from_rule("fonts/outlines", "font-kind", "Letters of Type 3 print rough, and some presses refuse them."),
    from_rule("fonts/glyphs", "glyphs", "A letter without a glyph is printed as an empty box."),
    from_rule(
        "fonts/copied", "copied-fonts", "Without a table of letters nothing can be copied, found or read aloud."
    ),
    families,
)
