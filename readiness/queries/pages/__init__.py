"""What each page of readiness reads: stored assessments, in a fixed number of statements."""
