"""XLIFF: a translation goes through a CAT tool and comes back."""

import re

import pytest
from lxml import etree
from small import FRENCH, TEXTS, texts_of, translated, with_text

from handbill.errors import CallError
from handbill.translate import Catalogue, merge, read_xliff, write_xliff

WHOLE = translated(FRENCH)
EMPTY = merge(TEXTS, Catalogue("fr", ()))
NS = {"x": "urn:oasis:names:tc:xliff:document:1.2"}


def written(catalogue: Catalogue = WHOLE) -> str:
    return write_xliff(catalogue, TEXTS, "small", "en").decode()


def read(document: str, catalogue: Catalogue = EMPTY) -> Catalogue:
    return read_xliff(document.encode(), "small.xlf", catalogue)


def test_what_goes_out_comes_back() -> None:
    assert [e.text for e in read(written()).entries] == [e.text for e in WHOLE.entries]


def test_a_unit_has_id_languages_note_and_limit() -> None:
    tree = etree.fromstring(written().encode())
    unit = tree.find(".//x:trans-unit[@id='summary.demands1.item1']", NS)

    assert unit is not None
    assert (unit.get("maxwidth"), unit.get("size-unit")) == ("12", "char")
    assert unit.findtext("x:source", namespaces=NS) == "Act now."
    assert unit.findtext("x:target", namespaces=NS) == "Agir maintenant."
    assert "your translation of p2" in (unit.findtext("x:note", namespaces=NS) or "")
    assert tree.find("x:file", NS).get("target-language") == "fr"


def test_names_are_locked_and_a_changed_one_is_not_taken() -> None:
    document = written().replace(">Odhikar</target>", ">Autre</target>")

    assert 'id="name2" resname="name2" xml:space="preserve" translate="no"' in document
    name = read(document).entry("name2")
    assert name and name.text == "Odhikar"


def test_a_stale_message_goes_out_with_its_former_words_and_stays_stale_until_it_is_translated() -> None:
    texts = texts_of(with_text("p1", "More than 7,000 people fled on 1 February 2021."))
    stale = merge(texts, WHOLE)
    document = write_xliff(stale, texts, "small", "en").decode()

    assert "More than 6,000 people fled" in document
    again = read(document, stale).entry("p1")
    done = read(document.replace("needs-review-translation", "final"), stale).entry("p1")
    assert again and again.stale
    assert done and not done.stale and not done.previous


@pytest.mark.parametrize("mark", ['<g id="1">agir</g>', '<mrk mtype="term">agir</mrk>', 'agir<x id="2"/>'])
def test_inline_marks_of_a_tool_are_left_out(mark: str) -> None:
    document = re.sub(r"doit agir maintenant, comme", f"doit {mark} maintenant, comme", written())
    entry = read(document).entry("p2")

    assert entry and entry.text == FRENCH["p2"]


def test_an_empty_or_new_target_leaves_what_was_there() -> None:
    emptied = re.sub(r"(<target[^>]*>)[^<]*(</target>)", r"\1\2", written())
    fresh = re.sub(r'state="translated">[^<]*<', 'state="new">Something<', written())

    assert read(emptied, WHOLE).entries == WHOLE.entries
    assert read(fresh, WHOLE).entries == WHOLE.entries


@pytest.mark.parametrize(
    ("document", "said"),
    [
        pytest.param("no XML", "not an XML document", id="no XML"),
        pytest.param("<a/>", "not an XLIFF 1.2 document", id="another XML"),
        pytest.param(written().replace('version="1.2"', 'version="2.0"'), "not an XLIFF 1.2", id="XLIFF 2.0"),
        pytest.param(written().replace('"fr"', '"es"'), 'language is "es"', id="another language"),
        pytest.param(written().replace('id="p1"', 'id="p9"'), '"p9" is no text', id="an unknown id"),
        pytest.param(
            written().replace(">The Council must act now, as", ">The Council should act now, as"),
            "other words",
            id="other words",
        ),
    ],
)
def test_a_document_that_is_not_about_this_text_is_refused(document: str, said: str) -> None:
    with pytest.raises(CallError, match=rf"small\.xlf.*{said}") as refused:
        read(document)
    assert refused.value.remedy


def test_a_bomb_of_entities_is_refused_unread() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><xliff version="1.2">&b;</xliff>'

    with pytest.raises(CallError, match="not an XML document that can be read"):
        read(bomb)
