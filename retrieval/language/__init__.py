"""Words, languages and the spelling of Vietnamese."""
