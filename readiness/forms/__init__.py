"""What people may ask of the pages of readiness. Forms clean; queries read."""
