"""The documents, and what takes the pictures of the guide."""
