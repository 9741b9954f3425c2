"""Finished screen editions that several tests look at, each made once for all of them."""

import tomllib
from functools import lru_cache

from conftest import ROOT
from handbill.compose import compose
from handbill.derive import derive
from handbill.editions import EDITIONS
from handbill.languages import load_language
from handbill.model import Version
from handbill.pipeline import prepare
from handbill.prepared import Prepared
from handbill.render import render
from handbill.translate import read_catalogue, translate
from handbill.versions import texts_to_translate
from specimen import specimen

SEED = ROOT / "seeds" / "myanmar-accountability-2025"
LANGUAGES: tuple[str, ...] = tuple(tomllib.loads((SEED / "statement.toml").read_text("utf-8"))["languages"])
"""The languages of the first statement, its own the first one."""


def finished(version: Version, draft: bool = False, edition: str = "screen") -> bytes:
    """A version in an edition that is laid out anew, in the plain sizes whether or not they fill the page."""
    language, made_into = load_language(version.statement.language), EDITIONS[edition]
    return derive(render(compose(version, language, made_into, draft=draft)), version, language, made_into)


@lru_cache(maxsize=1)
def first_statement() -> Prepared:
    """The first statement, cleaned and structured."""
    return prepare(SEED)


@lru_cache(maxsize=64)
def version_in(tag: str) -> Version:
    """The first statement in one of its languages."""
    prepared = first_statement()
    if tag == prepared.source.language:
        return prepared.original
    catalogue = read_catalogue(SEED / f"{tag}.po", tag)
    return translate(prepared.original, texts_to_translate(prepared, tag), catalogue)[0]


@lru_cache(maxsize=64)
def brief_in(tag: str) -> bytes:
    """The brief of the first statement in one of its languages."""
    return finished(version_in(tag))


@lru_cache(maxsize=64)
def specimen_in(tag: str) -> bytes:
    """The specimen of a language pack."""
    return finished(specimen(tag))
