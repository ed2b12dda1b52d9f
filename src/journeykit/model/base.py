"""The base class of all parts of the model."""

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, model_validator


class Part(BaseModel):
    """A frozen part of a journey; unknown keys are errors, a key without a value counts as missing."""

    shorthand: ClassVar[str] = ""
    """The key that a plain text in place of the mapping stands for; "" where there must be a mapping."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, data: Any) -> Any:
        if isinstance(data, dict) and None in data.values():
            known = _known_keys(cls)
            return {key: value for key, value in data.items() if value is not None or key not in known}
        return data


def _known_keys(model: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}
