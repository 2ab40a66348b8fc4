"""The Consolidated Screening List of the United States."""
