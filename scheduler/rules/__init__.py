"""What is forbidden and what is wished. One rule a file; ``book`` lists them."""
