"""The tables of this room."""

from reports.exports.models import ExportJob

__all__ = ["ExportJob"]
