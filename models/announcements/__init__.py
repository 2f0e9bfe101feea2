"""What administrators announce to a role in a part of the country."""
