"""The contacts of the bodies that are invited to meetings."""
