"""The press case of September 2022: fictional people, real totals; figures find the totals by their definitions."""

from config.demo.press.load import load

__all__ = ["load"]
