"""The page's other half: one session per open page, frames out, intentions in."""
