"""No private name of another package is used: a minor release may change what starts with an underscore."""

import ast
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
SOURCES = sorted(path for folder in ("shared", "functions") for path in (PROJECT / folder).rglob("*.py"))
OURS = {"standfirst", "standfirst_local"}

WITHOUT_PUBLIC_NAME = {"etree._Element", "os._exit"}
"""The type of lxml's elements and the end of a forked process, which their documentation calls so."""


SUBCLASS = "from werkzeug.wrappers import Request\nclass Ours(Request):\n    "


def private_names(source: str) -> Iterator[str]:
    """The private names of other packages that ``source`` imports, uses, or overrides."""
    tree = ast.parse(source)
    yield from private_imports(tree)
    own = names_defined_in(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name, value=value) if is_private(name) and not is_self(value) and name not in own:
                yield ast.unparse(node)
            case ast.Subscript(slice=ast.Constant(value=str(name))) if is_private(name):
                yield ast.unparse(node)
            case ast.ClassDef(bases=bases):
                for base in filter(None, (foreign_class(base, tree) for base in bases)):
                    yield from (f"{base.__name__}.{name}" for name in names_of_self(node) if is_hidden(base, name))


def private_imports(tree: ast.Module) -> Iterator[str]:
    """What ``tree`` imports from modules, or by names, that start with an underscore."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                imported = [each.name for each in names]
            case ast.ImportFrom(module=str(module), names=names, level=0):
                imported = [f"{module}.{each.name}" for each in names]
            case _:
                continue
        yield from (name for name in imported if is_foreign(name) and any(map(is_private, name.split("."))))


def names_defined_in(tree: ast.Module) -> set[str]:
    """The functions, and the attributes of instances, that ``tree`` defines."""
    functions = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    return functions | {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and is_self(node.value)
    }


def names_of_self(node: ast.ClassDef) -> set[str]:
    """The private methods that a class defines, and the private names that it uses on itself."""
    methods = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
    used = {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute) and is_self(each.value)}
    return set(filter(is_private, methods | used))


def foreign_class(base: ast.expr, tree: ast.Module) -> type | None:
    """The class of another package that ``base`` names in ``tree``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and is_foreign(node.module):
            for each in node.names:
                if ast.unparse(base) == (each.asname or each.name):
                    found = getattr(importlib.import_module(node.module), each.name)
                    return found if isinstance(found, type) else None
    return None


def is_hidden(base: type, name: str) -> bool:
    """Whether ``base`` has a member ``name`` that is not abstract anywhere: those are made to be implemented."""
    abstract = set[str]().union(*(getattr(kind, "__abstractmethods__", ()) for kind in base.__mro__))
    return hasattr(base, name) and name not in abstract


def is_private(name: str) -> bool:
    """Whether ``name`` starts with one underscore."""
    return name.startswith("_") and not name.startswith("__") and name != "_"


def is_self(value: ast.expr) -> bool:
    """Whether ``value`` is the instance, or the class, whose code it stands in."""
    return ast.unparse(value) in {"self", "cls", "super()"}


def is_foreign(name: str) -> bool:
    """Whether the module ``name`` is of another package."""
    top = name.partition(".")[0]
    return top not in OURS and top not in sys.stdlib_module_names


def test_no_private_name_of_another_package_is_used() -> None:
    """Public interfaces only, in the functions and in the package."""
    used = {path.relative_to(PROJECT): set(private_names(path.read_text(encoding="utf-8"))) for path in SOURCES}

    assert used
    assert {path: names - WITHOUT_PUBLIC_NAME for path, names in used.items() if names - WITHOUT_PUBLIC_NAME} == {}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from openai._exceptions import OpenAIError", "openai._exceptions.OpenAIError"),
        ("from openai import _client", "openai._client"),
        ("import openai._client", "openai._client"),
        ("app._static_routes", "app._static_routes"),
        ("self.app._validation = None", "self.app._validation"),
        ("app.context['_route']", "app.context['_route']"),
        (SUBCLASS + "def _load_form_data(self): pass", "Request._load_form_data"),
        (SUBCLASS + "def ours(self): self._load_form_data()", "Request._load_form_data"),
    ],
)
def test_each_way_to_use_a_private_name_is_found(source: str, found: str) -> None:
    """An import, a use, a key, a method that is overridden, and one that is called."""
    assert list(private_names(source)) == [found]


@pytest.mark.parametrize(
    "source",
    [
        "class Ours:\n    def _one(self):\n        return self._two",
        "class Ours:\n    def __init__(self): self._one = 1\n    def __eq__(self, other): return other._one",
        "from standfirst.domain import _ours",
        "import _thread",
    ],
)
def test_private_names_of_our_own_are_no_business_of_this_test(source: str) -> None:
    """Ruff looks after those."""
    assert list(private_names(source)) == []
