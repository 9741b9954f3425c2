"""A statement so short that building it takes a fraction of a second."""

from pathlib import Path

FORM = """\
title = "{title}"
language = "en"
published = 2025-06-02
online = "https://example.org/letter"
languages = ["en"]
"""

TEXT = """\
The Council must act on the war in the valley and hold those responsible to account.

Signed by:

1. Valley Group
2. {name}
"""


def letter(folder: Path, title: str = "The Council must act", name: str = "River Group") -> Path:
    """Write the statement into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "statement.toml").write_text(FORM.format(title=title), encoding="utf-8")
    (folder / "source.txt").write_text(TEXT.format(name=name), encoding="utf-8")
    return folder
