"""Rota plans who does the foundational work of an open source team, and keeps the plan true."""

__version__ = "0.1.0"
