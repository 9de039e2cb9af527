package io.reconciler.settings;

/** What a command cannot do without, so that its settings must be there. */
public enum Need {
  /** Connects to PostgreSQL: DATABASE_URL must be set. */
  DATABASE,
  /** Calls Airtable: AIRTABLE_API_KEY must be set. */
  AIRTABLE,
  /** Opens both web servers: their ports must differ. */
  WEB
}
