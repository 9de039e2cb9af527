package io.reconciler.side.mapping;

import io.reconciler.decide.ConflictPolicy;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.UnicodeReader;

/** Reads a mapping file and refuses one that could not work. */
public final class MappingFile {

  private static final Set<String> KEYS =
      Set.of("table", "last_modified_field", "filter", "base", "postgres", "groups", "fields");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,62}");
  private static final Set<String> GROUP_KEYS = Set.of("name", "policy");

  private MappingFile() {}

  /**
   * The mapping in that YAML, checked in itself. One that does not say for which PostgreSQL table
   * it is, is for {@code leads}.
   *
   * @param name what error messages call the file
   * @throws InvalidMappingException naming the first line that is wrong, and the remedy
   */
  public static Mapping read(String name, Reader yaml) throws InvalidMappingException {
    YamlMap file = file(name, yaml);
    String own = file.has("postgres") ? MappingFolder.name(Path.of(name)) : Mapping.LEADS;
    return mapping(name, file, own);
  }

  /** A mapping of a folder, under its own name, with its place for errors across files. */
  static Located<Mapping> located(String file, InputStream yaml, String name) {
    YamlMap source = file(file, new UnicodeReader(yaml));
    return new Located<>(mapping(file, source, name), source);
  }

  private static YamlMap file(String name, Reader yaml) {
    return YamlMap.of(name, root(name, yaml), "the file", KEYS);
  }

  private static Mapping mapping(String file, YamlMap source, String name) {
    if (!NAME.matcher(name).matches()) {
      String misnamed = MappingFolder.misnamed(Path.of(name));
      throw source.error(
          misnamed != null
              ? misnamed
              : "the mapping is called \""
                  + name
                  + "\" after its file; call the file by letters, digits, _ and -, at most 63");
    }
    PostgresTable postgres = PostgresReader.read(file, source, name);
    List<Located<FieldMapping>> fields = fields(file, source, postgres);
    List<Located<FieldGroup>> groups = groups(file, source, fields);
    MappingChecks.check(source, fields, groups);
    String modified = source.optionalText("last_modified_field");
    TableChecks.check(source, postgres, modified, fields, groups);
    return new Mapping(
        name,
        source.text("table"),
        modified == null ? "" : modified,
        source.optionalText("base"),
        source.optionalText("filter"),
        postgres,
        Located.values(fields),
        Located.values(groups),
        Places.of(file, source, PostgresReader.block(file, source), fields));
  }

  /**
   * The mapping in that YAML, in UTF-8, checked in itself; the caller closes the stream.
   *
   * @param name what error messages call the file
   * @throws InvalidMappingException naming the first line that is wrong, and the remedy
   */
  public static Mapping read(String name, InputStream yaml) throws InvalidMappingException {
    return read(name, new UnicodeReader(yaml));
  }

  private static Node root(String name, Reader yaml) {
    try {
      // Nodes, not objects: they know their lines, and no tag can make them run anything.
      @Nullable Node root = new Yaml(new LoaderOptions()).compose(yaml);
      if (root == null) {
        throw new InvalidMappingException(name, 1, "the file is empty; add table and fields");
      }
      return root;
    } catch (MarkedYAMLException invalid) {
      throw new InvalidMappingException(
          name, line(invalid), "no valid YAML: " + invalid.getProblem());
    } catch (YAMLException invalid) {
      throw new InvalidMappingException(name, 1, "no valid YAML in UTF-8: " + invalid.getMessage());
    }
  }

  private static int line(MarkedYAMLException invalid) {
    @Nullable Mark mark = invalid.getProblemMark();
    return mark == null ? 1 : mark.getLine() + 1;
  }

  private static List<Located<FieldMapping>> fields(
      String name, YamlMap file, PostgresTable postgres) {
    List<Located<FieldMapping>> fields = new ArrayList<>();
    for (Node node : file.list("fields")) {
      YamlMap source = YamlMap.of(name, node, "a field", FieldReader.KEYS);
      fields.add(
          new Located<>(new FieldReader(name, source, postgres.ownColumns()).read(), source));
    }
    return fields;
  }

  private static List<Located<FieldGroup>> groups(
      String name, YamlMap file, List<Located<FieldMapping>> fields) {
    List<Located<FieldGroup>> groups = new ArrayList<>();
    for (Node node : file.has("groups") ? file.list("groups") : List.<Node>of()) {
      YamlMap source = YamlMap.of(name, node, "a group", GROUP_KEYS);
      groups.add(new Located<>(group(source, fields), source));
    }
    return groups;
  }

  private static FieldGroup group(YamlMap source, List<Located<FieldMapping>> fields) {
    String group = source.text("name");
    ConflictPolicy policy = source.oneOf("policy", ConflictPolicy.values(), ConflictPolicy::label);
    List<FieldMapping> members =
        Located.values(fields).stream().filter(field -> group.equals(field.group())).toList();
    return new FieldGroup(group, policy, members);
  }
}
