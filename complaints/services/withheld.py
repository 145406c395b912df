"""What follows in rooms above once a complaint is the provinces' no more."""

from collections.abc import Callable

from complaints.models import Complaint

Follower = Callable[[Complaint], None]
FOLLOWERS: list[Follower] = []


def when_withheld(follower: Follower) -> None:
    """Let a room above say what follows, in the same transaction, when the ministry leads a complaint, or it is sealed or goes into one that is."""
    FOLLOWERS.append(follower)


def withhold(complaint: Complaint) -> None:
    """Do what follows where fewer people see a complaint than before."""
    for follower in FOLLOWERS:
        follower(complaint)
