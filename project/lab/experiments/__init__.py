"""What tutorials say about sessions and tokens, tried out with real requests. Begin with README.md."""
