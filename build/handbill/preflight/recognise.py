"""Recognising: which edition a PDF is, and of which statement.

In: the path of a PDF. Out: what the manifest of its build says of it; failing that, the edition that its name ends
with, if there is one. Nothing is guessed from what is in the file: that is what is to be checked.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from handbill.preflight.profiles import ANY

_HIGHEST = 4
"""Folders above a file in which its manifest is looked for."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What is known of a file.

    Attributes:
        edition: The edition, or "any".
        by: How it was recognised.
        statement: Short name of its statement; "" where that is not known.
        language: BCP 47 tag; "" where it is not known.
        beside: That of the language that stands beside it; "" where there is none.
    """

    edition: str
    by: str
    statement: str = ""
    language: str = ""
    beside: str = ""


def recognise(path: Path, editions: Sequence[str]) -> Recognised:
    """What is known of a file by its manifest or its name."""
    for folder in list(path.resolve().parents)[:_HIGHEST]:
        entry = _listed(folder, path.resolve())
        if entry and entry.edition in editions:
            return entry
    named = [edition for edition in editions if path.stem.endswith(f"-{edition}")]
    return Recognised(named[0], "its name") if named else Recognised(ANY, "nothing: a PDF of any kind")


def _listed(folder: Path, path: Path) -> Recognised | None:
    """What the manifest in a folder says of a file; None where there is none, or it does not list the file."""
    try:
        files = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
        entry = next(file for file in files if folder / file["path"] == path)
        beside = entry.get("beside", "")
        return Recognised(entry["edition"], "manifest.json", entry["statement"], entry["language"], beside)
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        return None
