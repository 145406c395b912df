"""What is done with reports: cells of tables to hand in typed by hand, the population kept."""

from reports.services.handin import type_in
from reports.services.population import keep_population

__all__ = ["keep_population", "type_in"]
