package io.reconciler.settings;

/** The environment variables that the program reads, each with an example of a good value. */
enum Variable {
  DATABASE_URL("postgresql://user:password@localhost:5432/portal"),
  AIRTABLE_API_KEY("patAbCdEfGhIjKlMn.0123456789abcdef"),
  AIRTABLE_BASE_ID("appAbCdEfGhIjKlMn"),
  AIRTABLE_API_URL("https://api.airtable.com/v0"),
  AIRTABLE_TABLE("Leads"),
  AIRTABLE_LAST_MODIFIED_FIELD("Last Modified Time"),
  RECONCILER_LOOKBACK_MINUTES("20"),
  RECONCILER_GRACE_PERIOD_MS("60000"),
  RECONCILER_RATE_LIMIT_MS("200"),
  RECONCILER_CONFLICT_GRANULARITY("field"),
  RECONCILER_SCHEDULE("0 */20 * * * ?"),
  RECONCILER_REFRESH_SCHEDULE("0 10 */6 * * ?"),
  RECONCILER_JWT_SECRET("the output of: openssl rand -hex 32"),
  SERVER_PORT("8080"),
  MANAGEMENT_SERVER_PORT("8081"),
  SERVER_ADDRESS("127.0.0.1"),
  MANAGEMENT_SERVER_ADDRESS("0.0.0.0"),
  RECONCILER_MAPPING("file:mapping/leads.yaml"),
  RECONCILER_AIRTABLE_MONTHLY_QUOTA("100000"),
  RECONCILER_LOG_FORMAT("json"),
  DEBUG("reconciler:pull"),
  OTEL_EXPORTER_OTLP_ENDPOINT("http://localhost:4318"),
  OTEL_EXPORTER_OTLP_HEADERS("api-key=0123456789abcdef"),
  RECONCILER_NOTICE_WEBHOOK_URL("https://hooks.example.com/services/T0/B0/secret"),
  RECONCILER_NOTICE_EMAIL_TO("ops@example.com,dev@example.com"),
  RECONCILER_NOTICE_EMAIL_FROM("reconciler@example.com"),
  RECONCILER_SMTP_URL("smtp://user:password@mail.example.com:587"),
  RECONCILER_DATABASE_WAIT_SECONDS("30"),
  RECONCILER_RETENTION_DAYS("90"),
  RECONCILER_RECORD_CHANGES("false"),
  RECONCILER_USERS_TABLE("sync_users"),
  RECONCILER_PUBLIC_URL("https://reconciler.example.com"),
  RECONCILER_TRUSTED_PROXIES("127.0.0.1,10.1.0.0/16"),
  RECONCILER_MANAGEMENT_HOSTS("reconciler.internal");

  private final String example;

  Variable(String example) {
    this.example = example;
  }

  String example() {
    return example;
  }
}
