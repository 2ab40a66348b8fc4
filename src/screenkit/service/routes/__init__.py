"""The JSON routes, their models and the document that describes them."""
