"""Looks at a rotation without a solver: what it costs, why it is so, and what changed."""
