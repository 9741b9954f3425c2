"""Arranging: the names in the order, and under the headings, that they are printed in.

In: a version and its language. Out: the same, its names arranged as `statement.toml` has it. Each keeps the
number it signed with. Where nothing is asked for, the version is as it was.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from handbill.collation import collation_key
from handbill.errors import ContentError
from handbill.languages import Language
from handbill.model import About, Signatory, Version
from handbill.regions import region_of, subregion_of

_COUNTRY = 'country = "TH" and so on under [[signatories]] or [[late]] ("001" for the whole world)'

GROUPS: Mapping[str, tuple[Callable[[About], str], str]] = {
    "country": (lambda about: about.country, _COUNTRY),
    "subregion": (lambda about: subregion_of(about.country), f"a country that lies in one: {_COUNTRY}"),
    "region": (lambda about: region_of(about.country), f"a country that lies in one: {_COUNTRY}"),
    "kind": (
        lambda about: about.kind,
        'kind = "…", a key of kinds in statement.toml, under [[signatories]] or [[late]]',
    ),
}
"""By what names are grouped: the code of what one belongs to, empty where that is not known; what then to write."""


def arrange(version: Version, language: Language) -> Version:
    """Sort and group the names.

    Raises:
        ContentError: They are to be grouped, and of some it is not known where they belong.
    """
    listing, signatories = version.particulars.listing, version.statement.signatories
    if listing.is_as_signed:
        return version
    key = collation_key(language)
    if listing.countries:
        signatories = tuple(
            replace(each, beside=language.territory(each.about.country)) if each.about.country else each
            for each in signatories
        )
    if listing.order == "sorted":
        signatories = tuple(sorted(signatories, key=lambda each: key(each.name)))
    if listing.group == "kind":  # in the order that statement.toml has them in
        headings = list(listing.kinds.values())
        signatories = _grouped(signatories, "kind", listing.kinds.__getitem__)
        signatories = tuple(sorted(signatories, key=lambda each: headings.index(each.group)))
    elif listing.group != "none":
        signatories = _grouped(signatories, listing.group, language.territory)
        signatories = tuple(sorted(signatories, key=lambda each: key(each.group)))
    return replace(version, statement=replace(version.statement, signatories=signatories))


def _grouped(
    signatories: tuple[Signatory, ...], group: str, heading: Callable[[str], str]
) -> tuple[Signatory, ...]:
    """The names with the headings they belong under."""
    code_of, way_out = GROUPS[group]
    without = ", ".join(str(each.signed) for each in signatories if not code_of(each.about))
    if without:
        raise ContentError(
            f"signatories.toml: to group the names by {group}, there is none for {without}.",
            f'Write {way_out}, or set group = "none" in statement.toml.',
        )
    return tuple(replace(each, group=heading(code_of(each.about))) for each in signatories)
