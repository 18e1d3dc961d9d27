"""Pages about messages: the outbox, the letter box, and what a person wants."""
