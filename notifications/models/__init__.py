"""Notices, and how each user is reached."""

from notifications.models.notice import (
    BELL_CAP,
    Channel,
    Notification,
    NotificationQuerySet,
    Problem,
    State,
    seen_among,
    visible,
)
from notifications.models.reach import Device, Proof, Reach, ReachQuerySet

__all__ = [
    "BELL_CAP",
    "Channel",
    "Device",
    "Notification",
    "NotificationQuerySet",
    "Problem",
    "Proof",
    "Reach",
    "ReachQuerySet",
    "State",
    "seen_among",
    "visible",
]
