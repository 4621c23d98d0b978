"""What a buyer set aside for later."""
