"""What a roster settles about chat: its channel, its weekly overview, its user groups."""

from scheduler.domain.reminding import Chat, Reminding
from scheduler.files.duties_shape import DutiesShape, DutyShape
from scheduler.files.roster_shape import RosterShape
from scheduler.files.words import standing


def chat_of(roster: RosterShape, duties: DutiesShape) -> Chat:
    """What is settled, as the domain knows it. No plan depends on it."""
    announced = {duty.id: _reminding(duty) for _, duty in standing(duties.duties)}
    if roster.slack is None:
        return Chat(duties=announced)
    return Chat(
        channel=roster.slack.channel,
        digest=roster.slack.digest,
        groups=tuple(handle for _, handle in standing(roster.slack.group)),
        duties=announced,
    )


def _reminding(duty: DutyShape) -> Reminding:
    days = {ahead for _, ahead in standing(duty.remind)}
    groups = dict.fromkeys(handle for _, handle in standing(duty.group))
    return Reminding(tuple(sorted(days, reverse=True)), duty.morning, tuple(groups))
