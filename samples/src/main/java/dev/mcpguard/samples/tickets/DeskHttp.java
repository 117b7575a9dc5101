package dev.mcpguard.samples.tickets;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.transport.DefaultServerTransportSecurityValidator;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jspecify.annotations.Nullable;

/** Embedded Tomcat around the SDK's servlet, on loopback only. */
final class DeskHttp implements AutoCloseable {
  private static final Logger TOMCAT = Logger.getLogger("org.apache");

  private final Tomcat tomcat = new Tomcat();
  private final HttpServletStreamableServerTransportProvider transport;

  DeskHttp() {
    // without a validator the SDK answers any web page that finds the port (DNS rebinding)
    transport =
        HttpServletStreamableServerTransportProvider.builder()
            .jsonMapper(McpJsonDefaults.getMapper())
            .mcpEndpoint("/mcp")
            .securityValidator(
                DefaultServerTransportSecurityValidator.builder()
                    .allowedHost("127.0.0.1:*")
                    .allowedHost("localhost:*")
                    .allowedOrigin("http://127.0.0.1:*")
                    .allowedOrigin("http://localhost:*")
                    .build())
            .build();
  }

  HttpServletStreamableServerTransportProvider transport() {
    return transport;
  }

  /** Starts to listen; returns the endpoint. A key is what a client must show. */
  String start(int port, @Nullable String key) throws IOException, LifecycleException {
    // a taken port is one line of ours, not two stack traces
    TOMCAT.setLevel(Level.OFF);
    Path scratch = Files.createTempDirectory("ticket-desk");
    scratch.toFile().deleteOnExit();
    tomcat.setBaseDir(scratch.toString());
    Connector connector = new Connector();
    connector.setProperty("address", "127.0.0.1");
    connector.setPort(port);
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "mcp", transport).setAsyncSupported(true);
    context.addServletMappingDecoded("/mcp", "mcp");
    if (key != null) {
      protect(context, new DeskKey(key));
    }
    tomcat.start();
    TOMCAT.setLevel(Level.WARNING);
    if (connector.getLocalPort() < 0) {
      throw new IOException("the port " + port + " is taken");
    }
    return "http://127.0.0.1:" + connector.getLocalPort() + "/mcp";
  }

  private static void protect(Context context, DeskKey key) {
    FilterDef filter = new FilterDef();
    filter.setFilterName("key");
    filter.setFilter(key);
    filter.setAsyncSupported("true");
    context.addFilterDef(filter);
    FilterMap everything = new FilterMap();
    everything.setFilterName("key");
    everything.addURLPattern("/*");
    context.addFilterMap(everything);
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }
}
