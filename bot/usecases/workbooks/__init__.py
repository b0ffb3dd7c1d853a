"""Reading workbooks that people hand in: cells to values, every problem with its place; needs no database."""
