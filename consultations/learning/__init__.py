"""A small model that learns themes from what people coded. Imported by a child process and by commands
only: its libraries need more memory than a web process may have."""
