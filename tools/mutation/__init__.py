"""Removes each permission check in turn and looks whether some test notices (make mutate)."""
