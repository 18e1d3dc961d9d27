"""Pure rules of the history: standard library only."""
