package io.reconciler.program.demo;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A folder in which nobody else can put anything: programs that are run may lie there. */
final class PrivateFolder {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private static final int OTHERS_WRITE = 0022;
  private static final int STICKY = 01000;

  private PrivateFolder() {}

  /** The program's own below the user's caches; else a new one. */
  static Path find(UnaryOperator<@Nullable String> environment) throws IOException {
    Optional<Path> cache = caches(environment).map(path -> path.resolve("reconciler"));
    if (cache.isPresent() && make(cache.get()) && isPrivate(cache.get())) {
      return cache.get();
    }
    // The system makes these for their owner alone.
    return Files.createTempDirectory("reconciler-");
  }

  /** Whether it is this user's alone, and nobody else can put another one in its place. */
  static boolean isPrivate(Path folder) throws IOException {
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return true;
    }
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        || !Files.getPosixFilePermissions(folder).equals(OWNER_ONLY)
        || !isOurs(folder)) {
      return false;
    }
    for (Path above = folder.toRealPath().getParent(); above != null; above = above.getParent()) {
      int mode = (int) Files.getAttribute(above, "unix:mode");
      if ((mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Path> caches(UnaryOperator<@Nullable String> environment) {
    String set = environment.apply("XDG_CACHE_HOME");
    String home = environment.apply("HOME");
    if (set != null && set.startsWith("/")) {
      return Optional.of(Path.of(set));
    }
    return home != null && home.startsWith("/")
        ? Optional.of(Path.of(home, ".cache"))
        : Optional.empty();
  }

  // A file that we make is ours: so is the folder, if its owner is the same.
  private static boolean isOurs(Path folder) throws IOException {
    Path probe = Files.createTempFile(folder, "probe", "");
    try {
      return Files.getOwner(probe).equals(Files.getOwner(folder));
    } finally {
      Files.delete(probe);
    }
  }

  private static boolean make(Path folder) {
    try {
      Path parent = folder.getParent();
      if (parent != null) {
        Files.createDirectories(parent, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      }
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      return true;
    } catch (FileAlreadyExistsException e) {
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
