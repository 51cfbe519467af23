"""What leaves tinkernet: pictures, and code that stands alone."""
