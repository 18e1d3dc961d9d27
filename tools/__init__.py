"""What the Makefile calls: setting up, running and testing on a bare machine."""
