"""A synthetic population: plausible, within all the rules, and the same for the same seed."""
