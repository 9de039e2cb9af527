package io.reconciler.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What `init` was asked for.
 *
 * @param base the base; null: the one of AIRTABLE_BASE_ID
 * @param tables names or ids of the tables; empty for all
 * @param portal the fields that the portal is to own, as Table.Field
 * @param out the folder for the files
 * @param apply whether to run the DDL
 * @param json whether to print the plan as JSON
 */
public record InitOptions(
    @Nullable String base,
    List<String> tables,
    List<String> portal,
    String out,
    boolean apply,
    boolean json) {

  public InitOptions {
    tables = List.copyOf(tables);
    portal = List.copyOf(portal);
  }
}
