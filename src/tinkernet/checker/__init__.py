"""Checker: does a lesson's solutions in a session without a page, to prove that its goals can be missed and reached."""
