"""Tables and pages made from rotations: for the terminal, as Markdown, CSV and JSON."""
