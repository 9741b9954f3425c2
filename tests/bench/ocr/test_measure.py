"""The benchmark's totals hold: no worse than they were, and at the target once they have reached it."""

from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor

import pytest
from measure import HALVES, measure, total
from truth import scans

Totals = Mapping[str, Mapping[str, float]]

HIGHEST = {
    "dev": {
        "wer": 0.018,
        "above_naive": 0,
        "silent": 282,
        "lost": 11,
        "doubts_per_page": 2.7,
        "places_per_page": 4.6,
    },
    "held": {
        "wer": 0.0152,
        "above_naive": 2,
        "silent": 250,
        "lost": 34,
        "doubts_per_page": 2.8,
        "places_per_page": 4.5,
    },
}
"""What was reached, and a little more."""

LOWEST = {
    "dev": {"f1": 0.965, "names_right": 0.815, "titles": 0.91},
    "held": {"f1": 0.96, "names_right": 0.80, "titles": 0.72},
}
"""What was reached, and a little less."""

NOT_REACHED = pytest.mark.xfail(strict=True, reason="the target is not reached")
TARGETS = [
    pytest.param("dev", "wer", marks=NOT_REACHED),
    pytest.param("dev", "above_naive"),
    pytest.param("dev", "f1"),
    pytest.param("dev", "names_right", marks=NOT_REACHED),
    pytest.param("dev", "titles"),
    pytest.param("dev", "silent", marks=NOT_REACHED),
    pytest.param("held", "wer"),
    pytest.param("held", "above_naive", marks=NOT_REACHED),
    pytest.param("held", "f1"),
    pytest.param("held", "names_right", marks=NOT_REACHED),
    pytest.param("held", "titles", marks=NOT_REACHED),
    pytest.param("held", "silent", marks=NOT_REACHED),
]


@pytest.fixture(scope="module")
def totals() -> Totals:
    with ProcessPoolExecutor() as pool:
        chosen = scans()
        measured = list(zip(chosen, pool.map(measure, chosen), strict=True))
    return {half: total([each for scan, each in measured if scan.half == half]) for half in HALVES}


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("figure", sorted(HIGHEST["dev"]))
def test_no_more_is_wrong_than_was(totals: Totals, half: str, figure: str) -> None:
    assert totals[half][figure] <= HIGHEST[half][figure]


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("figure", sorted(LOWEST["dev"]))
def test_no_less_is_right_than_was(totals: Totals, half: str, figure: str) -> None:
    assert totals[half][figure] >= LOWEST[half][figure]


@pytest.mark.parametrize(("half", "figure"), TARGETS)
def test_the_target_is_reached(totals: Totals, half: str, figure: str) -> None:
    reached = totals[half]
    met = {
        "wer": reached["wer"] <= reached["naive_wer"] / 4,
        "above_naive": reached["above_naive"] == 0,
        "f1": reached["f1"] >= 0.95,
        "names_right": reached["names_right"] >= 0.98 * reached["names_legible"],
        "titles": reached["titles"] >= 0.9,
        "silent": reached["silent"] == 0,
    }

    assert met[figure]
