"""Reports: what a preflight found, as lines for a terminal and as JSON for other programs.

In: a `Preflight`. Out: text; the wording may change at any time, ids and codes do not.
"""

from collections.abc import Iterator
from typing import Any

from handbill.preflight.runner import Preflight, Result

_NAMES = {"pass": "passed", "skip": "did not apply", "warn": "warned", "fail": "failed", "error": "broke"}


def as_lines(found: Preflight, everything: bool = False) -> Iterator[str]:
    """What a person must look at, the worst first; then what was taken as it is, and how many checks there were."""
    for result in found.findings:
        yield f"  {result.answer.status.value.upper():5} {result}"
    for result in found.results:
        if result.waiver:
            yield f"  taken {result} Reason: {result.waiver.reason}"
    if everything:
        for check, answer in ((result.check, result.answer) for result in found.results):
            if not answer.status.needs_a_look:
                yield f"  {answer.status.value:5} {check.question} {answer.message} [{check.id}]"
    counts = [f"{found.counts[key]} {name}" for key, name in _NAMES.items() if found.counts[key] or key == "pass"]
    yield f"  {', '.join(counts)}"


def as_json(found: Preflight) -> dict[str, Any]:
    """The object that `handbill check --json` prints for a file."""
    return {
        "profile": found.profile,
        "counts": dict(found.counts),
        "particulars": dict(found.particulars),
        "answers": [_answer(result) for result in found.results],
    }


def _answer(result: Result) -> dict[str, Any]:
    answer = result.answer
    return {
        "check": result.check.id,
        "status": answer.status.value,
        "code": answer.code,
        "message": answer.message,
        "page": answer.page,
        "place": answer.place,
        "waived": result.waiver.reason if result.waiver else None,
    }
