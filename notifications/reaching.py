"""By which channels a notice goes to somebody, and when it may leave."""

from datetime import datetime

from accounts.models import User
from notifications import gateway, mail
from notifications.kinds import Kind
from notifications.models import Channel, Reach

OUTSIDE = tuple(channel for channel in Channel if channel != Channel.IN_APP)
IMMEDIATE = "immediate"


def is_immediate(about: object) -> bool:
    """Say whether somebody is in danger now: by `haste` where it has one (as said, else as its words propose), else as said."""
    return getattr(about, "haste", getattr(about, "urgency", "")) == IMMEDIATE


def is_emergency(kind: Kind, about: object) -> bool:
    """Say whether a notice leaves in quiet hours too: its kind says so, or what it is about is immediate."""
    return kind.urgent or is_immediate(about)


def can_reach(user: User, reach: Reach, channel: str) -> bool:
    """Say whether a channel leads to this user now, whatever they chose."""
    if not user.is_active or channel == Channel.IN_APP:
        return user.is_active
    if channel == Channel.EMAIL:
        return mail.reachable(user)
    if channel == Channel.PUSH:
        return bool(getattr(reach, "loaded_device", False))
    return bool(reach.proved_at(channel)) and gateway.is_set_up(channel)


def wants(reach: Reach, kind: Kind, channel: str) -> bool:
    """Say whether the user left this channel on for this sort; the application is always on."""
    return channel == Channel.IN_APP or f"{kind.sort}.{channel}" not in reach.muted


def leaves_at(reach: Reach, channel: str, urgent: bool, now: datetime) -> datetime:
    """Say when a notice may leave: at the end of the quiet hours, unless it is an emergency or stays inside."""
    if channel == Channel.IN_APP or urgent:
        return now
    return reach.quiet_end(now) or now
