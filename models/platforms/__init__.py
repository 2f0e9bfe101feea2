"""The platforms: the places that meetings are held for, and how far rights reach among them."""
