"""Rules about events that need no database."""
