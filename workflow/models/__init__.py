"""What happened to records: steps taken, fields edited, approvals asked, records merged, submissions already made."""

from workflow.models.approval import Approval, Opening
from workflow.models.merge import Merge, MergeQuerySet, merge_reference
from workflow.models.story import Edit, Story, StoryQuerySet, Transition
from workflow.models.submission import StepRow, Submission

__all__ = [
    "Approval",
    "Edit",
    "Merge",
    "MergeQuerySet",
    "Opening",
    "StepRow",
    "Story",
    "StoryQuerySet",
    "Submission",
    "Transition",
    "merge_reference",
]
