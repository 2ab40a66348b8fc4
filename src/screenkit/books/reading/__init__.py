"""Reading of books: files are opened, and each row becomes a subject or a rejection."""
