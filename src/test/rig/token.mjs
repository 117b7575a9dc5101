// Makes the key of a development issuer and prints a token of it, without a second JVM:  token.mjs ISSUER-FOLDER SUBJECT AUDIENCE SCOPE
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, subject, audience, scope] = process.argv.slice(2);
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const about = { use: 'sig', alg: 'ES256', kid: `dev-${randomUUID()}` };
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'issuer-key.json'), JSON.stringify({ ...privateKey.export({ format: 'jwk' }), ...about }), { mode: 0o600 });
writeFileSync(join(folder, 'issuer-jwks.json'), JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), ...about }] }));

const now = Math.floor(Date.now() / 1000);
const part = value => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = {
  iss: 'urn:mcp-guard:development-issuer',
  sub: subject,
  client_id: subject,
  aud: audience,
  scope,
  iat: now,
  exp: now + 7200,
  jti: randomUUID(),
};
const signed = `${part({ alg: 'ES256', typ: 'at+jwt', kid: about.kid })}.${part(claims)}`;
const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
console.log(`${signed}.${signature}`);
