"""Long work outside the request: rows in the database, done by whoever is free."""
