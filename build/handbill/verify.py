"""Verifying: are these the files that were built?

In: files or folders that were handed out, and the manifest that the build wrote. Out: one verdict for each file,
by its sha256: genuine, whatever it is called now; altered, where only its name or place is in the manifest;
unknown; or missing from a whole copy of the output folder. The manifest must come from whoever built: one that lies
beside the files could have been altered with them.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from handbill.errors import CallError, FaultError
from handbill.files import read_utf8
from handbill.output import MANIFEST, SUMS

LARGEST = 67_108_864
"""Bytes of the largest manifest."""

_BLOCK = 1_048_576


class State(Enum):
    """What a file is found to be."""

    GENUINE = "genuine"
    ALTERED = "altered"
    UNKNOWN = "unknown"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of the manifest.

    Attributes:
        path: Below the output folder, with forward slashes.
        sha256: Of the file.
        kind: "brief", or what else it is: "picture", "proof of cleaning" and so on.
        statement: Short name of its statement; empty for a file about all of them.
        title: The statement's title, of a brief.
        language: BCP 47 tag, of a brief.
        edition: Its edition, of a brief.
        translation: How far the words can be relied on, of a brief.
        draft: Whether it is stamped as a draft.
        build: Twelve digits of the hash of everything that made it, of a brief.
        beside: BCP 47 tag of the language that stands beside it, of a brief in two.
    """

    path: str
    sha256: str
    kind: str
    statement: str = ""
    title: str = ""
    language: str = ""
    edition: str = ""
    translation: str = ""
    draft: bool = False
    build: str = ""
    beside: str = ""

    @property
    def name(self) -> str:
        """Its name without folders."""
        return self.path.rpartition("/")[2]

    def __str__(self) -> str:
        """What it is, in a few words."""
        if self.kind != "brief":
            return f"{self.kind} of {self.statement}" if self.statement else self.kind
        draft = "DRAFT, not for distribution; " if self.draft else ""
        beside = f" beside {self.beside}" if self.beside else ""
        return (
            f"{draft}“{self.title}” ({self.statement}), language {self.language}{beside} ({self.translation}), "
            f"edition {self.edition}, build {self.build}"
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file is found to be, and the file of the manifest that it is or should be."""

    path: Path
    state: State
    listed: Listed | None = None

    def __str__(self) -> str:
        """A line for a person."""
        listed = self.listed
        match self.state:
            case State.GENUINE:
                renamed = f" (built as {listed.path})" if listed and listed.name != self.path.name else ""
                return f"{self.path}: genuine: {listed}{renamed}"
            case State.ALTERED:
                return f"{self.path}: ALTERED: it is named like {listed and listed.path}, and holds something else"
            case State.UNKNOWN:
                return f"{self.path}: unknown: neither its content nor its name is in the manifest"
            case State.MISSING:
                return f"{self.path}: missing: {listed}"

    def as_json(self) -> dict[str, Any]:
        """The same for a program."""
        keys = ("kind", "statement", "title", "language", "edition", "translation", "draft", "build", "beside")
        more = {key: getattr(self.listed, key) for key in keys} if self.listed else {}
        return {
            "path": str(self.path),
            "state": self.state.value,
            "listed": self.listed.path if self.listed else None,
            **more,
        }


def checksums(manifest: Mapping[str, Any], content: bytes) -> bytes:
    """The file SHA256SUMS of a build, by which `sha256sum -c` verifies a whole copy without Handbill.

    Args:
        manifest: As the build wrote it.
        content: Its bytes.
    """
    sums = {entry["path"]: entry["sha256"] for entry in (*manifest["files"], *manifest["others"])}
    sums[MANIFEST] = hashlib.sha256(content).hexdigest()
    return "".join(f"{sha256}  {path}\n" for path, sha256 in sorted(sums.items())).encode()


def verify(paths: Sequence[Path], manifest: Path) -> list[Verdict]:
    """Judge files, and every file in folders; hidden files are passed over.

    Args:
        paths: Files or folders; none for the folder of the manifest.
        manifest: Of the build.

    Raises:
        CallError: There is no manifest, it is none, or a path is not there and not in it.
        FaultError: A file cannot be read.
    """
    listed = _read(manifest)
    verdicts: list[Verdict] = []
    for path in paths or [manifest.parent]:
        if path.is_dir():
            verdicts += _judge_folder(path, listed)
        else:
            verdicts.append(_judge(path, path.name, listed))
    return verdicts


def _read(path: Path) -> tuple[Listed, ...]:
    """The files of a manifest, itself and the sums included."""
    text = read_utf8(path, LARGEST)
    try:
        manifest = json.loads(text)
        briefs = [
            Listed(
                path=each["path"],
                sha256=each["sha256"],
                kind="brief",
                statement=each["statement"],
                title=each["title"],
                language=each["language"],
                edition=each["edition"],
                translation=each["translation"],
                draft=each["draft"],
                build=each["inputs"][:12],
                beside=each.get("beside", ""),
            )
            for each in manifest["files"]
        ]
        others = [
            Listed(each["path"], each["sha256"], each["kind"], each["statement"]) for each in manifest["others"]
        ]
        content = path.read_bytes()
        sums = checksums(manifest, content)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CallError(
            f"{path}: not a manifest of this version of Handbill.", "Build again, or name another by --manifest."
        ) from None
    records = [(MANIFEST, content, "manifest"), (SUMS, sums, "checksums")]
    own = [Listed(name, hashlib.sha256(raw).hexdigest(), kind) for name, raw, kind in records]
    return (*briefs, *others, *own)


def _judge_folder(folder: Path, listed: Sequence[Listed]) -> Iterator[Verdict]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not _is_hidden(path, folder)]
    verdicts = [_judge(path, path.relative_to(folder).as_posix(), listed) for path in files]
    yield from verdicts
    if not (folder / MANIFEST).is_file():
        return  # some of the files, not a copy of all of them
    there = {verdict.listed.path for verdict in verdicts if verdict.listed}
    yield from (Verdict(folder / each.path, State.MISSING, each) for each in listed if each.path not in there)


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _judge(path: Path, place: str, listed: Sequence[Listed]) -> Verdict:
    """Judge one file by its content first, by its place and then by its name second."""
    # Of files with the same content, that at the same place, then that of the same name, is meant.
    ranked = sorted(listed, key=lambda each: (each.path != place, each.name != path.name))
    named = next((each for each in ranked if each.path == place or each.name == path.name), None)
    if not path.exists():
        if named is None:
            raise CallError(f"{path}: there is no such file.", "Check the path.")
        return Verdict(path, State.MISSING, named)
    sha256 = _sha256(path)
    same = next((each for each in ranked if each.sha256 == sha256), None)
    if same:
        return Verdict(path, State.GENUINE, same)
    return Verdict(path, State.ALTERED if named else State.UNKNOWN, named)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError as error:
        raise FaultError(f"{path}: {error.strerror}.", "Check the disk and the right to read it.") from error
    return digest.hexdigest()
