"""Django's database stores, with rows that know their user."""
