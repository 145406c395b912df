"""The fields of these forms are those of every room that only reads what was typed (`core.typed`)."""

from core.typed import Choice, Country, Several, Typed, Whole, Words

__all__ = ["Choice", "Country", "Several", "Typed", "Whole", "Words"]
