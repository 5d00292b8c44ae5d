"""The training paths of policy.yaml: what it takes to lead a skill alone."""

from typing import Annotated

from pydantic import Field

from scheduler.domain.training import Paths, Turns
from scheduler.files.words import Id, Shape, whole

_MOST = 100
_USUAL = Paths().usual
Number = Annotated[int, whole(0, _MOST)]


class PathShape(Shape):
    """The turns that it takes to lead a skill alone."""

    shadow_turns: Annotated[
        Number | None, Field(description="turns as a shadow, the first step")
    ] = None
    lead_turns: Annotated[
        Number | None, Field(description="turns in the lead with a mentor beside")
    ] = None

    def turns(self, usual: Turns) -> Turns:
        """The path; what it does not say is as usual."""
        return Turns(
            usual.shadow if self.shadow_turns is None else self.shadow_turns,
            usual.lead if self.lead_turns is None else self.lead_turns,
        )


class TrainingShape(PathShape):
    """How people come to lead: the usual path, and those of single skills."""

    skills: dict[Id, PathShape] = Field(
        default_factory=dict, description="skills with a path of their own"
    )


def paths_of(shape: TrainingShape) -> Paths:
    """The paths as the domain knows them."""
    usual = shape.turns(_USUAL)
    return Paths(usual, {skill: path.turns(usual) for skill, path in shape.skills.items()})
