"""What people type about consultations."""
