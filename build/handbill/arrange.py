"""Arranging: the names in the order, and under the headings, that they are printed in.

In: a version and its language. Out: the same, its names arranged as `statement.toml` has it. Each keeps the
number it signed with. Where nothing is asked for, the version is as it was.
"""

from dataclasses import replace

from handbill.collation import collation_key
from handbill.errors import ContentError
from handbill.languages import Language
from handbill.model import Listing, Signatory, Version


def arrange(version: Version, language: Language) -> Version:
    """Sort and group the names.

    Raises:
        ContentError: They are to be grouped by country, and some have none.
    """
    listing, signatories = version.particulars.listing, version.statement.signatories
    if listing == Listing():
        return version
    key = collation_key(language)
    if listing.group == "country":
        _refuse_missing(signatories)
        signatories = tuple(replace(each, group=language.country(each.country)) for each in signatories)
    if listing.countries:
        signatories = tuple(
            replace(each, beside=language.country(each.country)) if each.country else each for each in signatories
        )
    if listing.order == "sorted":
        signatories = tuple(sorted(signatories, key=lambda each: key(each.name)))
    grouped = tuple(sorted(signatories, key=lambda each: key(each.group)))
    return replace(version, statement=replace(version.statement, signatories=grouped))


def _refuse_missing(signatories: tuple[Signatory, ...]) -> None:
    without = ", ".join(str(each.signed) for each in signatories if not each.country)
    if without:
        raise ContentError(
            f"signatories.toml: to group the names by country, there is none for {without}.",
            'Write country = "TH" and so on under [[signatories]] or [[late]] ("001" for the whole world), or set '
            'group = "none" in statement.toml.',
        )
