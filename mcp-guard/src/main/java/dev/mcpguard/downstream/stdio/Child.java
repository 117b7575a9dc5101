package dev.mcpguard.downstream.stdio;

import dev.mcpguard.downstream.wire.CallRelay;
import dev.mcpguard.downstream.wire.Envelope;
import dev.mcpguard.downstream.wire.ServerEvents;
import dev.mcpguard.downstream.wire.ServerMessage;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One running child process. Its streams have threads of their own, because reading a pipe blocks
 * whatever thread does it. When the child ends, every pending request is told. Thread-safe.
 */
final class Child {
  private static final int LONGEST_LINE = 4 << 20;
  private static final int MOST_NOISE = 100;
  private static final int QUEUE = 256;

  private final String server;
  private final Process process;
  private final ServerEvents events;
  private final JsonLimits limits = JsonLimits.message().withBytes(LONGEST_LINE);
  private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
  private final ArrayBlockingQueue<Pending> outgoing = new ArrayBlockingQueue<>(QUEUE);
  private volatile Pending.@Nullable Event end;

  private Child(String server, Process process, ServerEvents events) {
    this.server = server;
    this.process = process;
    this.events = events;
  }

  /** Starts the program: no shell, and no variable but {@code environment}. */
  static Child start(
      StdioServerSettings settings, Map<String, String> environment, ServerEvents events)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(settings.command());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Child child = new Child(settings.server(), builder.start(), events);
    Thread.ofPlatform().daemon().name("stdio-out-" + child.server).start(child::read);
    Thread.ofPlatform().daemon().name("stdio-in-" + child.server).start(child::write);
    ErrorLog errors = new ErrorLog(child.server, child.process.getErrorStream());
    Thread.ofPlatform().daemon().name("stdio-err-" + child.server).start(errors);
    return child;
  }

  boolean alive() {
    return end == null && process.isAlive();
  }

  /** Queues a request; what comes of it is told to {@code request}. */
  void send(Pending request) {
    pending.put(request.id(), request);
    if (!outgoing.offer(request)) {
      request.withdraw();
      request.tell(new Pending.Event.Ended(false, "the server does not read its requests"));
    }
    Pending.Event ended = end;
    if (ended != null) {
      request.tell(ended);
    }
  }

  /** Queues a message that has no answer; dropped if the child does not read. */
  void post(byte[] line) {
    outgoing.offer(new Pending(-1, line));
  }

  void forget(Pending request) {
    pending.remove(request.id());
  }

  private void write() {
    try (OutputStream out = process.getOutputStream()) {
      while (end == null) {
        Pending next = outgoing.take();
        if (next.startWriting()) {
          out.write(next.line());
          out.write('\n');
          out.flush();
        }
      }
    } catch (IOException closed) {
      end(false, "the server closed its standard input");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    LineReader lines = new LineReader(process.getInputStream(), LONGEST_LINE);
    int noise = 0;
    try {
      byte[] line = lines.next();
      while (line != null) {
        noise += line.length > 0 && line[0] != '{' ? 1 : 0;
        if (noise > MOST_NOISE) {
          end(true, "the server writes to standard output what is no message");
          return;
        }
        if (line.length > 0 && line[0] == '{') {
          dispatch(ServerMessage.read(line, limits));
        }
        line = lines.next();
      }
      end(false, "the server process ended");
    } catch (LineReader.LineTooLongException tooLong) {
      end(true, "the server wrote a line longer than " + LONGEST_LINE + " bytes");
    } catch (IOException closed) {
      end(false, "the server process ended");
    }
  }

  private void dispatch(ServerMessage message) {
    switch (message) {
      case ServerMessage.Response response -> answer(response);
      case ServerMessage.Notification notification -> notification(notification);
      case ServerMessage.Request request -> refuse(request);
      case ServerMessage.Unreadable unreadable -> end(true, unreadable.problem());
    }
  }

  private void answer(ServerMessage.Response response) {
    for (Pending request : pending.values()) {
      if (response.answers(request.id())) {
        // INVARIANT: removed with its first answer, so a second one finds nobody
        if (pending.remove(request.id(), request)) {
          request.tell(new Pending.Event.Said(response));
        }
        return;
      }
    }
  }

  private void notification(ServerMessage.Notification notification) {
    String method = notification.method();
    if (method.endsWith("/list_changed") && method.startsWith("notifications/")) {
      events.listChanged(
          method.substring("notifications/".length(), method.length() - "/list_changed".length()));
      return;
    }
    String uri = notification.params().string("uri");
    if (method.equals("notifications/resources/updated") && uri != null) {
      events.resourceUpdated(uri);
      return;
    }
    String token = notification.params().string("progressToken");
    Pending request = token == null ? null : pending.get(Envelope.idOfProgressToken(token));
    if (request != null) {
      request.tell(new Pending.Event.Said(notification));
    }
  }

  private void refuse(ServerMessage.Request request) {
    JsonObject answer =
        request.method().equals("ping")
            ? JsonObject.builder().put("result", JsonObject.of()).build()
            : CallRelay.refused();
    post(Envelope.response(request.id(), answer));
  }

  private void end(boolean broken, String detail) {
    Pending.Event ended = new Pending.Event.Ended(broken, detail);
    synchronized (this) {
      if (end != null) {
        return;
      }
      end = ended;
    }
    pending.values().forEach(request -> request.tell(ended));
    Thread.ofVirtual().name("stdio-stop").start(this::stop);
  }

  /** Ends the child: close its input, wait, ask, wait, kill; then nothing of it is left. */
  void stop() {
    synchronized (this) {
      end = end == null ? new Pending.Event.Ended(false, "the server was stopped") : end;
    }
    Pending.Event ended = end;
    pending.values().forEach(request -> request.tell(ended));
    Shutdown.of(process);
    outgoing.offer(new Pending(-1, new byte[0]));
  }
}
