package io.reconciler.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.decide.GroupState;
import io.reconciler.decide.GroupValues;
import io.reconciler.engine.apply.plan.GroupOutcome;
import io.reconciler.engine.apply.plan.Page;
import io.reconciler.engine.apply.plan.PagePlan;
import io.reconciler.engine.apply.plan.RecordPlan;
import io.reconciler.engine.push.OutgoingBatch;
import io.reconciler.engine.push.UncheckedBatch;
import io.reconciler.side.airtable.AirtableAnswer;
import io.reconciler.side.airtable.AirtableRequest;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.side.postgres.statement.LeadStatements;
import io.reconciler.world.World;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;

/** A bug that engines of this kind had, put back into ours at a node of its routes. */
enum KnownBug {
  /** Stage 1 sets {@code updated_at} to the present time. */
  UPDATED_AT_IS_NOW("updated_at") {
    @Override
    Nodes.Hook in(World world) {
      return Tamper.after(
          "apply-transaction",
          "pages.plan",
          exchange -> Tamper.body(exchange, PagePlan.class, plan -> stamped(plan, world)));
    }
  },
  /** The window is the last N minutes, however long ago the last run was. */
  FIXED_WINDOW("P1") {
    @Override
    Nodes.Hook in(World world) {
      return Tamper.before(
          "pull",
          "pullStage.begin",
          e -> watermark(e, at -> Instant.parse("2100-01-01T00:00:00Z")));
    }
  },
  /** The window starts at the watermark, not two minutes before. */
  NO_OVERLAP("P1") {
    @Override
    Nodes.Hook in(World world) {
      return Tamper.before("pull", "pullStage.begin", e -> watermark(e, at -> at.plusSeconds(120)));
    }
  },
  /** A field that is absent from Airtable's answer keeps its value. */
  ABSENT_IS_UNCHANGED("P1") {
    @Override
    Nodes.Hook in(World world) {
      return new AbsentIsUnchanged(world);
    }
  },
  /** Leads are read, decided and written without a lock. */
  NO_LOCK("P2") {
    @Override
    Nodes.Hook in(World world) {
      return Tamper.instead("apply-transaction", "sql:ref:lockLeads", e -> readUnlocked(e, world));
    }
  },
  /** What a refused batch held is forgotten. */
  DROPPED_BATCH("P1") {
    @Override
    Nodes.Hook in(World world) {
      return Tamper.instead(
          "push-batch",
          "direct:push-rejected",
          exchange -> exchange.getProperty("batch", OutgoingBatch.class).done());
    }
  },
  /** A run whose listing failed is called complete. */
  FAILED_RUN_IS_COMPLETE("P1") {
    @Override
    Nodes.Hook in(World world) {
      return Tamper.after("pull-page", "direct:airtable-api", KnownBug::emptyPage);
    }
  },
  /**
   * Empty values are left out of the PATCH, and nobody looks whether what was sent is in the
   * answer: a lead can't be unclaimed.
   */
  NULLS_ARE_NOT_SENT("P2") {
    @Override
    Nodes.Hook in(World world) {
      return Tamper.both(
          Tamper.after(
              "push-batch",
              "pushStage.patch",
              exchange -> Tamper.body(exchange, AirtableRequest.class, KnownBug::withoutNulls)),
          unchecked());
    }
  },
  /** The answer to a PATCH is taken for the answer to everything that was to be sent. */
  UNSENT_IS_AGREED("P2") {
    @Override
    Nodes.Hook in(World world) {
      return Tamper.after(
          "push-batch",
          "pushStage.confirmed",
          exchange ->
              Tamper.body(exchange, Page.class, page -> confirmingAll(page, world.mapping())));
    }
  },
  /** A lead that holds what can't be read is passed over in silence. */
  UNREADABLE_IS_SKIPPED("P1") {
    @Override
    Nodes.Hook in(World world) {
      return Tamper.after(
          "apply-transaction",
          "pages.plan",
          exchange -> Tamper.body(exchange, PagePlan.class, KnownBug::withoutProblems));
    }
  },
  /** A record that PostgreSQL refuses is dropped. */
  REFUSED_IS_DROPPED("P1") {
    @Override
    Nodes.Hook in(World world) {
      return Tamper.instead("apply-record", "direct:apply-rest", exchange -> {});
    }
  },
  /** A PATCH that had to wait, or failed, is sent again as it was. */
  BLIND_PATCH("P2") {
    @Override
    Nodes.Hook in(World world) {
      return Tamper.after(
          "push-batch",
          "pushStage.patch",
          exchange -> Tamper.body(exchange, AirtableRequest.class, AirtableRequest::whenever));
    }
  },
  /** That a push arrived, whose answer was lost, is forgotten when the next one is prepared. */
  FORGOTTEN_ARRIVAL("P2") {
    @Override
    Nodes.Hook in(World world) {
      return Tamper.after(
          "apply-transaction",
          "pages.plan",
          exchange -> Tamper.body(exchange, PagePlan.class, KnownBug::forgetful));
    }
  },
  /** Whatever lines the portal's text lacks, it is sent as it is. */
  STALE_NOTES("P2") {
    @Override
    Nodes.Hook in(World world) {
      return Tamper.before("apply-transaction", "pages.plan", KnownBug::nothingIsNew);
    }
  },
  /** The sweep marks leads inactive and does not look whether the portal had changed them. */
  SWEPT_WITHOUT_A_TRACE("P2") {
    @Override
    Nodes.Hook in(World world) {
      return Tamper.both(
          Tamper.instead("sweep-leads", "unsendableChanges.unpushed", exchange -> {}),
          // What stage 2 would find of it afterwards.
          Tamper.instead("push", "direct:inactive-edits", exchange -> {}));
    }
  };

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String caughtBy;

  KnownBug(String caughtBy) {
    this.caughtBy = caughtBy;
  }

  /** The bug, for a world's engine. */
  abstract Nodes.Hook in(World world);

  /** How the failure begins that its history ends in. */
  String caughtBy() {
    return caughtBy;
  }

  /** The file of its history. */
  String file() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".txt";
  }

  private static Nodes.Hook unchecked() {
    return Tamper.both(
        Tamper.before(
            "push-batch",
            "pushStage.confirmed",
            exchange -> {
              OutgoingBatch batch = exchange.getProperty("batch", OutgoingBatch.class);
              exchange.setProperty("checked", batch);
              exchange.setProperty("batch", UncheckedBatch.of(batch));
            }),
        Tamper.after(
            "push-batch",
            "pushStage.confirmed",
            exchange -> exchange.setProperty("batch", exchange.removeProperty("checked"))));
  }

  private static PagePlan stamped(PagePlan plan, World world) {
    if (!plan.isPull()) {
      return plan;
    }
    Instant now = Timeline.databaseNow(world.jdbc());
    return withRecords(plan, record -> with(record, now, record.agreed()));
  }

  private static PagePlan forgetful(PagePlan plan) {
    return withRecords(plan, record -> with(record, record.updatedAt(), forgetful(record)));
  }

  private static AgreedValues forgetful(RecordPlan plan) {
    AgreedValues kept = plan.agreed();
    Map<String, GroupValues> agreed = new HashMap<>(kept.agreed());
    Map<String, GroupValues> intent = new HashMap<>(kept.intent());
    for (GroupOutcome outcome : plan.outcomes()) {
      GroupState.Memory memory = outcome.state().memory();
      if (!outcome.agreesOnAirtable() && outcome.state().holdsIntent()) {
        String group = outcome.group().name();
        agreed.remove(group);
        Optional.ofNullable(memory.agreed()).ifPresent(before -> agreed.put(group, before));
        // Unless the next push has taken its place.
        intent.putIfAbsent(group, Objects.requireNonNull(memory.intent()));
      }
    }
    return new AgreedValues(
        agreed,
        intent,
        kept.modified(),
        kept.pending(),
        kept.written(),
        kept.seen(),
        kept.altered(),
        kept.former());
  }

  private static RecordPlan with(RecordPlan plan, Instant updatedAt, AgreedValues agreed) {
    return new RecordPlan(
        plan.kind(),
        plan.record(),
        plan.row(),
        plan.changes(),
        updatedAt,
        agreed,
        plan.agreedChanged(),
        plan.outcomes(),
        plan.patch(),
        plan.former());
  }

  private static PagePlan withRecords(PagePlan plan, UnaryOperator<RecordPlan> change) {
    List<RecordPlan> records = plan.records().stream().map(change).toList();
    return new PagePlan(
        plan.mapping(),
        plan.clientId(),
        plan.runId(),
        plan.purpose(),
        records,
        plan.problems(),
        plan.together());
  }

  private static PagePlan withoutProblems(PagePlan plan) {
    return plan.purpose() == Page.Purpose.PREPARE_PUSH
        ? new PagePlan(
            plan.mapping(),
            plan.clientId(),
            plan.runId(),
            plan.purpose(),
            plan.records(),
            List.of(),
            plan.together())
        : plan;
  }

  private static void watermark(Exchange exchange, Function<Instant, Instant> move)
      throws Exception {
    ObjectNode row = (ObjectNode) JSON.readTree(exchange.getMessage().getBody(String.class));
    if (row.hasNonNull("pulled_until")) {
      Instant at = OffsetDateTime.parse(row.path("pulled_until").asText()).toInstant();
      row.put("pulled_until", move.apply(at).toString());
      exchange.getMessage().setBody(row.toString());
    }
  }

  private static void readUnlocked(Exchange exchange, World world) {
    String sql = new LeadStatements(world.mapping()).read();
    String ids = exchange.getMessage().getBody(Page.class).recordIds();
    exchange
        .getMessage()
        .setHeader(
            "leadRows",
            world
                .jdbc()
                .sql(
                    sql.replace(":#${body.recordIds}", ":ids")
                        .replace(":#${exchangeProperty.run.client.id}", ":client"))
                .param("ids", ids)
                .param("client", world.clientId().toString())
                .query()
                .listOfRows());
  }

  // As if every text of the portal had been decided about before.
  @SuppressWarnings("unchecked")
  private static void nothingIsNew(Exchange exchange) {
    Map<String, JsonNode> notes = new HashMap<>();
    OneColumn.json((List<Map<String, Object>>) exchange.getMessage().getHeader("leadRows"))
        .forEach(lead -> notes.put(lead.path("@record").asText(), lead.path("notes")));
    List<Map<String, Object>> rows = new ArrayList<>();
    for (JsonNode agreed :
        OneColumn.json((List<Map<String, Object>>) exchange.getMessage().getHeader("agreedRows"))) {
      ObjectNode row = (ObjectNode) agreed;
      if (!row.has("airtable_record_id")) {
        rows.add(Map.of("agreed_value", row.toString()));
        continue;
      }
      JsonNode text = notes.get(row.path("airtable_record_id").asText());
      row.putObject("seen").putObject("notes").set("notes", text);
      rows.add(Map.of("agreed_value", row.toString()));
    }
    exchange.getMessage().setHeader("agreedRows", rows);
  }

  private static void emptyPage(Exchange exchange) throws Exception {
    if (exchange.getException() != null) {
      exchange.setException(null);
      exchange.getMessage().setBody(new AirtableAnswer(JSON.readTree("{\"records\":[]}"), null));
    }
  }

  private static AirtableRequest withoutNulls(AirtableRequest request) {
    try {
      JsonNode body = JSON.readTree(request.body());
      for (JsonNode record : body.path("records")) {
        ObjectNode fields = (ObjectNode) record.path("fields");
        fields.properties().removeIf(cell -> cell.getValue().isNull());
      }
      return AirtableRequest.send(
          request.baseId(), request.method(), request.path(), body.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Page confirmingAll(Page page, Mapping mapping) {
    Map<String, Set<String>> all = new HashMap<>();
    Set<String> groups = new HashSet<>(mapping.groups().stream().map(g -> g.name()).toList());
    page.records().forEach(record -> all.put(record.id(), groups));
    return Page.confirmed(page.records(), all);
  }
}
