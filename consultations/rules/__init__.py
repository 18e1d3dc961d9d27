"""What holds of consultations, their responses and themes; standard library only."""
