"""Pictures of every page of the application with the data of the demonstration."""
