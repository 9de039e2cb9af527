package io.reconciler.side.postgres.rules;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.Migrations;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The tables as the migrations make them, on one connection whose changes are rolled back: DDL is
 * transactional in PostgreSQL, and migrating takes a hundred times as long as what a test changes.
 */
final class UndoneChanges implements AutoCloseable {

  private final HikariDataSource pool;
  private final Mapping mapping;
  private final Connection connection;
  private final DataSource database;
  private boolean asMade = true;

  /** On this migrated database, which becomes its own to close. */
  UndoneChanges(HikariDataSource pool, Mapping mapping) {
    this.pool = pool;
    this.mapping = mapping;
    try {
      this.connection = pool.getConnection();
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    this.database = new SingleConnectionDataSource(connection, true);
  }

  /** The connection, as often as it is asked for. */
  DataSource database() {
    return database;
  }

  /** Takes back what was done since the last time; makes everything anew where that can't be. */
  void undo() {
    try {
      connection.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    if (!asMade) {
      JdbcClient.create(pool).sql("drop schema if exists reconciler cascade").update();
      JdbcClient.create(pool).sql("drop schema public cascade").update();
      JdbcClient.create(pool).sql("create schema public").update();
      new Migrations(pool, mapping).migrate();
      asMade = true;
    }
  }

  /** Runs a statement, by itself where PostgreSQL refuses it inside a transaction. */
  void execute(String sql) {
    if (!sql.contains(" concurrently ")) {
      JdbcClient.create(database).sql(sql).update();
      return;
    }
    asMade = false;
    try {
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    JdbcClient.create(pool).sql(sql).update();
  }

  @Override
  public void close() {
    try {
      connection.rollback();
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    pool.close();
  }
}
