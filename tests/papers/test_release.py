"""The last gate finds a planted value in every kind of part, and nothing where there is nothing."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from pcp_desktop.domain.pages import Figure
from pcp_desktop.errors import UserError
from pcp_desktop.papers.charts import picture
from pcp_desktop.papers.dashboard import write_dashboard
from pcp_desktop.papers.release import HeldText, check_release
from pcp_desktop.papers.xlsx import write_data_workbook
from tests.papers.sample_pages import MOMENT, control_chart, overview_page, pages_of

HELD = (HeldText("36.17%", "Opiate treatment completed"), HeldText("52.48%", "Alcohol treatment completed"))


@pytest.fixture(name="clean", scope="module")
def _clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("clean")
    overview, priorities = overview_page(), pages_of("SP12", "SP18")
    return {
        "pdf": write_dashboard(overview, priorities, folder / "dashboard.pdf", timestamp=MOMENT),
        "xlsx": write_data_workbook(overview, priorities, folder / "data.xlsx", created=MOMENT),
        "png": picture(control_chart(), folder / "chart.png"),
        "svg": picture(control_chart(), folder / "chart.svg"),
    }


def stopped(path: Path) -> str:
    """What the gate says of a file that it must stop."""
    with pytest.raises(UserError) as caught:
        check_release([path], HELD)
    assert path.name in caught.value.what
    assert "36.17" not in str(caught.value).replace(path.name, "")
    assert "Opiate treatment completed" in caught.value.what
    return caught.value.what


def test_papers_without_held_values_pass(clean: dict[str, Path]) -> None:
    check_release(list(clean.values()), HELD)


def test_a_drawn_figure_is_found_on_its_page(tmp_path: Path) -> None:
    overview = overview_page()
    row = replace(overview.themes[1].rows[0], latest=Figure(36.17, "36.17%"))
    theme = replace(overview.themes[1], rows=(row,))
    out = write_dashboard(replace(overview, themes=(theme,)), (), tmp_path / "leak.pdf", timestamp=MOMENT)
    assert "page 1" in stopped(out)


def test_a_text_alternative_is_searched(tmp_path: Path) -> None:
    (priority,) = pages_of("SP12")
    spec = replace(control_chart(), alt="Opiates stood at 36.17% in December.")
    page = replace(priority, measures=(replace(priority.measures[0], main=spec, small=()),))
    out = write_dashboard(overview_page(), (page,), tmp_path / "leak.pdf", timestamp=MOMENT)
    assert "text alternatives" in stopped(out)
    png = picture(spec, tmp_path / "leak.png")
    assert "picture's" in stopped(png)
    svg = picture(spec, tmp_path / "leak.svg")
    stopped(svg)


def with_metadata(document: pikepdf.Pdf) -> None:
    with document.open_metadata() as metadata:
        metadata["dc:description"] = "opiates 36.17 per cent"


def with_info(document: pikepdf.Pdf) -> None:
    document.docinfo["/Keywords"] = pikepdf.String("36.17%")


def with_attachment(document: pikepdf.Pdf) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inner.csv", "measure,value\nopiates,36.17\n")
    document.attachments["data.zip"] = packed.getvalue()


def with_hidden_text(document: pikepdf.Pdf) -> None:
    page = document.pages[0]
    page.obj.Resources.Font["/Plain"] = document.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    page.contents_add(b"q BT /Plain 1 Tf 3 Tr [(36.) -20 (17%)] TJ ET Q")


def with_outline(document: pikepdf.Pdf) -> None:
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("36.17", 0))


@pytest.mark.parametrize("plant", [with_metadata, with_info, with_attachment, with_hidden_text, with_outline])
def test_every_hiding_place_of_a_pdf(
    plant: Callable[[pikepdf.Pdf], None], clean: dict[str, Path], tmp_path: Path
) -> None:
    out = tmp_path / "planted.pdf"
    with pikepdf.open(clean["pdf"]) as document:
        plant(document)
        document.save(out)
    stopped(out)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/sharedStrings.xml", "<sst><si><r><t>36</t></r><r><rPr><b/></rPr><t>.17%</t></r></si></sst>"),
        ("xl/worksheets/sheet9.xml", '<worksheet><row hidden="1"><c><v>36.170212765957</v></c></row></worksheet>'),
        ("xl/worksheets/sheet9.xml", "<worksheet><c><v>0.36170212765957</v></c></worksheet>"),
        ("xl/charts/chart9.xml", "<c:numCache><c:pt><c:v>36.17</c:v></c:pt></c:numCache>"),
        ("xl/comments1.xml", "<comments><text><t>was 36.17%</t></text></comments>"),
        ("docProps/custom.xml", "<Properties><vt:lpwstr>36.17</vt:lpwstr></Properties>"),
        ("docProps/app.xml", "<Properties><Company>36,17</Company></Properties>"),
        ("xl/drawings/drawing9.xml", '<xdr:cNvPr id="2" name="x" descr="Level 36.17%"/>'),
        ("xl/workbook2.xml", '<definedName name="held">36.17</definedName>'),
        ("xl/embeddings/object.bin", "some bytes \x00 36.17 \x00"),
        ("36.17.txt", "nothing"),
    ],
)
def test_every_hiding_place_of_a_workbook(part: str, content: str, clean: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "planted.xlsx"
    with zipfile.ZipFile(clean["xlsx"]) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            if entry.filename != part:
                target.writestr(entry, source.read(entry))
        target.writestr(part, content)
    stopped(out)


def test_a_cell_is_found_in_a_workbook_of_another_writer(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("hidden")
    sheet.sheet_state = "veryHidden"
    sheet["ZZ999"] = 36.1702
    book.save(tmp_path / "other.xlsx")
    assert "sheet2.xml" in stopped(tmp_path / "other.xlsx")


def test_chunks_of_a_picture_are_unpacked(clean: dict[str, Path], tmp_path: Path) -> None:
    body = b"zTXtComment\0\0" + zlib.compress(b"opiates 36.17%")
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    content = clean["png"].read_bytes()
    out = tmp_path / "planted.png"
    out.write_bytes(content[:33] + chunk + content[33:])
    stopped(out)


def test_the_name_of_a_file_is_searched(tmp_path: Path) -> None:
    out = tmp_path / "opiates 36.17.txt"
    out.write_text("nothing")
    stopped(out)


@pytest.mark.parametrize("text", ["136.17", "36.1", "3617", "36.71%", "36 17", "0.03617"])
def test_other_numbers_pass(text: str, tmp_path: Path) -> None:
    out = tmp_path / "note.txt"
    out.write_text(f"The figure was {text} in December.")
    check_release([out], HELD)


def test_the_unrounded_value_is_found(tmp_path: Path) -> None:
    out = tmp_path / "note.csv"
    out.write_text("opiates,36.168224299\n")
    check_release([out], HELD)
    with pytest.raises(UserError):
        check_release([out], [HeldText("36.17%", "Opiates", value=36.168224299)])


def test_labels_are_found_whatever_their_spacing(tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    out.write_text("<p>Treatment\n  Completed:&nbsp;<b>Opi</b>ates</p>")
    with pytest.raises(UserError):
        check_release([out], [HeldText("treatment completed: opiates", "A held label")])
    check_release([out], [HeldText("treatment completed: alcohol", "A held label")])


MELTON = HeldText("3", "Hate crime", beside=("Hate crime",), next_to="Melton")
THAT_YEAR = replace(MELTON, next_to="2014/15")


@pytest.mark.parametrize(
    "text",
    [
        "Hate crime in Melton: 3.",
        "Hate crime: Melton recorded 3 of them",
        "Of hate crimes, 3 offences were reported in Melton",
        "Hate crime | Melton | 2014/15 | 3 | 12",
        "Hate crime | Melton | offences | [c] | 2014/15 | 3",
        "There were 3 hate crimes in Melton",
        "Hate crime, 2014/15: 3.",
    ],
)
def test_a_small_count_is_found_where_it_is_said_of_its_area_or_year(text: str, tmp_path: Path) -> None:
    out = tmp_path / "note.txt"
    out.write_text(text)
    with pytest.raises(UserError):
        check_release([out], [MELTON, THAT_YEAR])


@pytest.mark.parametrize(
    "text",
    [
        "Hate crime. Charnwood 12 Melton [c] 0 3 6 9",
        "Hate crime rose in Melton. 3 officers were trained",
        "Hate crime by area, Melton 3. This paragraph has a number",
        "Hate crime in Melton: 3rd of 8, +3, 3% more, 3.5 a week, 13",
        "Hate crime in Melton rose. Burglary, of which nothing is hidden and much is known, fell in Melton: 3",
        "Another measure | Melton | 2014/15 | 3 | Hate crime | Charnwood",
    ],
)
def test_the_same_digit_elsewhere_passes(text: str, tmp_path: Path) -> None:
    out = tmp_path / "note.txt"
    out.write_text(text)
    check_release([out], [MELTON, THAT_YEAR])


def test_a_file_that_cannot_be_searched_is_not_released(tmp_path: Path) -> None:
    out = tmp_path / "broken.xlsx"
    out.write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(UserError, match=r"broken\.xlsx could not be opened"):
        check_release([out], HELD)


def test_geometry_is_not_mistaken_for_a_figure(tmp_path: Path) -> None:
    out = tmp_path / "drawing.svg"
    out.write_text('<svg width="36.17" height="9"><path d="M 36.17 52.48"/><text>4,014</text></svg>')
    check_release([out], HELD)


def test_a_figure_of_a_chart_is_found_in_the_workbook(clean: dict[str, Path]) -> None:
    point = control_chart().series[0].points[-1]
    with pytest.raises(UserError):
        check_release([clean["xlsx"]], [HeldText(point.shown, point.period)])
