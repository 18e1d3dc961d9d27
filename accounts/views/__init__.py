"""Pages about the person who signs in."""
