it is gone
