"""What is said of its own accord: one kind of reminder a file."""
