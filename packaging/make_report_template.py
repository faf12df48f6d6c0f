"""Makes resources/word/report.docx, the Word template of the performance report, from python-docx's empty document.

An office restyles the template in Word: the program uses its styles by name and never a font or a size of its own.
"""

from __future__ import annotations

import argparse
import io
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Mm, Pt, RGBColor

from pcp_desktop.papers.archives import packed_alike

OUT = Path(__file__).resolve().parent.parent / "resources" / "word" / "report.docx"
FONT = "Arial"
INK, INK2, INK3 = "14202B", "3F4B57", "586572"
HANGING_TWIPS = 595  # 10.5 mm
BODY_MM = 178
STATUSES = {
    "Status improving": "005F57",
    "Status same": "7F4A00",
    "Status deteriorating": "9C1B27",
    "Status not assessed": "4C5864",
}
_KEPT = {
    "Normal", "Header", "Footer", "Heading 1", "Heading 2", "Heading 3", "Caption", "Default Paragraph Font",
    "Normal Table", "No List",
}  # fmt: skip
_UNUSED_PARTS = ("thumbnail", "stylesWithEffects", "customXml", "extended-properties")
_NUMBERING = f"""<w:numbering {nsdecls("w")}>
  <w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="NumberedParagraph"/>
      <w:lvlText w:val="%1."/><w:lvlJc w:val="left"/>
      <w:pPr><w:tabs><w:tab w:val="num" w:pos="{HANGING_TWIPS}"/></w:tabs>
        <w:ind w:left="{HANGING_TWIPS}" w:hanging="{HANGING_TWIPS}"/></w:pPr></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:pStyle w:val="NumberedParagraph2"/>
      <w:lvlText w:val="(%2)"/><w:lvlJc w:val="left"/>
      <w:pPr><w:ind w:left="{2 * HANGING_TWIPS}" w:hanging="{HANGING_TWIPS}"/></w:pPr></w:lvl>
    <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/>
      <w:lvlText w:val="(%3)"/><w:lvlJc w:val="left"/>
      <w:pPr><w:ind w:left="{3 * HANGING_TWIPS}" w:hanging="{HANGING_TWIPS}"/></w:pPr></w:lvl>
  </w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
</w:numbering>"""
_TABLE_STYLE = f"""<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportTable">
  <w:name w:val="Report Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/>
  <w:tblPr><w:tblBorders>
      <w:top w:val="single" w:sz="8" w:space="0" w:color="{INK2}"/>
      <w:bottom w:val="single" w:sz="4" w:space="0" w:color="D5DBE1"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="D5DBE1"/></w:tblBorders>
    <w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="60" w:type="dxa"/>
      <w:bottom w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="{INK2}"/></w:rPr>
    <w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{INK2}"/></w:tcBorders>
      <w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>
</w:style>"""


def template() -> bytes:
    """The template's bytes, the same every time."""
    document = docx.Document()
    _drop_unused(document)
    _set_page(document)
    _set_language(document)
    numbering = document.part.numbering_part
    numbering._element = parse_xml(_NUMBERING)
    _set_styles(document)
    document.styles.element.append(parse_xml(_TABLE_STYLE))
    _set_footer(document)
    saved = io.BytesIO()
    document.save(saved)
    return packed_alike(saved.getvalue())


def _drop_unused(document: Any) -> None:
    """Take out python-docx's picture, its second set of styles and every style that the report does not use."""
    for holder in (document.part.package, document.part):
        for name, relation in list(holder.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in _UNUSED_PARTS:
                del holder.rels[name]
    for style in list(document.styles):
        if style.name not in _KEPT:
            style.element.getparent().remove(style.element)
    for style in document.styles:
        for link in style.element.findall(qn("w:link")):
            style.element.remove(link)
    core = document.core_properties
    core.author = core.last_modified_by = core.comments = core.keywords = core.title = core.subject = ""
    core.created = core.modified = datetime(2016, 1, 1)
    core.language = "en-GB"


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(17), Mm(21)
    section.left_margin = section.right_margin = Mm(16)
    section.header_distance, section.footer_distance = Mm(6), Mm(10)
    for compatible in document.settings.element.iter(qn("w:compatSetting")):
        if compatible.get(qn("w:name")) == "compatibilityMode":
            compatible.set(qn("w:val"), "15")


def _set_language(document: Any) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for language in defaults.iter(qn("w:lang")):
        for script in ("val", "eastAsia"):
            language.set(qn(f"w:{script}"), "en-GB")
    document.settings.element.find(qn("w:themeFontLang")).set(qn("w:val"), "en-GB")


# ---------------------------------------------------------------- styles


def _set_styles(document: Any) -> None:
    normal = document.styles["Normal"]
    _type(normal, 11.5, INK)
    _space(normal, after=6)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    normal.paragraph_format.line_spacing = Pt(16)
    for level, size, before, after in ((1, 18, 0, 10), (2, 14.5, 20, 8), (3, 13, 16, 6)):
        style = document.styles[f"Heading {level}"]
        _type(style, size, INK, bold=True)
        _space(style, before, after, together=True)
        style.paragraph_format.line_spacing = 1.0
    _paragraph(document, "Panel Name", 10.5, INK2, bold=True, after=4)
    details = _paragraph(document, "Details", 11.5, INK, after=2)
    details.paragraph_format.tab_stops.add_tab_stop(Mm(26))
    _numbered(document, "Numbered Paragraph", "NumberedParagraph", 0)
    _numbered(document, "Numbered Paragraph 2", "NumberedParagraph2", 1)
    _paragraph(document, "Table Text", 9.5, INK, line=12)
    _paragraph(document, "Table Note", 8.5, INK2, before=3, after=4, line=11, together=True)
    caption = document.styles["Caption"]
    _type(caption, 10.5, INK, bold=True)
    _space(caption, 12, 2, together=True)
    _paragraph(document, "Chart Subtitle", 8.5, INK3, after=4, line=11, together=True)
    picture = _paragraph(document, "Chart", 11.5, INK, after=2, together=True)
    picture.paragraph_format.line_spacing = 1.0
    _paragraph(document, "Source", 8.5, INK3, after=8, line=11)
    for name, size, colour, bold in (
        ("Table Detail", 8.5, INK3, False),
        ("Latest Figure", 9.5, INK, True),
        ("Details Value", 11.5, INK, True),
    ):
        _type(document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER), size, colour, bold=bold)
    for name, colour in STATUSES.items():
        _type(document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER), 9.5, colour, bold=True)


def _paragraph(
    document: Any,
    name: str,
    size: float,
    colour: str,
    *,
    bold: bool = False,
    before: float = 0,
    after: float = 0,
    line: float = 16,
    together: bool = False,
) -> Any:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    _type(style, size, colour, bold=bold)
    _space(style, before, after, together=together)
    style.paragraph_format.line_spacing = Pt(line)
    return style


def _numbered(document: Any, name: str, identifier: str, level: int) -> None:
    """A numbered paragraph's style, tied to its level of the document's one list."""
    style = _paragraph(document, name, 11.5, INK, before=6)
    style.element.set(qn("w:styleId"), identifier)
    properties = style.element.get_or_add_pPr()
    numbered = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", level), ("w:numId", 1)):
        entry = OxmlElement(tag)
        entry.set(qn("w:val"), str(value))
        numbered.append(entry)
    properties.insert_element_before(numbered, "w:spacing", "w:ind", "w:jc")


def _type(style: Any, size: float, colour: str, *, bold: bool = False) -> None:
    """Font, size, weight and colour; the theme's fonts give way."""
    font = style.font
    font.name, font.size, font.bold = FONT, Pt(size), bold or None
    font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
    for key in list(fonts.attrib):
        if "Theme" in key:
            del fonts.attrib[key]
    for script in ("w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)


def _space(style: Any, before: float = 0, after: float = 0, *, together: bool = False) -> None:
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.keep_with_next = layout.keep_together = together
    layout.widow_control = True


def _set_footer(document: Any) -> None:
    """An empty run for the paper's own words, and the page's number as a field at the right."""
    footer = document.styles["Footer"]
    _type(footer, 8.5, INK3)
    footer.paragraph_format.line_spacing = Pt(11)
    tabs = footer.element.pPr.find(qn("w:tabs"))
    if tabs is not None:
        footer.element.pPr.remove(tabs)
    footer.paragraph_format.tab_stops.add_tab_stop(Mm(BODY_MM), WD_TAB_ALIGNMENT.RIGHT)
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = footer
    paragraph.add_run("")
    paragraph.add_run("\tPage ")
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    paragraph._p.append(field)


def main(arguments: list[str] | None = None) -> int:
    """Write the template; with `--check` only say whether the committed one is what this makes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if the template differs")
    made = template()
    if parser.parse_args(arguments).check:
        return 0 if OUT.exists() and OUT.read_bytes() == made else 1
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_bytes(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
