"""The United States: special measures of the Financial Crimes Enforcement Network."""
