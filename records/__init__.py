"""Floor 1: what is known: tables, queries, migrations, audit."""
