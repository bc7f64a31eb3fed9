"""What people say in circles, and of them."""
