"""What a shape allows at a place, asked of its JSON Schema: keys, choices and examples.

pydantic's errors do not say which keys are known or which fields a branch of a union has; the
schema that is published for editors does.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, JsonSchemaWarningKind
from pydantic_core import CoreSchema

from scheduler.files.located import Data, Loc

_Schema = dict[str, Any]


class Outline:
    """The JSON Schema of a shape, to be asked along a path of the data."""

    def __init__(self, adapter: TypeAdapter[Any], data: Data) -> None:
        self._adapter = adapter
        self._data = data

    def keys(self, path: Loc, labels: tuple[str, ...]) -> list[str]:
        """Return the keys known in the mapping at this path, in their order.

        `labels` are names that pydantic gives to branches of unions; they narrow the answer.
        """
        schemas = self._schemas(path)
        labelled = [schema for schema in schemas if schema.get("title") in labels]
        known: dict[str, None] = {}
        for schema in labelled or schemas:
            known.update(dict.fromkeys(schema.get("properties", {})))
            known.update(dict.fromkeys(schema.get("propertyNames", {}).get("enum", ())))
        return list(known)

    def choices(self, path: Loc) -> list[str]:
        """Return the words that the value at this path must be one of; empty if it is free."""
        schemas = self._schemas(path, narrow_last=False)
        consts = [schema["const"] for schema in schemas if "const" in schema]
        enums = [value for schema in schemas for value in schema.get("enum", ())]
        return [str(value) for value in dict.fromkeys([*consts, *enums]) if value is not None]

    def examples(self, path: Loc) -> list[str]:
        """Return what stands under `examples` of the field at this path."""
        found = (schema.get("examples", ()) for schema in self._schemas(path))
        return [str(example) for examples in found for example in examples]

    @cached_property
    def _schema(self) -> _Schema:
        return self._adapter.json_schema(schema_generator=_LenientGenerator)

    def _schemas(self, path: Loc, narrow_last: bool = True) -> list[_Schema]:
        """All alternatives for the value at this path."""
        schemas, data = list(self._expanded(self._schema)), self._data
        for number, step in enumerate(path, 1):
            narrowed = _fitting(schemas, data) if narrow_last or number < len(path) else schemas
            below = [child for schema in narrowed for child in _children(schema, step)]
            schemas = [found for child in below for found in self._expanded(child)]
            data = _child(data, step)
        return _fitting(schemas, data)

    def _expanded(self, schema: _Schema, seen: frozenset[str] = frozenset()) -> Iterator[_Schema]:
        """Resolve references and unions until only plain alternatives are left."""
        reference = schema.get("$ref")
        if isinstance(reference, str) and reference not in seen:
            name = reference.removeprefix("#/$defs/")
            target = self._schema.get("$defs", {}).get(name, {})
            yield from self._expanded(target, seen | {reference})
        for branches in ("anyOf", "oneOf", "allOf"):
            for branch in schema.get(branches, ()):
                yield from self._expanded(branch, seen)
        yield schema


class _LenientGenerator(GenerateJsonSchema):
    """Says nothing about what JSON Schema cannot express, instead of failing or warning."""

    def emit_warning(self, kind: JsonSchemaWarningKind, detail: str) -> None:
        """Swallow it."""

    def handle_invalid_for_json_schema(
        self, schema: CoreSchema, error_info: str
    ) -> JsonSchemaValue:
        """Allow anything there."""
        return {}


def _children(schema: _Schema, step: str | int) -> Iterator[_Schema]:
    """The schemas of one entry of a list or of one key of a mapping."""
    found: list[Any]
    if isinstance(step, int):
        first = schema.get("prefixItems", [])
        found = [first[step] if step < len(first) else schema.get("items")]
    elif step in schema.get("properties", {}):
        found = [schema["properties"][step]]
    else:
        found = [schema.get("additionalProperties"), *schema.get("patternProperties", {}).values()]
    yield from (child for child in found if isinstance(child, dict))


def _child(data: Data, step: str | int) -> Data:
    match data:
        case dict():
            return data.get(str(step))
        case list() if isinstance(step, int) and step < len(data):
            return data[step]
        case _:
            return None


def _fitting(schemas: list[_Schema], data: Data) -> list[_Schema]:
    """Leave out alternatives that a discriminator such as `kind: weekly` rules out."""
    if not isinstance(data, dict):
        return schemas
    fitting = [
        schema
        for schema in schemas
        if all(
            "const" not in child or key not in data or data[key] == child["const"]
            for key, child in schema.get("properties", {}).items()
        )
    ]
    return fitting or schemas
