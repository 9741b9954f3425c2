"""Rules of PDF/X-4 as checks: the table in `x4` asks, this turns its answers into coded ones."""

from collections.abc import Iterator, Mapping

from handbill.errors import ContentError
from handbill.preflight.answers import Answer, Check, failed, passed, skipped
from handbill.preflight.subject import Subject
from handbill.preflight.x4 import RULES, Origin, Result, Rule

_BY_ID: Mapping[str, Rule] = {rule.id: rule for rule in RULES}


def from_rule(id_: str, rule_id: str, reason: str) -> Check:
    """A check that asks one rule of PDF/X-4; its bad answer has the rule's id for a code."""
    rule = _BY_ID[rule_id]

    def ask(subject: Subject) -> Iterator[Answer]:
        try:
            answer = rule.ask(subject.file)
        except ContentError as error:  # the file's packet is no XMP
            yield failed(rule.id, error.message)
            return
        match answer.result:
            case Result.PASS:
                yield passed(answer.found)
            case Result.NOT_APPLICABLE:
                yield skipped(f"{answer.found[:1].upper()}{answer.found[1:]}.")
            case _:
                yield failed(rule.id, f"{answer.found[:1].upper()}{answer.found[1:]}.")

    source = rule.clause if rule.origin is Origin.HOUSE else f"ISO 15930-7; {rule.clause}"
    return Check(id_, rule.question, reason, source, ask)
