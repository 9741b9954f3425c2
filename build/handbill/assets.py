"""Where the templates, styles and language packs are: beside the code in a wheel, above it in a checkout."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def resource_folder(name: str) -> Path:
    """The folder "layout" or "styles" that this program uses."""
    beside = _HERE / name
    return beside if beside.is_dir() else _HERE.parent.parent / name
