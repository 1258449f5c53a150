"""A digest for the eye: terminal, HTML and the JSON contract; Telegram's rendering will stand beside them."""
