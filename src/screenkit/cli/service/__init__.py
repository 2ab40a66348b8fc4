"""Commands that run for long: `serve`, with `keys` for its API keys, and `mcp`."""
