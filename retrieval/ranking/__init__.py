"""The asking side: candidates, their scores, and whether they answer."""
