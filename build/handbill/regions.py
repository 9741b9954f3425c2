"""Regions: where in the world a country lies.

In: the code of a country. Out: the code of its region or sub-region of the United Nations (M49), of which CLDR has
the names. Babel has these, but not what contains what: that is `regions.toml`.
"""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

WORLD = "001"
"""The whole world: an organisation of no one country, and the region it is of."""


def region_of(country: str) -> str:
    """The region of a country: Africa, the Americas, Asia, Europe or Oceania; the world's is the world, else empty.

    >>> region_of("MM"), region_of("001"), region_of("EU")
    ('142', '001', '')
    """
    return _lies_in().get(country, ("", ""))[0]


def subregion_of(country: str) -> str:
    """The sub-region of a country, such as South-east Asia; the world's is the world, else empty.

    >>> subregion_of("MM")
    '035'
    """
    return _lies_in().get(country, ("", ""))[1]


@lru_cache(maxsize=1)
def _lies_in() -> Mapping[str, tuple[str, str]]:
    """Region and sub-region by country."""
    regions = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    lies_in = {
        country: (region, subregion)
        for region, subregions in regions.items()
        for subregion, countries in subregions.items()
        for country in countries
    }
    return {**lies_in, WORLD: (WORLD, WORLD)}
