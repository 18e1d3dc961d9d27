"""Pages of readiness: load in scope, check, read, render."""
