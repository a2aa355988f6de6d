"""What can be done to many parks, rides and models at once."""
