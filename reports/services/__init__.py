"""What is done with reports: publications prepared, signed and withdrawn; cells of tables to hand in typed by hand; the population kept."""

from reports.services.handin import type_in
from reports.services.population import keep_population
from reports.services.publishing import Asked, advance_publication, prepare, tables_asked

__all__ = ["Asked", "advance_publication", "keep_population", "prepare", "tables_asked", "type_in"]
