"""The routes of yente, OpenSanctions' matching service, in the shapes of its public documentation.

Its clients work against this service unchanged. Shapes: https://www.opensanctions.org/docs/api/ and yente-client.
"""
