"""YAML in, with every mistake at its line; the rotation file out."""
