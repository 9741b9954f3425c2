"""Forms: TOML files that a person fills in, and how mistakes in them are told.

In: a path and a pydantic model. Out: the filled-in form, or one error that lists every mistake with its file, line
and key. Statements and language packs are both read this way.
"""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from handbill.errors import CallError, did_you_mean
from handbill.files import read_utf8
from handbill.toml_lines import line_of

LARGEST = 262_144
"""Bytes of the largest form."""


class Form(BaseModel):
    """A TOML file or a table in it: no unknown key, no value converted in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


_FormType = TypeVar("_FormType", bound=BaseModel)


def read_form(path: Path, form: type[_FormType]) -> _FormType:
    """Read a TOML file into a form.

    Raises:
        CallError: The file is missing, is not TOML, or has mistakes; all of them are listed with their lines.
    """
    return parse_form(path, read_utf8(path, LARGEST), form)


def parse_form(path: Path, text: str, form: type[_FormType]) -> _FormType:
    """Take a text as that of a form; `path` is for messages.

    Raises:
        CallError: It is not TOML, or has mistakes; all of them are listed with their lines.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CallError(f"{path}: {error}.", "Mend the line; strings stand in double quotes.") from None
    except (RecursionError, ValueError) as error:  # brackets in brackets, a number of thousands of digits
        raise CallError(f"{path}: {error}.", "No form has such a value: take it out.") from None
    try:
        return form.model_validate(values)
    except ValidationError as error:
        mistakes = [_mistake(path, text, form, each) for each in error.errors()]
        count = "1 mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
        raise CallError("\n".join(mistakes), f"Mend the {count} in {path.name} and run again.") from None


def _mistake(path: Path, text: str, form: type[BaseModel], error: Any) -> str:
    """One mistake as a sentence with file, line and key."""
    place = tuple(error["loc"])
    shown = ".".join(str(part) for part in place) or "file"
    known = _known_keys(form, place[:-1])
    tell: Callable[[], str] = _TELL.get(error["type"], lambda: error["msg"])
    if error["type"] == "extra_forbidden":
        said = f"is not a key of this file. {did_you_mean(str(place[-1]), known)}"
    elif error["type"] == "value_error":
        said = str(error["ctx"]["error"])
    else:
        said = tell()
    return f"{path}, line {line_of(text, place)}: {shown}: {said}"


_TELL: Mapping[str, Callable[[], str]] = {
    "missing": lambda: "is missing.",
    "string_type": lambda: "must be text in double quotes.",
    "date_type": lambda: "must be a date without quotes, such as 2025-01-31.",
}


def _known_keys(form: type[BaseModel], place: tuple[str | int, ...]) -> list[str]:
    """The keys that the table at the place may have."""
    for part in place:
        if isinstance(part, int):
            continue
        field = form.model_fields.get(part)
        inner = _inner_form(field.annotation) if field else None
        if inner is None:
            return []
        form = inner
    return list(form.model_fields)


def _inner_form(annotation: Any) -> type[BaseModel] | None:
    """The form inside an annotation such as `Form | None` or `tuple[Form, ...]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_inner_form(part) for part in getattr(annotation, "__args__", ()))
    return next((form for form in inner if form), None)
