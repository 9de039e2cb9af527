package io.reconciler.sandbox.samples;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * An invented person, from whom all cells of a lead follow.
 *
 * @param random the source of everything left open
 * @param number counts from 1, so that e-mails are unique
 * @param first the first name
 * @param last the last name
 * @param company the employer
 * @param created when the lead came in
 * @param modified when it was last edited: no later moment occurs
 * @param claimed whether a salesperson holds it
 * @param sent how many messages went out
 * @param stopped whether the person asked for no more
 * @param clicked whether the link was followed
 * @param booked whether a call was booked
 */
record SampleLead(
    SplittableRandom random,
    int number,
    String first,
    String last,
    String company,
    Instant created,
    Instant modified,
    boolean claimed,
    int sent,
    boolean stopped,
    boolean clicked,
    boolean booked) {

  private static final List<String> FIRST =
      List.of(
          "Ada", "Amara", "Bao", "Camille", "Chinedu", "Dana", "Elif", "Emeka", "Farah", "Grace",
          "Hana", "Ines", "Jonas", "Kavya", "Lars", "Leilani", "Mateo", "Mei", "Nadia", "Noah",
          "Olu", "Priya", "Quinn", "Rosa", "Sami", "Tomás", "Uma", "Viktor", "Wren", "Zoë");

  private static final List<String> LAST =
      List.of(
          "Abara",
          "Bergström",
          "Castillo",
          "D'Angelo",
          "Eriksen",
          "Fofana",
          "García",
          "Haddad",
          "Ibrahim",
          "Jensen",
          "Kowalski",
          "Laurent",
          "Mbeki",
          "Nakamura",
          "O'Neill",
          "Petrova",
          "Quispe",
          "Rahman",
          "Silva",
          "Tanaka",
          "Usman",
          "Vargas",
          "Weiss",
          "Yamada",
          "Zhang");

  private static final List<String> COMPANY =
      List.of(
          "Alder & Finch",
          "Bluewater Logistics",
          "Cedar Analytics",
          "Delta Coaching",
          "Evergreen Learning",
          "Foxglove Media",
          "Granite Systems",
          "Harbor Health",
          "Juniper Software",
          "Kite Robotics",
          "Lumen Studios",
          "Marigold Partners");

  private static final int DAYS = 90;

  static SampleLead invent(SplittableRandom random, int number, Instant until) {
    long age = random.nextLong(Duration.ofDays(DAYS).toSeconds());
    Instant created = until.minusSeconds(age);
    int sent = random.nextInt(6);
    boolean clicked = sent > 0 && random.nextInt(3) == 0;
    return new SampleLead(
        random,
        number,
        pick(random, FIRST),
        pick(random, LAST),
        pick(random, COMPANY),
        created,
        created.plusSeconds(random.nextLong(age + 1)),
        random.nextInt(5) == 0,
        sent,
        random.nextInt(12) == 0,
        clicked,
        clicked && random.nextInt(3) == 0);
  }

  private static <T> T pick(SplittableRandom random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  <T> T pick(List<T> list) {
    return pick(random, list);
  }

  String email() {
    return String.format(Locale.ROOT, "lead%05d@example.com", number);
  }

  /** Within the range that is kept free for fiction. */
  String phone() {
    int area = 201 + random.nextInt(700);
    return String.format(Locale.ROOT, "+1 %d 555 01%02d", area, random.nextInt(100));
  }

  String slug() {
    return "lead-" + number;
  }

  /** Returns a moment of the lead's life, in whole milliseconds. */
  Instant moment() {
    long life = Duration.between(created, modified).toMillis();
    return Instant.ofEpochMilli(created.toEpochMilli() + random.nextLong(life + 1));
  }

  /** Returns one of a few salespeople. */
  UUID salesperson() {
    String name = "salesperson-" + random.nextInt(4);
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
