"""What a build was asked for.

In: the command line. Out: one value that the pipeline and the production read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from handbill.derive import PLAIN, Printing
from handbill.unchanged import Call
from handbill.workers import SECONDS

Tell = Callable[[str], None]
"""Is told what the pipeline is doing, one line at a time."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a build was asked for.

    Attributes:
        folders: The statements' folders.
        languages: Languages to build, or none for those that each statement names.
        editions: Editions to build, or none for all that are built by default.
        beside: Languages to set beside each, in an edition of two languages.
        out: Output folder.
        workers: Files made at the same time.
        draft: Whether to build what is not ready, stamped as a draft.
        force: Whether to make files again that have not changed.
        paper: "a4" or "letter", instead of what each statement says.
        printing: How the files are printed.
        verbose: Whether to tell how often the layout engine was asked.
        patience: Seconds that one pass of the layout engine may take.
        explain: Whether to tell of each file why it is made again.
        call: The call, to be told again where nothing has changed.
    """

    folders: tuple[Path, ...]
    languages: tuple[str, ...]
    editions: tuple[str, ...]
    out: Path
    workers: int = 1
    draft: bool = False
    force: bool = False
    paper: str | None = None
    printing: Printing = PLAIN
    verbose: bool = False
    patience: float = SECONDS
    explain: bool = False
    call: Call | None = None
    beside: tuple[str, ...] = ()
