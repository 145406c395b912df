"""Notices to officers: the outbox, its channels and its delivery."""
