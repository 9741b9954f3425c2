"""Watching: a statement is built again whenever one of its files is saved, and a browser shows it.

In: an order, the files it is made of as they change. Out: the same output folder that `build` leaves, and its
gallery on the loopback address, always as it is now. The engine is loaded and the workers stay between builds; of
the statement only what changed is read, cleaned and made again.
"""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import nullcontext
from pathlib import Path

import watchfiles

from handbill.assets import resource_folder
from handbill.errors import HandbillError
from handbill.inputs import files_below, hash_of_file, short_hash
from handbill.making import the_program
from handbill.order import Order, Tell
from handbill.output import gathered
from handbill.pipeline import build, prepare
from handbill.prepared import Prepared
from handbill.visible import visible
from handbill.watch.news import Board
from handbill.watch.server import hash_of_picture, serving
from handbill.workers import Limits, Workers

REST, MOST = 50, 1000
"""Milliseconds without a change after which those that came before are taken as one, as where an editor saves
several files or writes one in pieces; and after which they are taken in any case."""

_WAKE = 200
"""Milliseconds after which the watcher looks up if nothing changes."""

Ready = Callable[[str], None]
"""Is told the address of the gallery when it can be opened."""


def watch(order: Order, port: int, tell: Tell, ready: Ready) -> None:
    """Build now and after every change, until interrupted.

    Args:
        order: What is built each time.
        port: Where the gallery is served, on 127.0.0.1; 0 for any free one.
        tell: Is told what is being done.
        ready: Is told the gallery's address.

    Raises:
        CallError: The port is taken.
        KeyboardInterrupt: The person wants no more of it; the output folder is whole.
    """
    board, changes = Board(), _changes(order)
    next(changes)  # from here on nothing is missed
    with serving(order.out, board, port) as address:
        ready(address)
        while True:
            forget_resources()
            # Told before a worker reads any of it: what changes meanwhile counts as changed.
            the_program()
            with Workers(order.workers, Limits(order.patience)) as pool:
                _build_until_the_program_changes(order, board, tell, pool, changes)
            tell("layout/ or styles/ changed: everything is read anew")


def _build_until_the_program_changes(
    order: Order, board: Board, tell: Tell, pool: Executor, changes: Iterator[set[Path]]
) -> None:
    """Build after each change, until one of a template, a language pack, a stylesheet or a font."""
    remembered = Remembered()
    changed: set[Path] = set()
    while not any(path.is_relative_to(folder) for path in changed for folder in _resources()):
        build_once(order, board, tell, pool, remembered)
        changed = next(changes)


def build_once(
    order: Order, board: Board, tell: Tell, pool: Executor, prepare: Callable[[Path], Prepared] = prepare
) -> None:
    """Build what has changed, and put the progress on the board; what is refused is shown there, too."""
    lines: list[str] = []
    pictures: dict[str, str] = {}

    def tell_all(line: str) -> None:
        lines.append(visible(line))
        pictures.update(_new_pictures(order.out, pictures))
        board.post(lines=tuple(lines), pictures=dict(pictures))
        tell(line)

    board.post(building=True, lines=(), pictures={}, fault="")
    fault = ""
    try:
        build(order, tell_all, lambda calls: nullcontext(pool), prepare)
    except HandbillError as error:
        fault = visible(str(error))
        tell(fault)
    board.post(building=False, pictures={}, fault=fault, builds=board.news.builds + 1)


def _new_pictures(out: Path, known: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Pictures that the running build has made and not yet put into place, by their path, with their hash."""
    folder = gathered(out)
    for path in folder.rglob("*.png"):
        place = path.relative_to(folder).as_posix()
        if place not in known:
            yield place, hash_of_picture(path.read_bytes())


class Remembered:
    """Statements as `prepare` makes them; a folder in which only translations changed is not cleaned again."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[str, Prepared]] = {}

    def __call__(self, folder: Path) -> Prepared:
        """The statement of a folder as it is now."""
        # Its state is taken first: what is saved while the folder is read makes it be read once more.
        state = _state(folder)
        former, known = self._known.get(folder, ("", None))
        if known is None or former != state:
            known = prepare(folder)
            self._known[folder] = state, known
        return known


def _state(folder: Path) -> str:
    """A hash of everything in a statement's folder but the translations; nothing while a file is being replaced."""
    try:
        files = [path for path in files_below(str(folder)) if not path.endswith(".po")]
        return short_hash(*(piece.encode() for path in files for piece in (path, hash_of_file(path))))
    except OSError:
        return ""


def forget_resources() -> None:
    """Forget whatever this process has read of templates, packs, stylesheets and fonts."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "handbill":
            for value in list(vars(module).values()):
                if hasattr(type(value), "cache_clear"):
                    value.cache_clear()


def _resources() -> tuple[Path, ...]:
    """The folders beside the statements whose files make a page, where they are a person's to change."""
    package = Path(__file__).resolve().parent.parent
    folders = (resource_folder(name).resolve() for name in ("layout", "styles"))
    return tuple(folder for folder in folders if not folder.is_relative_to(package))


def _changes(order: Order) -> Iterator[set[Path]]:
    """The files that changed, each time when they have come to rest; none at first, once they are watched."""
    out = order.out.resolve()
    usual = watchfiles.DefaultFilter()  # no files that editors and systems keep for themselves

    def counts(change: watchfiles.Change, path: str) -> bool:
        return usual(change, path) and not Path(path).is_relative_to(out)

    folders = [folder.resolve() for folder in order.folders]
    found = watchfiles.watch(
        *folders,
        *_resources(),
        watch_filter=counts,
        debounce=MOST,
        step=REST,
        rust_timeout=_WAKE,
        yield_on_timeout=True,
    )
    yield {Path(path) for _, path in next(found)}
    for changes in found:
        if changes:
            yield {Path(path) for _, path in changes}
