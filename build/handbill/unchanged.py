"""Unchanged: whether a build has nothing to do, known before anything is loaded that could do it.

In: the words of a call, and the record that the last build left in its output folder. Out: what that build told, if
the same call would do the same again: every file of the statements, of the program and of the output is, byte for
byte, what it was then. In doubt there is no answer, and the build looks for itself. A statement that withholds a
name is never recorded: a hash of its folder would be a hash of the name.
"""

import hashlib
import os

from handbill.inputs import hash_of_file, resources, short_hash

TYPE_CHECKING = False  # as in `inputs`
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RECORD = ".last-build"
"""In the output folder; hidden, because it is about this folder on this machine and goes along with no copy."""

_SUMS = "SHA256SUMS"
_WORK = ".handbill"
_FOLDER = "\N{OBJECT REPLACEMENT CHARACTER}"


class Call:
    """A call of `build`, as far as its words alone tell; no dataclass, as those take long to load.

    It may be understood wrong, as no parser of options is asked. Nothing follows from that: `record` compares it
    with what was built, and the same words are understood in the same way the next time.

    Args:
        words: What stands after "build".

    Attributes:
        folders: The statements' folders.
        out: The output folder.
        inputs: A hash of the words, the statements and the program; empty where the call is never recorded.
    """

    def __init__(self, words: "Sequence[str]") -> None:
        self.folders = tuple(_folders(words))
        self.out = _out(words)
        self.inputs = "" if any(map(_is_never_recorded, words)) else _inputs(words, self.folders)


def told_again(call: Call) -> tuple[int, list[str]] | None:
    """How many files there are and what is told of them, if this call would make none; None where it might."""
    try:
        if not call.inputs or os.path.exists(os.path.join(call.out, _WORK)):
            return None
        inputs, sums, count, *told = _read(os.path.join(call.out, RECORD)).split("\n")
        if inputs != call.inputs or sums != hash_of_file(os.path.join(call.out, _SUMS)):
            return None
        listed = _read(os.path.join(call.out, _SUMS)).splitlines()
        for sha256, path in (line.split("  ", 1) for line in listed):
            if hash_of_file(os.path.join(call.out, path)) != sha256:
                return None
        return int(count), [_with_folders(line, call.folders) for line in told]
    except (OSError, ValueError):
        return None


def record(
    call: Call, folders: "Sequence[str]", out: str, sums: bytes, count: int, told: "Sequence[str]"
) -> bytes | None:
    """The record of a build, or None where the call was not understood.

    Args:
        call: The call, understood before anything was read: what changed meanwhile is another input the next time.
        folders: The statements' folders that were built.
        out: The output folder that was built into.
        sums: Content of its SHA256SUMS, which lists every file in it.
        count: How many files were asked for.
        told: What the next build that has nothing to do tells.
    """
    if not call.inputs or call.folders != tuple(folders) or call.out != out:
        return None
    lines = [call.inputs, hashlib.sha256(sums).hexdigest(), str(count)]
    return "\n".join([*lines, *(_without_folders(line, folders) for line in told)]).encode()


def _is_never_recorded(word: str) -> bool:
    """Whether a word asks for more than the files, or for a file that is not known to be one by its word."""
    return word.startswith(("-v", "--v", "--f", "--e", "--outp")) and not word.startswith("--edition")


def _folders(words: "Sequence[str]") -> "Iterator[str]":
    """The folders that the words name, in seeds/ or by path; all in seeds/ if none is named."""
    named = [folder for word in words if not word.startswith("-") for folder in _named(word)]
    known = [os.path.join("seeds", name) for name in _names("seeds")]
    yield from dict.fromkeys(named or filter(_is_statement, known))


def _named(word: str) -> list[str]:
    places = [os.path.join("seeds", word), word.rstrip("/")]
    return [place for place in places if _is_statement(place)][:1]


def _is_statement(folder: str) -> bool:
    return os.path.isfile(os.path.join(folder, "statement.toml"))


def _out(words: "Sequence[str]") -> str:
    for at, word in enumerate(words):
        if word in ("-o", "--out"):
            return "".join(words[at + 1 : at + 2])
        if word.startswith("--out="):
            return word[6:]
    return "out"


def _inputs(words: "Sequence[str]", folders: "Sequence[str]") -> str:
    """A hash of everything that the build is made of; empty where that cannot be said."""
    pieces = [*words, *_names("seeds")]
    for name, digest in resources().items():
        pieces += [name, digest]
    for folder in folders:
        try:
            pieces += [folder, os.path.basename(os.path.realpath(folder)), *_content(folder)]
        except (OSError, ValueError):
            return ""
    return short_hash(*map(os.fsencode, pieces))


def _content(folder: str) -> "Iterator[str]":
    """The names and hashes of what is in a statement's folder.

    Raises:
        ValueError: It withholds a name, or something in it is a link.
    """
    for name in _names(folder):
        path = os.path.join(folder, name)
        if os.path.islink(path) or (name == "signatories.toml" and "withheld" in _read(path)):
            raise ValueError(path)
        if os.path.isdir(path):
            yield from (name, "", *_content(path), "")
        else:
            yield from (name, hash_of_file(path))


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def _read(path: str) -> str:
    with open(path, "rb") as file:
        return file.read().decode()


def _without_folders(line: str, folders: "Sequence[str]") -> str:
    for at, folder in enumerate(folders):
        line = line.replace(folder, f"{_FOLDER}{at}{_FOLDER}")
    return line


def _with_folders(line: str, folders: "Sequence[str]") -> str:
    for at, folder in enumerate(folders):
        line = line.replace(f"{_FOLDER}{at}{_FOLDER}", folder)
    return line
