"""Everything from one command: PostgreSQL, Valkey, web, worker and beat under one supervisor."""
