"""LibreOffice as an independent reader: it opens what we wrote, computes it and writes it again."""

import io
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from documents.pdf.engine import FONTS

SOFFICE = shutil.which("soffice")
PATIENCE = 180
FONT_SETTINGS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
<dir>{fonts}</dir>
<cachedir>{cache}</cachedir>
<alias binding="same"><family>Arial</family><prefer><family>Liberation Sans</family></prefer></alias>
</fontconfig>
"""
"""The project's own fonts and no other: on which page a line stands is then the same on every machine."""


def converted(data: bytes, name: str, ending: str, folder: Path) -> bytes:
    """The file as LibreOffice writes it with another ending; a visible skip where there is no LibreOffice."""
    return all_converted({name: data}, ending, folder)[name]


def all_converted(files: Mapping[str, bytes], ending: str, folder: Path) -> dict[str, bytes]:
    """Each of the files, in one run of the program: most of what it takes is its start."""
    if SOFFICE is None:
        is_required = os.environ.get("POKJA_REQUIRE_OFFICE") == "1"
        install = "apt-get install libreoffice-writer-nogui libreoffice-calc-nogui"
        (pytest.fail if is_required else pytest.skip)(f"LibreOffice is not installed: {install}")
    given, made = [folder / name for name in files], folder / "made"
    for path in given:
        path.write_bytes(files[path.name])
    profile = (
        f"-env:UserInstallation={(folder / 'profile').as_uri()}"  # its own, so that two can run side by side
    )
    (folder / "fonts.conf").write_text(FONT_SETTINGS.format(fonts=FONTS, cache=folder / "font-cache"))
    env = os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf")}
    command = [SOFFICE, profile, "--headless", "--convert-to", ending, "--outdir", made, *given]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=PATIENCE, env=env)
    assert done.returncode == 0, done.stderr
    return {path.name: (made / f"{path.stem}.{ending.partition(':')[0]}").read_bytes() for path in given}


def recalculated(data: bytes, folder: Path) -> openpyxl.Workbook:
    """What LibreOffice makes of the formulas alone: openpyxl keeps none of the values that stand beside them."""
    return all_recalculated({"hasil.xlsx": data}, folder)["hasil.xlsx"]


def all_recalculated(files: Mapping[str, bytes], folder: Path) -> dict[str, openpyxl.Workbook]:
    """The same of several workbooks."""
    bare = {name: _without_values(data) for name, data in files.items()}
    made = all_converted(bare, "xlsx", folder)
    return {name: openpyxl.load_workbook(io.BytesIO(data), data_only=True) for name, data in made.items()}


def _without_values(data: bytes) -> bytes:
    bare = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(data)).save(bare)
    return bare.getvalue()
