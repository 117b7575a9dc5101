package dev.mcpguard.gate;

import dev.mcpguard.model.Answer;
import dev.mcpguard.model.Gate;
import dev.mcpguard.model.GatedRequest;
import dev.mcpguard.model.ListRequest;
import dev.mcpguard.model.ListenRequest;
import dev.mcpguard.model.LocalRequest;
import dev.mcpguard.model.Misread;
import dev.mcpguard.model.PrimitiveCall;
import dev.mcpguard.model.ReplyChannel;
import dev.mcpguard.model.TaskRequest;
import dev.mcpguard.model.ToolCall;

/** The choke point: one switch over everything a client can ask. Thread-safe. */
public final class Gatekeeper implements Gate {
  private final ToolCallGate calls;
  private final ListGate lists;
  private final PrimitiveGate primitives;
  private final PrimitiveListGate primitiveLists;
  private final ListenGate listening;
  private final LocalGate local;
  private final Disclosure disclosure;

  public Gatekeeper(GateParts parts, ListFilter filter) {
    Rounds rounds = new Rounds();
    OpenTasks tasks = new OpenTasks(parts.tasks(), parts.random(), parts.passages().clock());
    calls = new ToolCallGate(parts, rounds, tasks);
    primitives = new PrimitiveGate(parts, rounds);
    primitiveLists = new PrimitiveListGate(parts);
    listening = new ListenGate(parts, primitives, calls);
    lists = new ListGate(parts, filter);
    disclosure = new Disclosure(parts);
    local = new LocalGate(parts.passages());
  }

  @Override
  public Answer handle(GatedRequest request, ReplyChannel channel) {
    return switch (request) {
      case ToolCall call -> disclosure.told(call, calls.call(call, channel));
      case TaskRequest task -> calls.call(task, channel);
      case ListRequest list -> list(list, channel);
      case ListenRequest listen -> listening.listen(listen, channel);
      case PrimitiveCall call -> disclosure.told(call, primitives.call(call, channel));
      case LocalRequest locally -> local.answer(locally);
      case Misread misread -> local.refuse(misread);
    };
  }

  private Answer list(ListRequest list, ReplyChannel channel) {
    ListKind kind = ListKind.of(list.facts().method());
    return kind == null ? lists.list(list) : primitiveLists.list(list, kind, channel);
  }
}
