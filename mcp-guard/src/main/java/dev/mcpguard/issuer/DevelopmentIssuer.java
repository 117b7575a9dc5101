package dev.mcpguard.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;
import java.util.UUID;

/**
 * An issuer of access tokens (RFC 9068) for trying the guard on one machine: whoever can read its
 * folder can be any agent. The guard refuses to trust it unless it listens on loopback only.
 *
 * <p>Folder: {@code issuer-key.json} (private JWK, mode 0600) and {@code issuer-jwks.json} (the
 * public set the guard pins). Thread-safe.
 */
public final class DevelopmentIssuer {
  /** The {@code iss} of its tokens. */
  public static final String ISSUER = "urn:mcp-guard:development-issuer";

  private static final String KEY = "issuer-key.json";
  private static final String PUBLIC_SET = "issuer-jwks.json";

  private final ECKey key;
  private final Path folder;
  private final InstantSource clock;

  private DevelopmentIssuer(ECKey key, Path folder, InstantSource clock) {
    this.key = key;
    this.folder = folder;
    this.clock = clock;
  }

  /** Opens the issuer in {@code folder}, making its key on first use. */
  public static DevelopmentIssuer open(Path folder, InstantSource clock) throws IOException {
    Path file = folder.resolve(KEY);
    try {
      if (!Files.exists(file)) {
        create(folder);
      }
      ECKey key = ECKey.parse(Files.readString(file));
      publish(folder, key);
      return new DevelopmentIssuer(key, folder, clock);
    } catch (ParseException | JOSEException unreadable) {
      throw new IOException(
          "the development issuer's key in `"
              + file
              + "` cannot be read; delete it to make a new one",
          unreadable);
    }
  }

  /** Where the public keys are. */
  public Path publicKeys() {
    return folder.resolve(PUBLIC_SET);
  }

  /** Signs a token. */
  public String token(TokenRequest request) {
    Instant now = clock.instant();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .subject(request.subject())
            .claim("client_id", request.subject())
            .audience(request.audience())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(request.lifetime())))
            .jwtID(UUID.randomUUID().toString());
    if (!request.scope().isEmpty()) {
      claims.claim("scope", request.scope());
    }
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType("at+jwt"))
            .keyID(key.getKeyID())
            .build();
    SignedJWT token = new SignedJWT(header, claims.build());
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException failed) {
      throw new IllegalStateException("the development issuer cannot sign", failed);
    }
    return token.serialize();
  }

  private static void create(Path folder) throws IOException, JOSEException {
    Files.createDirectories(folder);
    ECKey key =
        new ECKeyGenerator(Curve.P_256)
            .keyUse(KeyUse.SIGNATURE)
            .algorithm(JWSAlgorithm.ES256)
            .keyID("dev-" + UUID.randomUUID())
            .generate();
    Path temporary = folder.resolve(KEY + "." + UUID.randomUUID());
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      FileAttribute<Set<PosixFilePermission>> ownerOnly =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      Files.createFile(temporary, ownerOnly);
    }
    Files.write(temporary, key.toJSONString().getBytes(StandardCharsets.UTF_8));
    try {
      // A link never replaces: of two processes that start at once, the first one's key stays.
      Files.createLink(folder.resolve(KEY), temporary);
    } catch (FileAlreadyExistsException otherWasFirst) {
      // Its key is read next.
    } finally {
      Files.delete(temporary);
    }
  }

  /** Writes what the guard pins, always from the key in force, and never half a file. */
  private static void publish(Path folder, ECKey key) throws IOException {
    Path temporary = folder.resolve(PUBLIC_SET + "." + UUID.randomUUID());
    Files.writeString(temporary, new JWKSet(key.toPublicJWK()).toString());
    Files.move(
        temporary,
        folder.resolve(PUBLIC_SET),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
