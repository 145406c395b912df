"""Pages of suspects, case files and the law."""
