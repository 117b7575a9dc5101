package dev.mcpguard.samples.server;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One tool: what a client is told about it, and what it does. Immutable.
 *
 * @param inputSchema JSON Schema as text
 * @param outputSchema JSON Schema as text; null when the tool answers in plain text
 */
public record SampleTool(String name, String description, Shape shape, Action action) {

  /** What goes in and out. */
  public record Shape(ToolHints hints, String inputSchema, @Nullable String outputSchema) {}

  /**
   * What a call does. It answers a {@link String}, or an object that becomes structured content.
   */
  @FunctionalInterface
  public interface Action {
    Object call(CallArguments arguments) throws UserErrorException, IOException;
  }

  /** The same tool saying something else about itself. */
  public SampleTool saying(String other) {
    return new SampleTool(name, other, shape, action);
  }

  /** The tool as the SDK wants it. */
  public SyncToolSpecification specification() {
    Tool.Builder tool =
        Tool.builder()
            .name(name)
            .description(description)
            .inputSchema(McpJsonDefaults.getMapper(), shape.inputSchema())
            .annotations(shape.hints().annotations());
    if (shape.outputSchema() != null) {
      tool.outputSchema(McpJsonDefaults.getMapper(), shape.outputSchema());
    }
    return SyncToolSpecification.builder()
        .tool(tool.build())
        .callHandler((exchange, request) -> answer(new CallArguments(request.arguments())))
        .build();
  }

  private CallToolResult answer(CallArguments arguments) {
    try {
      Object answer = action.call(arguments);
      if (answer instanceof String text) {
        return CallToolResult.builder().addTextContent(text).build();
      }
      // clients that read no structured content find the same in the text
      String text = McpJsonDefaults.getMapper().writeValueAsString(answer);
      return CallToolResult.builder().addTextContent(text).structuredContent(answer).build();
    } catch (UserErrorException mistake) {
      return failed(String.valueOf(mistake.getMessage()));
    } catch (IOException broken) {
      System.err.println("the tool `" + name + "` failed: " + broken);
      return failed("the state on disk cannot be read or written");
    }
  }

  private static CallToolResult failed(String message) {
    return CallToolResult.builder().addTextContent(message).isError(true).build();
  }
}
