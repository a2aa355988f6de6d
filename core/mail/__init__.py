"""Mail that no request waits for: written down, and sent by a worker."""
