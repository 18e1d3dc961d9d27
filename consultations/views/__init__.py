"""The pages about consultations."""
