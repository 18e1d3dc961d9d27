"""Wording, colours and order of the pages of readiness."""
