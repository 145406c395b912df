"""What reports keep: numbers typed in for tables to hand in, and the population."""

from reports.models.handin import HandInCell, Population

__all__ = ["HandInCell", "Population"]
