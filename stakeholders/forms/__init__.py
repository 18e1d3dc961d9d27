"""What may be asked of the pages of the directory. Forms clean; queries read."""
