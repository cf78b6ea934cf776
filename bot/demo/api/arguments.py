"""The arguments of a call: HTTP parameters converted by the signature of the called method.

Every method of the API is a Python method with the same name and parameters, and its annotations
say how to convert them. A form carries text, with JSON in it for anything that is not a scalar.
The bytes of a file come as they are in a form, and from the page in base64.
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
    bytes: lambda value: value if isinstance(value, bytes) else b64decode(value, validate=True),
    float: float,
    int: int,
    str: lambda value: str(value).encode().decode(),  # fails on half of a surrogate pair
}
MISSING = {
    "chat_id": "chat_id is empty",
    "message_id": "message identifier is not specified",
    "text": "message text is empty",
    "user_id": "invalid user_id specified",
}


def methods_of(*owners: object) -> dict[str, Method]:
    """Return the public methods of the objects, by their names in lower case."""
    return {
        name.lower(): getattr(owner, name)
        for owner in owners
        for name in vars(type(owner))
        if not name.startswith("_")
    }


def arguments_of(method: Method, given: Mapping[str, object]) -> dict[str, object]:
    """Return the arguments for a call of `method`.

    Args:
        method: The method, with an annotation for every parameter.
        given: The parameters of the request by name: text from a form, or values from JSON.

    Raises:
        BadRequest: A parameter is unknown, missing, or cannot be converted.
    """
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
    """Return the value converted to the type that the annotation `kind` names."""
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
