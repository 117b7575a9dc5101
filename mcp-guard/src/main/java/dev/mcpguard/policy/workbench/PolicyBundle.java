package dev.mcpguard.policy.workbench;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.policy.Documents;
import dev.mcpguard.policy.PolicyCompiler;
import dev.mcpguard.policy.PolicyData;
import dev.mcpguard.policy.PolicyFiles;
import dev.mcpguard.policy.RefusedPolicyException;
import dev.mcpguard.rego.bundle.Bundle;
import dev.mcpguard.rego.bundle.Manifest;
import java.util.List;

/**
 * The policy folder as an OPA bundle. Its revision is the digest of the folder, which an OPA server
 * names in the provenance of its answers and the guard compares with its own files.
 */
public final class PolicyBundle {
  private PolicyBundle() {}

  /** The archive: policies without tests, all data in one document. Same folder, same bytes. */
  public static byte[] archive(PolicyFiles files) throws ConfigException, RefusedPolicyException {
    PolicyCompiler.guard().compile(files);
    Manifest manifest = new Manifest(files.revision().text(), List.of(""));
    return Bundle.of(
            manifest, files.modules(), Documents.toValue(PolicyData.of(files.data())))
        .archive();
  }
}
