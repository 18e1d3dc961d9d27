"""What people may type about plans. Forms clean; actions write."""
