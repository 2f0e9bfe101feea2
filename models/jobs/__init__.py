"""Work for later: asked for in a transaction, done by a worker."""
