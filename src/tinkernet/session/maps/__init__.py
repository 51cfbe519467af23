"""A map of two settings: computed in tiles in the background, as far as the page looks at it."""
