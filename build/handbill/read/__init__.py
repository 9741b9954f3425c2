"""Reading: a statement's folder, or a bare text file, becomes a `Source`.

In: a path. Out: the decoded lines with what decoding changed, and the forms the editor filled in. Nothing outside
the folder is read.
"""

from collections import Counter
from pathlib import Path

from handbill.errors import CallError, did_you_mean
from handbill.lexicon import guess_language
from handbill.model import Particulars, Source, Summary
from handbill.read.content import (
    SCHEMAS,
    check_signatories,
    read_corrections,
    read_particulars,
    read_signatories,
    read_summary,
    read_waivers,
)
from handbill.read.text import read_text
from handbill.speech import sayable

_RESERVED = ("index.html", "manifest.json")
"""What a build puts beside the statements' folders."""

__all__ = ["SCHEMAS", "check_signatories", "find_statements", "read", "read_folder"]


def read(path: Path, language: str = "", *, typed: bool = False) -> Source:
    """Read a statement's folder or a text file.

    Args:
        path: Where it is.
        language: BCP 47 tag of a text file; "" to tell it by its words.
        typed: Whether a text file was typed, not scanned; a folder says that itself.

    Raises:
        CallError: There is nothing to read at the path, or what is there is no text.
    """
    return read_folder(path) if path.is_dir() else _read_file(path, language, typed)


def read_folder(folder: Path) -> Source:
    """Read a statement's folder: source.txt, statement.toml, and what the editor added to them.

    Raises:
        CallError: A file of it cannot be used; or something in it is no file, or leads out of it.
    """
    _refuse_strays(folder)
    particulars = read_particulars(folder / "statement.toml")
    lines, changes = read_text(folder / "source.txt")
    sign_ons = read_signatories(folder / "signatories.toml", particulars.listing)
    summary = read_summary(folder / "summary.toml")
    _refuse_unknown_passages(folder, particulars, summary)
    return Source(
        name=folder.resolve().name,
        path=folder / "source.txt",
        language=particulars.language,
        lines=lines,
        changes=changes,
        particulars=particulars,
        summary=summary,
        corrections=read_corrections(folder / "corrections.toml"),
        official_names=sign_ons.official_names,
        withheld=sign_ons.withheld,
        late=sign_ons.late,
        about=sign_ons.about,
        standings=sign_ons.standings,
        waivers=read_waivers(folder / "preflight.toml"),
        typed=particulars.typed,
    )


def _refuse_unknown_passages(folder: Path, particulars: Particulars, summary: Summary | None) -> None:
    """Refuse a choice of what is said that names what the summary has not.

    Raises:
        CallError: It does.
    """
    if summary is None or particulars.oral is None:
        return
    known = sayable(summary)
    for name in particulars.oral.passages:
        if name not in known:
            raise CallError(
                f'{folder / "statement.toml"}: [oral] passages: "{name}" is no passage of summary.toml.',
                did_you_mean(name, known),
            )


def _refuse_strays(folder: Path) -> None:
    """Refuse a folder whose name is none for a file's, and what in it leads out of it or is no file.

    Raises:
        CallError: For the first that is found.
    """
    here = folder.resolve()
    if not here.name or here.name.startswith(".") or not here.name.isprintable() or here.name in _RESERVED:
        raise CallError(f'{folder}: "{here.name}" is no name for a statement.', "Rename the folder.")
    for path in sorted(path for path in folder.iterdir() if not path.name.startswith(".")):
        if not path.resolve().is_relative_to(here):
            raise CallError(f"{path}: this is a link that leads out of the folder.", "Put the file itself there.")
        if not (path.is_file() or path.is_dir()):
            raise CallError(f"{path}: this is no file.", "Take it out of the statement's folder.")


def _read_file(path: Path, language: str, typed: bool) -> Source:
    lines, changes = read_text(path)
    return Source(path.stem, path, language or guess_language("\n".join(lines)), lines, changes, typed=typed)


def find_statements(asked: list[str], seeds: Path) -> list[Path]:
    """The folders of the statements asked for, by name in `seeds` or by path; all of `seeds` if none is asked.

    Raises:
        CallError: There is no such statement, or no statement at all.
    """
    known = sorted(path.parent for path in seeds.glob("*/statement.toml")) if seeds.is_dir() else []
    if not asked:
        if not known:
            raise CallError(
                f"{seeds}: there is no statement here.",
                "Run the command in the project's folder, or name a statement's folder.",
            )
        return known
    names = {folder.name: folder for folder in known}
    found = {folder.resolve(): folder for folder in (_find(name, names) for name in asked)}
    twice = [name for name, count in Counter(path.name for path in found).items() if count > 1]
    if twice:
        raise CallError(
            f'"{twice[0]}": two folders have this name, and their files would be one.', "Rename one, or build each."
        )
    return list(found.values())


def _find(name: str, known: dict[str, Path]) -> Path:
    if name in known:
        return known[name]
    folder = Path(name)
    try:
        if any((folder / file).is_file() for file in ("statement.toml", "source.txt")):
            return folder
        is_folder = folder.is_dir()
    except OSError:  # a name longer than any file's
        is_folder = False
    if is_folder:
        raise CallError(f"{folder}: the folder has no statement.toml.", "See README.md, “A new statement”.")
    raise CallError(f'"{name}": there is no such statement.', did_you_mean(name, known))
