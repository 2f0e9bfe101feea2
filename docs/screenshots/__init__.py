"""The pictures of the French guide, taken anew from the demo: `make guide`; a module per page of the guide."""
