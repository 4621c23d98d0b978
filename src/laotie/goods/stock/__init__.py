"""Stock of offers: taken and returned, never below zero."""
