"""Settings, addresses and entry points of the web application; the commands on files need none of it."""
