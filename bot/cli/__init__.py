"""The command line: a thin layer of small modules, one file a group of commands.

Modules import what they need inside the commands, so that `ruhu --help` and `ruhu understand` start quickly.
"""
