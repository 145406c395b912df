"""The verbs about suspects and case files."""

from suspects.services.loading import load_law

__all__ = ["load_law"]
