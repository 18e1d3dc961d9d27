"""Pages, forms and components of the NHS design system. Knows nothing of plans, organisations or events."""
