"""Requirements: they only forbid. Copy ``permission`` to add one, and list it in ``rules.book``."""
