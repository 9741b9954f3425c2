"""How long a finished PDF takes, beside other programs that set the same text in the same fonts.

Run it with `.venv/bin/python tests/bench/peers.py [-r RUNS] [-l TAG ...]`; it needs node, npm and Chromium, and
fetches the peers into a scratch folder, each checked against its hash. A full set is the six editions of one
language. Handbill makes it in one call; every peer is called once for each PDF, in a process of its own, on the
pages of that edition: WeasyPrint, Vivliostyle and paged.js on the very HTML, Typst on the same words in a file of
its own. A peer does less: it fits, derives and checks nothing and draws no picture. Seconds are of the processor,
of all processes, with one worker; and by the clock, with as many workers as there are cores, as `build` has them if
nobody says otherwise.
"""

import argparse
import ctypes
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from build import in_language, pages
from measuring import ROOT, SEED, spent, spread
from pypdfium2 import PdfDocument

from copying import by_pdfium, found
from handbill.editions import EDITIONS, Edition, built_by_default
from handbill.languages import load_language
from handbill.model import Composition, Version
from handbill.pipeline import prepare

PEERS = Path(__file__).parent / "peers"
FONTS = ROOT / "styles" / "fonts"
USUAL = [EDITIONS[name] for name in built_by_default()]
LAYOUTS = list({edition.layout: EDITIONS[edition.layout] for edition in USUAL}.values())
PAGES = {"booklet": ("148mm", "210mm", "9.2pt"), "large-print": ("210mm", "297mm", "18pt")}
"""Width, height and size of the type where they are not those of A4."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of one layout, ready for the peers.

    Attributes:
        html: The page with everything it loads beside it.
        typst: The same words for Typst.
        copies: How many editions are made of it.
        texts: Its words, to be found again.
    """

    html: Path
    typst: Path
    copies: int
    texts: tuple[str, ...]


def written(page: Composition, version: Version, layout: Edition, folder: Path) -> Pages:
    """Write a page and all it loads into a folder, with addresses that a browser can follow."""
    files = {url.removeprefix("asset:"): asset.content for url, asset in page.assets.items()}
    files["page.html"] = page.html.encode()
    values = _custom_properties(
        [files["styles/tokens.css"], files[f"styles/editions/{layout.stylesheet}"], files["page.html"]]
    )
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix in (".css", ".html"):
            text = _with_paths(content.decode(), Path(name).parent)
            # paged.js knows no custom properties on a page.
            content = (_without_variables(text, values) if path.name == "page.css" else text).encode()
        path.write_bytes(content)
    typst = folder / "page.typ"
    typst.write_text(_typst(version, layout), encoding="utf-8")
    copies = sum(edition.layout == layout.name for edition in USUAL)
    statement = version.statement
    texts = [block.text for block in statement.blocks] if "text" in layout.parts else []
    return Pages(folder / "page.html", typst, copies, (*texts, *(each.name for each in statement.signatories)))


def _with_paths(text: str, folder: Path) -> str:
    return re.sub(r'asset:([^")\s]+)', lambda found: os.path.relpath(found[1], folder), text)


def _custom_properties(sheets: Sequence[bytes]) -> dict[str, str]:
    """The value of each custom property, the last one of several."""
    return {
        name: value for sheet in sheets for name, value in re.findall(r"(--[\w-]+):\s*([^;{}]+);", sheet.decode())
    }


def _without_variables(css: str, values: dict[str, str]) -> str:
    while (
        "var(" in (replaced := re.sub(r"var\((--[\w-]+)\)", lambda m: values.get(m[1], "0"), css))
        and replaced != css
    ):
        css = replaced
    return replaced


def _typst(version: Version, layout: Edition) -> str:
    """The same words as a document for Typst."""
    statement, summary, language = version.statement, version.summary, load_language(version.statement.language)
    width, height, size = PAGES.get(layout.name, ("210mm", "297mm", "10.5pt"))
    families = ", ".join(f'"{family}"' for family in ("Source Serif 4", "Noto Sans Myanmar"))
    assert summary
    lines = [
        f"#set document(title: {_quoted(statement.title)})",
        f'#set page(width: {width}, height: {height}, numbering: "1", margin: 20mm)',
        f'#set text(font: ({families}), size: {size}, lang: "{language.tag.partition("-")[0]}", fallback: false)',
        f"#heading({_quoted(statement.title)})",
        f"#par({_quoted(summary.standfirst.text)})",
        *(f"#par({_quoted(f'{each.lead} {each.value} {each.label}')})" for each in summary.figures),
    ]
    for group in summary.demands:
        lines.append(f"#heading(level: 2, {_quoted(group.addressee)})")
        lines += [f"#list({_quoted(item.text)})" for item in group.items]
    if "text" in layout.parts:
        lines.append("#pagebreak()")
        lines += [f"#par({_quoted(block.text)})" for block in statement.blocks]
    names = ", ".join(_quoted(each.name) for each in statement.signatories)
    lines.append(f"#pagebreak()\n#columns(2, enum({names}))")
    return "\n\n".join(lines)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


Maker = Callable[[Pages, Path], Sequence[str | Path]]


def peers(scratch: Path, browser: str) -> dict[str, Maker]:
    """Fetch the peers; the command by which each makes a PDF."""
    for path in PEERS.iterdir():
        shutil.copy(path, scratch)
    fetched = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit-lockfile-registry-resolved"]
    spent(fetched, scratch)
    spent([sys.executable, "-m", "venv", scratch / "typst"])
    python = scratch / "typst" / "bin" / "python"
    spent([python, "-m", "pip", "install", "-q", "--require-hashes", "-r", scratch / "requirements.txt"])
    program = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])"
    vivliostyle = scratch / "node_modules" / ".bin" / "vivliostyle"
    return {
        "bare WeasyPrint": lambda page, pdf: [sys.executable, "-m", "weasyprint", "--pdf-tags", page.html, pdf],
        "Vivliostyle": lambda page, pdf: [
            vivliostyle,
            "build",
            page.html,
            "-o",
            pdf,
            "--executable-browser",
            browser,
        ],
        "paged.js": lambda page, pdf: ["node", scratch / "paged.js", browser, page.html, pdf],
        "Typst": lambda page, pdf: [python, "-c", program, page.typst, pdf, FONTS],
    }


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds for each PDF.

    Attributes:
        processor: Of the processor.
        clock: By the clock.
    """

    processor: float
    clock: float


def taken(command: Sequence[str | Path]) -> Taken:
    """What a program takes; of the processor, also what processes do that it left behind, as browsers do."""
    program = spent(command)
    processor = program.seconds
    while True:
        try:
            _, _, used = os.wait4(-1, 0)
        except ChildProcessError:
            return Taken(processor, program.clock)
        processor += used.ru_utime + used.ru_stime


def handbill(tags: Sequence[str], out: Path) -> Taken:
    """What each PDF of the full sets of some languages takes, made in one call."""
    asked = [word for tag in tags for word in ("-l", tag)]
    door = [sys.executable, "-m", "handbill", "build", SEED, *asked, "--force", "-o", out]
    count = len(USUAL) * len(tags)
    return Taken(taken([*door, "-j", "1"]).processor / count, taken(door).clock / count)


def peer(make: Maker, sets: Sequence[Pages]) -> Taken:
    """What each PDF of a full set takes; every edition is a call of its own, one after the other."""
    calls = [make(page, page.html.with_name(f"{number}.pdf")) for page in sets for number in range(page.copies)]
    each = [taken(call) for call in calls]
    return Taken(sum(one.processor for one in each) / len(each), sum(one.clock for one in each) / len(each))


def beside(ours: Sequence[Taken], theirs: Sequence[Taken]) -> str:
    """What a peer takes, and how many times as much that is as what Handbill takes in the same run."""
    pairs = list(zip(ours, theirs, strict=True))
    processor = spread([its.processor / own.processor for own, its in pairs])
    clock = spread([its.clock / own.clock for own, its in pairs])
    return f"{told(theirs)}; {processor} times Handbill, by the clock {clock} times"


def told(each: Sequence[Taken]) -> str:
    """The seconds of several runs."""
    clock = spread([one.clock for one in each], " s")
    return f"{spread([one.processor for one in each], ' s a PDF')}, by the clock {clock}"


def sets_of(tag: str, work: Path) -> list[Pages]:
    """The pages of each layout in a language."""
    version = in_language(prepare(SEED).original, tag)
    return [
        written(page, version, layout, work / tag / layout.name)
        for page, layout in zip(pages([tag]), LAYOUTS, strict=True)
    ]


def whole(make: Maker, runs: int, work: Path) -> None:
    """Print what a PDF of the whole statement takes, all languages in one call, beside a peer."""
    particulars = prepare(SEED).source.particulars
    assert particulars
    sets = [each for tag in particulars.languages for each in sets_of(tag, work)]
    ours = [handbill(particulars.languages, work / "out") for _ in range(runs)]
    theirs = [peer(make, sets) for _ in range(runs)]
    print(f"all {len(particulars.languages)} languages\n  {'Handbill':16} {told(ours)}")
    print(f"  {'bare WeasyPrint':16} {beside(ours, theirs)}")


def compared(tag: str, makers: dict[str, Maker], runs: int, work: Path) -> None:
    """Print what each takes for a PDF in a language, and the ratios."""
    language, sets = load_language(tag), sets_of(tag, work)
    ours: list[Taken] = []
    theirs: dict[str, list[Taken]] = {name: [] for name in makers}
    for _ in range(runs):
        ours.append(handbill([tag], work / "out"))
        for name, make in makers.items():
            theirs[name].append(peer(make, sets))
    print(f"{tag}, {runs} runs, {os.cpu_count()} cores\n  {'Handbill':16} {told(ours)}")
    spaced = language.pack.type.segment.body == "spaces"
    for name, make in makers.items():
        pdf = sets[0].html.with_name("0.pdf")
        pdf.unlink()
        taken(make(sets[0], pdf))
        read = by_pdfium(pdf)
        print(
            f"  {name:16} {beside(ours, theirs[name])}; of the screen edition "
            f"{_count(pdf)} pages and {found(sets[0].texts, read, spaced):.0%} of the words found again"
        )


def _count(pdf: Path) -> int:
    with PdfDocument(pdf) as document:
        return len(document)


def main() -> None:
    """Measure, and print the ratios."""
    parser = argparse.ArgumentParser(description="How long a finished PDF takes, beside other programs.")
    parser.add_argument("-r", "--runs", type=int, default=3)
    parser.add_argument("-l", "--language", action="append", default=[])
    asked = parser.parse_args()
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    assert browser, "needs Chromium"
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER: what a browser leaves behind comes to us
    with tempfile.TemporaryDirectory() as scratch:
        Path(scratch, "peers").mkdir()
        makers = peers(Path(scratch, "peers"), browser)
        for tag in asked.language or ("en", "my"):
            compared(tag, makers, asked.runs, Path(scratch))
        whole(makers["bare WeasyPrint"], asked.runs, Path(scratch))


if __name__ == "__main__":
    main()
