package dev.mcpguard.app.command;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.policy.PolicyFiles;
import dev.mcpguard.policy.RefusedPolicyException;
import dev.mcpguard.policy.workbench.PolicyBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard policy bundle}: the same policy for an OPA server. */
@Command(
    name = "bundle",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the policy as an OPA bundle, signed if a key is given.",
      "Unless --revision says otherwise its revision is the digest of the folder: a guard that asks",
      "an OPA server accepts only answers made by the revision of its own files."
    })
final class PolicyBundleCommand implements Callable<Integer> {
  @Mixin private PolicyOption policy = new PolicyOption();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "bundle.tar.gz",
      description = "archive to write (default: ${DEFAULT-VALUE})")
  private Path output = Path.of("bundle.tar.gz");

  @Option(
      names = "--revision",
      paramLabel = "TEXT",
      description = "revision in the manifest (default: digest of the folder)")
  private @Nullable String revision;

  @Option(names = "--with-tests", description = "pack the tests too")
  private boolean tests;

  @ArgGroup(exclusive = false)
  private @Nullable Signing signing;

  /** How to sign. */
  private static final class Signing {
    @Option(
        names = "--signing-key",
        paramLabel = "FILE",
        required = true,
        description = "private key to sign with (PEM, PKCS #8)")
    private Path key = Path.of("");

    @Option(
        names = "--signing-key-id",
        paramLabel = "ID",
        defaultValue = "default",
        description = "what verifiers know the key by (default: ${DEFAULT-VALUE})")
    private String keyId = "default";

    @Option(
        names = "--signing-alg",
        paramLabel = "ALG",
        defaultValue = "ES256",
        description = "RS256, PS256, ES256, EdDSA and their like (default: ${DEFAULT-VALUE})")
    private String algorithm = "ES256";

    @Option(names = "--signing-scope", paramLabel = "TEXT", description = "scope of the signature")
    private String scope = "";

    @Option(names = "--signing-issuer", paramLabel = "TEXT", description = "issuer of the signature")
    private String issuer = "";

    PolicyBundle.Signature signature() {
      return new PolicyBundle.Signature(
          key, keyId, algorithm, scope, issuer, InstantSource.system().instant());
    }
  }

  @Option(names = "--json", description = "write JSON")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, ConfigException, RefusedPolicyException {
    PolicyFiles files = policy.read();
    String named = revision == null ? files.revision().text() : revision;
    byte[] archive =
        new PolicyBundle(named, tests, signing == null ? null : signing.signature()).archive(files);
    OutputFile.write(output, archive);
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        json
            ? JsonText.text(
                JsonObject.builder()
                    .put("file", output.toString())
                    .put("revision", named)
                    .put("bytes", archive.length)
                    .put("signed", signing != null)
                    .build())
            : output + ": " + archive.length + " bytes, revision " + named
                + (signing == null ? "" : ", signed"));
    out.flush();
    return ExitCode.OK;
  }
}
