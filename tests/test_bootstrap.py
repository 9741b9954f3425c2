import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ["build/briefs", "build/test", "build/lock", "build/fonts", "build/colour", "build/verapdf", ".ci/run"]
LOCKS = ["build/requirements.lock", "build/requirements-cluster.lock", "build/requirements-test.lock"]
LIBRARIES = "libfontconfig1 libharfbuzz-subset0 libharfbuzz0b libpango-1.0-0 libpangoft2-1.0-0"


def pins(lock: str) -> dict[str, Requirement]:
    """Every requirement of a lock file by its name."""
    lines = (ROOT / lock).read_text("utf-8").replace("\\\n", " ").splitlines()
    texts = [line.split("--hash")[0] for line in lines if line.strip() and not line.lstrip().startswith("#")]
    return {canonicalize_name(pin.name): pin for pin in map(Requirement, texts)}


@pytest.fixture(scope="module")
def pyproject() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


# The files


@pytest.mark.parametrize("script", SCRIPTS)
def test_script_may_be_executed(script):
    assert os.access(ROOT / script, os.X_OK)


@pytest.mark.parametrize("script", [*SCRIPTS, "build/setup.sh"])
@pytest.mark.parametrize("shell", ["sh", "bash"])
def test_script_parses(script, shell):
    if shutil.which(shell) is None:
        pytest.fail(f"no {shell} here")
    parsed = subprocess.run([shell, "-n", ROOT / script], capture_output=True, text=True)
    assert (parsed.returncode, parsed.stderr) == (0, "")


@pytest.mark.parametrize("file", [*SCRIPTS, *LOCKS, "build/setup.sh"])
def test_no_address_and_no_place_of_one_machine_is_written_down(file):
    text = (ROOT / file).read_text("utf-8")
    assert not re.search(r"https?:|--(extra-)?index-url|--find-links|/home/|/tmp/|/Users/|/root/", text)
    # A host name: dotted words ending in a top-level domain of a package index.
    assert not re.search(r"\b[\w-]+\.(org|com|net|io|dev)\b", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_is_exact_and_has_a_hash(lock):
    text = (ROOT / lock).read_text("utf-8").replace("\\\n", " ")
    requirements = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert requirements
    for requirement in requirements:
        assert re.match(r"[a-z0-9.-]+==[^ ]+ .*--hash=sha256:[0-9a-f]{64}", requirement), requirement[:80]


@pytest.mark.parametrize(
    ("lock", "table"),
    [
        ("build/requirements.lock", "dependencies"),
        ("build/requirements.lock", "install"),
        ("build/requirements-cluster.lock", "dependencies"),
        ("build/requirements-cluster.lock", "cluster"),
        ("build/requirements-test.lock", "test"),
    ],
)
def test_every_direct_dependency_is_pinned_within_its_range(lock, table, pyproject):
    project = pyproject["project"]
    wanted = {**project["optional-dependencies"], **pyproject["dependency-groups"], **project}[table]
    locked = pins(lock)
    for requirement in map(Requirement, wanted):
        (pin,) = locked[canonicalize_name(requirement.name)].specifier
        assert requirement.specifier.contains(pin.version), f"{requirement}, locked as {pin}"


def test_all_locks_agree():
    for one, other in combinations(map(pins, LOCKS), 2):
        for name in one.keys() & other.keys():
            assert one[name].specifier == other[name].specifier


def test_ci_runs_the_same_command_as_a_developer():
    assert "build/test" in (ROOT / ".ci/run").read_text("utf-8")


# The behaviour, in a copy of the checkout whose system is made of stand-ins


@dataclass
class Machine:
    """A checkout on a machine where every command that could change something only writes to a log."""

    checkout: Path
    bin: Path
    log: Path

    def put(self, name: str, body: str) -> None:
        """Adds a command."""
        (self.bin / name).write_text(f"#!/bin/sh\n{body}\n", "utf-8")
        (self.bin / name).chmod(0o755)

    def put_python(self, missing: str = "") -> None:
        """Adds a Python whose loader does not find the libraries of the given packages."""
        self.put(
            "python3",
            f"""case "$*" in
                *ctypes.CDLL*) [ -e "{self.checkout}/libraries" ] || printf '%s\\n' {missing} ;;
                *"-m venv"*) mkdir -p .venv/bin
                    cp "$0" .venv/bin/python
                    cp {self.bin}/handbill .venv/bin/handbill ;;
                *"-m pip"*) echo "pip $*" >>{self.log}; [ ! -e "{self.checkout}/broken" ] ;;
                *) exec {sys.executable} "$@" ;;
            esac""",
        )

    def run(self, script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Runs a script of the checkout with nothing but the stand-ins on its PATH."""
        return subprocess.run(
            [self.checkout / script, *arguments],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            env={"PATH": str(self.bin), **environment},
        )

    def logged(self) -> list[str]:
        """What was called since the last look."""
        lines = self.log.read_text("utf-8").splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return lines


@pytest.fixture
def machine(tmp_path) -> Machine:
    machine = Machine(tmp_path / "check out", tmp_path / "bin", tmp_path / "log")
    (machine.checkout / "build").mkdir(parents=True)
    machine.bin.mkdir()
    for file in ["pyproject.toml", "build/briefs", "build/setup.sh", "build/test", *LOCKS]:
        shutil.copy(ROOT / file, machine.checkout / file)
    for tool in ["awk", "cat", "cp", "dirname", "env", "mkdir", "rm", "sh", "sort"]:
        (machine.bin / tool).symlink_to(shutil.which(tool))
    machine.put("uname", "echo Linux")
    machine.put("id", "echo 1000")
    machine.put("sudo", "exit 1")
    machine.put("apt-get", f'echo "apt-get $*" >>{machine.log}')
    machine.put("handbill", f'echo "handbill $*" >>{machine.log}; exit 3')
    return machine


def named_commands(stderr: str) -> list[str]:
    return [line.strip() for line in stderr.splitlines() if line.startswith("    ")]


def test_without_root_the_one_command_is_named_and_nothing_is_installed(machine):
    machine.put_python(missing="libpango-1.0-0 libpangoft2-1.0-0")
    result = machine.run("build/briefs")
    assert result.returncode == 4
    assert named_commands(result.stderr) == [
        "sudo apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0"
    ]
    assert machine.logged() == []
    assert not (machine.checkout / ".venv").exists()


def test_without_python_the_one_command_names_python_too(machine):
    result = machine.run("build/briefs")
    assert result.returncode == 4
    assert named_commands(result.stderr) == [
        f"sudo apt-get install -y --no-install-recommends python3 python3-venv {LIBRARIES}"
    ]
    assert machine.logged() == []


def test_on_a_mac_the_command_is_for_homebrew(machine):
    machine.put_python(missing="libpango-1.0-0")
    machine.put("uname", "echo Darwin")
    (machine.bin / "apt-get").unlink()
    result = machine.run("build/briefs")
    assert result.returncode == 4
    assert named_commands(result.stderr) == ["brew install python pango"]


def test_elsewhere_the_libraries_are_named(machine):
    machine.put_python(missing="libpango-1.0-0")
    (machine.bin / "apt-get").unlink()
    result = machine.run("build/briefs")
    assert result.returncode == 4
    assert named_commands(result.stderr) == ["libpango-1.0-0"]


@pytest.mark.parametrize(("command", "body"), [("id", "echo 0"), ("sudo", 'shift; [ "$1" = true ] || exec "$@"')])
def test_root_or_sudo_without_a_password_installs_what_is_missing(machine, command, body):
    machine.put_python(missing="libpango-1.0-0")
    machine.put(command, body)
    machine.put("apt-get", f'echo "apt-get $*" >>{machine.log}; : >"{machine.checkout}/libraries"')
    assert machine.run("build/briefs").returncode == 3
    update, install, *_, build = machine.logged()
    assert update.startswith("apt-get update")
    assert install.startswith("apt-get install -y") and install.endswith(" libpango-1.0-0")
    assert build == "handbill build"


def test_a_python_that_was_asked_for_and_cannot_serve_is_not_replaced_in_silence(machine):
    machine.put_python()
    result = machine.run("build/briefs", HANDBILL_PYTHON="/nowhere/python3")
    assert result.returncode == 4
    assert "/nowhere/python3" in result.stderr
    assert machine.logged() == []


def test_the_first_run_installs_and_the_second_only_builds(machine):
    machine.put_python()
    first = machine.run("build/briefs")
    locked, project, build = machine.logged()
    assert "--require-hashes" in locked and "-r build/requirements.lock" in locked
    assert "--no-index" in project and "--editable ." in project
    assert (build, first.returncode) == ("handbill build", 3)

    second = machine.run("build/briefs", "one statement", "-e", "screen")
    assert machine.logged() == ["handbill build one statement -e screen"]
    assert (second.returncode, second.stderr) == (3, "")


@pytest.mark.parametrize("file", ["pyproject.toml", "build/requirements.lock"])
def test_a_change_of_what_is_wanted_installs_anew(machine, file):
    machine.put_python()
    machine.run("build/briefs")
    machine.logged()
    with (machine.checkout / file).open("a", encoding="utf-8") as changed:
        changed.write("# changed\n")
    machine.run("build/briefs")
    assert len(machine.logged()) == 3


def test_a_checkout_that_was_moved_installs_anew(machine):
    machine.put_python()
    machine.run("build/briefs")
    machine.logged()
    machine.checkout = machine.checkout.rename(machine.checkout.with_name("moved"))
    machine.run("build/briefs")
    assert len(machine.logged()) == 3


def test_an_installation_cut_short_heals_at_the_next_run(machine):
    machine.put_python()
    broken = machine.checkout / "broken"
    broken.touch()
    failed = machine.run("build/briefs")
    assert (failed.returncode, len(machine.logged())) == (4, 1)
    broken.unlink()
    assert machine.run("build/briefs").returncode == 3
    assert len(machine.logged()) == 3


def test_with_ci_a_missing_tool_fails_before_the_tests(machine):
    machine.put_python()
    result = machine.run("build/test", CI="true")
    assert result.returncode == 4
    assert "poppler-utils chromium" in result.stderr


def test_without_ci_the_skipped_tools_are_named(machine):
    machine.put_python()
    result = machine.run("build/test")
    assert "skipped the tests that need poppler-utils chromium" in result.stderr
