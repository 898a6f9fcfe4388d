"""A page of a content-management system: what of it is the report, and what the page says of the report."""
