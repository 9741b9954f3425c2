"""Checks: the questions that are asked of a file, by subject; the tuple at this file's end has them all.

A new check is one function in the module of its subject, its name in that module's `CHECKS`, its id in
`profiles.toml`, and a sound and a damaged file in tests/preflight.
"""

from handbill.preflight.answers import Check
from handbill.preflight.checks import (
    annotations,
    boxes,
    claims,
    colour,
    fonts,
    leaks,
    lines,
    metadata,
    pages,
    press,
    tags,
    text,
    whole,
)

CHECKS: tuple[Check, ...] = (
    *whole.CHECKS,
    *fonts.CHECKS,
    *colour.CHECKS,
    *boxes.CHECKS,
    *pages.CHECKS,
    *lines.CHECKS,
    *text.CHECKS,
    *tags.CHECKS,
    *annotations.CHECKS,
    *metadata.CHECKS,
    *claims.CHECKS,
    *leaks.CHECKS,
    *press.CHECKS,
)
"""All checks, in the order in which they are reported."""
