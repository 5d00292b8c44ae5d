"""JSON Schemas of the files, so that editors complete and check them.

``python -m scheduler.files.schemas`` writes them anew after a change of the shapes.
"""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from scheduler.files.away_lock import AwayLockShape
from scheduler.files.contributions_shape import ContributionsShape
from scheduler.files.duties_shape import DutiesShape
from scheduler.files.policy_shape import PolicyShape
from scheduler.files.roster_shape import RosterShape
from scheduler.files.rotation_shape import RotationShape

FOLDER = Path(__file__).parent
_SHAPES: dict[str, type[BaseModel]] = {
    "roster": RosterShape,
    "duties": DutiesShape,
    "policy": PolicyShape,
    "rotation": RotationShape,
    "contributions": ContributionsShape,
    "away.lock": AwayLockShape,
}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schemas by the name of the file that they describe, without its ending."""
    return {
        name: {"$schema": _DIALECT, **shape.model_json_schema(), "title": f"{name}.yaml of Rota"}
        for name, shape in _SHAPES.items()
    }


def texts() -> dict[str, str]:
    """The schemas as they are published, by file name."""
    return {
        f"{name}.schema.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in schemas().items()
    }
