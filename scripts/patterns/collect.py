"""Every regular expression of the program: compiled while its modules are imported, or written out in a call."""

import ast
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

_FUNCTIONS = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
_HARMLESS = {"Match", "Pattern", "escape", "error"}  # and flags, in capitals
_RUN_AT_IMPORT = "migrations"  # Alembic runs what stands there; its calls are read, not made


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern and where it stands."""

    path: str
    line: int
    pattern: str
    flags: int


def of_package(name: str) -> list[Found]:
    """The patterns of a package that this process has not imported yet."""
    if name in sys.modules:
        raise RuntimeError(f"{name} is imported already: its patterns would be missed")
    found: dict[tuple[str, int], Found] = {}
    plain = re._compile  # type: ignore[attr-defined]

    def watched(pattern: object, flags: int) -> object:
        if isinstance(pattern, str | bytes) and (place := _place(name)):
            each = _found(*place, pattern, int(flags))
            found.setdefault((each.pattern, each.flags), each)
        return plain(pattern, flags)

    re._compile = watched  # type: ignore[attr-defined]
    try:
        root = _import_all(name)
    finally:
        re._compile = plain  # type: ignore[attr-defined]
    for each in _written(root):
        found.setdefault((each.pattern, each.flags), each)
    return sorted(found.values(), key=lambda each: (each.path, each.line))


def _found(path: str, line: int, pattern: str | bytes, flags: int) -> Found:
    """A pattern of bytes counts as one of characters with the same numbers."""
    if isinstance(pattern, bytes):
        return Found(path, line, pattern.decode("latin-1"), flags | re.ASCII)
    return Found(path, line, pattern, flags)


def _import_all(name: str) -> Path:
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, f"{name}."):
        if _RUN_AT_IMPORT not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return _folder(package)


def _folder(package: ModuleType) -> Path:
    assert package.__file__ is not None
    return Path(package.__file__).parent


def _place(name: str) -> tuple[str, int] | None:
    """The file and line of the package that asks for a pattern right now; None when a library does."""
    frame = sys._getframe(2)
    while frame.f_back and frame.f_globals.get("__name__", "").split(".")[0] == "re":
        frame = frame.f_back
    module = frame.f_globals.get("__name__", "")
    return (frame.f_code.co_filename, frame.f_lineno) if module.split(".")[0] == name else None


def _written(root: Path) -> Iterator[Found]:
    for path in sorted(root.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and _is_ours(call.func) and (text := _text(call)) is not None:
                yield _found(str(path), call.lineno, text, _flags(call))


def _is_ours(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and _of_re(node) and node.attr in _FUNCTIONS


def _of_re(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id == "re"


def _text(call: ast.Call) -> str | bytes | None:
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str | bytes) else None


def _flags(call: ast.Call) -> int:
    """Flags named in a call, wherever they stand."""
    arguments = [*call.args[1:], *(keyword.value for keyword in call.keywords if keyword.arg == "flags")]
    names = [node.attr for each in arguments for node in ast.walk(each) if isinstance(node, ast.Attribute)]
    return sum({int(re.RegexFlag[name]) for name in names if name in re.RegexFlag.__members__})


def hidden(source: str) -> list[tuple[int, str]]:
    """Lines where a module uses `re` so that its patterns are not seen before it runs, each with what to do instead."""
    return sorted(_hidden(ast.parse(source), inside=False))


def _hidden(node: ast.AST, *, inside: bool) -> Iterator[tuple[int, str]]:
    inside = inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    children = list(ast.iter_child_nodes(node))
    if isinstance(node, ast.Import) and any(each.name == "re" and each.asname for each in node.names):
        yield node.lineno, "import re by its own name"
    if isinstance(node, ast.ImportFrom) and node.module == "re":
        yield node.lineno, "import re, not names from it"
    if isinstance(node, ast.Call) and _is_ours(node.func):
        children.remove(node.func)
        if inside and _text(node) is None:
            yield node.lineno, "build the pattern at the top of the module"
    if isinstance(node, ast.Attribute) and _of_re(node) and not (node.attr.isupper() or node.attr in _HARMLESS):
        yield node.lineno, f"call re.{node.attr} where its pattern stands"
    for child in children:
        yield from _hidden(child, inside=inside)
