package dev.mcpguard.app.command;

import dev.mcpguard.app.registry.LiveListing;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Finding;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.policy.RefusedPolicyException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a verb throws into words and an exit code; a stack trace is for a bug only. */
public final class Failures implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter out = command.getErr();
    switch (failure) {
      case ConfigException findings -> {
        for (Finding finding : findings.findings()) {
          out.println(finding);
        }
        return ExitCode.CONFIGURATION;
      }
      case RefusedPolicyException refused -> {
        out.println(refused.getMessage());
        return ExitCode.CONFIGURATION;
      }
      case AuditUnavailableException unavailable -> {
        out.println("the call log cannot be used: " + unavailable.getMessage());
        return ExitCode.UNAVAILABLE;
      }
      case LiveListing.UnlistedServerException away -> {
        out.println(away.getMessage());
        return ExitCode.UNAVAILABLE;
      }
      case IOException unreadable -> {
        out.println(words(unreadable));
        return ExitCode.UNAVAILABLE;
      }
      default -> {
        failure.printStackTrace(out);
        return ExitCode.UNAVAILABLE;
      }
    }
  }

  /** The message of the JDK is often no more than a path. */
  private static String words(IOException failure) {
    return switch (failure) {
      case NoSuchFileException absent ->
          "`" + absent.getFile() + "` does not exist; check the path";
      case AccessDeniedException closed ->
          "`" + closed.getFile() + "` may not be read or written by this user";
      case FileAlreadyExistsException there ->
          "`" + there.getFile() + "` is there already and no folder; name another place";
      case NotDirectoryException file -> "`" + file.getFile() + "` is no folder";
      case FileSystemException other -> "file error: " + other.getMessage();
      default ->
          failure.getClass() == IOException.class
              ? String.valueOf(failure.getMessage())
              : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    };
  }
}
