"""Every page of the manual reads well in a terminal, and every command on it does what the page says."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import ROOT
from handbill.__main__ import main
from handbill.manual import page, topics
from handbill.translate import read_catalogue, write_catalogue
from submissions import SOURCE, STATEMENT, TRANSLATIONS, change, translated

COMMAND = re.compile(r"^    \$ (handbill .*?)(?: +# (?:(\d): )?.*)?$", re.MULTILINE)

SUMMARY = """
verbatim = true

[standfirst]
text = "We, the undersigned 5 organizations, call on the Council to act on the war in the valley."
source = "p1"

[[demands]]
addressee = "The Council"
items = [{ text = "Renew the mandate of the Commission.", source = "i2" }]
"""

APPROVAL = f'\n[approval]\ntext_sha256 = "{"0" * 64}"\n'


def project(folder: Path) -> Path:
    """A project with one small statement, which names organisations that are nowhere; returns its folder."""
    statement = folder / "seeds" / "valley"
    statement.mkdir(parents=True)
    (statement / "source.txt").write_text(SOURCE, "utf-8")
    (statement / "statement.toml").write_text(STATEMENT, "utf-8")
    # Where a note stands between two paragraphs the scan is doubtful; the notes are not what this is about.
    settle(statement)
    return statement


def settle(statement: Path) -> None:
    """Look at the paper: give every correction its own reason."""
    path = statement / "corrections.toml"
    if not path.exists():
        run("handbill clean seeds/valley --corrections >> seeds/valley/corrections.toml", statement.parents[1])
    proposed = "Proposed; not yet compared with the paper."
    path.write_text(path.read_text("utf-8").replace(proposed, "The paper has it so."), "utf-8")


def bring_a_letter(statement: Path) -> None:
    letter = "An open letter on the harbour\n\n2 June 2025\n\nThe Council must open the harbour of the town.\n"
    (statement.parents[1] / "letter.txt").write_text(letter, "utf-8")


def unsettle(statement: Path) -> None:
    """The scan as it comes: with its doubts, and a word that is cut."""
    (statement / "corrections.toml").unlink()
    change(statement, "source.txt", "The villages are empty.", "The well-\nbeing of many is at risk.")


def take_entries(statement: Path) -> None:
    """Add what was printed, as it was proposed, to the corrections."""
    shutil.copy(statement.parents[1] / "entries.toml", statement / "corrections.toml")


def summarise(statement: Path) -> None:
    (statement / "summary.toml").write_text(SUMMARY, "utf-8")


def approve_another(statement: Path) -> None:
    form = statement / "statement.toml"
    form.write_text(form.read_text("utf-8") + APPROVAL, "utf-8")


def take_sign_ons(statement: Path) -> None:
    change(statement, "statement.toml", APPROVAL, "")
    answers = "Organisation,Country\nDelta Forum,Myanmar\n"
    (statement.parents[1] / "answers.csv").write_text(answers, "utf-8")


def without_sign_ons(statement: Path) -> None:
    (statement / "signatories.toml").unlink()


def write_french(statement: Path) -> None:
    translated(statement, "fr", reviewed=False)


def reword(statement: Path) -> None:
    change(statement, "source.txt", "The villages are empty.", "The villages are deserted.")


def begin_french(statement: Path) -> None:
    """One message is translated, as if in a CAT tool."""
    path = statement / "fr.po"
    catalogue = read_catalogue(path, "fr")
    entries = tuple(
        replace(each, text=TRANSLATIONS["fr"]["title"]) if each.id == "title" else each
        for each in catalogue.entries
    )
    path.write_bytes(write_catalogue(replace(catalogue, entries=entries), "valley"))


def send_profile(statement: Path) -> None:
    shutil.copy(ROOT / "styles" / "colour" / "FOGRA39L_coated.icc", statement.parents[1] / "shop.icc")


def bring_a_file(statement: Path) -> None:
    folder = statement.parents[1]
    run("handbill build valley -e screen", folder)
    shutil.copy(folder / "out" / "valley" / "en" / "valley-en-screen.pdf", folder / "from-elsewhere.pdf")


def alter_a_copy(statement: Path) -> None:
    folder = statement.parents[1]
    shutil.copytree(folder / "out", folder / "stick")
    with (folder / "stick" / "valley" / "en" / "valley-en-press.pdf").open("ab") as file:
        file.write(b"\n")


PERSON: Mapping[str, Mapping[int, Callable[[Path], None]]] = {
    "editor": {
        0: bring_a_letter,
        1: unsettle,
        3: take_entries,
        4: settle,
        5: summarise,
        6: approve_another,
        8: take_sign_ons,
        11: without_sign_ons,
    },
    "translator": {1: begin_french, 5: write_french, 8: reword},
    "print-shop": {2: send_profile, 5: bring_a_file, 7: alter_a_copy},
    "maintainer": {},
}
"""What a person does before each command of a page, by its number."""


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as it stands on the page."""
    script = f'handbill() {{ "{sys.executable}" -m handbill "$@"; }}\n{command}'
    return subprocess.run(
        ["sh", "-c", script],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "build")},
        capture_output=True,
        text=True,
    )


def test_there_is_a_page_for_each_kind_of_reader() -> None:
    assert set(topics()) == {"editor", "maintainer", "print-shop", "translator"} == set(PERSON)


@pytest.mark.parametrize("topic", topics())
def test_every_command_ends_as_its_page_says(topic: str, tmp_path: Path) -> None:
    statement = project(tmp_path)
    commands = COMMAND.findall(page(topic))
    assert len(commands) == page(topic).count("$ ") > max(PERSON[topic], default=0)
    for number, (command, code) in enumerate(commands):
        PERSON[topic].get(number, lambda _: None)(statement)
        ended = run(command, tmp_path)
        assert ended.returncode == int(code or 0), f"{number} {command}\n{ended.stdout}{ended.stderr}"


@pytest.mark.parametrize("topic", topics())
def test_a_page_fits_a_terminal(topic: str) -> None:
    lines = page(topic).splitlines()
    assert len(lines) <= 60
    assert max(map(len, lines)) <= 80
    assert lines[0].startswith("For ") and not lines[1]
    assert not [line for line in lines if line.startswith(("#", "*", "```", "|"))]


@pytest.mark.parametrize("topic", topics())
def test_a_page_names_no_file_of_the_repository_that_is_not_there(topic: str) -> None:
    named = re.findall(r"\./build/\w+|(?:build|tests|styles|layout)/[\w/.-]+\b(?!/?<)", page(topic))
    assert not [path for path in named if not (ROOT / path).exists()]


def test_without_a_topic_they_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help"]) == 0
    printed = capsys.readouterr().out
    assert all(f"{topic:12}{line}\n" in printed for topic, line in topics().items())


def test_a_page_is_printed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help", "editor"]) == 0
    assert capsys.readouterr().out == page("editor")


def test_a_mistyped_topic_is_offered_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help", "translater"]) == 2
    assert 'Did you mean "translator"?' in capsys.readouterr().err
