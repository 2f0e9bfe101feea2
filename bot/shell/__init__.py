"""The commands of `jalon`, a module per group; each has `register(app)`."""
