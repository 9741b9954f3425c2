"""The table of checks in README.md is the one the program has."""

from collections.abc import Iterator

from conftest import ROOT
from handbill.editions import EDITIONS
from handbill.preflight import ANY, CHECKS, load_profile


def asked_by(check_id: str, level: str) -> str:
    """The profiles in which a bad answer of a check weighs so much."""
    editions = [name for name in EDITIONS if load_profile(name).levels.get(check_id) == level]
    names = ["every edition"] if len(editions) == len(EDITIONS) else editions
    return ", ".join([*names, *(["any PDF"] if load_profile(ANY).levels.get(check_id) == level else [])])


def table() -> Iterator[str]:
    yield "| check | question | refuses | warns |\n|---|---|---|---|"
    for check in CHECKS:
        if not check.id.startswith("press/"):
            refuses, warns = asked_by(check.id, "fail"), asked_by(check.id, "warn")
            yield f"| `{check.id}` | {check.question} | {refuses} | {warns} |"
    rules = ", ".join(f"`{check.id.removeprefix('press/')}`" for check in CHECKS if check.id.startswith("press/"))
    yield f"| `press/…` | Is it PDF/X-4? ({rules}) | press | |"


def test_the_table_of_checks_is_the_one_the_program_has() -> None:
    assert "\n".join(table()) in (ROOT / "README.md").read_text(encoding="utf-8")
