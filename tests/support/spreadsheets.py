"""The numbers of a workbook after some were changed in it, as spreadsheets compute them."""

import re
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import ironcalc

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>"""


def by_ironcalc(file: Path, names: Mapping[str, str], changes: Mapping[str, float]) -> dict[str, Any]:
    """All numbers of a workbook after these were changed in it."""
    model = ironcalc.load_from_xlsx(str(file))
    cells = {str(one["name"]): str(one["formula"]).replace("$", "") for one in model.get_defined_name_list()}
    sheets = [one["name"] for one in model.get_worksheets_properties()]
    for ref, value in changes.items():
        sheet, address = cells[names[ref]].split("!")
        column, row = re.findall(r"[A-Z]+|[0-9]+", address)
        model.update_cell_with_number(sheets.index(sheet), int(row), ironcalc.column_number_from_name(column), value)
    model.evaluate()
    return {ref: model.get_cell_value_by_ref(cells[name]) for ref, name in names.items()}


def by_libreoffice(file: Path, names: Mapping[str, str], changes: Mapping[str, float]) -> dict[str, Any]:
    """The same with LibreOffice, which computes a file again only where its profile says so: it otherwise takes the
    numbers that are stored in it. They are changed in the file, and not those that follow from them.
    """
    content, places = cells_of(file)
    for ref, value in changes.items():
        sheet, address = places[names[ref]]
        pattern = re.compile(rf'(<c r="{address}"[^>]*><v>)[^<]*')
        content[sheet], count = pattern.subn(rf"\g<1>{value!r}", content[sheet])
        assert count == 1, ref
    changed, made, profile = file.parent / "changed.xlsx", file.parent / "made", file.parent / "profile"
    with zipfile.ZipFile(changed, "w") as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, "utf-8")
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(made), str(changed)], check=True, capture_output=True, timeout=120)
    content, places = cells_of(made / "changed.xlsx")
    values: dict[tuple[str, str], Any] = {}
    for sheet in {sheet for sheet, _ in places.values()}:
        for cell in ElementTree.fromstring(content[sheet]).iter(f"{MAIN}c"):
            text = cell.findtext(f"{MAIN}v")
            if text is not None and cell.get("t", "n") == "n":
                values[sheet, cell.attrib["r"]] = float(text)
    return {ref: values.get(places[name]) for ref, name in names.items()}


def cells_of(file: Path) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """The parts of a file, and by its name the sheet of each cell, as a part, with its address."""
    with zipfile.ZipFile(file) as archive:
        content = {name: archive.read(name).decode() for name in archive.namelist()}
    book = ElementTree.fromstring(content["xl/workbook.xml"])
    sheets = [sheet.attrib["name"] for sheet in book.iter(f"{MAIN}sheet")]
    places = {}
    for one in book.iter(f"{MAIN}definedName"):
        sheet, address = str(one.text).replace("$", "").replace("'", "").split("!")
        places[one.attrib["name"]] = (f"xl/worksheets/sheet{sheets.index(sheet) + 1}.xml", address)
    return content, places
