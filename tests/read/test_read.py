"""A statement is read from its folder, or a text from a file, and nothing there is ever changed."""

from pathlib import Path

import pytest

from handbill.errors import CallError, ExitCode
from handbill.read import find_statements, read


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of a folder with its bytes and its time."""
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def test_a_folder_is_read_with_everything_in_it(statement_folder: Path) -> None:
    (statement_folder / "corrections.toml").write_text(
        '[[corrections]]\nline = 4\nbefore = "sary"\nafter = "sary"\nreason = "On the paper."\n'
    )
    source = read(statement_folder)
    assert source.name == statement_folder.name
    assert source.path == statement_folder / "source.txt"
    assert source.language == "en"
    assert source.lines[3] == "sary of the 1 February 2021 military coup."
    assert source.particulars and source.particulars.expected.signatories == 46
    assert source.summary and source.summary.figures[0].value == "6,000"
    assert source.corrections[0].reason == "On the paper."


def test_reading_changes_nothing_in_the_folder(statement_folder: Path) -> None:
    before = contents(statement_folder)
    read(statement_folder)
    assert contents(statement_folder) == before


@pytest.mark.parametrize("name", ["summary.toml", "corrections.toml"])
def test_a_statement_needs_no(name: str, statement_folder: Path) -> None:
    (statement_folder / name).unlink()
    source = read(statement_folder)
    assert not {"summary.toml": source.summary, "corrections.toml": source.corrections}[name]


@pytest.mark.parametrize("name", ["statement.toml", "source.txt"])
def test_a_statement_does_not_go_without(name: str, statement_folder: Path) -> None:
    (statement_folder / name).unlink()
    with pytest.raises(CallError) as refused:
        read(statement_folder)
    assert str(statement_folder / name) in refused.value.message


def test_a_folder_where_the_source_should_be_is_refused(statement_folder: Path) -> None:
    (statement_folder / "source.txt").unlink()
    (statement_folder / "source.txt").mkdir()
    with pytest.raises(CallError, match=r"source\.txt.*folder") as refused:
        read(statement_folder)
    assert refused.value.exit_code == ExitCode.CALL


def test_a_statement_is_named_after_its_folder_also_from_inside_it(
    statement_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(statement_folder)
    assert read(Path()).name == statement_folder.name


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("We call on all parties to the conflict to comply with the law.", "en", id="English"),
        pytest.param("Nous demandons à tous les États de respecter le droit.", "fr", id="French"),
        pytest.param("Pedimos a todos los Estados que respeten los derechos de las personas.", "es", id="Spanish"),
        pytest.param("မြန်မာနိုင်ငံ၏ လူ့အခွင့်အရေး", "my", id="Burmese"),
    ],
)
def test_a_bare_text_tells_its_language_itself(tmp_path: Path, text: str, language: str) -> None:
    (tmp_path / "joint-letter.txt").write_text(text, encoding="utf-8")
    source = read(tmp_path / "joint-letter.txt")
    assert (source.name, source.language, source.lines) == ("joint-letter", language, (text,))
    assert (source.particulars, source.summary, source.corrections) == (None, None, ())


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A folder with two statements and something that is none."""
    for name in ("beta", "alpha"):
        (tmp_path / "seeds" / name).mkdir(parents=True)
        (tmp_path / "seeds" / name / "statement.toml").touch()
    (tmp_path / "seeds" / "notes").mkdir()
    return tmp_path / "seeds"


def test_all_statements_are_found_in_the_order_of_their_names(seeds: Path) -> None:
    assert find_statements([], seeds) == [seeds / "alpha", seeds / "beta"]


def test_a_statement_is_found_by_name_or_by_path(seeds: Path) -> None:
    assert find_statements(["beta"], seeds) == [seeds / "beta"]
    assert find_statements([str(seeds / "beta")], seeds / "elsewhere") == [seeds / "beta"]


def test_a_statement_asked_for_twice_is_found_once(seeds: Path) -> None:
    assert find_statements(["beta", "beta"], seeds) == [seeds / "beta"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        pytest.param("alhpa", 'Did you mean "alpha"?', id="a misspelled name is offered the nearest"),
        pytest.param("zzz", "Known: alpha, beta.", id="any other name is offered all"),
        pytest.param("x" * 300, "no such statement", id="a name longer than any file's is a wrong name"),
    ],
)
def test_a_statement_that_is_not_there_is_a_wrong_call(seeds: Path, asked: str, words: str) -> None:
    with pytest.raises(CallError) as refused:
        find_statements([asked], seeds)
    assert words in str(refused.value)


def test_a_folder_without_a_statement_is_refused_by_name(seeds: Path) -> None:
    with pytest.raises(CallError, match=r"notes.*statement\.toml"):
        find_statements([str(seeds / "notes")], seeds)


@pytest.mark.parametrize("made", [True, False], ids=["an empty folder", "no folder"])
def test_where_there_is_no_statement_at_all_the_call_is_wrong(tmp_path: Path, made: bool) -> None:
    if made:
        (tmp_path / "seeds").mkdir()
    with pytest.raises(CallError, match="no statement"):
        find_statements([], tmp_path / "seeds")
