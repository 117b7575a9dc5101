// A relay for clients that cannot send an Authorization header, as the conformance suite's cannot.
//   relay.mjs --token-file F [--port N] http://127.0.0.1:7400/mcp/files
// Listens on loopback and prints {"url":"http://127.0.0.1:N/mcp/files"} when ready. Requests reach the target byte for byte, Host
// and Origin included, with one header more; answers come back byte for byte. The token is read again for each request.
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { parseArgs } from 'node:util';
import { AuthorizingStream } from './requests.mjs';

const { values: options, positionals } = parseArgs({
  options: { 'token-file': { type: 'string' }, port: { type: 'string', default: '0' } },
  allowPositionals: true,
});
if (positionals.length !== 1 || !options['token-file']) {
  console.error('usage: relay.mjs --token-file FILE [--port N] URL');
  process.exit(2);
}
const target = new URL(positionals[0]);
const authorization = () => `Authorization: Bearer ${readFileSync(options['token-file'], 'latin1').trim()}`;
authorization();

function relay(client) {
  const server = net.connect({ host: target.hostname, port: Number(target.port || 80), allowHalfOpen: true });
  const requests = new AuthorizingStream(authorization);
  client.setNoDelay(true);
  server.setNoDelay(true);
  client.on('data', bytes => {
    if (!server.write(requests.feed(bytes))) client.pause();
  });
  server.on('drain', () => client.resume());
  client.on('end', () => server.end());
  server.pipe(client);
  client.on('error', () => server.destroy());
  server.on('error', () => client.destroy());
  client.on('close', () => server.destroy());
  server.on('close', () => client.destroySoon());
}

const listener = net.createServer({ allowHalfOpen: true }, relay);
listener.listen(Number(options.port), '127.0.0.1', () =>
  console.log(JSON.stringify({ url: `http://127.0.0.1:${listener.address().port}${target.pathname}` })),
);
