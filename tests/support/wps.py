"""A workbook as WPS writes it: absolute paths, namespaces and sheets of its own, Chinese date formats."""

from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MONTHS, DAYS, MONTHS_WRITTEN = 1, 2, 3
"""Styles: built-in 57 (yyyy年m月) and 31 (yyyy年m月d日), which are not written out, and one that is."""

Given = str | float | tuple[float, int] | None
"""A cell: text, number, or number with its style."""


def workbook(sheets: dict[str, Sequence[Sequence[Given]]], merged: dict[str, str] | None = None) -> bytes:
    """The workbook; texts are shared, in rich runs, or inline in turn. `merged` is a range for each sheet."""
    texts: list[str] = []
    names = [*sheets, "WpsReserved_CellImgList"]
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for number, name in enumerate(names, 1):
            rows = sheets.get(name, [["reserved"]])
            packed.writestr(f"xl/worksheets/sheet{number}.xml", _sheet(rows, texts, (merged or {}).get(name)))
        packed.writestr("xl/sharedStrings.xml", _shared(texts))
        packed.writestr("xl/styles.xml", _styles())
        packed.writestr("xl/workbook.xml", _book(names))
        packed.writestr("xl/_rels/workbook.xml.rels", _relations(len(names)))
        packed.writestr("_rels/.rels", _root())
        packed.writestr("docProps/app.xml", _properties("app"))
        packed.writestr("docProps/custom.xml", _properties("custom"))
        packed.writestr("[Content_Types].xml", _types(len(names)))
    return out.getvalue()


def _sheet(rows: Sequence[Sequence[Given]], texts: list[str], merged: str | None) -> str:
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(_cell(f"{chr(65 + place)}{number}", value, texts) for place, value in enumerate(row))
        lines.append(f'<row r="{number}" spans="1:3" s="0" customFormat="1">{cells}</row>')
    merging = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    views = '<sheetViews><sheetView workbookViewId="0"/></sheetViews>'
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData">'
        f'<dimension ref="A1"/>{views}<sheetData>{"".join(lines)}</sheetData>{merging}</worksheet>'
    )


def _cell(place: str, value: Given, texts: list[str]) -> str:
    if value is None:
        return f'<c r="{place}" s="0"/>'
    if isinstance(value, tuple):
        return f'<c r="{place}" s="{value[1]}"><v>{value[0]}</v></c>'
    if not isinstance(value, str):
        return f'<c r="{place}"><v>{value}</v></c>'
    if len(texts) % 3 == 2 and value:
        texts.append("")
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    texts.append(value)
    return f'<c r="{place}" t="s"><v>{len(texts) - 1}</v></c>'


def _shared(texts: list[str]) -> str:
    items = []
    for number, text in enumerate(texts):
        half = len(text) // 2
        runs = f"<r><rPr><b/></rPr><t>{escape(text[:half])}</t></r><r><t>{escape(text[half:])}</t></r>"
        phonetic = '<rPh sb="0" eb="1"><t>pinyin</t></rPh><phoneticPr fontId="1"/>'
        items.append(f"<si>{runs}{phonetic}</si>" if number % 2 else f"<si><t>{escape(text)}</t></si>")
    return f'{HEAD}<sst xmlns="{MAIN}" count="{len(texts)}" uniqueCount="{len(texts)}">{"".join(items)}</sst>'


def _styles() -> str:
    formats = "".join(f'<xf numFmtId="{number}" fontId="0" applyNumberFormat="1"/>' for number in (0, 57, 31, 176))
    own = '<numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;;@"/></numFmts>'
    return f'{HEAD}<styleSheet xmlns="{MAIN}">{own}<cellXfs count="4">{formats}</cellXfs></styleSheet>'


def _book(names: Sequence[str]) -> str:
    sheets = "".join(_listed(number, name) for number, name in enumerate(names, 1))
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><fileVersion appName="xl" lastEdited="3"/>'
        f'<workbookPr date1904="0"/><sheets>{sheets}</sheets><calcPr calcId="144525"/></workbook>'
    )


def _listed(number: int, name: str) -> str:
    hidden = ' state="veryHidden"' if name.startswith("Wps") else ""
    return f'<sheet name="{name}" sheetId="{number + 3}"{hidden} r:id="rId{number}"/>'


def _relations(count: int) -> str:
    sheets = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="/xl/worksheets/sheet{number}.xml"/>'
        for number in range(1, count + 1)
    )
    others = "".join(
        f'<Relationship Id="rId{count + place}" Type="{OFFICE}/{kind}" Target="/xl/{kind}.xml"/>'
        for place, kind in enumerate(("sharedStrings", "styles"), 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{sheets}{others}</Relationships>'


def _root() -> str:
    target = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="/xl/workbook.xml"/>'
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{target}</Relationships>'


def _properties(kind: str) -> str:
    space = f"http://schemas.openxmlformats.org/officeDocument/2006/{'extended' if kind == 'app' else kind}-properties"
    said = "<Application>WPS 表格</Application>" if kind == "app" else ""
    return f'{HEAD}<Properties xmlns="{space}">{said}</Properties>'


def _types(count: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = [("workbook", "sheet.main"), ("styles", "styles"), ("sharedStrings", "sharedStrings")]
    parts += [(f"worksheets/sheet{number}", "worksheet") for number in range(1, count + 1)]
    listed = "".join(f'<Override PartName="/xl/{name}.xml" ContentType="{kind}.{type_}+xml"/>' for name, type_ in parts)
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    plain = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{rels}{plain}{listed}</Types>'
