"""What follows in rooms above once a complaint is the provinces' no more."""

from collections.abc import Callable

from complaints.models import Complaint, Handling

Follower = Callable[[Complaint], None]
FOLLOWERS: list[Follower] = []


def when_withheld(follower: Follower) -> None:
    """Let a room above say what follows, in the same transaction, when the ministry leads a complaint or it is sealed."""
    FOLLOWERS.append(follower)


def withhold(complaint: Complaint) -> None:
    """Do what follows where provinces handle a complaint no more."""
    if complaint.handling != Handling.PROVINCIAL:
        for follower in FOLLOWERS:
            follower(complaint)
