"""A call's parameters as they come over the wire, fitted to the signature of its method.

Each Bot API method of the demo is a Python method with the same name and the same parameters; its
annotations say how to read them. Form fields are text, with JSON for whatever is no scalar; bytes,
which only the page sends, come in base64.
"""

from __future__ import annotations

import inspect
import json
from base64 import b64decode
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, get_args, get_origin

from bot.demo.errors import BadRequest

Method = Callable[..., Awaitable[object]]

TRUE = {"true", "yes", "1"}
SCALARS: Mapping[Any, Callable[[Any], object]] = {
    bool: lambda value: str(value).lower() in TRUE,
    bytes: lambda value: b64decode(value, validate=True),
    float: float,
    int: int,
    str: lambda value: str(value).encode().decode(),  # fails for half a surrogate pair
}
MISSING = {
    "chat_id": "chat_id is empty",
    "message_id": "message identifier is not specified",
    "text": "message text is empty",
    "user_id": "invalid user_id specified",
}


def methods_of(*owners: object) -> dict[str, Method]:
    """Return the public methods of some objects by their names in lower case."""
    return {
        name.lower(): getattr(owner, name)
        for owner in owners
        for name in vars(type(owner))
        if not name.startswith("_")
    }


def arguments_of(method: Method, given: Mapping[str, object]) -> dict[str, object]:
    """Return the arguments for `method`; raise `BadRequest` where `given` does not fit it."""
    parameters = inspect.signature(method, eval_str=True).parameters
    for name in given.keys() - parameters.keys():
        raise BadRequest(f'parameter "{name}" is unknown')
    for name, parameter in parameters.items():
        if parameter.default is parameter.empty and name not in given:
            raise BadRequest(MISSING.get(name, f'parameter "{name}" is required'))
    return {name: _argument(name, value, parameters[name]) for name, value in given.items()}


def _argument(name: str, value: object, parameter: inspect.Parameter) -> object:
    try:
        return _converted(value, parameter.annotation)
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise BadRequest(f'can\'t parse parameter "{name}"') from error


def _converted(value: Any, kind: Any) -> object:  # noqa: ANN401 - JSON and annotations of any kind
    """Return the value as what the annotation `kind` names."""
    if type(None) in get_args(kind):
        return _converted(value, get_args(kind)[0]) if value is not None else None
    if kind in SCALARS:
        return SCALARS[kind](value)
    if isinstance(value, str):
        value = json.loads(value)
    if get_origin(kind) is dict:
        return dict(value)
    if get_origin(kind) is list:
        return [_converted(item, get_args(kind)[0]) for item in value]
    return kind.de_json(value, None)
