"""What reports keep: numbers typed in for tables to hand in, the population, exports through the worker."""

from reports.exports.models import ExportJob
from reports.models.handin import HandInCell, Population

__all__ = ["ExportJob", "HandInCell", "Population"]
