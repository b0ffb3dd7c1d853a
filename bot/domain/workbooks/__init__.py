"""The workbooks people exchange with the program: columns, words and problems."""
