"""The meetings the texts require: what is due, where, how often, and whether it was kept."""
