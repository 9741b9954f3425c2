"""Sponsors: who submits a statement, who sponsors it, and who only shares its views.

In: the signatories that are named, and the consultative status of those whose status is known. Out: the same
grouped as the form of OHCHR asks. Nobody's status is guessed: those of whom nothing is known are a group of their
own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handbill.model import Consultative, Signatory, Standing

STATUSES = (Consultative.GENERAL, Consultative.SPECIAL, Consultative.ROSTER)
"""Those that may sponsor, in the order of the form."""


@dataclass(frozen=True, slots=True)
class Sponsor:
    """An organisation.

    Attributes:
        number: Its number in the signed list.
        name: Its name in the database of ECOSOC, or else as signed.
        status: Its status; None where it is not known.
    """

    number: int
    name: str
    status: Consultative | None


@dataclass(frozen=True, slots=True)
class Sponsors:
    """The organisations of a written statement.

    Attributes:
        submitter: Who submits it; None where that is not said, or is nobody that is named.
        co_sponsors: The others with a status, by status.
        without: Those without status, who share the views expressed.
        unknown: Those whose status is not known.
    """

    submitter: Sponsor | None
    co_sponsors: Mapping[Consultative, tuple[Sponsor, ...]]
    without: tuple[Sponsor, ...]
    unknown: tuple[Sponsor, ...]


def group(
    signatories: Sequence[Signatory], standings: Mapping[int, Standing], submitted_by: int | None
) -> Sponsors:
    """Group the signatories.

    Args:
        signatories: Those that are named, in the order they are to have within a group.
        standings: Consultative status by the number in the signed list.
        submitted_by: The number of the one that submits; None where it is not said.
    """
    sponsors = [_sponsor(each, standings.get(each.signed)) for each in signatories]
    submitter = next((each for each in sponsors if each.number == submitted_by), None)
    others = [each for each in sponsors if each is not submitter]

    def of(status: Consultative | None) -> tuple[Sponsor, ...]:
        return tuple(each for each in others if each.status is status)

    return Sponsors(submitter, {status: of(status) for status in STATUSES}, of(Consultative.NONE), of(None))


def _sponsor(signatory: Signatory, standing: Standing | None) -> Sponsor:
    if standing is None:
        return Sponsor(signatory.signed, signatory.name, None)
    return Sponsor(signatory.signed, standing.registered or signatory.name, standing.status)
