"""The peer of hot_sku: django-oscar, run in a process of its own."""
