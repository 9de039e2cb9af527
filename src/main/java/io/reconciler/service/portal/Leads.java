package io.reconciler.service.portal;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.service.api.ApiError;
import io.reconciler.service.api.ApiException;
import io.reconciler.service.api.ApiRequest;
import io.reconciler.service.api.ItemPaging;
import io.reconciler.side.mapping.GoneText;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The endpoints on leads; each throws ApiException when it refuses. */
public final class Leads {

  private static final String GONE =
      "the lead is inactive, because its record is gone from Airtable: nothing was changed; restore"
          + " the record there, and the lead is active again after the next sync --full";

  private final String gone;
  private final boolean mapped;
  private final LeadTable table;
  private final LeadJson json;
  private final Clock clock;

  /**
   * With a table of leads, or without one: then there is no lead.
   *
   * @param filter the formula of the records that take part; null for all
   */
  Leads(LeadTable table, LeadJson json, Clock clock, @Nullable String filter, boolean mapped) {
    this.gone = GoneText.of(GONE, filter);
    this.mapped = mapped;
    this.table = table;
    this.json = json;
    this.clock = clock;
  }

  /** A page of the leads that the user sees. */
  public ItemPaging.ItemPage<JsonNode> list(ApiRequest request) {
    ItemPaging paging = ItemPaging.of(request);
    LeadQuery query = LeadQuery.of(request);
    List<JsonNode> rows = table.list(sight(request), query, paging.cursor(), paging.limit() + 1);
    return paging.page(rows, row -> LeadTable.place(row, query), json::of);
  }

  public JsonNode read(ApiRequest request) {
    return json.of(row(request));
  }

  /** Claims a lead for the user. */
  public LeadAnswer claim(ApiRequest request) {
    LeadTable.Held lead = table.claim(sight(request), request.key()).orElseThrow(Leads::notFound);
    ensureActive(lead.lead());
    if (lead.held()) {
      throw new ApiException(ApiError.conflict("somebody else has claimed this lead"));
    }
    return new LeadAnswer(json.of(lead.lead()));
  }

  public LeadAnswer unclaim(ApiRequest request) {
    LeadTable.Held lead = table.unclaim(sight(request), request.key()).orElseThrow(Leads::notFound);
    ensureActive(lead.lead());
    if (lead.held()) {
      throw new ApiException(
          ApiError.forbidden("CLIENT_ADMIN or SUPER_ADMIN", "somebody else has claimed this lead"));
    }
    return new LeadAnswer(json.of(lead.lead()));
  }

  /** The notes of a lead, entry by entry. */
  public List<NoteText.Entry> notes(ApiRequest request) {
    String notes = row(request).path("notes").textValue();
    return NoteText.parse(notes == null ? "" : notes);
  }

  public NoteAnswer addNote(ApiRequest request) {
    String id = request.key();
    String note = request.text("note").strip();
    NoteText.objection(note)
        .ifPresent(
            text -> {
              throw new ApiException(ApiError.badRequest(text));
            });
    String entry = NoteText.entry(clock.instant(), request.signedIn().name(), note);
    JsonNode row = table.addNote(sight(request), id, entry).orElseThrow(Leads::notFound);
    ensureActive(row);
    JsonNode lead = json.of(row);
    return new NoteAnswer(true, lead.path("notes").asText(), lead);
  }

  private JsonNode row(ApiRequest request) {
    return table.read(sight(request), request.key()).orElseThrow(Leads::notFound);
  }

  // The statement has changed nothing then: Airtable, whose record is gone, would never get it.
  private void ensureActive(JsonNode lead) {
    if (!lead.path("is_active").asBoolean()) {
      throw new ApiException(ApiError.conflict(gone));
    }
  }

  private VisibleLeads sight(ApiRequest request) {
    if (!mapped) {
      throw notFound();
    }
    return VisibleLeads.of(request.signedIn());
  }

  private static ApiException notFound() {
    return new ApiException(ApiError.notFound("there is no such lead"));
  }

  /** What a new note takes; for the API's document. */
  public record NewNote(String note) {}

  /** The answer of claim and unclaim. */
  public record LeadAnswer(JsonNode lead) {}

  /**
   * The answer to a new note.
   *
   * @param notes all notes as they now stand
   */
  public record NoteAnswer(boolean success, String notes, JsonNode lead) {}
}
