"""Khabar's faces: the command line now; the Telegram bot, channels and the reader page stand beside it."""
