"""Slack messages as pure functions, what is due when, and the client that posts it."""
