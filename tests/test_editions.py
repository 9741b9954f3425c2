"""An edition is an entry in the table and a stylesheet."""

import re

import pytest

from handbill.assets import resource_folder
from handbill.editions import EDITIONS, built_by_default, load_edition
from handbill.errors import CallError


@pytest.mark.parametrize("name", EDITIONS)
class TestEveryEdition:
    def test_it_is_found_by_its_name(self, name: str) -> None:
        assert load_edition(name).name == name

    def test_its_name_can_stand_in_a_file_name(self, name: str) -> None:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)

    def test_its_pages_are_laid_out_by_a_stylesheet_that_is_there(self, name: str) -> None:
        layout = EDITIONS[EDITIONS[name].layout]
        assert layout.layout == layout.name
        assert (resource_folder("styles") / "editions" / layout.stylesheet).is_file()

    def test_its_layout_has_a_size_for_every_paper(self, name: str) -> None:
        assert set(EDITIONS[EDITIONS[name].layout].trims or {}) == {"a4", "letter"}

    def test_it_says_what_it_is_for(self, name: str) -> None:
        edition = EDITIONS[name]
        assert all(words.strip() for words in (edition.page, edition.purpose, edition.promise))


def test_every_stylesheet_of_an_edition_belongs_to_one() -> None:
    there = {path.name for path in (resource_folder("styles") / "editions").glob("*.css")}
    assert there == {edition.stylesheet for edition in EDITIONS.values() if edition.stylesheet}


def test_what_is_built_on_demand_is_all_that_is_not_built_by_default() -> None:
    assert set(EDITIONS) - set(built_by_default()) == {"card", "parallel"}


def test_the_screen_comes_first() -> None:
    assert next(iter(EDITIONS)) == "screen"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param("screeen", 'Did you mean "screen"?', id="a misspelled name is offered the nearest"),
        pytest.param("vinyl", "screen", id="any other name is offered all"),
        pytest.param("", "screen", id="no name is offered all"),
    ],
)
def test_an_unknown_edition_is_refused_with_those_that_are_known(name: str, words: str) -> None:
    with pytest.raises(CallError) as refused:
        load_edition(name)
    assert f'"{name}"' in refused.value.message
    assert words in refused.value.remedy
