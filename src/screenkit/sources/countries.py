def country_code(text: str) -> str | None:
    return None
