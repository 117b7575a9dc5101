package dev.mcpguard.gate;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.Identification;
import dev.mcpguard.model.ListenRequest;
import dev.mcpguard.model.PrimitiveCall;
import dev.mcpguard.model.ReplyChannel;
import dev.mcpguard.model.TaskRequest;
import dev.mcpguard.model.TasksExtension;
import java.util.ArrayList;
import java.util.List;

/**
 * PEP for {@code subscriptions/listen}. Each resource is a request of its own through {@link
 * PrimitiveGate}, and each task through {@link ToolCallGate}, with its own decision and record; what
 * is not permitted is not honoured, and not told of. News of lists carries no data and needs a
 * verified caller only.
 */
final class ListenGate {
  private final GateParts parts;
  private final PrimitiveGate primitives;
  private final ToolCallGate calls;

  ListenGate(GateParts parts, PrimitiveGate primitives, ToolCallGate calls) {
    this.parts = parts;
    this.primitives = primitives;
    this.calls = calls;
  }

  /** The members {@code lists}, {@code resources} and {@code tasks} of the result are honoured. */
  Answer listen(ListenRequest request, ReplyChannel channel) {
    Passage passage = parts.passages().open(request.facts());
    return passage.walk(
        () -> {
          switch (passage.admittedToStream()) {
            case Identification.Unidentified unidentified -> passage.refuse(unidentified);
            case Identification.Identified identified when wantsTooMuch(request) ->
                passage.refuse(TaskRecall.undeclared());
            case Identification.Identified identified -> honour(request, channel, passage);
          }
        });
  }

  /** Whether it is a wish for tasks of a client that declares none. */
  private boolean wantsTooMuch(ListenRequest request) {
    return parts.tasks().on()
        && !request.tasks().isEmpty()
        && !TasksExtension.declared(request.meta());
  }

  private void honour(ListenRequest request, ReplyChannel channel, Passage passage) {
    List<String> honoured = new ArrayList<>();
    int number = 0;
    for (ListenRequest.Watched watched : request.resources()) {
      number++;
      if (permitted(request, watched, number, channel)) {
        honoured.add(watched.exposed());
      }
    }
    List<String> tasks = new ArrayList<>();
    for (String task : parts.tasks().on() ? request.tasks() : List.<String>of()) {
      number++;
      if (permitted(request, task, number, channel)) {
        tasks.add(task);
      }
    }
    int shown = honoured.size() + tasks.size();
    int withheld = request.resources().size() + request.tasks().size() - shown;
    passage.listed(shown, withheld, parts.policy().revision());
    passage.answerLocally(
        JsonObject.builder()
            .put("lists", JsonArray.ofStrings(request.lists()))
            .put("resources", JsonArray.ofStrings(honoured))
            .put("tasks", JsonArray.ofStrings(tasks))
            .build());
  }

  private boolean permitted(
      ListenRequest request, String task, int number, ReplyChannel channel) {
    String id = request.facts().decisionId() + "-" + number;
    // whoever may hear of a task may ask for it, and only who may ask for it hears of it
    TaskRequest asked =
        new TaskRequest(
            request.facts().as(id, "tasks/get"), task, JsonObject.of(), request.meta());
    return calls.call(asked, channel) instanceof Answer.Result;
  }

  private boolean permitted(
      ListenRequest request, ListenRequest.Watched watched, int number, ReplyChannel channel) {
    JsonObject params =
        JsonObject.builder().put("uri", watched.uri()).put("_meta", request.meta()).build();
    String id = request.facts().decisionId() + "-" + number;
    PrimitiveCall call =
        PrimitiveCall.of(request.facts().as(id), watched.server(), params);
    return call != null && primitives.call(call, channel) instanceof Answer.Result;
  }
}
