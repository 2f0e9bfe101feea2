"""What is to be told to people: a row written with what it tells, delivered by a worker."""
