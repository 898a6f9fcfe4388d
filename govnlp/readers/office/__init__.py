"""A Word document: its package, its styles and numbering, and its body as a reader sees it."""
