package dev.mcpguard.model;

import dev.mcpguard.json.JsonObject;
import java.util.List;

/**
 * A {@code subscriptions/listen}: the guard tells of changes itself and asks policy which resources
 * the caller may hear of. The answer's result lists what is honoured.
 *
 * @param facts the request
 * @param lists kinds of list changes wanted ({@code toolsListChanged}, ...): they carry no data
 * @param resources the resources wanted, each as a request of its own
 * @param tasks names of the tasks wanted, as the client knows them
 * @param meta {@code params._meta}
 */
public record ListenRequest(
    RequestFacts facts,
    List<String> lists,
    List<Watched> resources,
    List<String> tasks,
    JsonObject meta)
    implements GatedRequest {

  public ListenRequest {
    lists = List.copyOf(lists);
    resources = List.copyOf(resources);
    tasks = List.copyOf(tasks);
  }

  /** A wish that names no task. */
  public ListenRequest(
      RequestFacts facts, List<String> lists, List<Watched> resources, JsonObject meta) {
    this(facts, lists, resources, List.of(), meta);
  }

  /**
   * One resource.
   *
   * @param exposed the URI as the client wrote it
   * @param server the server it belongs to
   * @param uri its URI at that server
   */
  public record Watched(String exposed, String server, String uri) {}
}
