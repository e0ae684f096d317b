"""The register of findings during the year."""
