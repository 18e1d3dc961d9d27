"""Values and words for templates; each file serves one page."""
