"""The page for analysts: forms and results as HTML, without a script and with nothing from elsewhere."""
