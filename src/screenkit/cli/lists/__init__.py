"""The commands that install, update, show and compare lists."""
