"""Which texts, refusals and buttons the code uses, read from its syntax trees."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import bot

ROOT = Path(bot.__file__).parent
SPEAKERS = ("handlers", "reminders", "reports", "cli", "demo.py", "forms")
"""Where texts are asked for; `forms` names them in its questions and options."""
READ = (*SPEAKERS, "domain", "usecases", "storage/errors.py", "storage/backup.py")
"""What is read at all: the code that speaks, and where refusals and problems get their codes."""
METHODS = {"t": 0, "plain": 0, "_t": 0}
"""Methods whose argument at this place is a text's id."""
MAKERS = {"Option": 1, "Question": 1, "free_text": 1}

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Module


@dataclass(frozen=True, slots=True)
class Use:
    """A text asked for: the ids it may be, the variables given with it (None: not readable from the call)."""

    where: str
    written: str
    ids: frozenset[str] | None
    variables: frozenset[str] | None


@cache
def modules() -> dict[str, ast.Module]:
    """Every module that is read, by its path below bot/."""
    paths = ((str(path.relative_to(ROOT)), path) for path in sorted(ROOT.rglob("*.py")))
    return {name: ast.parse(path.read_text("utf-8")) for name, path in paths if name.startswith(READ)}


def _functions(tree: ast.Module) -> Iterator[Function]:
    yield tree
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _own_nodes(function: Function) -> Iterator[ast.AST]:
    """The nodes of a function without those of functions inside it."""
    waiting: list[ast.AST] = list(ast.iter_child_nodes(function))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting += ast.iter_child_nodes(node)


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


class Reader:
    """Finds the strings that an expression in one module may be."""

    def __init__(self, tree: ast.Module, families: dict[str, frozenset[str]]) -> None:
        """`families`: patterns such as `kind-{}` with the ids they stand for."""
        self._tree, self._families = tree, families

    def strings(self, node: ast.expr, function: Function) -> frozenset[str] | None:
        """All values, or None when they cannot be read from the module."""
        if isinstance(node, ast.Constant):
            return frozenset({node.value}) if isinstance(node.value, str) else None
        if isinstance(node, ast.IfExp):
            return self._all([node.body, node.orelse], function)
        if isinstance(node, ast.JoinedStr):
            return self._filled(node, function) or self._families.get(pattern(node))
        if isinstance(node, ast.Subscript):
            return self._looked_up(node, function)
        return self._named(node.id, function) if isinstance(node, ast.Name) else None

    def _all(self, nodes: list[ast.expr], function: Function) -> frozenset[str] | None:
        found = [self.strings(node, function) for node in nodes]
        return frozenset().union(*(each for each in found if each)) if found and None not in found else None

    def _filled(self, node: ast.JoinedStr, function: Function) -> frozenset[str] | None:
        """`f"button-{name}"` where the names are written out in the same function."""
        holes = [part for part in node.values if isinstance(part, ast.FormattedValue)]
        if len(holes) != 1 or not isinstance(holes[0].value, ast.Name):
            return None
        values = self.strings(holes[0].value, function)
        return frozenset(pattern(node).format(value) for value in values) if values else None

    def _looked_up(self, node: ast.Subscript, function: Function) -> frozenset[str] | None:
        """`labels[name]` of a dictionary or tuple that is written out."""
        values = self._assigned(ast.unparse(node.value), function)
        if len(values) == 1 and isinstance(values[0], ast.Dict):
            return self._all(values[0].values, function)
        return self._all(values[0].elts, function) if len(values) == 1 and isinstance(values[0], ast.Tuple) else None

    def _assigned(self, name: str, function: Function) -> list[ast.expr]:
        found: list[ast.expr] = []
        for node in [*_own_nodes(function), *_own_nodes(self._tree)]:
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                found += [node.value] * any(ast.unparse(target) == name for target in targets)
        return found

    def _named(self, name: str, function: Function) -> frozenset[str] | None:
        values = self._assigned(name, function)
        if values:
            return self._all(values, function)
        return self._looped(name, function) or self._passed(name, function)

    def _looped(self, name: str, function: Function) -> frozenset[str] | None:
        """`for name in ("a", "b")`, also inside comprehensions; several loops over one name count together."""
        loops = [
            node.iter
            for node in _own_nodes(function)
            if isinstance(node, ast.For | ast.comprehension) and ast.unparse(node.target) == name
        ]
        rows = [row for each in loops for row in self._row(each, function)]
        return self._all(rows, function) if all(self._row(each, function) for each in loops) else None

    def _row(self, node: ast.expr, function: Function) -> list[ast.expr]:
        """The items of a tuple or list that is written out, here or where its name gets it."""
        if isinstance(node, ast.Name):
            return [item for value in self._assigned(node.id, function) for item in self._row(value, function)]
        return list(node.elts) if isinstance(node, ast.Tuple | ast.List) else []

    def _passed(self, name: str, function: Function) -> frozenset[str] | None:
        """A parameter: what the module's own calls give for it, or its default."""
        if isinstance(function, ast.Module):
            return None
        given = [
            (node, caller)
            for caller in _functions(self._tree)
            for call in _own_nodes(caller)
            if isinstance(call, ast.Call) and _called(call) == function.name
            for node in _given(call, function, name)
        ]
        given += [(node, function) for node in _default(function, name)]
        found = [self.strings(node, caller) for node, caller in given]
        return frozenset().union(*(each for each in found if each)) if found and None not in found else None


def _given(call: ast.Call, function: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> list[ast.expr]:
    """What a call gives for a parameter."""
    names = [arg.arg for arg in (*function.args.posonlyargs, *function.args.args)]
    place = names.index(name) - (names[0] == "self") if name in names else len(call.args)
    by_place = call.args[place : place + 1]
    return by_place or [keyword.value for keyword in call.keywords if keyword.arg == name]


def _default(function: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> list[ast.expr]:
    """The default of a parameter, if it has one."""
    args = function.args
    places = [arg.arg for arg in (*args.posonlyargs, *args.args)]
    defaults = dict(zip(reversed(places), reversed(args.defaults), strict=False))
    defaults |= {arg.arg: node for arg, node in zip(args.kwonlyargs, args.kw_defaults, strict=True) if node is not None}
    return [defaults[name]] if name in defaults else []


def pattern(node: ast.JoinedStr) -> str:
    """`f"kind-{kind}"` as `kind-{}`."""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)


def _id_argument(call: ast.Call) -> ast.expr | None:
    name = _called(call)
    place = MAKERS.get(name)
    if isinstance(call.func, ast.Attribute):
        place = METHODS.get(name)
        if name in {"get", "has"} and ast.unparse(call.func.value) == "texts":
            place = 1
    elif name == "t":
        place = 0
    return call.args[place] if place is not None and len(call.args) > place else None


def _variables(call: ast.Call) -> frozenset[str] | None:
    if _called(call) in {"Question", "free_text"}:
        return None
    if _called(call) == "Option":
        return _option_variables(call)
    if any(keyword.arg is None for keyword in call.keywords):
        return None
    return frozenset(str(keyword.arg).replace("_", "-") for keyword in call.keywords)


def _option_variables(call: ast.Call) -> frozenset[str] | None:
    if len(call.args) < 3:
        return frozenset()
    args = call.args[2]
    if not isinstance(args, ast.Dict) or not all(isinstance(key, ast.Constant) for key in args.keys):
        return None
    return frozenset(str(key.value) for key in args.keys if isinstance(key, ast.Constant))


def uses(families: dict[str, frozenset[str]]) -> Iterator[Use]:
    """Every place that asks for a text."""
    for path, tree in modules().items():
        if not path.startswith(SPEAKERS):
            continue
        reader = Reader(tree, families)
        for function in _functions(tree):
            for node in _own_nodes(function):
                argument = _id_argument(node) if isinstance(node, ast.Call) else None
                if argument is not None and isinstance(node, ast.Call):
                    ids = reader.strings(argument, function)
                    yield Use(f"{path}:{node.lineno}", ast.unparse(argument), ids, _variables(node))


def constants() -> frozenset[str]:
    """Every string in the code that is no docstring."""
    nodes = (node for tree in modules().values() for node in ast.walk(tree))
    return frozenset(node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


def patterns() -> frozenset[str]:
    """Every f-string in the code as a pattern."""
    nodes = (node for tree in modules().values() for node in ast.walk(tree))
    return frozenset(pattern(node) for node in nodes if isinstance(node, ast.JoinedStr))


def refusals() -> Iterator[tuple[str, str, frozenset[str]]]:
    """Each `Refused("code", name=…)`: where, the code, its details."""
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _called(node) == "Refused":
                details = frozenset(str(keyword.arg).replace("_", "-") for keyword in node.keywords)
                for code in Reader(tree, {}).strings(node.args[0], tree) or {f"? {ast.unparse(node.args[0])}"}:
                    yield f"{path}:{node.lineno}", code, details


def verbs(families: dict[str, frozenset[str]]) -> Iterator[Use]:
    """Each button of a card, list, digest or receipt, with the verbs it may carry."""
    for path, tree in modules().items():
        reader = Reader(tree, families)
        for function in _functions(tree):
            for node in _own_nodes(function):
                place = {"encode": 0, "Button": 1}.get(_called(node)) if isinstance(node, ast.Call) else None
                if (
                    place is not None
                    and isinstance(node, ast.Call)
                    and len(node.args) > place
                    and path.startswith(("handlers", "reminders"))
                ):
                    argument = node.args[place]
                    yield Use(f"{path}:{node.lineno}", ast.unparse(argument), reader.strings(argument, function), None)
