"""LibreOffice as an independent reader: it opens what we wrote, reckons it and writes it anew."""

import io
import os
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

SOFFICE = shutil.which("soffice")
PATIENCE = 180


def converted(data: bytes, name: str, ending: str, folder: Path) -> bytes:
    """The file as LibreOffice writes it with another ending; a visible skip where there is no LibreOffice."""
    if SOFFICE is None:
        is_required = os.environ.get("POKJA_REQUIRE_OFFICE") == "1"
        install = "apt-get install libreoffice-writer-nogui libreoffice-calc-nogui"
        (pytest.fail if is_required else pytest.skip)(f"LibreOffice is not installed: {install}")
    given, made = folder / name, folder / "made"
    given.write_bytes(data)
    profile = (
        f"-env:UserInstallation={(folder / 'profile').as_uri()}"  # its own, so that two can run side by side
    )
    command = [SOFFICE, profile, "--headless", "--convert-to", ending, "--outdir", made, given]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    return (made / f"{given.stem}.{ending.partition(':')[0]}").read_bytes()


def reckoned_anew(data: bytes, folder: Path) -> openpyxl.Workbook:
    """What LibreOffice makes of the formulas alone: openpyxl keeps none of the values that stand beside them."""
    bare = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(data)).save(bare)
    made = converted(bare.getvalue(), "hasil.xlsx", "xlsx", folder)
    return openpyxl.load_workbook(io.BytesIO(made), data_only=True)
