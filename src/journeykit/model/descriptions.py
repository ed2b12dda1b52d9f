"""Descriptions of fields: the docstrings below them, read from the source when they are needed.

Pydantic can do this too, but at every start and for every model, which takes longer than reading a journey.
"""

from __future__ import annotations

import ast
import inspect
import textwrap

from journeykit.model.base import Part


def descriptions(model: type[Part]) -> dict[str, str]:
    """Return the docstring of each field of a model, by the field's name, with those of the models it extends."""
    found: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if issubclass(base, Part) and base is not Part:
            found |= _own(base)
    return found


def _own(model: type[Part]) -> dict[str, str]:
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(model))).body
    assert isinstance(tree, ast.ClassDef)
    found = {}
    for field, following in zip(tree.body, tree.body[1:], strict=False):
        if not (isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)):
            continue
        if isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
            found[field.target.id] = inspect.cleandoc(str(following.value.value))
    return found
