"""Addresses and the least body that the tests of the API send."""

COMPLAINTS = "/api/v1/complaints/"
VICTIMS = "/api/v1/victims/"
SAID = {"channel": "hotline", "narrative": "Nine workers are held on the sixth floor."}
