"""A message read as a question: courtesies, spelling, and what the last question adds."""
