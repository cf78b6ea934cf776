"""What files can be read: a module, with a library of its own, for each format."""

SUFFIXES = (".txt", ".md", ".html", ".htm", ".pdf", ".docx")
