"""The benchmark's totals hold: no worse than they were, and at the target once they have reached it."""

from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor

import pytest
from measure import measure, total
from truth import DRAWN, Scan, scans

Totals = Mapping[str, Mapping[str, float]]

HIGHEST = {
    "dev": {
        "wer": 0.0143,
        "above_naive": 0,
        "silent": 240,
        "lost": 11,
        "doubts_per_page": 2.6,
        "places_per_page": 4.5,
    },
    "held": {
        "wer": 0.0134,
        "above_naive": 0,
        "silent": 181,
        "lost": 13,
        "doubts_per_page": 2.8,
        "places_per_page": 4.5,
    },
    "drawn dev": {
        "wer": 0.0336,
        "above_naive": 1,
        "silent": 1555,
        "lost": 101,
        "doubts_per_page": 3.1,
        "places_per_page": 5.9,
    },
    "drawn held": {
        "wer": 0.0689,
        "above_naive": 2,
        "silent": 641,
        "lost": 56,
        "doubts_per_page": 3.8,
        "places_per_page": 8.8,
    },
}
"""What was reached, and a little more."""

LOWEST = {
    "dev": {"f1": 0.972, "names_right": 0.822, "titles": 0.91},
    "held": {"f1": 0.964, "names_right": 0.832, "titles": 0.69},
    "drawn dev": {"f1": 0.937, "names_right": 0.645, "titles": 0.8},
    "drawn held": {"f1": 0.892, "names_right": 0.582, "titles": 0.42},
}
"""What was reached, and a little less."""

NOT_REACHED = pytest.mark.xfail(strict=True, reason="the target is not reached")
TARGETS = [
    pytest.param("dev", "wer"),
    pytest.param("dev", "above_naive"),
    pytest.param("dev", "f1"),
    pytest.param("dev", "names_right", marks=NOT_REACHED),
    pytest.param("dev", "titles"),
    pytest.param("dev", "silent", marks=NOT_REACHED),
    pytest.param("held", "wer"),
    pytest.param("held", "above_naive"),
    pytest.param("held", "f1"),
    pytest.param("held", "names_right", marks=NOT_REACHED),
    pytest.param("held", "titles", marks=NOT_REACHED),
    pytest.param("held", "silent", marks=NOT_REACHED),
    *(
        pytest.param("drawn held", figure, marks=NOT_REACHED)
        for figure in ("wer", "above_naive", "f1", "names_right", "titles", "silent")
    ),
]


def _group(scan: Scan) -> str:
    return f"drawn {scan.half}" if scan.folder == DRAWN else scan.half


@pytest.fixture(scope="module")
def totals() -> Totals:
    chosen = (*scans(), *scans(DRAWN))
    with ProcessPoolExecutor() as pool:
        measured = list(zip(chosen, pool.map(measure, chosen), strict=True))
    return {group: total([each for scan, each in measured if _group(scan) == group]) for group in HIGHEST}


@pytest.mark.parametrize("group", HIGHEST)
@pytest.mark.parametrize("figure", sorted(HIGHEST["dev"]))
def test_no_more_is_wrong_than_was(totals: Totals, group: str, figure: str) -> None:
    assert totals[group][figure] <= HIGHEST[group][figure]


@pytest.mark.parametrize("group", LOWEST)
@pytest.mark.parametrize("figure", sorted(LOWEST["dev"]))
def test_no_less_is_right_than_was(totals: Totals, group: str, figure: str) -> None:
    assert totals[group][figure] >= LOWEST[group][figure]


@pytest.mark.parametrize(("group", "figure"), TARGETS)
def test_the_target_is_reached(totals: Totals, group: str, figure: str) -> None:
    reached = totals[group]
    met = {
        "wer": reached["wer"] <= reached["naive_wer"] / 4,
        "above_naive": reached["above_naive"] == 0,
        "f1": reached["f1"] >= 0.95,
        "names_right": reached["names_right"] >= 0.98 * reached["names_legible"],
        "titles": reached["titles"] >= 0.9,
        "silent": reached["silent"] == 0,
    }

    assert met[figure]
