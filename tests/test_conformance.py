"""Conformance: veraPDF, the judge of PDF/A and PDF/UA, finds nothing wrong in any language; what is wrong it finds.

It judges a file by what the file's own packet claims, so that a missing claim fails as well as a false one.
"""

import io
import json
import os
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pytest

from briefs import LANGUAGES, brief_in, finished, specimen_in, version_in
from conftest import ROOT, require
from handbill.languages import known_languages, load_language
from handbill.model import Block, Kind, Version
from specimen import specimen

PDFA_2A, PDFA_3A, PDFUA_1 = (f"{name} validation profile" for name in ("PDF/A-2a", "PDF/A-3a", "PDF/UA-1"))

OTHERS = [(edition, tag) for edition in ("large-print", "sheet") for tag in ("en", "ar")]
"""Editions that are laid out anew for paper, and sent around as files all the same."""


PAIRS = [("en", "my"), ("en", "ar"), ("ar", "zh-Hans"), ("fr", "ru")]
"""Languages that stand side by side."""


def pair(first: str, second: str) -> Version:
    return replace(version_in(first), beside=version_in(second))


def draft() -> bytes:
    return finished(version_in("en"), draft=True)


def without_summary() -> bytes:
    """A statement with headings, items and a paragraph in another language, and no summary page."""
    version = specimen("en")
    blocks = (
        Block("h1", Kind.HEADING, "Demands", (1, 1)),
        Block("p1", Kind.PARAGRAPH, "We call on states to:", (2, 2)),
        Block("i1", Kind.ITEM, "act;", (3, 3), "1."),
        Block("p2", Kind.PARAGRAPH, "Quand il le faut.", (4, 4), foreign="fr"),
    )
    return finished(replace(version, statement=replace(version.statement, blocks=blocks), summary=None))


def leave_language_out(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang
    del pdf.Root.StructTreeRoot.K.Lang


def leave_alternative_out(pdf: pikepdf.Pdf) -> None:
    (figure,) = (each for each in elements(pdf.Root.StructTreeRoot.K) if each.S == "/Figure")
    del figure.Alt


def draw_something_untagged(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].contents_add(b"0 0 10 10 re f")


def skip_a_level_of_headings(pdf: pikepdf.Pdf) -> None:
    first, *_ = (each for each in elements(pdf.Root.StructTreeRoot.K) if each.S == "/H2")
    first.S = pikepdf.Name.H4


def leave_contents_of_a_link_out(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Annots[0].Contents


def hide_a_link(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots[0].F = 2


def leave_output_intent_out(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def let_glyphs_stand_for_nothing(pdf: pikepdf.Pdf) -> None:
    font = next(iter(pdf.pages[0].Resources.Font.values()))
    del font.ToUnicode


DAMAGES: Mapping[str, tuple[Callable[[pikepdf.Pdf], None], str, str]] = {
    "no language": (leave_language_out, PDFUA_1, "7.2"),
    "no alternative": (leave_alternative_out, PDFUA_1, "7.3"),
    "untagged content": (draw_something_untagged, PDFUA_1, "7.1"),
    "a skipped heading": (skip_a_level_of_headings, PDFUA_1, "7.4.2"),
    "a link without contents": (leave_contents_of_a_link_out, PDFUA_1, "7.18.5"),
    "a hidden link": (hide_a_link, PDFA_2A, "6.3.2"),
    "no output intent": (leave_output_intent_out, PDFA_2A, "6.2.4.3"),
    "glyphs without letters": (let_glyphs_stand_for_nothing, PDFA_2A, "6.2.11.7.2"),
}
"""What is done to the English brief, and the profile and the clause that find it."""


def elements(element: pikepdf.Object) -> list[pikepdf.Object]:
    """A structure element and all below it."""
    kids = [kid for kid in element.get("/K", []) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return [element, *(below for kid in kids for below in elements(kid))]


def damaged(damage: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(brief_in("en"))) as pdf:
        damage(pdf)
        pdf.save(out)
    return out.getvalue()


@dataclass(frozen=True)
class Failure:
    """A rule that a file breaks: the profile it is of, its clause, and veraPDF's words."""

    profile: str
    clause: str
    words: str


@dataclass(frozen=True)
class Verdict:
    """The profiles a file was held against, and what it failed."""

    profiles: frozenset[str]
    failures: tuple[Failure, ...]


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Verdict]:
    """What veraPDF says of every file, by name; it is started once, as that takes longer than judging."""
    require("java")
    require("mvn")
    folder = tmp_path_factory.mktemp("files")
    files = {
        **{f"brief {tag}": brief_in(tag) for tag in LANGUAGES},
        **{f"specimen {tag}": specimen_in(tag) for tag in known_languages()},
        **{f"{edition} {tag}": finished(version_in(tag), edition=edition) for edition, tag in OTHERS},
        **{" beside ".join(tags): finished(pair(*tags), edition="parallel") for tags in PAIRS},
        "draft": draft(),
        "without summary": without_summary(),
        **{name: damaged(damage) for name, (damage, _, _) in DAMAGES.items()},
    }
    for name, content in files.items():
        (folder / f"{name}.pdf").write_bytes(content)
    return judged(sorted(folder.iterdir()))


def judged(paths: list[Path]) -> dict[str, Verdict]:
    run = subprocess.run(
        [ROOT / "build" / "verapdf", "--format", "json", *paths], capture_output=True, text=True, check=False
    )
    if not run.stdout.startswith("{"):
        reason = f"veraPDF did not run: {run.stderr.strip()}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return {Path(job["itemDetails"]["name"]).stem: verdict(job) for job in json.loads(run.stdout)["report"]["jobs"]}


def verdict(job: Mapping[str, object]) -> Verdict:
    """One file's part of the report."""
    results = job["validationResult"]
    assert isinstance(results, list), f"veraPDF could not read the file: {job}"
    failures = [
        Failure(result["profileName"], rule["clause"], f"{rule['description']} {rule['checks'][0]['context']}")
        for result in results
        for rule in result["details"]["ruleSummaries"]
    ]
    assert all(result["details"]["passedChecks"] > 1000 for result in results), "hardly anything was checked"
    return Verdict(frozenset(result["profileName"] for result in results), tuple(failures))


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_brief_is_pdfa_and_pdfua_in_every_language(verdicts: Mapping[str, Verdict], tag: str) -> None:
    assert verdicts[f"brief {tag}"] == Verdict(frozenset({PDFA_2A, PDFUA_1}), ())


@pytest.mark.parametrize("tag", known_languages())
def test_the_specimen_of_every_pack_is_too(verdicts: Mapping[str, Verdict], tag: str) -> None:
    pdfa = PDFA_3A if load_language(tag).labels.attached else PDFA_2A

    assert verdicts[f"specimen {tag}"] == Verdict(frozenset({pdfa, PDFUA_1}), ())


@pytest.mark.parametrize("name", ["draft", "without summary", *map(" ".join, OTHERS), *map(" beside ".join, PAIRS)])
def test_drafts_bare_statements_and_other_editions_are_too(verdicts: Mapping[str, Verdict], name: str) -> None:
    assert verdicts[name] == Verdict(frozenset({PDFA_2A, PDFUA_1}), ())


@pytest.mark.parametrize("name", DAMAGES)
def test_what_is_damaged_fails_by_the_clause_it_breaks(verdicts: Mapping[str, Verdict], name: str) -> None:
    _, profile, clause = DAMAGES[name]

    assert (profile, clause) in {(failure.profile, failure.clause) for failure in verdicts[name].failures}
