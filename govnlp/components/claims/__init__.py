"""Claims: statements of how much. `extract.extract_claims` is the plain function, `component` the spaCy component."""
