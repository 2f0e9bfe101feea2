"""The review: what a coordinator decides of what was entered, before it counts as the dispositif's."""
