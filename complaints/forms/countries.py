"""Countries as every room reads them (`core.countries`)."""

from core.countries import country_code, country_name, country_names

__all__ = ["country_code", "country_name", "country_names"]
