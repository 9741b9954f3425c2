"""Where in a TOML file a key stands, so that a mistake can be shown with its line.

In: the text and a path of keys and indexes as pydantic reports it. Out: a line counted from 1. The standard
library's parser keeps no positions.
"""

import re
from collections import Counter

_TABLE = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_\-\"'.]+)\s*=")

Path = tuple[str | int, ...]


def line_of(text: str, path: Path) -> int:
    r"""The line on which the value at the path begins, or the nearest table above it; 1 if neither is found.

    >>> line_of('title = "x"\n[[figures]]\nvalue = 1\n[[figures]]\nvalue = 2', ("figures", 1, "value"))
    5
    """
    places = _places(text)
    for length in range(len(path), 0, -1):
        if path[:length] in places:
            return places[path[:length]]
    return 1


def _places(text: str) -> dict[Path, int]:
    """Every table and key of the text with its line."""
    places: dict[Path, int] = {}
    counts: Counter[Path] = Counter()
    table: Path = ()
    inside = ""
    for number, line in enumerate(text.split("\n"), 1):
        if inside:  # a text over several lines: its words are no keys
            inside = "" if inside in line else inside
            continue
        inside = next((mark for mark in ('"""', "'''") if line.count(mark) == 1), "")
        head = _TABLE.match(line)
        if head:
            table = _table_path(head[2], head[1] == "[[", counts)
            places.setdefault(table, number)
            continue
        key = _KEY.match(line)
        if key:
            places.setdefault((*table, *_keys(key[1])), number)
    return places


def _table_path(name: str, is_array: bool, counts: Counter[Path]) -> Path:
    """A table's path with the indexes of the arrays it lies in."""
    path: Path = ()
    keys = _keys(name)
    for depth, key in enumerate(keys):
        path = (*path, key)
        if is_array and depth == len(keys) - 1:
            path = (*path, counts[path])
            counts[path[:-1]] += 1
        elif counts[path]:
            path = (*path, counts[path] - 1)
    return path


def _keys(dotted: str) -> Path:
    return tuple(key.strip().strip("\"'") for key in dotted.split("."))
