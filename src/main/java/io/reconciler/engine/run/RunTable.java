package io.reconciler.engine.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.reconciler.engine.field.KnownFields;
import io.reconciler.side.airtable.AirtableRequests;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.LeadKey;
import io.reconciler.side.postgres.UniqueKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The table that a run works on, as the run has found it: its fields, those that are left out, how
 * its records name its rows, and the links that still wait.
 */
public final class RunTable {

  /** Ends the names of the statements for tables whose record ids are unique only by client. */
  public static final String PER_CLIENT = "@client";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Mapping declared;
  private final Set<String> leftOut = new LinkedHashSet<>();
  private final LinksLeft linksLeft = new LinksLeft();
  private final SetAside setAside = new SetAside();
  private Mapping mapping;
  private String statements;
  private LeadKey.Naming naming = LeadKey.Naming.ALONE;
  private boolean hasPolicies;
  private boolean lacksRight;
  private boolean hidesRows;
  private boolean toBeFilledUp;
  private boolean foundWhole;
  private volatile @Nullable Boolean makesKeys;
  private volatile @Nullable List<UniqueKey> uniqueKeys;
  private @Nullable KnownFields fields;

  RunTable(Mapping mapping) {
    this.declared = mapping;
    this.mapping = mapping;
    this.statements = mapping.name();
  }

  /** What it is mapped to, in the types that its columns have. */
  public Mapping mapping() {
    return mapping;
  }

  /** What it is mapped to, whatever its columns are. */
  public Mapping declared() {
    return declared;
  }

  /** Its columns are found to have the types of this mapping, which these statements are for. */
  public void fitted(Mapping found, String statementsOfIt) {
    mapping = found;
    statements = statementsOfIt;
  }

  /** The mapping's name, by which statements and ledgers call the table. */
  public String name() {
    return declared.name();
  }

  /** What its statements end with: for which columns they are, and how its records name rows. */
  public String statements() {
    return naming == LeadKey.Naming.PER_CLIENT ? statements + PER_CLIENT : statements;
  }

  /** How its records name its rows. */
  public void named(LeadKey.Naming how) {
    naming = how;
  }

  /** Whether no index keeps a second row of a record away. */
  public boolean isWithoutIndex() {
    return naming == LeadKey.Naming.NONE;
  }

  /** Whether it gives a new row its key; found out once. */
  public boolean makesKeys(BooleanSupplier look) {
    Boolean known = makesKeys;
    if (known == null) {
      known = look.getAsBoolean();
      makesKeys = known;
    }
    return known;
  }

  /** Its unique indexes; found out once. */
  public List<UniqueKey> uniqueKeys(Supplier<List<UniqueKey>> look) {
    List<UniqueKey> known = uniqueKeys;
    if (known == null) {
      known = look.get();
      uniqueKeys = known;
    }
    return known;
  }

  /** Its unique indexes, where somebody has asked for them; else none. */
  public List<UniqueKey> knownUniqueKeys() {
    List<UniqueKey> known = uniqueKeys;
    return known == null ? List.of() : known;
  }

  /** Its records that wait for the end of its listing. */
  public SetAside setAside() {
    return setAside;
  }

  /** Its fields were looked up, and whether row security is active on it. */
  public void lookedUp(KnownFields known, boolean policies) {
    fields = known;
    hasPolicies = policies;
  }

  /** Whether those policies may keep a row from being seen. */
  public void hidesRows(boolean hides) {
    hidesRows = hides;
  }

  /** Whether a row may be there that is not seen. */
  public boolean isHidingRows() {
    return hidesRows;
  }

  /** Whether this user may not read or write all that is mapped, when the run found it. */
  public void lacksRight(boolean lacks) {
    lacksRight = lacks;
  }

  /** Whether a right on a mapped column may be missing. */
  public boolean isLackingRight() {
    return lacksRight;
  }

  /** It has come in another one's place and lacks what only Airtable has. */
  public void fillUp() {
    toBeFilledUp = true;
  }

  /** It has come in another one's place and lacks nothing: its rows are the known ones. */
  public void foundWhole() {
    foundWhole = true;
  }

  /** Whether it was so when the run found it. */
  boolean isFoundWhole() {
    return foundWhole;
  }

  /** Whether it was so when the run found it. */
  boolean isToBeFilledUp() {
    return toBeFilledUp;
  }

  /** Whether policies may keep rows from us. */
  public boolean hasPolicies() {
    return hasPolicies;
  }

  /** Whether its fields were looked up. */
  public boolean hasFields() {
    return fields != null;
  }

  /** What is known of its fields. */
  public KnownFields fields() {
    return Objects.requireNonNull(fields, "the fields are not looked up yet");
  }

  /** Its requests, under the keys that are known at this moment. */
  public AirtableRequests requests() {
    return new AirtableRequests(fields().keys(), mapping.filter());
  }

  /** The columns whose field is gone from Airtable: this run leaves them as they are. */
  public Set<String> leftOut() {
    return leftOut;
  }

  /** The same columns, as a JSON array. */
  public String leftOutJson() {
    return JSON.valueToTree(leftOut).toString();
  }

  /** The links of its records that wait until all tables are pulled. */
  public LinksLeft linksLeft() {
    return linksLeft;
  }
}
