"""What the lab's templates need beyond Django's filters."""
