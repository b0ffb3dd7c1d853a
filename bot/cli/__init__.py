"""The command line: a thin layer of small modules, one file a group of commands (interface.md section 3).

Modules import what they need inside the commands, so that `ruhu --help` and `ruhu understand` start quickly.
"""
