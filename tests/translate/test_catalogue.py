"""Catalogues: a PO file is read and written without loss, and a review lasts as long as its words."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import FRENCH, translated

from handbill.errors import CallError
from handbill.model import Status
from handbill.translate import Catalogue, read_catalogue, write_catalogue
from handbill.translate.catalogue import Entry

WHOLE = translated(FRENCH)
HEAD = 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
DAY = date(2025, 2, 3)


def put(folder: Path, content: bytes | str) -> Path:
    path = folder / "fr.po"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def words_of(catalogue: Catalogue) -> list[tuple[str, str, str, bool, str, str]]:
    return [(e.id, e.source, e.text, e.stale, e.previous, e.remark) for e in catalogue.entries]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    entries = (*WHOLE.entries[:-1], replace(WHOLE.entries[-1], stale=True, previous="Former", remark="Unsure."))
    catalogue = replace(WHOLE, entries=entries, dropped=(Entry("p9", "Gone.", "Parti."),))

    again = read_catalogue(put(tmp_path, write_catalogue(catalogue, "small")), "fr")

    assert words_of(again) == words_of(catalogue)
    assert [(e.id, e.source, e.text) for e in again.dropped] == [("p9", "Gone.", "Parti.")]


def test_the_same_catalogue_makes_the_same_bytes(tmp_path: Path) -> None:
    content = write_catalogue(WHOLE, "small")

    assert write_catalogue(read_catalogue(put(tmp_path, content), "fr"), "small") == content


def test_header_fields_of_other_tools_are_kept(tmp_path: Path) -> None:
    path = put(tmp_path, HEAD.replace('"Language', '"X-Generator: Poedit 3\\n"\n"Language'))

    assert b'"X-Generator: Poedit 3\\n"' in write_catalogue(read_catalogue(path, "fr"), "small")


lines = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=60)


@given(source=lines, text=lines)
def test_any_line_of_text_survives(source: str, text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Quotes, backslashes and percent signs too."""
    catalogue = Catalogue("fr", (Entry("p1", source, text),))

    path = put(tmp_path_factory.mktemp("po"), write_catalogue(catalogue, "small"))

    assert words_of(read_catalogue(path, "fr")) == words_of(catalogue)


def test_a_new_translation_is_unreviewed_and_says_so() -> None:
    assert WHOLE.status is Status.UNREVIEWED
    assert b'"X-Handbill-Status: unreviewed' in write_catalogue(WHOLE, "small")


def test_a_review_is_kept_with_reviewer_and_day(tmp_path: Path) -> None:
    content = write_catalogue(WHOLE.signed_off("A. Reader", DAY), "small")
    again = read_catalogue(put(tmp_path, content), "fr")

    assert (again.status, again.reviewed) == (Status.REVIEWED, DAY)
    assert b'"X-Handbill-Reviewer: A. Reader' in content


def test_one_changed_word_ends_a_review(tmp_path: Path) -> None:
    content = write_catalogue(WHOLE.signed_off("A. Reader", DAY), "small")
    again = read_catalogue(put(tmp_path, content.replace(b"agir maintenant, comme", b"agir demain, comme")), "fr")

    assert again.status is Status.UNREVIEWED
    assert again.lost_its_review


@pytest.mark.parametrize("field", ["X-Handbill-Reviewer", "X-Handbill-Reviewed", "X-Handbill-Text"])
def test_a_review_without_one_of_its_fields_is_none(field: str) -> None:
    signed = WHOLE.signed_off("A. Reader", DAY)
    lacking = replace(signed, header={**signed.header, field: ""})

    assert lacking.status is Status.UNREVIEWED and lacking.lost_its_review


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(
            HEAD + 'msgctxt "p1"\nmsgid "a"\nmsgstr b\n', "line 8: not a line of a PO file", id="no quotes"
        ),
        pytest.param(HEAD + 'msgctxt "p1"\nmsgid "a"\nmsgstr "b\n', "line 8: not a line", id="a quote left open"),
        pytest.param(HEAD + 'msgctxt "p1"\nmsgstr "b"\nmsgstr "c"\n', "line", id="a message without a source"),
        pytest.param(b'msgid ""\nmsgstr "\xff"\n', "line 2: not UTF-8", id="another encoding"),
        pytest.param(HEAD.replace("fr", "es"), 'the language is "es"', id="another language"),
        pytest.param(HEAD + 'msgid "a"\nmsgstr "b"\n', "line 6: the message has no msgctxt", id="no id"),
        pytest.param(
            HEAD + 'msgctxt "p1"\nmsgid "a"\nmsgstr "b"\n\nmsgctxt "p1"\nmsgid "c"\nmsgstr "d"\n',
            r"line 10: p1 is there twice \(before on line 6\)",
            id="an id twice",
        ),
    ],
)
def test_a_file_that_is_no_catalogue_is_refused_with_its_line(
    tmp_path: Path, content: bytes | str, said: str
) -> None:
    with pytest.raises(CallError, match=rf"fr\.po.*{said}") as refused:
        read_catalogue(put(tmp_path, content), "fr")
    assert refused.value.remedy


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(CallError, match=r"fr\.po"):
        read_catalogue(tmp_path / "fr.po", "fr")
