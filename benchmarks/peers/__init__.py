"""What teams use, or would use, in place of Rota: one planner a file, each with one ``plan``."""
