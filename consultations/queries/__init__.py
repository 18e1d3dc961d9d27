"""What the pages and computations about consultations read."""
