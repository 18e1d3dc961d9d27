"""Every write about consultations, their responses and themes."""
