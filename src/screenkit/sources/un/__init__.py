"""The United Nations Security Council."""
