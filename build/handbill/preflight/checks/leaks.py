"""Checks of leaks: what a file tells of the people and the machine that made it, and is nobody's business."""

import re
from collections.abc import Iterator

from pikepdf import Array, Name, Stream, String

from handbill.preflight.answers import Answer, any_of, check, failed
from handbill.preflight.subject import Subject, machine_names

_PATH = re.compile(r"(?<![\w.])(?:/(?:home|Users|root|tmp|var|private|mnt|media|work)/[\w.~-]|file:|[A-Za-z]:\\\w)")
_RAW_PATH = re.compile(rb"/(?:home|Users)/[\w.~-]{2,}/|file:///|[A-Z]:\\(?:Users|Documents|Windows|Temp)\b")
"""In bytes of any kind only what cannot stand there by chance."""

_RAW_SIGNS = (b"/home/", b"/Users/", b"file:///", b":\\")
"""One of these is in any such path; bytes are searched for them in a tenth of the time."""

_SHOWN = 60


@check(
    "leaks/paths",
    reason="A path names a user, a folder, sometimes a source; this file is handed to governments.",
    source="measured: links relative to a folder, names of images, notes of programs (print.md)",
)
def paths(subject: Subject) -> Iterator[Answer]:
    """Is no path of a machine in the file?"""
    answers = [
        failed("path", f"{where} has “{text[:_SHOWN]}”.", place=where)
        for where, text in _strings(subject)
        if _PATH.search(text)
    ]
    for stream, content in subject.streams:
        found = any(sign in content for sign in _RAW_SIGNS) and _RAW_PATH.search(content)
        if found:
            words = content[found.start() : found.start() + _SHOWN].decode("latin-1")
            place = f"object {stream.objgen[0]}"
            answers.append(failed("path", f"{place} has “{words}”.", place=place))
    yield from any_of(answers[:5], f"{len(subject.streams)} streams and every string")


@check(
    "leaks/names",
    reason="The name of a user or a machine leads to a person.",
    source="compared with this machine's user and host",
)
def names(subject: Subject) -> Iterator[Answer]:
    """Is the name of neither user nor machine in the file's description?"""
    sought = [(name, re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)) for name in machine_names()]
    answers = [
        failed("name", f"{where} has “{name}”.", place=where)
        for where, text in _descriptions(subject)
        for name, pattern in sought
        if pattern.search(text)
    ]
    authors = [str(subject.pdf.docinfo.get(key, "")) for key in ("/Author",)]
    answers += [
        failed("author", f"The file names its author: “{each}”.", place="Author") for each in authors if each
    ]
    yield from any_of(answers[:5], "information dictionary, XMP packet, names of attached files")


@check(
    "leaks/programs",
    reason="The version of a program tells who made a file, and how it can be attacked.",
    source="ISO 32000-1, 14.3.3",
)
def programs(subject: Subject) -> Iterator[Answer]:
    """Does the file not tell what program made it?"""
    information = subject.pdf.docinfo
    answers = [
        failed("program", f"{key[1:]}: “{str(information[key])[:_SHOWN]}”.", place=key[1:])
        for key in ("/Producer", "/Creator")
        if str(information.get(key, ""))
    ]
    packet = subject.pdf.Root.get("/Metadata")
    words = packet.read_bytes().decode("utf-8", "replace") if isinstance(packet, Stream) else ""
    for name in ("pdf:Producer", "xmp:CreatorTool", "x:xmptk"):
        found = re.search(rf"{name}(?:>|=\")([^<\"]+)", words)
        if found:
            answers.append(failed("program", f"{name}: “{found[1][:_SHOWN]}”.", place=name))
    yield from any_of(answers, "none named")


def _descriptions(subject: Subject) -> Iterator[tuple[str, str]]:
    """Where a file describes itself, and the words there; title and keywords are the statement's."""
    for key, value in subject.pdf.docinfo.items():
        if key not in ("/Title", "/Keywords"):
            yield key[1:], str(value)
    packet = subject.pdf.Root.get("/Metadata")
    if isinstance(packet, Stream):
        text = packet.read_bytes().decode("utf-8", "replace")
        yield "The XMP packet", re.sub(r"<(dc:title|dc:subject|pdf:Keywords)>.*?</\1>", "", text, flags=re.DOTALL)
    yield from (("An attached file", name) for name in subject.pdf.attachments)


def _strings(subject: Subject) -> Iterator[tuple[str, str]]:
    """Every string of the file that is not words on a page, and where it is."""
    for each in subject.file.dictionaries:
        if each.get("/Type") == Name.StructElem and "/A" not in each:
            keys = [key for key in ("/Alt", "/T", "/E") if key in each]
        else:
            keys = [key for key in each.keys() if key != "/ID"]  # noqa: SIM118 (a stream has no other way)
        for key in keys:
            yield from ((f"{key[1:]} of object {each.objgen[0]}", text) for text in _texts(each[key]))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, String):
        yield str(value)
    elif isinstance(value, Array) and not value.is_indirect and len(value) < 100:
        yield from (str(each) for each in value if isinstance(each, String))


CHECKS = (paths, names, programs)
