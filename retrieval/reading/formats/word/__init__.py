"""The parts of a Word file and what each shows; `formats.docx` puts them together."""
