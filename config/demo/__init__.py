"""The first demonstration set: fictional people and places, made through the services, so that every rule held."""

from config.demo.build import DemoRefused, build

__all__ = ["DemoRefused", "build"]
