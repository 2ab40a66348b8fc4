"""The HTTP service: JSON, a page for analysts, the shapes of other services. It needs the extra [service]."""
