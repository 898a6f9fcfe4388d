"""Frozen dataclasses as plain lists of their fields, for JSON, and back: reading gives equal objects."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

T = TypeVar("T")


def encode(value: object) -> Any:
    """An object of the data model as lists (or tuples), numbers and texts."""
    kind: Any = type(value)
    return _codec(kind)[0](value)


def decode(kind: type[T], data: Any) -> T:
    """The object of a class of the data model from what `encode` made of it."""
    key: Any = kind
    result: T = _codec(key)[1](data)
    return result


def _as_is(data: Any) -> Any:
    return data


_Codec = tuple[Callable[[Any], Any], Callable[[Any], Any]]
_PLAIN: _Codec = (_as_is, _as_is)


@cache
def _codec(kind: Any) -> _Codec:
    """How a type is written and read; `_PLAIN` where JSON has it."""
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _of_class(kind)
    if origin is tuple and len(args) == 2 and args[1] is Ellipsis:
        write, read = _codec(args[0])
        if (write, read) == _PLAIN:
            return _as_is, tuple
        return lambda value: [write(x) for x in value], lambda data: tuple([read(x) for x in data])
    if origin is tuple:
        reads = [_codec(a)[1] for a in args]
        return _as_is, lambda data: tuple([f(x) for f, x in zip(reads, data, strict=True)])
    if isinstance(origin, type) and issubclass(origin, Mapping):
        (_, read_key), (write, read) = (_codec(a) for a in args)
        return (
            lambda value: [(k, write(v)) for k, v in value.items()],
            lambda data: {read_key(k): read(v) for k, v in data},
        )
    if origin in (types.UnionType, typing.Union):
        told = [_codec(a) for a in args if a is not types.NoneType and _codec(a) != _PLAIN]
        if told:
            ((write, read),) = told
            return (lambda value: None if value is None else write(value)), (
                lambda data: None if data is None else read(data)
            )
    return _PLAIN


def _of_class(kind: type) -> _Codec:
    names = [f.name for f in dataclasses.fields(kind)]
    hints = typing.get_type_hints(kind)
    fields = attrgetter(*names)
    codecs = [_codec(hints[name]) for name in names]
    if all(codec == _PLAIN for codec in codecs):
        return fields, lambda data: kind(*data)
    writes, reads = [w for w, _ in codecs], [r for _, r in codecs]
    return (
        lambda value: [f(x) for f, x in zip(writes, fields(value), strict=True)],
        lambda data: kind(*[f(x) for f, x in zip(reads, data, strict=True)]),
    )
