"""Printed pages: from characters and ruling lines, whatever engine found them, to paragraphs and tables."""
