"""Makes the output profile of styles/colour from the measurements its manifest names. Started by build/colour.

The measurements must have the manifest's `sha256_source`, the profile its `sha256`; one wrong sum, and nothing is
written. The profiler (colprof of Argyll CMS) writes the time of day into the profile; the month of the measurements
is put in its place, so that the same measurements and the same profiler give the same bytes. With --write the sums
are not asked but recorded, for whoever takes other measurements or another profiler.
"""

import argparse
import hashlib
import re
import shlex
import shutil
import struct
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

COLOUR = Path(__file__).resolve().parent.parent / "styles" / "colour"
MANIFEST = COLOUR / "manifest.toml"

MEASUREMENTS = Path("/usr/share/color/icc")
TERMS = Path("/usr/share/doc/icc-profiles-free/copyright")
"""Where Debian puts the measurements, and the terms they are given under."""

DATE = slice(24, 36)
"""Bytes of the header that hold when the profile was made: six numbers of two bytes (ICC.1:2001-04, 6.1)."""

NOTICE = """\
{file} is an output profile made by Handbill (build/colour) with colprof of Argyll CMS from {source},
the characterization data of Fogra. It is an altered version of {source}, not that file itself, and no profile
published by Fogra or ECI. {source} comes from the Debian package {package} {package_version}, whose terms are:

Copyright: {copyright}

{terms}
"""


def main() -> None:
    """Make, check and write every profile, and the terms beside it."""
    parser = argparse.ArgumentParser(prog="build/colour", description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true", help="record the sums of the files in the manifest")
    parser.add_argument("--measurements", type=Path, default=MEASUREMENTS, help="folder of the .ti3 files")
    parser.add_argument("--terms", type=Path, default=TERMS, help="the copyright file of their package")
    asked = parser.parse_args()
    text = MANIFEST.read_text("utf-8")
    for profile in tomllib.loads(text)["profiles"]:
        notice = terms_of(read(asked.terms).decode("utf-8"), profile)
        measured = read(asked.measurements / profile["source"])
        if not asked.write:
            require_sum(profile, "source", measured)
        made = dated(make(measured, profile["command"]), measured)
        if asked.write:
            text = recorded(text, profile, measured, made)
        else:
            require_sum(profile, "file", made)
        (COLOUR / profile["file"]).write_bytes(made)
        (COLOUR / profile["licence_file"]).write_text(notice, "utf-8")
        print(f"{profile['file']}: {len(made)} bytes, as the manifest has them")  # noqa: T201
    if asked.write:
        MANIFEST.write_text(text, "utf-8")


def read(path: Path) -> bytes:
    """A file of the package."""
    try:
        return path.read_bytes()
    except OSError as error:
        sys.exit(f"{path}: {error.strerror}; it is part of the Debian package icc-profiles-free")


def make(measured: bytes, command: str) -> bytes:
    """The profile that colprof makes of the measurements; `{name}` in the command is their file without ending."""
    program = shutil.which("colprof") or sys.exit("colprof is missing; it is part of Argyll CMS")
    with tempfile.TemporaryDirectory() as folder:
        # colprof reads a file beside it that ends in .ti3, and some options make it write there.
        (Path(folder) / "measured.ti3").write_bytes(measured)
        _, *arguments = shlex.split(command.format(name="measured"))
        done = subprocess.run([program, *arguments], cwd=folder, stdout=subprocess.PIPE, text=True)
        made = [*Path(folder).glob("*.icc"), *Path(folder).glob("*.icm")]
        if done.returncode or len(made) != 1:
            sys.exit(f"colprof made no profile:\n{done.stdout}")
        return made[0].read_bytes()


def dated(profile: bytes, measured: bytes) -> bytes:
    """The profile with the first day of the month of its measurements in the place of the time it was made.

    A profile of version 2 has no other trace of the run: bytes 84 to 99, which hold a sum over the profile from
    version 4 on, must be zero in it (ICC.1:2001-04, 6.1).
    """
    if profile[8] != 2 or any(profile[84:100]):
        sys.exit("colprof made a profile of another version than 2: its identifier must be worked out anew")
    month = re.search(r'(?m)^CREATED\s+"(\w+ \d{4})"', measured.decode("ascii"))
    if month is None:
        sys.exit("the measurements do not say in which month they were made")
    day = datetime.strptime(month[1], "%B %Y")
    date = struct.pack(">6H", day.year, day.month, day.day, 0, 0, 0)
    return profile[: DATE.start] + date + profile[DATE.stop :]


def terms_of(package_terms: str, profile: Mapping[str, Any]) -> str:
    """The licence beside the profile: that of the measurements, as their package has it (Debian's DEP 5 form)."""
    stanzas = [_fields(stanza) for stanza in re.split(r"\n\s*\n", package_terms)]
    for files in stanzas:
        patterns = files.get("Files", "").split()
        if any(Path(profile["source"]).match(pattern) for pattern in patterns):
            break
    else:
        sys.exit(f"{profile['source']}: the package does not say under which terms it is")
    if files["License"] != "Zlib":
        sys.exit(f"{profile['source']}: under {files['License']}, no longer under the zlib licence")
    licences = [each["License"] for each in stanzas if "License" in each and "Files" not in each]
    terms = next(licence for licence in licences if licence.startswith("Zlib\n"))
    return NOTICE.format_map(
        {**profile, "copyright": files["Copyright"], "terms": terms.removeprefix("Zlib").strip("\n")}
    )


def _fields(stanza: str) -> dict[str, str]:
    """The fields of a paragraph of Debian's copyright file; a line with a dot alone is an empty one."""
    fields = {}
    for name, value in re.findall(r"(?m)^([\w-]+): *(.*(?:\n[ \t].*)*)", stanza):
        fields[name] = re.sub(r"(?m)^[ \t](?:\.$)?", "", value)
    return fields


def require_sum(profile: Mapping[str, Any], key: str, content: bytes) -> None:
    """Stop unless the content of the profile's `source` or `file` has the sum of the manifest."""
    wanted = profile["sha256" if key == "file" else "sha256_source"]
    if _sha256(content) != wanted:
        sys.exit(
            f"{profile[key]} has {_sha256(content)}, in the manifest {wanted}\n"
            f"The sums hold for {profile['package']} {profile['package_version']} and {profile['profiler']}."
        )


def recorded(text: str, profile: Mapping[str, Any], measured: bytes, made: bytes) -> str:
    """The text of the manifest with the sums of this profile."""
    for former, now in ((profile["sha256_source"], _sha256(measured)), (profile["sha256"], _sha256(made))):
        text = text.replace(former, now)
    return text


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    main()
