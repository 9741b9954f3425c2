"""How cleaning grows with the text, and what it takes beside one pass of the layout engine, in one run.

Run it with `.venv/bin/python tests/bench/clean.py [--quick]`. It prints seconds, the exponent of growth (1 is
linear) over signatories and over pages, the ratio of cleaning a statement of 450 signatories to laying it out once,
which is what to compare between machines, and seconds for a megabyte of noise of several kinds.
"""

import random
import sys
import time
from collections.abc import Callable, Sequence
from statistics import median

from measuring import SEED, exponent

from handbill.clean import clean, verify
from handbill.compose import compose
from handbill.editions import EDITIONS
from handbill.languages import load_language
from handbill.model import Source, Version
from handbill.read import read_folder
from handbill.render import render
from handbill.structure import structure

SIGNATORIES = (10, 100, 450, 2000)
PAGES = (1, 3, 10, 30, 100)
LINES_OF_A_PAGE = 48
WIDTH = 78
LETTERS = "abcdefghijklmnopqrstuvwxyz"
TOWNS = ("Ardal", "Bonito", "Castell", "Dvorec", "Esteli", "Figuig", "Gondar", "Huesca", "Ilomba", "Jerash")


def source_of(lines: Sequence[str]) -> Source:
    """A bare source of these lines, in English."""
    return Source("bench", SEED / "source.txt", "en", tuple(lines))


def body() -> list[str]:
    """The first statement's text as scanned, without its names."""
    lines = read_folder(SEED).lines
    first = next(number for number, line in enumerate(lines) if line.startswith("1. "))
    return list(lines[:first])


def with_signatories(count: int) -> Source:
    """The first statement's text with this many names, every seventh of them on two lines."""
    names: list[str] = []
    for number in range(1, count + 1):
        towns = f"{TOWNS[number % 10]} and {TOWNS[number // 10 % 10]}"
        names.append(f"{number}. Network for Human Rights in {towns}")
        names += ["and the Valley of the River"] if number % 7 == 0 else []
        names.append("")
    return source_of([*body(), *names])


def with_pages(count: int) -> Source:
    """So many pages of the first statement's words in another order at each, cut into lines as a scanner does."""
    order = random.Random(7)
    sentences = " ".join(line.strip() for line in body() if line.strip()).replace("- ", "").split(". ")
    lines: list[str] = []
    while len(lines) < count * LINES_OF_A_PAGE:
        text = ". ".join(order.sample(sentences, 5)) + "."
        cut = [text[at : at + WIDTH].strip() for at in range(0, len(text), WIDTH)]
        lines += [f"{line}-" if line[-1:].isalpha() and order.random() < 0.2 else line for line in cut]
        lines += ["", f"\f{len(lines) // LINES_OF_A_PAGE}", ""] if order.random() < 0.1 else [""]
    return source_of(lines[: count * LINES_OF_A_PAGE])


def noise(size: int) -> dict[str, Callable[[], str]]:
    """Texts of this many characters that no scanner should make."""
    order = random.Random(7)

    def words() -> list[str]:
        return ["".join(order.choices(LETTERS, k=order.randint(2, 9))) for _ in range(size // 6)]

    def in_lines(of: list[str]) -> str:
        return "\n".join(" ".join(of[at : at + 10]) for at in range(0, len(of), 10))

    upside_down = next(line for line in body() if line.startswith("Kpouye")).split()
    return {
        "words on one line": lambda: " ".join(words())[:size],
        "lines of words": lambda: in_lines(words())[:size],
        "one word": lambda: "".join(order.choices(LETTERS, k=size)),
        "digits": lambda: "".join(f"{number}.\n" for number in range(1, size // 5))[:size],
        "hyphens": lambda: "-" * size,
        "cut words": lambda: "mili-\ntary\n" * (size // 11),
        "a letter a line": lambda: "a\n" * (size // 2),
        "upside-down lines": lambda: "\n\n".join(
            " ".join(order.sample(upside_down, len(upside_down))) for _ in range(size // 80)
        ),
        "any characters": lambda: "".join(
            chr(order.choice((order.randint(9, 126), order.randint(160, 0x2FFF)))) for _ in range(size)
        ),
    }


def seconds(source: Source, runs: int) -> float:
    """Median seconds of cleaning and of holding the ledger to its promise."""
    taken: list[float] = []
    for _ in range(runs):
        start = time.perf_counter()
        verify(source.lines, clean(source))
        taken.append(time.perf_counter() - start)
    return median(taken)


def growth(name: str, counts: Sequence[int], made: Callable[[int], Source], runs: int) -> None:
    """Print seconds for each size and the exponent."""
    sources = [made(count) for count in counts]
    taken = [seconds(source, runs) for source in sources]
    for count, source, each in zip(counts, sources, taken, strict=True):
        size = sum(map(len, source.lines))
        print(f"{count:6} {name:12} {size / 1000:8.0f} k characters {each:8.3f} s")
    sizes = [sum(map(len, source.lines)) for source in sources]
    whole, last = exponent(sizes, taken), exponent(sizes[-2:], taken[-2:])
    print(f"       growth over {name}: characters to the power of {whole:.2f}, at the end {last:.2f}")


def ratio(runs: int) -> None:
    """Print how long cleaning takes beside one pass of the layout engine, both in turn."""
    folder, source = read_folder(SEED), with_signatories(450)
    assert folder.particulars
    statement = structure(clean(source), folder.name, "en", folder.particulars)
    assert len(statement.signatories) == 450
    page = compose(Version(statement, folder.summary, folder.particulars), load_language("en"), EDITIONS["screen"])
    render(page)
    ratios: list[float] = []
    for _ in range(runs):
        cleaning = seconds(source, 1)
        start = time.perf_counter()
        render(page)
        ratios.append(cleaning / (time.perf_counter() - start))
    spread = f"{min(ratios):.3f} to {max(ratios):.3f} in {runs} runs"
    print(f"450 signatories: cleaning / one layout pass = {median(ratios):.3f} ({spread})")


def main() -> None:
    """Print everything."""
    quick = "--quick" in sys.argv
    runs = 3 if quick else 7
    clean(with_pages(1))  # the word lists are read once
    growth("signatories", SIGNATORIES, with_signatories, runs)
    growth("pages", PAGES[:4] if quick else PAGES, with_pages, runs)
    ratio(runs)
    if not quick:
        for name, made in noise(1_000_000).items():
            print(f"a megabyte, {name:20} {seconds(source_of(made().split(chr(10))), 1):8.2f} s")


if __name__ == "__main__":
    main()
