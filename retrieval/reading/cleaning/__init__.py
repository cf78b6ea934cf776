"""A draft as people paste it becomes clean text with what is known of its origin."""
