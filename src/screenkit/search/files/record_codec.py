"""Records in, compact bytes out, and back: names and designations as they are kept in a saved screener.

A record is a JSON array of its fields in their order, without the defaults at its end; the classes of `model` tell how
each field is written, so that a field added there is kept as well. Values that many records share (tokens, programs,
editions) are written once and stand in a record as a number. Decoding gives records equal to those encoded, and goes
through their constructors: what a constructor refuses is not let in by a file. `schema()` names all that the bytes
depend on; who keeps them keeps it, and decodes nothing of another schema.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Hashable, Mapping
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Generic, Protocol, TypeVar, get_args, get_origin, get_type_hints

import attrs

from screenkit.errors import DamagedFileError, InvalidRecordError
from screenkit.model import Designation, Edition, Name, Program, Token

_T = TypeVar("_T")
#: From a value to what JSON has for it.
_Encode = Callable[[Any], Any]
#: And back; None where what JSON gives is the value already.
_Decode = Callable[[Any], Any] | None

# Surrogates that stand alone in a text pass through UTF-8 as they are; escaped, two of them would come back as one.
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_UTF8 = ("utf-8", "surrogatepass")


class Stored(Protocol):
    """Encoded records by number, such as `blocks.Records` or a list."""

    def __len__(self) -> int: ...

    def __getitem__(self, at: int, /) -> bytes: ...


class Shared(Generic[_T]):
    """Values in, numbers out; equal values have one number, counted from 0 in order of appearance."""

    def __init__(self, of: type[_T]) -> None:
        self._encode = _encoder(of, {})
        self._is_whole = all(field.eq for field in attrs.fields(of))  # type: ignore[arg-type]  # all are attrs classes
        self._numbers: dict[Hashable, int] = {}
        self._encoded: list[bytes] = []

    def number(self, value: _T) -> int:
        """The value's number, a new one for a value not met before."""
        # Where two values that differ can be equal (editions, whose counts don't count), their bytes tell them apart.
        key: Hashable = value if self._is_whole else _bytes(self._encode(value))
        number = self._numbers.setdefault(key, len(self._encoded))
        if number == len(self._encoded):
            self._encoded.append(_bytes(self._encode(value)))
        return number

    def encoded(self) -> tuple[bytes, ...]:
        """The values met so far as bytes, in order of their numbers."""
        return tuple(self._encoded)


class Encoder:
    """Names and designations in, bytes out, and the values they share."""

    def __init__(self) -> None:
        #: The tokens of all names.
        self.tokens = Shared(Token)
        #: The programs of all designations.
        self.programs = Shared(Program)
        #: The editions of all designations.
        self.editions = Shared(Edition)
        numbers: dict[type, _Encode] = {
            Token: self.tokens.number,
            Program: self.programs.number,
            Edition: self.editions.number,
        }
        self._name = _encoder(Name, numbers)
        self._designation = _encoder(Designation, numbers)

    def name(self, name: Name) -> bytes:
        """Encode a name; `tokens` takes up its tokens."""
        return _bytes(self._name(name))

    def designation(self, designation: Designation) -> bytes:
        """Encode a designation; `programs` and `editions` take up its own.

        Raises `InvalidRecordError` where a field holds something of another type than it states.
        """
        return _bytes(self._designation(designation))


class Decoder:
    """Bytes in, names and designations out. Safe to share between threads."""

    def __init__(self, *, tokens: Stored = (), programs: Stored = (), editions: Stored = ()) -> None:
        """Take the shared values as `Encoder` gave them; they are decoded when first needed, and kept."""
        self._tokens = _Kept(Token, tokens)
        values: dict[type, _Decode] = {
            Token: self._tokens.__getitem__,
            Program: _Kept(Program, programs).__getitem__,
            Edition: _Kept(Edition, editions).__getitem__,
        }
        self._name = _decoder(Name, values)
        self._designation = _decoder(Designation, values)

    def token(self, number: int) -> Token:
        """The token of this number."""
        return self._tokens[number]

    def name(self, data: bytes) -> Name:
        """Decode a name. Raises `DamagedFileError` for bytes that are none."""
        return _decoded(Name, self._name, data)

    def designation(self, data: bytes) -> Designation:
        """Decode a designation. Raises `DamagedFileError` for bytes that are none."""
        return _decoded(Designation, self._designation, data)


class _Kept(dict[int, _T]):
    """Decoded values by number; one that isn't there yet is decoded. Two threads may decode one value twice."""

    def __init__(self, of: type[_T], stored: Stored) -> None:
        super().__init__()
        self._of = of
        self._stored = stored
        self._decode = _decoder(of, {})

    def __missing__(self, number: int) -> _T:
        if not 0 <= number < len(self._stored):
            raise DamagedFileError(f"{self._of.__name__} {number} of {len(self._stored):,} is asked for")
        return self.setdefault(number, _decoded(self._of, self._decode, self._stored[number]))


def _bytes(plain: object) -> bytes:
    return _write(plain).encode(*_UTF8)


def _decoded(of: type[_T], decode: Callable[[Any], Any], data: bytes) -> _T:
    try:
        value = decode(json.loads(data.decode(*_UTF8)))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise DamagedFileError(
            f"a saved {of.__name__} can't be read ({type(error).__name__}). Make the file again."
        ) from error
    assert isinstance(value, of)  # what `_decoder(of)` makes
    return value


@cache
def schema() -> str:
    """The first 16 hexadecimal digits of the SHA-256 of all classes, fields, defaults and members encoded."""
    told: dict[str, object] = {}
    waiting: list[Any] = [Name, Designation]
    while waiting:
        hint = waiting.pop()
        waiting.extend(get_args(hint))
        if not isinstance(hint, type) or hint.__name__ in told:
            continue
        if issubclass(hint, StrEnum):
            told[hint.__name__] = [member.value for member in hint]
        elif attrs.has(hint):
            told[hint.__name__] = [[field.name, str(field.type), repr(_default(field))] for field in attrs.fields(hint)]
            waiting.extend(get_type_hints(hint).values())
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def _default(field: attrs.Attribute[Any]) -> object:
    """The default of a field, made where a function makes it."""
    default: Any = field.default
    return default.factory() if isinstance(default, attrs.Factory) else default  # type: ignore[arg-type]  # a class


def _encoder(hint: Any, shared: Mapping[type, _Encode]) -> _Encode:
    """How a value of this type is written; of a type in `shared`, as told there."""
    if hint in shared:
        return shared[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is UnionType:
        inner = _encoder(_stated(arguments), shared)
        return lambda value: None if value is None else inner(value)
    if origin is tuple and arguments[-1] is ...:
        each = _encoder(arguments[0], shared)
        return lambda value: [each(item) for item in _checked(tuple, value)]
    if origin is tuple:
        parts = [_encoder(argument, shared) for argument in arguments]
        return lambda value: [part(item) for part, item in zip(parts, _checked(tuple, value), strict=True)]
    if origin is not None and issubclass(origin, Mapping):
        key, held = (_encoder(argument, shared) for argument in arguments)
        return lambda value: {key(name): held(item) for name, item in value.items()}
    if attrs.has(hint):
        return _record_encoder(hint, shared)
    if hint is dt.date:
        return lambda value: _checked(dt.date, value).isoformat()
    if issubclass(hint, StrEnum):
        return lambda value: _checked(hint, value).value
    if hint not in (str, int, bool):
        raise TypeError(f"no way to encode a field of type {hint!r}")
    return lambda value: _checked(hint, value)


@cache
def _hints(of: type) -> dict[str, Any]:
    """The types of a class's fields. A merged file has a decoder for each list; to find them anew takes longest."""
    return get_type_hints(of)


def _record_encoder(of: type, shared: Mapping[type, _Encode]) -> _Encode:
    hints = _hints(of)
    fields = [(field.name, _encoder(hints[field.name], shared)) for field in attrs.fields(of)]
    defaults = [_plain_default(field, encode) for field, (_, encode) in zip(attrs.fields(of), fields, strict=True)]

    def encode(record: object) -> list[Any]:
        _checked(of, record)
        values = [encode_field(getattr(record, name)) for name, encode_field in fields]
        while values and values[-1] == defaults[len(values) - 1]:
            values.pop()
        return values

    return encode


def _plain_default(field: attrs.Attribute[Any], encode: _Encode) -> Any:
    """A field's default as it is encoded; for one that has none, what no encoded value is equal to."""
    default = _default(field)
    return default if default is attrs.NOTHING else encode(default)


def _checked(of: type[_T], value: Any) -> Any:
    """The value, where it is what its field states; what isn't would come back as something else."""
    if not isinstance(value, of) or isinstance(value, dt.datetime):
        raise InvalidRecordError(
            f"a value of type {type(value).__name__} stands where {of.__name__} is stated; it can't be saved"
        )
    return value


def _decoder(hint: Any, shared: Mapping[type, _Decode]) -> Callable[[Any], Any]:
    """How a record is read; the inverse of `_encoder`."""
    return _decode_of(hint, shared) or (lambda value: value)


def _decode_of(hint: Any, shared: Mapping[type, _Decode]) -> _Decode:
    if hint in shared:
        return shared[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is UnionType:
        inner = _decode_of(_stated(arguments), shared)
        return inner and (lambda value: None if value is None else inner(value))
    if origin is tuple and arguments[-1] is ...:
        each = _decode_of(arguments[0], shared)
        return (lambda values: tuple(map(each, values))) if each else tuple
    if origin is tuple:
        parts = [_decoder(argument, shared) for argument in arguments]
        return lambda values: tuple(part(value) for part, value in zip(parts, values, strict=True))
    if attrs.has(hint):
        return _record_decoder(hint, shared)
    if hint is dt.date:
        return dt.date.fromisoformat
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {member.value: member for member in hint}.__getitem__
    return None


def _record_decoder(of: type, shared: Mapping[type, _Decode]) -> Callable[[Any], Any]:
    hints = _hints(of)
    names = [field.alias for field in attrs.fields(of)]
    ways = [(at, _decode_of(hints[field.name], shared)) for at, field in enumerate(attrs.fields(of))]
    decoded = [(at, way) for at, way in ways if way is not None]

    def decode(values: list[Any]) -> object:
        count = len(values)
        if count > len(names):
            raise ValueError(f"{of.__name__} has {len(names)} fields, not {count}")
        for at, way in decoded:
            if at >= count:
                break
            values[at] = way(values[at])
        return of(**dict(zip(names, values, strict=False)))

    return decode


def _stated(arguments: tuple[Any, ...]) -> Any:
    """The one type of an optional field."""
    stated = [argument for argument in arguments if argument is not NoneType]
    if len(stated) != 1:
        raise TypeError(f"no way to encode a field of several types: {arguments!r}")
    return stated[0]
