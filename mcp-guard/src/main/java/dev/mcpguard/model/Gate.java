package dev.mcpguard.model;

/**
 * PEP. The one way in: every request of every front, route, era and method passes this method, and
 * nothing else reaches a tool server. Blocking, for virtual threads; never throws: a crash inside is
 * an {@link Answer.Refused} with {@link ReasonCode#INTERNAL} and a record.
 */
@FunctionalInterface
public interface Gate {

  /**
   * Decides, records and, if permitted, carries out {@code request}.
   *
   * @param channel what else can flow while it runs
   */
  Answer handle(GatedRequest request, ReplyChannel channel);
}
