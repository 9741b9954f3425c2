"""Manual: a page for each kind of person who works with the program, as text for a terminal.

In: a topic. Out: its page. The pages are files beside this one; their first line says whom they are for. A line
that begins with `$ handbill` is a command: the tests run each, in order, and hold it to the exit code in the
comment after it ("# 1: there are doubts"), 0 where none is named.
"""

from collections.abc import Mapping
from pathlib import Path

from handbill.errors import CallError, did_you_mean

_PAGES = Path(__file__).parent


def topics() -> Mapping[str, str]:
    """The topics, each with the first line of its page."""
    return {path.stem: path.read_text("utf-8").partition("\n")[0] for path in sorted(_PAGES.glob("*.txt"))}


def page(topic: str) -> str:
    """The page on a topic.

    Raises:
        CallError: There is none.
    """
    if topic not in topics():
        raise CallError(f'"{topic}": there is no page on that.', did_you_mean(topic, topics()))
    return (_PAGES / f"{topic}.txt").read_text("utf-8")
