"""Lessons: Markdown files that lead through the playground and check themselves; docs/lessons.md has the format."""
