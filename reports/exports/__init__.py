"""Exports through the worker: asked for with a purpose, made as whoever asked, encrypted, expiring, counted."""
