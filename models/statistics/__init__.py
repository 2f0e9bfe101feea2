"""What the data says, in the published definitions (`figures.yaml`): indicators, distributions, completeness."""
