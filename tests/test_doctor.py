"""The doctor says what is missing and what mends it, also where the layout engine cannot be loaded."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from handbill import doctor, engine, fonts
from handbill.__main__ import main
from handbill.doctor import LIBRARIES, Part, examine

WITHOUT_PANGO = """
import ctypes, sys, cffi

def refusing(open_library):
    def opened(self, name, *rest, **more):
        if name and "pango" in str(name):
            raise OSError(f"cannot load library '{name}'")
        return open_library(self, name, *rest, **more)
    return opened

cffi.FFI.dlopen = refusing(cffi.FFI.dlopen)
ctypes.CDLL.__init__ = refusing(ctypes.CDLL.__init__)
import socket
socket.socket.connect = None  # whoever calls it fails
from handbill.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def parts() -> dict[str, Part]:
    return {part.name: part for part in examine()}


def test_a_machine_that_can_build_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    said = capsys.readouterr().out
    assert re.search(r"(?m)^ok +Pango \d+\.\d+\.\d+: ", said)
    assert re.search(r"(?m)^ok +HarfBuzz \d+\.\d+\.\d+: ", said)
    assert re.search(r"(?m)^ok +fontconfig 2\.\d+\.\d+: ", said)
    assert f"weasyprint {engine.RELEASE}, exactly as needed" in said
    assert f"layout engine {engine.RELEASE}" in said


def test_its_json_says_the_same_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--json"]) == 0
    value = json.loads(capsys.readouterr().out)
    assert value["ready"] is True
    assert {part["name"] for part in value["parts"]} == set(parts())
    assert {tuple(part) for part in value["parts"]} == {("name", "found", "purpose", "needed", "fault", "remedy")}


def test_it_speaks_where_pango_cannot_be_loaded() -> None:
    """The loader is made to refuse in a process of its own, before anything is imported."""
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_PANGO, "doctor"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert run.returncode == 3, run.stderr
    assert re.search(r"MISSING +Pango: cannot be opened: .*\n +mend it: .*pango", run.stdout)
    assert re.search(r"MISSING +layout engine: A system library that WeasyPrint needs is missing", run.stdout)
    assert re.search(r"ok +HarfBuzz \d", run.stdout)
    assert "Run the commands above, or ./build/briefs." in run.stderr


def test_a_damaged_font_is_found_and_the_others_are_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(shutil.copytree(fonts.font_folder(), tmp_path / "fonts"))
    with (folder / "source-serif" / "SourceSerif4-Italic.ttf").open("r+b") as file:
        file.seek(5000)
        file.write(b"damage")
    monkeypatch.setattr(fonts, "font_folder", lambda: folder)
    fonts._face_bytes.cache_clear()
    try:
        found = parts()
    finally:
        fonts._face_bytes.cache_clear()
    assert "SourceSerif4-Italic.ttf: the file is not the one in the manifest" in found["Source Serif 4"].fault
    assert found["Source Serif 4"].remedy == "git checkout styles/fonts"
    assert [part.name for part in found.values() if part.fault and part.needed] == ["Source Serif 4"]


def test_another_release_of_the_engine_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.metadata, "version", lambda name: "71.0")
    assert parts()["weasyprint"].fault == f"71.0 is installed, and the program is written for {engine.RELEASE}"


def test_a_program_that_no_build_needs_may_be_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    assert main(["doctor"]) == 0
    assert re.search(r"optional +pdftotext: .*\n +mend it: \S", capsys.readouterr().out)


def test_its_libraries_are_those_that_the_set_up_installs() -> None:
    listed = re.search(r"(?s)\nlibraries='\n(.*?)\n'", (ROOT / "build" / "setup.sh").read_text("utf-8"))
    assert listed
    rows = {tuple(line.split()) for line in listed[1].splitlines()}
    assert rows == {(each.package, each.linux, each.macos) for each in LIBRARIES}
