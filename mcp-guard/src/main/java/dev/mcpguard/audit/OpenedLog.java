package dev.mcpguard.audit;

import dev.mcpguard.audit.note.Checkpoint;
import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.audit.store.LogFiles;
import dev.mcpguard.audit.store.PayloadKeyFile;
import dev.mcpguard.audit.store.PayloadSealer;
import dev.mcpguard.model.AuditUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A log locked, recovered and ready to be appended to. */
record OpenedLog(
    InstanceFolder folder, WriterLock lock, SegmentWriter writer, PayloadSealer sealer) {
  private static final Logger LOGGER = LoggerFactory.getLogger(OpenedLog.class);

  static OpenedLog of(CallLogSettings settings, InstantSource clock, LogFiles files)
      throws AuditUnavailableException {
    InstanceFolder folder = new InstanceFolder(settings.folder().resolve(settings.instance()));
    try {
      createFolders(folder, files);
      WriterLock lock = WriterLock.take(folder);
      try {
        PayloadSealer sealer = sealer(settings, folder);
        LogTail tail = new Recovery(files, folder).tail();
        refuseWhenShorterThanPromised(folder, tail);
        SegmentWriter writer =
            SegmentWriter.resume(files, folder, settings.segmentBytes(), tail);
        new Resettlement(folder.instance(), clock).settle(tail, writer);
        return new OpenedLog(folder, lock, writer, sealer);
      } catch (IOException | AuditUnavailableException | RuntimeException failure) {
        lock.close();
        throw failure;
      }
    } catch (IOException | RuntimeException failure) {
      throw new AuditUnavailableException(
          "the call log in `" + folder.path() + "` cannot be opened: " + failure, failure);
    }
  }

  /** Going on after a cut would fork the log: two histories under one signature. */
  private static void refuseWhenShorterThanPromised(InstanceFolder folder, LogTail tail)
      throws IOException, AuditUnavailableException {
    if (!Files.exists(folder.checkpoint())) {
      return;
    }
    Checkpoint checkpoint = Checkpoint.ofText(Files.readString(folder.checkpoint()));
    if (checkpoint != null && checkpoint.size() > tail.next()) {
      throw new AuditUnavailableException(
          "the call log `" + folder.path() + "` has " + tail.next()
              + " records, its checkpoint promises " + checkpoint.size()
              + "; restore it or start a new instance folder");
    }
  }

  private static void createFolders(InstanceFolder folder, LogFiles files) throws IOException {
    Files.createDirectories(folder.segments());
    Files.createDirectories(folder.evidence());
    Files.createDirectories(folder.notes());
    files.forceFolder(folder.path());
    Path parent = folder.path().toAbsolutePath().getParent();
    if (parent != null) {
      files.forceFolder(parent);
    }
  }

  private static PayloadSealer sealer(CallLogSettings settings, InstanceFolder folder)
      throws IOException {
    SecureRandom random = new SecureRandom();
    if (settings.payloadKey() != null) {
      return PayloadKeyFile.load(settings.payloadKey(), random);
    }
    Path file = PayloadKeyFile.beside(folder);
    if (!Files.exists(file)) {
      LOGGER.warn(
          "no payload key is configured: one was generated beside the log in {}; whoever copies "
              + "the folder can read the payloads",
          file);
      PayloadKeyFile.generate(file, 32, random);
    }
    return PayloadKeyFile.load(file, random);
  }

  void close() {
    try {
      writer.close();
    } catch (IOException afterTheLastSync) {
      LOGGER.warn("the last segment of the call log did not close", afterTheLastSync);
    }
    lock.close();
  }
}
