"""The words and shapes of the pages about consultations."""
