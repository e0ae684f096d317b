"""Small changes of a module, one at a time: what a slip of the hand could have written."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
COMPUTED = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult,
    ast.Pow: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
CALLED = {
    "min": "max", "max": "min", "minimum": "maximum", "maximum": "minimum", "any": "all", "all": "any",
    "at_least": "above", "above": "at_least", "gcd": "lcm", "lcm": "gcd", "argmax": "argmin",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: the function and line that it is in, the line before and after, and the changed module."""

    function: str
    line: int
    before: str
    after: str
    tree: ast.Module

    @property
    def key(self) -> str:
        """What names the change when lines move."""
        return f"{self.function}: `{self.before}` → `{self.after}`"


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of a module, in reading order."""
    tree = ast.parse(source)
    for function, path in _places(tree):
        original = _at(tree, path)
        for changed in _changes(original):
            mutated = copy.deepcopy(tree)
            _put(mutated, path, changed)
            statement = _statement(tree, path)
            yield Mutant(
                function,
                getattr(original, "lineno", 0),
                _short(statement),
                _short(_statement(mutated, path)),
                ast.fix_missing_locations(mutated),
            )


#: A way down a tree: names of fields, and positions in lists.
Path = tuple[tuple[str, int | None], ...]


def _places(tree: ast.Module) -> Iterator[tuple[str, Path]]:
    """Every node that may be changed with the function that it is in; not annotations, docstrings and imports."""

    def walk(node: ast.AST, path: Path, function: str) -> Iterator[tuple[str, Path]]:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            function = f"{function}.{node.name}" if function else node.name
        if path:
            yield function or "module", path
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list") or _is_guard(node):
                continue
            listed = value if isinstance(value, list) else [value]
            for position, child in enumerate(listed):
                if not isinstance(child, ast.AST) or isinstance(child, ast.Import | ast.ImportFrom):
                    continue
                yield from walk(child, (*path, (name, position if isinstance(value, list) else None)), function)

    yield from walk(tree, (), "")


def _is_guard(node: ast.AST) -> bool:
    """``strict=True`` says that the lengths are known to be equal: without it the same pairs come out."""
    return isinstance(node, ast.keyword) and node.arg == "strict"


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    """What the node could have been."""
    if isinstance(node, ast.Compare):
        yield from _compared(node)
    elif isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in COMPUTED:
        yield _with(node, op=COMPUTED[type(node.op)]())
    elif isinstance(node, ast.BoolOp):
        yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    elif isinstance(node, ast.UnaryOp):
        yield copy.deepcopy(node.operand)
    elif isinstance(node, ast.Constant) and type(node.value) in (int, bool):
        yield ast.Constant(not node.value if isinstance(node.value, bool) else node.value + 1)
    elif isinstance(node, ast.Call):
        yield from _called(node)
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        yield _with(node, test=ast.UnaryOp(ast.Not(), copy.deepcopy(node.test)))
    if _is_effect(node):
        yield ast.Pass()


def _compared(node: ast.Compare) -> Iterator[ast.AST]:
    for position, operator in enumerate(node.ops):
        changed = copy.deepcopy(node)
        changed.ops[position] = COMPARED[type(operator)]()
        yield changed


def _called(node: ast.Call) -> Iterator[ast.AST]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in CALLED:
        changed = copy.deepcopy(node)
        if isinstance(changed.func, ast.Attribute):
            changed.func.attr = CALLED[name]
        else:
            changed.func = ast.Name(CALLED[name], ast.Load())
        yield changed


def _is_effect(node: ast.AST) -> bool:
    """A statement that is there for its effect alone, and could have been forgotten."""
    if isinstance(node, ast.Expr):
        return not isinstance(node.value, ast.Constant | ast.Yield | ast.YieldFrom)
    return isinstance(node, ast.Assign) and any(isinstance(one, ast.Subscript | ast.Tuple) for one in node.targets)


def _with(node: ast.AST, **fields: ast.AST) -> ast.AST:
    changed = copy.deepcopy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _at(tree: ast.AST, path: Path) -> ast.AST:
    node: ast.AST = tree
    for name, position in path:
        value = getattr(node, name)
        node = value if position is None else value[position]
    return node


def _put(tree: ast.AST, path: Path, changed: ast.AST) -> None:
    parent = _at(tree, path[:-1])
    name, position = path[-1]
    if position is None:
        setattr(parent, name, changed)
    else:
        getattr(parent, name)[position] = changed


def _statement(tree: ast.AST, path: Path) -> ast.AST:
    """The innermost statement around a place."""
    for length in range(len(path), 0, -1):
        node = _at(tree, path[:length])
        if isinstance(node, ast.stmt):
            return node
    return tree


def _short(node: ast.AST) -> str:
    """The first line of a statement."""
    return ast.unparse(node).splitlines()[0]
