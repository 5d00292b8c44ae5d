"""Preferences: what each costs is priced in its tier. Copy ``fill_must`` to add one."""
