"""Guards against a workbook that is damaged, or made, so that reading it would end the program or fill the memory."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from lzma import LZMAError

MOST_BYTES = 400_000_000
"""Unpacked; a township has 30,000 persons, about 15 MB."""
MOST_CELLS = 20_000_000
"""From the first to the last one: the reader makes room for all between them, and a stray one may be far out."""
NOT_UNPACKED = (zipfile.BadZipFile, EOFError, RuntimeError, ValueError, zlib.error, LZMAError)
"""What a damaged packed file raises."""
_CELL = re.compile(rb"<c\s([^<>]*)>")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')


class Panicked(Exception):
    """The reader ran into a state that it thinks impossible: the file is damaged."""


@contextmanager
def unbroken() -> Iterator[None]:
    """Turn a panic of the reader, which passes every `except Exception`, into Panicked."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Panicked from error


def is_packed(source: bytes) -> bool:
    """Whether it is a zip: .xlsx and .ods are, the old .xls is not."""
    return zipfile.is_zipfile(BytesIO(source))


def is_too_large(source: bytes) -> bool:
    """Whether a packed workbook unpacks to too much, or has a cell so far out that its sheet does not fit."""
    if not is_packed(source):
        return False
    with zipfile.ZipFile(BytesIO(source)) as packed:
        entries = packed.infolist()
        if sum(entry.file_size for entry in entries) > MOST_BYTES:
            return True
        sheets = [entry for entry in entries if entry.filename.lower().startswith("xl/worksheets/")]
        return any(_extent(packed.read(entry)) > MOST_CELLS for entry in sheets)


def _extent(sheet: bytes) -> int:
    """Rows times columns of a sheet, by the cells that say where they stand; those without content do not count."""
    places = [found for cell in _CELL.findall(sheet) if not cell.endswith(b"/") and (found := _PLACE.search(cell))]
    rows, columns = {int(place[2]) for place in places}, {place[1] for place in places}
    return max(rows, default=0) * max((_number(column) for column in columns), default=0)


def _number(column: bytes) -> int:
    """A: 1, Z: 26, AA: 27."""
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number
