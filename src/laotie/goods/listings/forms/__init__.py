"""Forms of the merchant's pages: they parse and say what is missing; rules are judged by actions."""
