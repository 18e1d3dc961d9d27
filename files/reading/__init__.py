"""Reads what is inside files. Runs only in a child process with limits (``files.child``)."""
