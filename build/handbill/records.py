"""The records of a build: gallery, contact sheets, sheet for the print shop, manifest and sums.

In: what was made and what former builds left. Out: the pages and lists beside the briefs; and, the other way, what
a manifest lists and the folder still holds.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence, Set
from concurrent.futures import Executor
from itertools import groupby
from pathlib import Path
from typing import Any

from handbill import report
from handbill.compose import compose_browser_page
from handbill.editions import EDITIONS
from handbill.languages import load_language
from handbill.making import contact_sheet, shop_sheet
from handbill.output import MANIFEST, SUMS, OutputFolder
from handbill.report import Companion, Output, Programs
from handbill.verify import checksums
from handbill.visible import visible_json


def put_records(
    outputs: Mapping[str, Output], out: OutputFolder, changed: Set[str], pool: Executor, programs: Programs
) -> bytes:
    """The gallery, the contact sheets and the manifest, with the files of former builds that are still there.

    Args:
        outputs: All files by their path.
        out: Output folder.
        changed: Names of statements of which a file was made anew.
        pool: Lays the contact sheets out.
        programs: What made the files.

    Returns:
        The sums of all files.
    """
    files = sorted(outputs.values(), key=lambda output: output.path)
    galleries = [
        report.gallery(list(group), EDITIONS) for _, group in groupby(files, key=lambda file: file.statement)
    ]
    names = {tag: load_language(tag).pack.name for tag in {file.language for file in files}}
    page = compose_browser_page("index.html.j2", galleries=galleries, names=names)
    out.put("index.html", page.encode())
    for name in {file.statement for file in files}:
        _put_shop_sheet([file for file in files if file.statement == name], out, changed, pool)
    for gallery in galleries:
        path = f"{gallery.name}/contact-sheet.pdf"
        if gallery.name in changed or not out.has(path):
            shown = [file for _, row in gallery.rows for file in row if file]
            pictures = {file.picture: out.read(file.picture) for file in shown}
            out.put(path, pool.submit(contact_sheet, gallery, pictures).result())
    manifest = report.manifest(files, list(_companions(files, out)), programs)
    content = visible_json(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()
    out.put(MANIFEST, content)
    sums = checksums(manifest, content)
    out.put(SUMS, sums)
    return sums


def _companions(files: Sequence[Output], out: OutputFolder) -> Iterator[Companion]:
    """The files beside the briefs that are there."""
    for path, kind, statement in report.companions(files):
        if out.has(path):
            content = out.read(path)
            yield Companion(path, kind, statement, hashlib.sha256(content).hexdigest(), len(content))


def _put_shop_sheet(files: Sequence[Output], out: OutputFolder, changed: Set[str], pool: Executor) -> None:
    """The sheet that goes along with the press files, as a page for the browser and on paper."""
    sheet, folder = report.shop_sheet(files), files[0].statement
    if sheet and (folder in changed or not out.has(f"{folder}/preflight.pdf")):
        out.put(f"{folder}/preflight.html", compose_browser_page("preflight.html.j2", sheet=sheet).encode())
        out.put(f"{folder}/preflight.pdf", pool.submit(shop_sheet, sheet).result())


def former_outputs(out: Path) -> tuple[dict[str, Output], Programs]:
    """What the manifest lists and the folder still holds, byte for byte; nothing where the manifest is broken.

    Returns:
        The files by their path, and the programs that made them.
    """
    try:
        manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
        outputs = [_output(entry) for entry in manifest["files"]]
        programs = {name: dict(pieces) for name, pieces in manifest["programs"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}, {}
    return {output.path: output for output in outputs if _is_whole(out / output.path, output.sha256)}, programs


def _output(entry: Mapping[str, Any]) -> Output:
    return Output(**{**entry, **{key: tuple(entry[key]) for key in ("findings", "waived")}})


def _is_whole(path: Path, sha256: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    except OSError:
        return False
