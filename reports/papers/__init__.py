"""Figures on paper, as DOCX, XLSX and PDF: what a page shows, or what was published, never a second count."""

from reports.papers.docx import DOCX, as_docx
from reports.papers.pages import as_pdf
from reports.papers.sheets import XLSX, as_xlsx

FORMS = {"docx": (as_docx, DOCX), "xlsx": (as_xlsx, XLSX), "pdf": (as_pdf, "application/pdf")}
__all__ = ["FORMS"]
