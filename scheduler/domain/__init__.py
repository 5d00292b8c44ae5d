"""The words of the field. Standard library only; nothing here reads a clock, a file or a solver."""
