package dev.mcpguard.front.http;

import dev.mcpguard.front.AnswerWriter;
import dev.mcpguard.front.OutcomeCounts;
import dev.mcpguard.front.http.FrontPages.Page;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Takes requests from the event loops to virtual threads, as many at a time as settings allow; one
 * more is answered 503 without a thread (threat D6). Thread-safe.
 */
final class HttpDesk {
  private final HttpServices services;
  private final HeadScreen screen;
  private final FrontPages pages;
  private final Metadata metadata;
  private final Semaphore places;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory());

  HttpDesk(HttpServices services, HeadScreen screen, FrontPages pages, Metadata metadata) {
    this.services = services;
    this.screen = screen;
    this.pages = pages;
    this.metadata = metadata;
    this.places = new Semaphore(services.limits().running());
  }

  HttpLimits limits() {
    return services.limits();
  }

  OutcomeCounts outcomes() {
    return services.outcomes();
  }

  HeadScreen screen() {
    return screen;
  }

  int running() {
    return services.limits().running() - places.availablePermits();
  }

  void run(RequestHead head, byte[] body, HttpReply reply) {
    if (!places.tryAcquire()) {
      services.outcomes().count(AnswerWriter.overloaded().outcome());
      reply.send(services.responses().of(AnswerWriter.overloaded(), head.arrival(), null));
      return;
    }
    threads.execute(
        () -> {
          try {
            new Exchange(services, head, reply).run(body);
          } finally {
            places.release();
          }
        });
  }

  /** Shows a page; pages have no part in the cap, so that an overloaded guard still reports. */
  void show(Paths.Target.Page wanted, Outlet outlet) {
    threads.execute(
        () -> {
          Page page;
          try {
            page = page(wanted);
          } catch (RuntimeException bug) {
            page = Page.text(500, "internal error\n");
          }
          outlet.send(Responses.of(page), false);
        });
  }

  private Page page(Paths.Target.Page wanted) {
    return switch (wanted) {
      case Paths.Target.Health _ -> pages.health();
      case Paths.Target.Readiness _ -> pages.readiness();
      case Paths.Target.Metrics _ -> pages.metrics();
      case Paths.Target.ResourceMetadata resource -> metadata.page(resource.route());
    };
  }

  /** Waits for running requests, then gives up on them. */
  void close(long graceMillis) {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(graceMillis, TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException stopped) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
