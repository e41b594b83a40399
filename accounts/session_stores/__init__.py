"""Django's stores: those in the database with rows that know their user, all with keys that are looked at first."""
