"""Workbooks that we write: templates, exports, and a given workbook with its errors marked."""
